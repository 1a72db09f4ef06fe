import { describe, expect, it } from "vitest";
import { Link } from "../link";
import { windowCredentials } from "../link/credentials";
import { ScriptedHost } from "../link/testing/scripted-host";
import { Screens, type Drawer } from "./screens";
import type { Clock } from "./clock";

const TERMINAL = "01234567-89ab-4cde-8f01-23456789abcd";
const WORKSPACE = "00000000-0000-4000-8000-000000000011";

function shown(at: number, text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const frame = new Uint8Array(25 + bytes.length);
  frame[0] = 1;
  frame.set(Buffer.from(TERMINAL.replaceAll("-", ""), "hex"), 1);
  new DataView(frame.buffer).setBigUint64(17, BigInt(at));
  frame.set(bytes, 25);
  return frame;
}

function stage() {
  const due: (() => void)[] = [];
  const clock: Clock = { now: () => 0, after: (_, run) => (due.push(run), () => undefined) };
  const host = new ScriptedHost();
  const link = new Link({ transport: host, credentials: windowCredentials, client: "test", random: () => 0 });
  link.start();
  const screens = new Screens(link, clock);
  const drawn: string[] = [];
  const drawer: Drawer = {
    restart: () => drawn.push("restart"),
    draw: (bytes) => drawn.push(new TextDecoder().decode(bytes)),
    news: ({ kind }) => drawn.push(kind),
    refused: ({ code }) => drawn.push(code),
  };
  return { host, link, screens, drawn, drawer, turn: () => due.splice(0).forEach((run) => run()) };
}

describe("the terminals on this page", () => {
  it("TE4 go on where they were after a break, and begin anew where something is missing", () => {
    const { host, link, screens, drawn, drawer } = stage();
    const first = host.letIn();
    screens.attach(WORKSPACE, TERMINAL, drawer);
    first.show(shown(0, "one "));
    first.show(shown(4, "two "));
    first.drop();
    link.wake();
    const second = host.letIn();
    expect(second.last("attach_terminal").request.params).toEqual({ workspace: WORKSPACE, terminal: TERMINAL, from: 8 });
    second.show(shown(8, "three "));
    second.show(shown(100, "far on"));
    expect(drawn).toEqual(["one ", "two ", "three ", "restart", "far on"]);
  });

  it("TE5 say a long paste in pieces and in order, and a key at once", () => {
    const { host, screens, turn } = stage();
    const connection = host.letIn();
    screens.type(TERMINAL, Uint8Array.of(7));
    expect(connection.typed).toHaveLength(1);
    const paste = Uint8Array.from({ length: 20_000 }, (_, at) => at % 251);
    screens.type(TERMINAL, paste);
    screens.type(TERMINAL, Uint8Array.of(9));
    expect(connection.typed).toHaveLength(2);
    for (let turns = 0; turns < 5; turns++) turn();
    const said = connection.typed.slice(1).flatMap((frame) => [...frame.subarray(17)]);
    expect(said).toEqual([...paste, 9]);
    expect(Math.max(...connection.typed.map(({ length }) => length))).toBeLessThan(10_000);
  });

  it("TE8 say why a terminal is not shown", async () => {
    const { host, screens, drawn, drawer } = stage();
    const connection = host.letIn();
    screens.attach(WORKSPACE, TERMINAL, drawer);
    connection.fail(connection.last("attach_terminal").id, { code: "forbidden", message: "No.", retry: "never" });
    await Promise.resolve();
    await Promise.resolve();
    screens.hear({ terminal: TERMINAL, news: { kind: "gone" } });
    expect(drawn).toEqual(["forbidden", "gone"]);
  });
});
