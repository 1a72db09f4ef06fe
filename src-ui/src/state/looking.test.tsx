import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Event } from "../gen/Event";
import type { Signal } from "../gen/Signal";
import { windowCredentials } from "../link/credentials";
import { Link } from "../link/link";
import { ScriptedHost, type ScriptedConnection } from "../link/testing/scripted-host";
import { ada, bea, logged, snapshot, stream } from "../replica/testing/story";
import { StoreProvider, useRoom, useTyping } from "./index";
import { useLook, useLooks } from "./looking";
import { Store } from "./store";
import { HandClock } from "./testing/hand-clock";

const session = stream.replace("session:", "");
const other = "00000000-0000-4000-8000-000000000052";

let clock: HandClock;
let host: ScriptedHost;
let store: Store;
let type: () => void;

beforeEach(() => {
  clock = new HandClock();
  host = new ScriptedHost();
  const link = new Link({ transport: host, credentials: windowCredentials, client: "test", random: () => 0 });
  store = new Store(link, "", clock);
  link.start();
});

afterEach(() => {
  see("visible");
  cleanup();
  store.link.stop();
});

function Page({ of }: { of: string }) {
  useLook(of, useRoom(of).status === "live");
  type = useTyping(of);
  return <b>{JSON.stringify(useLooks())}</b>;
}

const page = (of: string) => (
  <StoreProvider value={store}>
    <Page of={of} />
  </StoreProvider>
);

async function opened(): Promise<ScriptedConnection> {
  const connection = await act(async () => host.letIn());
  await act(async () => connection.notify({ method: "snapshot", params: snapshot([logged(1, { type: "turn_began", turn: "t" })]) }));
  return connection;
}

function see(state: "visible" | "hidden") {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  act(() => void document.dispatchEvent(new window.Event("visibilitychange")));
}

const pass = (span: number) => act(async () => clock.pass(span));
const looked = (connection: ScriptedConnection) => connection.all("look").map(({ request }) => request.params.session);
const hear = (connection: ScriptedConnection, signal: Signal, at = stream) =>
  act(async () => connection.notify({ method: "signal", params: { stream: at, signal } }));
const looking = (person: string): Signal => ({ kind: "looking", person });
const follows = (connection: ScriptedConnection, seq: number, event: Event) =>
  act(async () => connection.notify({ method: "events", params: { stream, prev: seq - 1, events: [logged(seq, event)] } }));

describe("looking at a session", () => {
  it("RO2 is said at once and every 20 s, for the session in view", async () => {
    const shown = render(page(session));
    const connection = await opened();
    expect(looked(connection)).toEqual([session]);
    await pass(19_999);
    expect(looked(connection)).toHaveLength(1);
    await pass(1);
    await pass(20_000);
    expect(looked(connection)).toEqual([session, session, session]);
    shown.unmount();
    await pass(60_000);
    expect(looked(connection)).toHaveLength(3);
  });

  it("RO2 is not said while the page is hidden, and again when it is seen", async () => {
    render(page(session));
    const connection = await opened();
    see("hidden");
    await pass(60_000);
    expect(looked(connection)).toHaveLength(1);
    see("visible");
    expect(looked(connection)).toHaveLength(2);
    await pass(20_000);
    expect(looked(connection)).toHaveLength(3);
  });

  it("RO2 is said anew on the next connection", async () => {
    render(page(session));
    const first = await opened();
    vi.useFakeTimers();
    await act(async () => first.drop());
    await pass(40_000);
    await act(async () => vi.advanceTimersByTime(1000));
    vi.useRealTimers();
    const second = await act(async () => host.letIn());
    expect([looked(first), looked(second)]).toEqual([[session], [session]]);
  });
});

describe("who looks at what", () => {
  it("RO2 is forgotten 45 s after it was said last", async () => {
    render(page(session));
    const connection = await opened();
    await hear(connection, looking(bea));
    await pass(20_000);
    await hear(connection, looking(bea));
    await pass(44_999);
    expect(store.looks.get()).toEqual({ [bea]: [session] });
    await pass(1);
    expect(store.looks.get()).toEqual({});
  });

  it("RO2 knows the sessions apart, as long as they are warm", async () => {
    const shown = render(page(session));
    const connection = await opened();
    await hear(connection, looking(bea));
    await act(async () => shown.rerender(page(other)));
    await hear(connection, looking(ada), `session:${other}`);
    expect(store.looks.get()).toEqual({ [bea]: [session], [ada]: [other] });
    await hear(connection, looking(ada));
    expect(store.looks.get()[ada]).toEqual([session, other]);
  });

  it("RO2 ends with whoever goes away or leaves", async () => {
    render(page(session));
    const connection = await opened();
    for (const person of [ada, bea]) await hear(connection, looking(person));
    await follows(connection, 2, { type: "person_away", person: ada, until: 30_000 });
    expect(Object.keys(store.looks.get())).toEqual([bea]);
    await follows(connection, 3, { type: "person_left", person: bea, reason: "left" });
    expect(store.looks.get()).toEqual({});
  });
});

describe("typing", () => {
  it("RO2 is said at most every three seconds", async () => {
    render(page(session));
    const connection = await opened();
    type();
    type();
    await pass(2_999);
    type();
    expect(connection.all("typing")).toHaveLength(1);
    await pass(1);
    type();
    expect(connection.all("typing")).toHaveLength(2);
  });

  it("RO2 lasts while it is said again, and six seconds more", async () => {
    render(page(session));
    const connection = await opened();
    const typing = (): string[] => Object.keys(store.room(session).room.get().typing);
    await hear(connection, { kind: "typing", person: bea });
    await pass(3_000);
    await hear(connection, { kind: "typing", person: bea });
    await pass(5_999);
    expect(typing()).toEqual([bea]);
    await pass(1);
    expect(typing()).toEqual([]);
  });
});
