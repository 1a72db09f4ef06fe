import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { failure } from "../../dev/files";
import { beginAnew, openWindow } from "../../dev/whole-window";
import type { Reply } from "../gen/Reply";
import { getLayout } from "../state/layout";
import { inFront } from "../state/layout/reduce";
import { getToasts } from "../state/toasts";

beginAnew();

const FROM = "https://example.org/ada/ledger.git";
const dialog = () => within(screen.getByRole("dialog", { name: "Add repository" }));
const side = () => within(screen.getByRole("navigation", { name: "Sessions" }));
const address = () => dialog().getByRole<HTMLInputElement>("textbox", { name: "Address to clone from" });

/** A host that clones for as long as the test likes. */
function slowly() {
  const answers: { resolve: (reply: Reply) => void; reject: (error: unknown) => void }[] = [];
  const clone_repository = () => new Promise<Reply>((resolve, reject) => answers.push({ resolve, reject }));
  return { replies: { clone_repository }, answer: (done: (last: (typeof answers)[number]) => void) => act(async () => answers.splice(0).forEach(done)) };
}
async function ask() {
  await userEvent.click(side().getByRole("button", { name: "Add repository" }));
  await userEvent.click(dialog().getByRole("button", { name: "Clone an address" }));
}

describe("a repository that is cloned", () => {
  it("WI26 comes from an address into a folder of the host’s own or the one that is said", async () => {
    const link = await openWindow("idle", { replies: { clone_repository: { kind: "repository", repository: "r9" } } });
    await ask();
    expect(dialog().getByRole("textbox", { name: /^Into which folder/ }).getAttribute("placeholder")).toBe("A folder of the host’s own");
    await userEvent.type(address(), ` ${FROM}{Enter}`);
    expect(screen.queryByRole("dialog")).toBeNull();
    await ask();
    await userEvent.type(address(), FROM);
    await userEvent.type(dialog().getByRole("textbox", { name: /^Into which folder/ }), "/srv/ledger{Enter}");
    expect(link.asked).toEqual([
      { method: "clone_repository", params: { from: FROM, into: null } },
      { method: "clone_repository", params: { from: FROM, into: "/srv/ledger" } },
    ]);
  });

  it("WI26 says while it runs that it goes on, also when the question is closed, and that it is there", async () => {
    const { replies, answer } = slowly();
    await openWindow("idle", { replies });
    await ask();
    await userEvent.type(address(), `${FROM}{Enter}`);
    expect(dialog().getByRole("status").textContent).toMatch(/^Cloning\. This can take minutes\. You can close this/);
    await userEvent.click(dialog().getByRole("button", { name: "Close, it goes on" }));
    expect(side().getByRole("status", { name: "Clones" }).textContent).toContain("Cloning ledger");
    await answer(({ resolve }) => resolve({ kind: "repository", repository: "r9" }));
    expect(side().queryByText("Cloning ledger")).toBeNull();
    expect(getToasts()).toContainEqual(expect.objectContaining({ kind: "done", message: "ledger was cloned" }));
  });

  it("WI26 tells a refusal whole and keeps what was typed, in view or not", async () => {
    const { replies, answer } = slowly();
    const refused = failure("git", "That server did not let git in, so nothing was made. Log in to it in a terminal.");
    await openWindow("idle", { replies });
    await ask();
    await userEvent.type(address(), `${FROM}{Enter}`);
    await answer(({ reject }) => reject(refused));
    expect(dialog().getByRole("alert").textContent).toBe(refused.message);
    expect(address().value).toBe(FROM);
    await userEvent.keyboard("{Enter}");
    await userEvent.click(dialog().getByRole("button", { name: "Close, it goes on" }));
    await answer(({ reject }) => reject(refused));
    await userEvent.click(side().getByRole("button", { name: "Not cloned: ledger" }));
    expect(dialog().getByRole("alert").textContent).toBe(refused.message);
    expect(address().value).toBe(FROM);
    await userEvent.click(dialog().getByRole("button", { name: "Cancel" }));
    await userEvent.click(side().getByRole("button", { name: "Dismiss: ledger" }));
    expect(side().queryByText("Not cloned: ledger")).toBeNull();
  });

  it("WI26 keeps what was typed for a folder apart, and is found in the palette", async () => {
    await openWindow();
    await userEvent.keyboard("{Control>}{Shift>}p{/Shift}{/Control}");
    await userEvent.type(screen.getByRole("combobox"), "add repository{Enter}");
    await userEvent.type(dialog().getByRole("textbox", { name: "Path of a git repository on the host" }), "/code");
    await userEvent.click(dialog().getByRole("button", { name: "Clone an address" }));
    expect(document.activeElement?.textContent, "the keys stay where they are").toBe("Clone an address");
    await userEvent.click(dialog().getByRole("button", { name: "A folder on the host" }));
    expect(dialog().getByRole("textbox")).toHaveProperty("value", "/code");
  });

  it("WI26 goes on to an open session from the first page, in one press", async () => {
    const { replies, answer } = slowly();
    const link = await openWindow("first-run", {
      replies: { ...replies, create_workspace: { kind: "workspace", workspace: "w1" }, open_session: { kind: "session", session: "s1", workspace: "w1" } },
    });
    const main = within(screen.getByRole("main"));
    await userEvent.click(main.getByRole("button", { name: "Clone an address" }));
    await userEvent.type(main.getByRole("textbox", { name: "Address to clone from" }), FROM);
    await userEvent.click(main.getByRole("button", { name: "Start" }));
    expect(main.getByText(/^Cloning the repository\. This can take minutes/)).toBeTruthy();
    await answer(({ reject }) => reject(failure("git", "It could not be cloned, and nothing was made.")));
    expect(main.getByText("It could not be cloned, and nothing was made.")).toBeTruthy();
    await userEvent.click(main.getByRole("button", { name: "Start" }));
    await answer(({ resolve }) => resolve({ kind: "repository", repository: "r9" }));
    expect(link.asked.map(({ method }) => method)).toEqual(["clone_repository", "clone_repository", "create_workspace", "open_session"]);
    expect(inFront(getLayout())).toMatchObject({ session: "s1" });
  });
});
