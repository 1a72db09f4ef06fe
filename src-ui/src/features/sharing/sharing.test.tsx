import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { DIRECTORY } from "../../../dev/directory";
import { DOOR, INVITED, TERMS } from "../../../dev/door";
import { ADA, AGENTS, welcome } from "../../../dev/people";
import { renderOver } from "../../../dev/render";
import { Sharing } from "./sharing";

afterEach(cleanup);

const none = { shares: { kind: "shares" as const, shares: [] } };
const button = (name: string | RegExp) => screen.getByRole("button", { name });

async function draw(replies: typeof DOOR = DOOR): Promise<CannedLink> {
  const link = new CannedLink({
    session: null,
    link: [{ kind: "live", welcome: welcome(ADA) }],
    directory: DIRECTORY,
    agents: AGENTS,
    snapshot: null,
    replies,
  });
  await renderOver(link, <Sharing workspace="w1" onClose={() => undefined} />);
  return link;
}

describe("a new share", () => {
  it("SH1 GR1 says in plain words what it opens, and asks for just that", async () => {
    const link = await draw({ ...DOOR, ...none });
    expect(await screen.findByLabelText(/auth-refactor/)).toHaveProperty("checked", true);
    expect(screen.getByLabelText("Plans need everyone’s approval")).toHaveProperty("checked", true);
    await userEvent.click(screen.getByLabelText(/pricing-copy/));
    await userEvent.click(screen.getByLabelText(/^Review/));
    await userEvent.click(screen.getByLabelText("People may come in by browser"));
    await userEvent.click(screen.getByText("More"));
    await userEvent.selectOptions(screen.getByLabelText("Who is away drops out"), "never");
    const terminals = screen.getByLabelText("Terminals");
    expect([...terminals.querySelectorAll("option")].map(({ text }) => text)).toEqual(["not for guests", "they may watch", "they may watch and type"]);
    await userEvent.selectOptions(terminals, "they may watch");
    expect(screen.getByText(/^A terminal is a shell on this machine, as you/)).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Name of the share"), "Review");
    await userEvent.click(button("Make the invite"));
    const rules = { ...TERMS.rules, absence: null };
    const terms = {
      label: "Review",
      workspaces: ["w1", "w3"],
      rights: { kind: "preset", preset: "reviewer" },
      terminal: "view",
      ceiling: "ask",
      rules,
      browser_guests: false,
      consent: true,
      expires_at: null,
      budget: null,
      total: null,
    };
    expect(link.asked).toEqual([{ method: "mint_share", params: { terms } }]);
  });

  it("SH6 says whose credentials agents run on, and that they act as the owner", async () => {
    await draw({ ...DOOR, ...none });
    expect(await screen.findByText(/Agents run on your logins and keys.*Some subscriptions forbid sharing/)).toBeTruthy();
    expect(screen.getByText(/on this machine, as you/)).toBeTruthy();
    await userEvent.click(screen.getByLabelText(/^Watch/));
    expect(screen.queryByText(/on this machine, as you/)).toBeNull();
  });

  it("GR5 names the agents that guests of it can’t run", async () => {
    await draw({ ...DOOR, ...none });
    expect(await screen.findByText("opencode and Claude Code can’t be kept from acting unasked, so guests of this share can’t run them.")).toBeTruthy();
    await userEvent.selectOptions(screen.getByLabelText("Agents may, unasked"), "everything");
    expect(screen.queryByText(/can’t be kept from acting/)).toBeNull();
    await userEvent.selectOptions(screen.getByLabelText("Agents may, unasked"), "edit files");
    await userEvent.click(screen.getByLabelText(/^Watch/));
    expect(screen.queryByText(/can’t be kept from acting/)).toBeNull();
  });

  it("SH6 says once it is made which agents the owner pays for, and that guests see each other", async () => {
    const notices = [
      { kind: "your_credentials" as const, agents: ["claude-code", "opencode"] },
      { kind: "guests_see_each_other" as const },
      { kind: "acts_as_you" as const },
    ];
    await draw({ ...DOOR, ...none, mint_share: { kind: "minted", share: "sh3", invite: INVITED, notices } });
    await userEvent.click(await screen.findByRole("button", { name: "Make the invite" }));
    expect(await screen.findByText("You pay for what guests ask of Claude Code and opencode.")).toBeTruthy();
    expect(screen.getByText(/^Guests of this share see each other/)).toBeTruthy();
  });

  it("BA11 lets the driver decide where no vote is held", async () => {
    const link = await draw({ ...DOOR, ...none });
    await userEvent.click(await screen.findByLabelText("Plans need everyone’s approval"));
    await userEvent.click(screen.getByLabelText("Who drives may decide a plan too"));
    await userEvent.click(button("Make the invite"));
    expect(link.asked[0]).toMatchObject({ params: { terms: { rules: { consensus: false, driver_decides: true } } } });
  });

  it("BA13 asks for a plan first", async () => {
    const link = await draw({ ...DOOR, ...none });
    await userEvent.click(await screen.findByLabelText(/^A plan first/));
    await userEvent.click(button("Make the invite"));
    expect(link.asked[0]).toMatchObject({ params: { terms: { rules: { plan_first: true } } } });
  });

  it("GR1 gives rights one by one", async () => {
    const link = await draw({ ...DOOR, ...none });
    await userEvent.click(await screen.findByLabelText(/^Watch/));
    await userEvent.click(screen.getByLabelText("Right by right"));
    await userEvent.click(screen.getByLabelText("Answer permissions"));
    expect(screen.getByText(/by browser answers permissions only over a link that is verified/)).toBeTruthy();
    await userEvent.click(button("Make the invite"));
    expect(link.asked[0]).toMatchObject({ params: { terms: { rights: { kind: "rights", rights: ["see", "approve"] } } } });
  });

  it("SH2 PA11 hands out the invite once, with the fingerprint and what a browser link is worth", async () => {
    await draw({ ...DOOR, ...none });
    await userEvent.click(await screen.findByRole("button", { name: "Make the invite" }));
    expect(await screen.findByText(INVITED.link)).toBeTruthy();
    expect(screen.getByText(INVITED.code)).toBeTruthy();
    expect(screen.getByText(INVITED.fingerprint)).toBeTruthy();
    expect(screen.getByRole("img", { name: "The invite as a QR code" })).toBeTruthy();
    expect(screen.getByText(/^Browser links are unverified/)).toBeTruthy();
    await userEvent.click(button("Copy: Link for a browser"));
    expect(await navigator.clipboard.readText()).toBe(INVITED.link);
  });
});

describe("a link that browsers can check", () => {
  it("PA11 is not called unverified", async () => {
    const invite = { ...INVITED, verified: true };
    await draw({ ...DOOR, ...none, mint_share: { kind: "minted", share: "sh3", invite, notices: [] } });
    await userEvent.click(await screen.findByRole("button", { name: "Make the invite" }));
    expect(await screen.findByText(/^The browser checks by the certificate that you brought/)).toBeTruthy();
    expect(screen.queryByText(/unverified/)).toBeNull();
  });
});

describe("the shares", () => {
  const row = (name: string) => within(screen.getByRole("listitem", { name }));

  it("shows who is in, what is open, and makes and cancels invites", async () => {
    const link = await draw();
    expect(await screen.findByText("Bea (here), Chen (muted)")).toBeTruthy();
    expect(screen.getByText(/^pricing-copy · see · plans need everyone · no browsers · until/)).toBeTruthy();
    await userEvent.click(await screen.findByRole("button", { name: "Cancel invite" }));
    await userEvent.click(row("auth-refactor").getByRole("button", { name: "New invite" }));
    const uses = screen.getByLabelText("For how many people");
    await userEvent.clear(uses);
    await userEvent.type(uses, "101");
    expect(button("Make the invite")).toHaveProperty("disabled", true);
    await userEvent.clear(uses);
    await userEvent.type(uses, "3");
    await userEvent.selectOptions(screen.getByLabelText("Good for"), "7 days");
    await userEvent.click(screen.getByLabelText("I let everybody in by hand"));
    expect(screen.getByText(/Browsers whose link is unverified you always let in by hand/)).toBeTruthy();
    await userEvent.click(button("Make the invite"));
    expect(link.asked).toEqual([
      { method: "cancel_invite", params: { invite: "i1" } },
      { method: "mint_invite", params: { share: "sh1", uses: 3, lifetime: 604_800_000, consent: false } },
    ]);
    expect(await screen.findByText(INVITED.link)).toBeTruthy();
    expect(screen.getByText(/^For 3 people, good for 7 days\. It is shown only now/)).toBeTruthy();
  });

  it("SH1 edits one live and leaves what was not touched", async () => {
    const link = await draw();
    await userEvent.click((await screen.findAllByRole("button", { name: "Edit" }))[0] as HTMLElement);
    await userEvent.click(screen.getByLabelText(/^Co-host/));
    await userEvent.click(button("Save"));
    const terms = { ...TERMS, rights: { kind: "preset", preset: "co-host" }, expires_at: null, budget: null, total: null };
    expect(link.asked).toEqual([{ method: "edit_share", params: { share: "sh1", terms } }]);
  });

  it("stops one only after a question that says what it costs", async () => {
    const link = await draw();
    await userEvent.click((await screen.findAllByRole("button", { name: "Stop sharing" }))[0] as HTMLElement);
    expect(link.asked).toEqual([]);
    const asking = within(screen.getByRole("alert"));
    expect(asking.getByText(/^2 people lose access at once/)).toBeTruthy();
    await userEvent.click(asking.getByRole("button", { name: "Stop sharing" }));
    expect(link.asked).toEqual([{ method: "stop_share", params: { share: "sh1" } }]);
  });
});
