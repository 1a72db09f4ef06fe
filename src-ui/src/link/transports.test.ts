import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import type { Channel } from "@tauri-apps/api/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { deviceName } from "./device";
import { keepOf } from "./keep";
import type { TransportEvents } from "./transport";
import { webSocketTransport } from "./websocket";
import { windowTransport } from "./window";

function ear() {
  const heard: unknown[] = [];
  const told: TransportEvents = {
    opened: () => heard.push("opened"),
    frame: (text) => heard.push({ frame: text }),
    bytes: (frame) => heard.push({ bytes: [...frame] }),
    closed: (code) => heard.push({ closed: code }),
  };
  return { heard, told };
}

class FakeSocket {
  static newest: FakeSocket;
  readonly sent: (string | Uint8Array)[] = [];
  onopen?: () => void;
  onmessage?: (message: { data: unknown }) => void;
  onclose?: (event: { code: number }) => void;

  constructor(
    readonly address: string,
    readonly protocols: string[],
  ) {
    FakeSocket.newest = this;
  }

  send(text: string | Uint8Array): void {
    this.sent.push(text);
  }

  close(): void {
    this.onclose?.({ code: 1005 });
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
  clearMocks();
});

describe("the WebSocket transport", () => {
  it.each([
    ["https:", "wss://kestrel:4433/ws"],
    ["http:", "ws://kestrel:4433/ws"],
  ])("PA10 offers its versions to the page's own origin over %s", (protocol, address) => {
    vi.stubGlobal("WebSocket", FakeSocket);
    webSocketTransport({ protocol, host: "kestrel:4433" }).open(ear().told);
    expect(FakeSocket.newest).toMatchObject({ address, protocols: ["conclave.v1"] });
  });

  it("goes to another host through the page's own", () => {
    vi.stubGlobal("WebSocket", FakeSocket);
    webSocketTransport({ protocol: "http:", host: "127.0.0.1:4433" }, "kEy-_").open(ear().told);
    expect(FakeSocket.newest.address).toBe("ws://127.0.0.1:4433/peer/kEy-_");
  });

  it("TE4 passes a terminal's bytes as bytes", () => {
    vi.stubGlobal("WebSocket", FakeSocket);
    const { heard, told } = ear();
    const connection = webSocketTransport({ protocol: "http:", host: "h" }).open(told);
    connection.sendBytes(Uint8Array.of(0, 255));
    FakeSocket.newest.onmessage?.({ data: Uint8Array.of(1, 254).buffer });
    expect(FakeSocket.newest.sent).toEqual([Uint8Array.of(0, 255)]);
    expect(heard).toEqual([{ bytes: [1, 254] }]);
  });

  it("passes text both ways and the close code at the end", () => {
    vi.stubGlobal("WebSocket", FakeSocket);
    const { heard, told } = ear();
    const connection = webSocketTransport({ protocol: "http:", host: "h" }).open(told);
    const socket = FakeSocket.newest;
    socket.onopen?.();
    connection.send("out");
    socket.onmessage?.({ data: "in" });
    socket.onclose?.({ code: 4403 });
    expect(socket.sent).toEqual(["out"]);
    expect(heard).toEqual(["opened", { frame: "in" }, { closed: 4403 }]);
  });
});

describe("the window's transport", () => {
  it("attaches one channel and sends each frame through the one command", async () => {
    const calls: { command: string; frame?: unknown }[] = [];
    let channel: Channel<string> | undefined;
    mockIPC((command, args) => {
      const { frame, channel: given } = args as { frame?: string; channel?: Channel<string> };
      calls.push({ command, ...(frame === undefined ? {} : { frame }) });
      channel = given ?? channel;
    });
    const { heard, told } = ear();
    const connection = windowTransport().open(told);
    await vi.waitFor(() => expect(heard).toEqual(["opened"]));
    connection.send("out");
    connection.sendBytes(Uint8Array.of(0, 255));
    channel?.onmessage("in");
    channel?.onmessage("=Af4=");
    expect(calls).toEqual([{ command: "call" }, { command: "call", frame: "out" }, { command: "call", frame: "=AP8=" }]);
    connection.close();
    channel?.onmessage("late");
    expect(heard).toEqual(["opened", { frame: "in" }, { bytes: [1, 254] }, { closed: 1006 }]);
  });

  it("names the other host with each frame that goes there", async () => {
    const hosts: unknown[] = [];
    mockIPC((_, args) => void hosts.push((args as { host?: string }).host));
    const { heard, told } = ear();
    const connection = windowTransport("kEy-_").open(told);
    await vi.waitFor(() => expect(heard).toEqual(["opened"]));
    connection.send("out");
    expect(hosts).toEqual(["kEy-_", "kEy-_"]);
  });

  it("ends its pipe at once when it is closed, and by name, so that a later one stays", async () => {
    const calls: { channel?: Channel<string>; over?: number; host?: string }[] = [];
    mockIPC((_, args) => void calls.push(args as (typeof calls)[number]));
    const { heard, told } = ear();
    const first = windowTransport("kEy-_").open(told);
    await vi.waitFor(() => expect(heard).toEqual(["opened"]));
    first.close();
    first.close();
    // Closed before it was open: the end is said once there is something to end.
    windowTransport("kEy-_").open(ear().told).close();
    await vi.waitFor(() => expect(calls).toHaveLength(4));
    const ids = calls.map(({ channel }) => channel?.id);
    expect(calls[1]).toEqual({ over: ids[0], host: "kEy-_" });
    expect(calls[3]).toEqual({ over: ids[2], host: "kEy-_" });
    expect(ids[0]).not.toBe(ids[2]);
  });

  it("is closed once when the host is not there", async () => {
    mockIPC(() => Promise.reject(new Error("no host")));
    const { heard, told } = ear();
    const connection = windowTransport().open(told);
    connection.send("out");
    await vi.waitFor(() => expect(heard).toEqual([{ closed: 1006 }]));
  });
});

describe("what a page keeps", () => {
  it("lives on without a storage", () => {
    const keep = keepOf(() => {
      throw new DOMException("denied", "SecurityError");
    });
    expect(keep.getItem("a")).toBeNull();
    keep.setItem("a", "1");
    expect(keep.getItem("a")).toBe("1");
    keep.removeItem("a");
    expect(keep.getItem("a")).toBeNull();
  });
});

describe("the name of this device", () => {
  it.each([
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"],
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1", "Safari, iPhone"],
    ["curl/8", "Browser"],
  ])("of %s", (userAgent, name) => {
    expect(deviceName(userAgent)).toBe(name);
  });
});
