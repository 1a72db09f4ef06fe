import { act, cleanup, render, screen } from "@testing-library/react";
import { memo } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Event } from "../gen/Event";
import { windowCredentials } from "../link/credentials";
import { Link } from "../link/link";
import { ScriptedHost, type ScriptedConnection } from "../link/testing/scripted-host";
import { ada, bea, epoch, logged, long, roster, snapshot, stream, took } from "../replica/testing/story";
import type { Item } from "../replica/types";
import { StoreProvider, useAgents, useDirectory, useItem, useLink, useOlder, useRoom, useRoomPart } from "./index";
import { Store } from "./store";

const session = stream.replace("session:", "");

let host: ScriptedHost;
let link: Link;
let store: Store;
let drawn: Record<string, number>;

beforeEach(() => {
  vi.useFakeTimers();
  host = new ScriptedHost();
  link = new Link({ transport: host, credentials: windowCredentials, client: "test", random: () => 0 });
  store = new Store(link);
  drawn = {};
  link.start();
});

afterEach(() => {
  cleanup();
  link.stop();
  vi.useRealTimers();
});

const said = (item: string, text: string): Event => ({ type: "message_said", turn: "t", item, text: long(text) });
const page = [logged(1, said("a", "one")), logged(2, said("b", "two"))];

function count(what: string): void {
  drawn[what] = (drawn[what] ?? 0) + 1;
}

const Line = memo(function Line({ item }: { item: Item }) {
  const now = useItem(session, item);
  count(item.id);
  return <li>{now.kind === "message" ? now.text.text : now.kind}</li>;
});

function Title() {
  count("title");
  return <h1>{useRoomPart(session, (room) => room.view?.title ?? "")}</h1>;
}

function List() {
  const { status, transcript, replacedAt } = useRoom(session);
  const { load, loading, whole } = useOlder(session);
  count("list");
  return (
    <>
      <b>{[status, loading ? "loading" : "still", whole ? "whole" : "part", replacedAt ?? "-"].join(" ")}</b>
      <button onClick={load}>older</button>
      <ul>{transcript.items.map((item) => <Line key={item.id} item={item} />)}</ul>
    </>
  );
}

function State() {
  const link = useLink();
  const agents = useAgents();
  const directory = useDirectory();
  return <p role="status">{[link.kind, agents.length, directory?.live_shares ?? "none"].join(" ")}</p>;
}

function show() {
  return render(
    <StoreProvider value={store}>
      <State />
      <Title />
      <List />
    </StoreProvider>,
  );
}

/** In, subscribed, and past the first snapshot. */
async function opened(more: Parameters<typeof snapshot>[1] = {}): Promise<ScriptedConnection> {
  const connection = await act(async () => host.letIn());
  const { id } = connection.last("subscribe");
  await act(async () => connection.reply(id, { kind: "done" }));
  await act(async () => connection.notify({ method: "snapshot", params: snapshot(page, more) }));
  return connection;
}

const lines = (): (string | null)[] => screen.queryAllByRole("listitem").map((line) => line.textContent);
const output = (): string | null => screen.getByText(/still|loading/).textContent;

describe("a room that is looked at", () => {
  it("LO3 subscribes once, without a cursor, and shows the snapshot", async () => {
    show();
    expect(output()).toBe("loading still part -");
    const connection = await opened();
    expect(connection.all("subscribe").map(({ request }) => request.params)).toEqual([{ stream, cursor: null }]);
    expect(lines()).toEqual(["one", "two"]);
    expect(output()).toBe("live still whole -");
  });

  it("LO2 a hole is seen and healed", async () => {
    show();
    const connection = await opened();
    await act(async () => connection.notify({ method: "events", params: { stream, prev: 3, events: [logged(4, said("d", "four"))] } }));
    expect(lines()).toEqual(["one", "two"]);
    expect(connection.last("subscribe").request.params).toEqual({ stream, cursor: { epoch, seq: 2, hash: "hash-2" } });
    const missed = [logged(3, said("c", "three")), logged(4, said("d", "four"))];
    await act(async () => {
      connection.reply(connection.last("subscribe").id, { kind: "done" });
      connection.notify({ method: "events", params: { stream, prev: 2, events: missed } });
    });
    expect(lines()).toEqual(["one", "two", "three", "four"]);
    expect(connection.all("subscribe")).toHaveLength(2);
  });

  it("PA9 asks for what follows its cursor after a reconnect, and shows each event once", async () => {
    show();
    const first = await opened();
    await act(async () => first.notify({ method: "events", params: { stream, prev: 2, events: [logged(3, said("c", "three"))] } }));
    await act(async () => first.drop());
    expect(lines()).toEqual(["one", "two", "three"]);
    expect(screen.getByRole("status").textContent).toBe("retrying 0 none");
    expect(output()).toBe("live still whole -");
    await act(async () => vi.advanceTimersByTime(1000));
    const second = await act(async () => host.letIn());
    expect(second.last("subscribe").request.params).toEqual({ stream, cursor: { epoch, seq: 3, hash: "hash-3" } });
    await act(async () => second.notify({ method: "events", params: { stream, prev: 3, events: [logged(4, said("d", "four"))] } }));
    expect(lines()).toEqual(["one", "two", "three", "four"]);
  });

  it("LO9 says when the host's log is another one", async () => {
    show();
    await opened();
    await act(async () => host.newest.notify({ method: "snapshot", params: snapshot(page.slice(0, 1), { replaced: true }) }));
    expect(lines()).toEqual(["one"]);
    expect(output()).toBe(`live still whole ${Date.now()}`);
  });

  it("is gone when the host says so", async () => {
    show();
    const connection = await act(async () => host.letIn());
    await act(async () => connection.fail(connection.last("subscribe").id, { code: "not_found", message: "", retry: "never" }));
    expect(output()).toBe("gone still part -");
  });

  it("stays warm for two minutes and then lets go", async () => {
    const shown = show();
    const connection = await opened();
    shown.unmount();
    await act(async () => vi.advanceTimersByTime(60_000));
    show();
    expect(lines()).toEqual(["one", "two"]);
    expect(connection.all("subscribe")).toHaveLength(1);
    cleanup();
    await act(async () => vi.advanceTimersByTime(120_000));
    expect(connection.all("unsubscribe")).toHaveLength(1);
  });
});

describe("text as it is written", () => {
  const delta = (n: number, text: string) =>
    ({ method: "signal", params: { stream, signal: { kind: "delta", turn: "t", item: "m", thought: false, n, text } } }) as const;

  /** As long as drawing may rest, and more. */
  const frame = () => act(async () => void vi.advanceTimersByTime(200));

  it("draws only the item that grows", async () => {
    show();
    const connection = await opened({ view: roster() });
    await act(async () => connection.notify(delta(1, "Hel")));
    const before = { ...drawn };
    for (let n = 2; n <= 61; n++) {
      await act(async () => connection.notify(delta(n, ".")));
      await frame();
    }
    expect(lines().at(-1)).toBe("Hel" + ".".repeat(60));
    expect(drawn).toEqual({ ...before, m: (before.m ?? 0) + 60 });
  });

  it("draws what comes between two frames at once", async () => {
    show();
    const connection = await opened({ view: roster() });
    await act(async () => connection.notify(delta(1, "a")));
    const before = { ...drawn };
    for (let n = 2; n <= 9; n++) await act(async () => connection.notify(delta(n, ".")));
    expect(drawn).toEqual(before);
    await frame();
    expect(lines().at(-1)).toBe("a........");
    expect(drawn).toEqual({ ...before, m: (before.m ?? 0) + 1 });
  });

  it("asks for the text after a gap", async () => {
    show();
    const connection = await opened();
    await act(async () => connection.notify(delta(1, "a")));
    await act(async () => connection.notify(delta(3, "c")));
    const { id, request } = connection.last("item_text");
    expect(request.params).toEqual({ session, item: "m" });
    await act(async () => connection.reply(id, { kind: "item_text", item: "m", n: 3, text: "abc" }));
    await frame();
    expect(lines().at(-1)).toBe("abc");
  });

  it("LO1 asks for the text of running items after a reconnect", async () => {
    show();
    const first = await opened();
    await act(async () => first.notify(delta(1, "a")));
    await act(async () => first.drop());
    await act(async () => vi.advanceTimersByTime(1000));
    const second = await act(async () => host.letIn());
    await act(async () => second.reply(second.last("subscribe").id, { kind: "done" }));
    await act(async () => second.reply(second.last("item_text").id, { kind: "item_text", item: "m", n: 4, text: "abcd" }));
    await frame();
    expect(lines().at(-1)).toBe("abcd");
  });

  it("RO2 forgets who typed after a while", async () => {
    show();
    const connection = await opened();
    await act(async () => connection.notify({ method: "signal", params: { stream, signal: { kind: "typing", person: "bea" } } }));
    expect(Object.keys(store.room(session).room.get().typing)).toEqual(["bea"]);
    await act(async () => vi.advanceTimersByTime(6_000));
    expect(store.room(session).room.get().typing).toEqual({});
  });

  it("RO2 nobody types any more what is there already", async () => {
    show();
    const connection = await opened();
    for (const person of [ada, bea])
      await act(async () => connection.notify({ method: "signal", params: { stream, signal: { kind: "typing", person } } }));
    const sent = logged(3, took("t2", "p2", "do it"), { kind: "person", person: bea });
    await act(async () => connection.notify({ method: "events", params: { stream, prev: 2, events: [sent] } }));
    expect(Object.keys(store.room(session).room.get().typing)).toEqual([ada]);
  });
});

describe("older pages", () => {
  const newer = [logged(3, said("c", "three"))];

  it("LO3 come on demand and once", async () => {
    show();
    const connection = await opened({ events: newer, cursor: { epoch, seq: 3, hash: "hash-3" }, whole: false });
    await act(async () => screen.getByText("older").click());
    await act(async () => screen.getByText("older").click());
    expect(output()).toBe("live loading part -");
    expect(connection.all("page").map(({ request }) => request.params)).toEqual([{ stream, before: 3, limit: 200 }]);
    await act(async () => connection.reply(connection.last("page").id, { kind: "page", stream, events: page, first: true }));
    expect(lines()).toEqual(["one", "two", "three"]);
    expect(output()).toBe("live still whole -");
  });

  it("LO2 a page from before a new snapshot leaves no hole", async () => {
    show();
    const connection = await opened({ events: newer, cursor: { epoch, seq: 3, hash: "hash-3" }, whole: false });
    await act(async () => screen.getByText("older").click());
    const later = snapshot([logged(9, said("i", "nine"))], { whole: false });
    await act(async () => connection.notify({ method: "snapshot", params: later }));
    await act(async () => connection.reply(connection.last("page").id, { kind: "page", stream, events: page, first: true }));
    expect(lines()).toEqual(["nine"]);
    expect(output()).toBe("live still part -");
  });
});

describe("the host as a whole", () => {
  it("watches the directory and knows the agents on each connection", async () => {
    show();
    const connection = await act(async () => host.letIn());
    expect(connection.all("watch_directory")).toHaveLength(1);
    expect(connection.all("agents")).toHaveLength(1);
    await act(async () => {
      connection.reply(connection.last("agents").id, { kind: "agents", agents: [{} as never] });
      const directory = { repositories: [], workspaces: [], sessions: [], live_shares: 2, catalogue: 0, knocks: [], fork_offers: [] };
      connection.notify({ method: "directory", params: directory });
    });
    expect(screen.getByRole("status").textContent).toBe("live 1 2");
  });

  it("AG8 asks for the agents again when they have changed, and only then", async () => {
    show();
    const connection = await act(async () => host.letIn());
    const directory = { repositories: [], workspaces: [], sessions: [], live_shares: 2, catalogue: 0, knocks: [], fork_offers: [] };
    const told = async (catalogue: number) => {
      await act(async () => connection.notify({ method: "directory", params: { ...directory, catalogue } }));
      return connection.all("agents").length;
    };
    expect(await told(4)).toBe(1);
    expect(await told(4)).toBe(1);
    expect(await told(5)).toBe(2);
  });
});
