import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { MANY_AGENTS } from "../../../dev/agents";
import { CannedLink } from "../../../dev/canned-link";
import { EMPTY } from "../../../dev/directory";
import { BROUGHT, NAMED_AGENTS } from "../../../dev/named";
import { ADA, welcome } from "../../../dev/people";
import { renderOver } from "../../../dev/render";
import type { Scene } from "../../../dev/scene";
import type { AgentRow } from "../../gen/AgentRow";
import { Providers } from "./providers";

afterEach(cleanup);

async function draw(agents: AgentRow[], replies: Scene["replies"] = {}): Promise<CannedLink> {
  const link = new CannedLink({
    session: null,
    link: [{ kind: "live", welcome: welcome(ADA) }],
    directory: EMPTY,
    agents,
    snapshot: null,
    replies,
  });
  await renderOver(link, <Providers onClose={() => undefined} />);
  return link;
}

/** All that was asked for beside what the page reads by itself. */
const wishes = (link: CannedLink) => link.asked.filter((one) => one.method !== "repository_agents");
const item = (name: string) => within(screen.getByRole("listitem", { name }));
const known = (agent: string) => MANY_AGENTS.find((row) => row.agent === agent) as AgentRow;

describe("the agents of this machine", () => {
  it("AG8 says where each is, what it says of itself, and starts none that needs no asking", async () => {
    const link = await draw(MANY_AGENTS);
    const claude = item("Claude Code");
    expect(claude.getByText("found in nvm")).toBeTruthy();
    expect(claude.getByText("~/.nvm/versions/node/v24.1.0/bin/claude")).toBeTruthy();
    expect(claude.getByText("version 2.1.329 · logged in · 3 models · 14 commands · tested 3h ago")).toBeTruthy();
    expect(claude.getByText("Works")).toBeTruthy();
    expect(item("opencode").getByText(/whether it is logged in shows at its first turn/)).toBeTruthy();
    expect(wishes(link)).toEqual([]);
  });

  it("AG8 has a command to copy for what is missing, and nothing to test there", async () => {
    await draw(MANY_AGENTS);
    const goose = item("goose");
    expect(goose.getByText("Not on this machine")).toBeTruthy();
    expect(goose.getByText("brew install block-goose-cli")).toBeTruthy();
    expect(goose.getByRole("button", { name: /install it/ })).toBeTruthy();
    expect(goose.queryByRole("button", { name: /^Test/ })).toBeNull();
    expect(item("Built-in agent").getByText(/conclave agent key set built-in/)).toBeTruthy();
  });

  it("AG8 tells why an agent did not start", async () => {
    await draw(MANY_AGENTS);
    const gemini = item("Gemini CLI");
    expect(gemini.getByText("Did not start")).toBeTruthy();
    expect(gemini.getByRole("alert").textContent).toMatch(/^The agent is not logged in: /);
  });

  it("AG8 tests an agent on demand and shows what came of it", async () => {
    const claude = known("claude-code");
    const check = { at: Date.now(), version: "3.0.0", login: "in", commands: null, failure: null } as const;
    const now = { ...claude, details: { ...claude.details!, check } };
    const link = await draw(MANY_AGENTS, { probe_agent: { kind: "agent", agent: now } });
    await userEvent.click(screen.getByRole("button", { name: "Test now: Claude Code" }));
    expect(wishes(link)).toEqual([{ method: "probe_agent", params: { agent: "claude-code" } }]);
    expect(await item("Claude Code").findByText(/version 3\.0\.0 .* tested just now$/)).toBeTruthy();
  });

  it("AG8 asks by itself what has not been asked for a day, one after the other", async () => {
    const due = (row: AgentRow) => ({ ...row, details: { ...row.details!, check: null, due: true } });
    const link = await draw([due(known("opencode")), due(known("claude-code")), known("goose")]);
    await waitFor(() => expect(wishes(link).map((one) => one.method === "probe_agent" && one.params.agent)).toEqual(["opencode", "claude-code"]));
  });

  it("AG9 switches an agent off, and says what that means", async () => {
    const link = await draw(MANY_AGENTS);
    const qwen = item("Qwen Code");
    expect(qwen.getByText("Switched off: nobody can choose it, and no turn of it starts.")).toBeTruthy();
    await userEvent.click(qwen.getByRole("checkbox", { name: /^Can be chosen.*Qwen Code$/ }));
    await userEvent.click(item("goose").getByRole("checkbox"));
    expect(wishes(link)).toEqual([
      { method: "set_agent_enabled", params: { agent: "qwen", enabled: true } },
      { method: "set_agent_enabled", params: { agent: "goose", enabled: false } },
    ]);
  });

  it("AG11 AG12 says what a named agent is, and trusts just what was read of a repository's", async () => {
    const link = await draw([...NAMED_AGENTS, ...MANY_AGENTS], { repository_agents: BROUGHT });
    expect(
      item("Reviewer").getByText(
        "Claude Code under a name of its own · model sonnet · may use: reading, searching · at most 500k tokens a session · at most $3.00 a session",
      ),
    ).toBeTruthy();
    expect(item("ledger").getByText("not trusted")).toBeTruthy();
    expect(item("ledger").getByText(/You review changes/)).toBeTruthy();
    expect(item("site").getByText("trusted")).toBeTruthy();
    expect(item("old tools").queryByRole("button", { name: "Trust the agents of old tools" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Trust the agents of ledger" }));
    const asked = link.asked.find((one) => one.method === "trust_repository_agents");
    expect(asked?.params).toEqual({ repository: "ledger", hash: "0a1b2c3d" });
  });
});
