import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import type { Channel } from "@tauri-apps/api/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { browserAround, programAround, type Note } from "./around";

afterEach(() => {
  vi.unstubAllGlobals();
  clearMocks();
});

describe("the program around the page", () => {
  it("DT3 tells notes through one channel, and takes orders", async () => {
    const orders: unknown[] = [];
    const channels: Channel<Note>[] = [];
    mockIPC((command, args) => {
      const { order, channel } = args as { order?: unknown; channel?: Channel<Note> };
      expect(command).toBe("shell");
      if (order) orders.push(order);
      if (channel) channels.push(channel);
    });
    const around = programAround();
    const heard: Note[] = [];
    const off = around.onNote((note) => heard.push(note));
    around.onNote((note) => heard.push(note));
    channels[0]?.onmessage({ kind: "new_session" });
    off();
    channels[0]?.onmessage({ kind: "link", url: "conclave://join/1" });
    around.show({ key: "k", title: "t", body: "b" });
    around.keepRunning();
    around.quit();
    expect(channels).toHaveLength(1);
    expect(heard.map(({ kind }) => kind)).toEqual(["new_session", "new_session", "link"]);
    expect(orders).toEqual([{ kind: "notify", key: "k", title: "t", body: "b" }, { kind: "keep_running" }, { kind: "quit" }]);
  });
});

class FakeNotification {
  static permission = "default";
  static newest: FakeNotification;
  static requestPermission = async (): Promise<string> => (FakeNotification.permission = "granted");
  onclick?: () => void;
  closed = false;

  constructor(
    readonly title: string,
    readonly given: { body: string; tag: string },
  ) {
    FakeNotification.newest = this;
  }

  close(): void {
    this.closed = true;
  }
}

describe("a browser around the page", () => {
  it("DT5 is asked for leave once, and a click leads to what a notice is about", async () => {
    vi.stubGlobal("Notification", FakeNotification);
    const around = browserAround();
    expect(around.leave()).toBe("ask");
    expect(await around.askLeave()).toBe("given");
    const heard: Note[] = [];
    around.onNote((note) => heard.push(note));
    around.show({ key: "k", title: "t", body: "b" });
    expect(FakeNotification.newest).toMatchObject({ title: "t", given: { body: "b", tag: "k" } });
    FakeNotification.newest.onclick?.();
    expect(heard).toEqual([{ kind: "open", key: "k" }]);
    expect(FakeNotification.newest.closed).toBe(true);
  });

  it("that knows no notices shows none", () => {
    vi.stubGlobal("Notification", undefined);
    Reflect.deleteProperty(globalThis, "Notification");
    expect(browserAround().leave()).toBe("refused");
    browserAround().show({ key: "k", title: "t", body: "b" });
  });
});
