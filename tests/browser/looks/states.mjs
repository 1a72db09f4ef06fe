// Every state of the window that a person can see, over scenes of src-ui/dev: what is opened, and what is done there.

import { FROM, archive, browse, changes, clone, command, dialog, editStore, files, fork, forkFiles, keys, ofWorkspace, press, share, sideBar, state, storeChanges, storeFile, toWork, wholePanes, write } from "./ways.mjs";

export const STATES = [
  state("first-run", "first-run"),
  state("first-run-clone", "cloning", async (page) => {
    await page.getByRole("main").getByRole("button", { name: "Clone an address" }).click();
    await page.getByRole("textbox", { name: "Address to clone from" }).fill(FROM);
    await press(page.getByRole("main"), "Start");
    await page.getByText("Cloning the repository.").waitFor();
  }),
  state("clone", "cloning", async (page) => {
    await clone(page);
    await dialog(page).getByText("Cloning. This can take minutes.").waitFor();
  }),
  state("clone-beside", "cloning", async (page) => {
    await clone(page);
    await press(dialog(page), "Close, it goes on");
    await sideBar(page);
    await page.getByText(/^Cloning ledger-of/).waitFor();
  }),
  state("without-sessions", "empty"),
  state("guest-without-sessions", "guest-empty"),
  state("session-fresh", "blank"),
  state("session-idle", "idle"),
  state("changes", "idle", changes),
  state("changes-file", "idle", storeChanges),
  state("changes-wider", "idle", async (page) => {
    await storeChanges(page);
    await press(page, "Show more here: 11 unchanged lines");
    await page.getByText("// 11: as it was").waitFor();
  }),
  state("changes-comments", "idle&comments=yes", async (page) => {
    await storeChanges(page);
    await page.getByText("On a line that has changed").waitFor();
  }),
  state("changes-comment-list", "idle&comments=yes", async (page) => {
    await storeChanges(page);
    await press(page, /^3 comments$/);
    await page.getByRole("dialog", { name: "Comments on these changes" }).waitFor();
  }),
  state("changes-comment-written", "idle", async (page) => {
    await storeChanges(page);
    await press(page, "Comment on: Line 58");
    await page.getByRole("textbox", { name: "Comment" }).fill("Only those of this session.");
  }),
  state("composer-comments", "idle&comments=yes", (page) => page.getByRole("button", { name: "3 comments on changes" }).waitFor()),
  state("changes-split", "idle&comments=yes", async (page) => {
    await changes(page);
    await press(page.getByRole("navigation", { name: "Changed files" }), /store\.rs/);
    await press(page, "How changes are shown");
    await press(page.getByRole("group", { name: "How changes are shown" }), "Split");
  }),
  state("changes-picture", "idle", async (page) => {
    await changes(page);
    await press(page.getByRole("navigation", { name: "Changed files" }), /picture\.png/);
    await page.getByText("480 × 300 pixels").waitFor();
  }),
  state("judge", "worked", changes),
  state("judge-file", "worked", storeChanges),
  state("judge-base", "worked", async (page) => {
    await changes(page);
    await page.getByRole("combobox", { name: "Compared with" }).selectOption({ label: "Since the base" });
    await page.getByText("7 files changed").waitFor();
  }),
  state("approve", "worked", async (page) => {
    await changes(page);
    await press(page, "Approve all");
    await dialog(page).waitFor();
  }),
  state("approve-done", "worked", async (page) => {
    await changes(page);
    await press(page, "Approve all");
    await press(dialog(page), "Approve");
    await page.getByRole("alert").getByText("Approved: c0ffee1").waitFor();
  }),
  state("take-back", "worked", async (page) => {
    await changes(page);
    await page.getByRole("checkbox", { name: "Choose tests/rotation.rs" }).check();
    await press(page, "Take 1 file back");
    await dialog(page).waitFor();
  }),
  state("approved", "worked", async (page) => {
    await changes(page);
    await press(page, "1 approved");
    await page.getByRole("dialog", { name: "Approved" }).waitFor();
  }),
  state("apply", "worked", async (page) => {
    await changes(page);
    await press(page, "1 approved");
    await press(page.getByRole("dialog", { name: "Approved" }), "Apply to main");
    await page.getByRole("dialog", { name: "Apply the work to main?" }).waitFor();
  }),
  state("merging", "merging", async (page) => {
    await changes(page);
    await page.getByRole("region", { name: "Merge" }).waitFor();
  }),
  state("work", "idle", async (page) => {
    const both = page.getByRole("button", { name: "What is in this workspace" });
    if (await both.isVisible()) await both.click();
  }),
  state("files", "idle", async (page) => void (await files(page))),
  state("files-found", "idle", async (page) => {
    await files(page);
    await page.getByRole("searchbox", { name: "Find a file" }).fill("store");
    await page.getByRole("list", { name: "Files that were found" }).waitFor();
  }),
  state("files-huge", "idle", async (page) => {
    const tree = await files(page);
    await tree.getByRole("treeitem", { name: /^vendor/ }).click();
    await tree.getByText("Show 200 more").scrollIntoViewIfNeeded();
  }),
  state("files-text", "idle", async (page) => void (await storeFile(page))),
  state("files-change", "idle", async (page) => {
    const file = await storeFile(page);
    await press(file, "Show its change");
    await file.getByText("tokens.forget").waitFor();
  }),
  state("files-refused", "idle", async (page) => {
    const tree = await files(page);
    await tree.getByRole("treeitem", { name: /^Cargo\.lock/ }).click();
    await page.getByText("There is no file Cargo.lock here any more.").waitFor();
  }),
  state("files-picture", "idle", async (page) => {
    const tree = await files(page);
    await tree.getByRole("treeitem", { name: /^docs/ }).click();
    await tree.getByRole("treeitem", { name: /^picture\.png/ }).click();
    await page.getByText("320 × 200 pixels").waitFor();
  }),
  state("files-drawing", "idle", async (page) => {
    const tree = await files(page);
    await tree.getByRole("treeitem", { name: /^docs/ }).click();
    await tree.getByRole("treeitem", { name: /^mark\.svg/ }).click();
    await press(page, "Show as a picture");
    await page.getByText("120 × 80 pixels").waitFor();
  }),
  state("files-edit", "idle", async (page) => void (await editStore(page))),
  state("files-stale", "overtaken", async (page) => {
    await press(await editStore(page), "Save");
    await page.getByText("It has changed since you opened it.").waitFor();
  }),
  state("files-mine", "overtaken", async (page) => {
    await press(await editStore(page), "Save");
    await press(page, "Read it again");
    await page.getByRole("region", { name: "What you had typed" }).waitFor();
  }),
  state("files-drop", "idle", async (page) => {
    await press(await editStore(page), "Cancel");
    await dialog(page).waitFor();
  }),
  state("files-new", "idle", async (page) => {
    await files(page);
    await press(page, "New file");
    await dialog(page).waitFor();
  }),
  state("terminal", "terminal", async (page) => {
    await toWork(page, "Terminals");
    await press(page, /^Terminal 1 of Ada/);
    await page.getByRole("region", { name: "Terminal 1 · auth-refactor" }).getByText("2 passed").waitFor();
  }),
  state("terminal-gone", "terminal-gone", async (page) => {
    await toWork(page, "Terminals");
    await press(page, /^Terminal 1 of Ada/);
    await page.getByRole("button", { name: "Open a new one here" }).waitFor();
  }),
  state("find-older", "long", async (page) => {
    await page.keyboard.press("Control+F");
    await page.getByRole("search", { name: "Find in this session" }).getByRole("searchbox").fill("question");
    await page.getByText(/^\d+ of \d+/).waitFor();
  }),
  state("find-changes", "idle", async (page) => {
    await storeChanges(page);
    await page.keyboard.press("Control+F");
    await page.getByRole("searchbox", { name: "Find in these changes" }).fill("tokens");
    await page.getByText(/^1 of/).waitFor();
  }),
  state("find-file", "idle", async (page) => {
    await storeFile(page);
    await page.keyboard.press("Control+F");
    await page.getByRole("searchbox", { name: "Find in this file" }).fill("session");
    await page.getByText(/^1 of/).waitFor();
  }),
  state("closing", "running&closing=yes", (page) => page.getByRole("dialog", { name: "Close while something is going on?" }).waitFor()),
  state("session-running", "running"),
  state("session-interrupted", "interrupted"),
  state("session-locked", "queued-locked"),
  state("session-muted", "muted"),
  state("session-crowded", "crowd"),
  state("session-long", "long"),
  state("taken-back", "taken-back"),
  state("turns-kept", "worked", (page) => page.getByText("2 turns were taken back by Bea").waitFor()),
  state("turns-taken-back", "worked", async (page) => {
    await press(page.getByRole("region", { name: "Taken back" }), "Show");
    await page.getByText("There is a cache now.").waitFor();
  }),
  state("rewind", "worked", async (page) => {
    await page.getByRole("button", { name: "Rewind" }).last().click();
    await dialog(page).getByText("5 files go back:").waitFor();
  }),
  state("fork", "worked", fork),
  state("fork-files", "worked", forkFiles),
  state("fork-half", "half-forked", async (page) => {
    await forkFiles(page);
    await page.getByRole("textbox", { name: "Name of the workspace" }).fill("store-without-cache");
    await press(dialog(page), "Fork it");
    await dialog(page).getByText("The workspace store-without-cache was made").waitFor();
  }),
  state("forked", "forked", (page) => page.getByText("Ada began here with the turn of #3").waitFor()),
  state("while-away", "away"),
  state("panes", "inbox&beside=s2,s5", (page) => page.getByRole("log").first().waitFor()),
  state("panes-five", "inbox&beside=s2,s5,s3,s4", wholePanes),
  state("permission", "permission"),
  state("permission-theirs", "permission-theirs"),
  state("question", "question"),
  state("plan-first", "plan-first"),
  state("vote", "vote"),
  state("vote-watched", "observer"),
  state("vote-absent", "absent"),
  state("suggestions", "suggestions"),
  state("suggesting", "suggesting"),
  state("composer-written", "idle", write("Move the reads behind the store.\n\nThen run the tests, please, and tell me which of them are slow.")),
  state("composer-commands", "idle", async (page) => {
    await write("/")(page);
    await page.getByRole("listbox", { name: "Commands" }).waitFor();
  }),
  state("composer-files", "idle", async (page) => {
    await page.getByRole("textbox", { name: "Message" }).pressSequentially("Look at @st");
    await page.getByRole("listbox", { name: "Files of this workspace" }).waitFor();
  }),
  state("composer-agent", "idle", async (page) => {
    await press(page.getByRole("form", { name: "Write to the agent" }), /Claude Code/);
    await page.getByRole("dialog").or(page.getByRole("listbox")).or(page.getByRole("menu")).first().waitFor();
  }),
  state("find", "idle", async (page) => {
    await page.keyboard.press("Control+f");
    await page.keyboard.type("store");
    await page.getByRole("search").getByText(/^\d+ of \d+$/).waitFor();
  }),
  state("people", "owner", async (page) => {
    if (!(await page.getByRole("complementary", { name: "People" }).isVisible())) await page.keyboard.press("Control+Alt+b");
    await page.getByRole("complementary", { name: "People" }).waitFor();
  }),
  state("aside-changes", "worked", async (page) => {
    await page.keyboard.press("Control+Shift+g");
    await page.getByRole("navigation", { name: "Changed files at the side" }).waitFor();
  }),
  state("aside-files", "idle", async (page) => {
    await page.keyboard.press("Control+Shift+e");
    await page.getByRole("treeitem", { name: /^src/ }).click();
  }),
  state("aside-and-changes", "idle", async (page) => {
    await page.keyboard.press("Control+Shift+g");
    const list = page.getByRole("navigation", { name: "Changed files at the side" });
    await list.getByRole("button", { name: /store\.rs/ }).click();
    await page.getByRole("region", { name: "src/session/store.rs" }).getByText("tokens.forget").waitFor();
  }),
  state("side-bar", "sessions", sideBar),
  state("workspace-menu", "idle", async (page) => {
    await sideBar(page);
    await press(page, "What to do with auth-refactor");
    await page.getByRole("menuitem", { name: "Archive" }).waitFor();
  }),
  state("workspace-rename", "idle", ofWorkspace("auth-refactor", "Rename")),
  state("workspace-fork", "idle", ofWorkspace("auth-refactor", "Fork…")),
  state("workspace-archive", "idle", ofWorkspace("auth-refactor", "Archive")),
  state("workspaces-archived", "shelved", archive),
  state("workspace-delete", "shelved", async (page) => {
    await ofWorkspace("fix-flaky-import", "Delete…", archive)(page);
    await page.getByText("3 files have changes").waitFor();
  }),
  state("push", "worked", async (page) => {
    await command("push the workspace auth")(page);
    await dialog(page).getByText("It was not pushed before.").waitFor();
  }),
  state("pull-request", "worked", async (page) => {
    await command("open a pull request of the workspace auth")(page);
    await dialog(page).getByRole("textbox", { name: "Title" }).waitFor();
  }),
  state("pull-request-open", "worked", async (page) => {
    await command("open a pull request of the workspace auth")(page);
    await press(dialog(page), "Open it");
    await dialog(page).getByRole("link").waitFor();
  }),
  state("set-up", "worked", async (page) => {
    await command("run the set-up script in auth")(page);
    await dialog(page).getByText("set -eu").waitFor();
  }),
  state("folders", "idle", async (page) => {
    await browse(page);
    await dialog(page).getByTitle("/home/ada/code", { exact: true }).click();
    await dialog(page).getByText("4 folders").waitFor();
  }),
  state("folders-refused", "idle", async (page) => {
    await browse(page);
    await dialog(page).getByRole("button", { name: "/", exact: true }).click();
    await dialog(page).getByTitle("/root").click();
    await dialog(page).getByText("/root can't be read").waitFor();
  }),
  state("repository-menu", "idle", async (page) => {
    await sideBar(page);
    await press(page, "What to do with the repository ledger");
    await page.getByRole("menuitem", { name: "Remove…" }).waitFor();
  }),
  state("repository-remove", "idle", command("remove the repository ledger")),
  state("repository-workspace", "idle", command("new workspace in ledger")),
  state("worktrees", "idle", async (page) => {
    await command("worktrees of ledger")(page);
    await dialog(page).getByText("left behind").waitFor();
  }),
  state("side-bar-hosts", "hosts", sideBar),
  state("other-host", "elsewhere"),
  state("other-host-lost", "elsewhere-lost"),
  state("other-host-asked", "elsewhere-asked"),
  state("other-host-removed", "elsewhere-kicked"),
  state("join-a-host", "owner", async (page) => {
    await sideBar(page);
    await press(page, "Join a host");
    await dialog(page).waitFor();
  }),
  state("share", "owner", share),
  state("share-first", "unshared", share),
  state("share-made", "unshared", async (page) => {
    await share(page);
    await press(dialog(page), /^(Make|Create|Share)/);
    await page.getByRole("dialog").getByRole("img").first().waitFor();
  }),
  state("share-edit", "owner", async (page) => {
    await share(page);
    await press(dialog(page), /^(Edit|Change)/);
  }),
  state("pairing-code", "pairing", async (page) => {
    await share(page);
    await press(dialog(page), "Pair nearby");
  }),
  state("knock", "knock"),
  state("inbox", "inbox&page=inbox"),
  state("inbox-empty", "inbox-empty&page=inbox"),
  state("sessions", "sessions&page=sessions"),
  state("tags", "sessions&page=sessions", async (page) => {
    await press(page.getByRole("main"), /^What to do with/);
    await page.getByRole("menuitem", { name: "Tags" }).click();
    await dialog(page).waitFor();
  }),
  state("palette", "idle", keys("Control+k", "Go to anything")),
  state("palette-commands", "idle", keys("Control+Shift+P", "Go to anything")),
  state("shortcuts", "idle", keys("Control+/", "Keyboard shortcuts")),
  state("settings", "owner", keys("Control+,", "Settings")),
  state("agents", "agents", command("Agents")),
  state("agents-named", "agents-named", command("Agents")),
  state("agents-of-a-guest", "agents-guest"),
  state("usage", "usage", async (page) => {
    await press(page, /usage|tokens/i);
    await dialog(page).waitFor();
  }),
  state("guest", "guest"),
  state("door-name", "name"),
  state("door-name-refused", "name-refused"),
  state("door-waiting", "waiting"),
  state("door-silent", "silent"),
  state("door-refused", "refused"),
  state("door-kicked", "kicked"),
  state("door-version", "version"),
  state("host-lost", "offline"),
  state("failure", "failure", async (page) => {
    await write("Once more.")(page);
    await press(page.getByRole("form", { name: "Write to the agent" }), "Send");
    await page.getByText("could not write to its disk").first().waitFor();
  }),
];

/** Of each scene what it begins with; `cargo xtask prove` goes through all that is done in it. */
export const FIRST_STATES = STATES.filter((one, at) => STATES.findIndex(({ query }) => query === one.query) === at);
