import type { Notification } from "../src/gen/Notification";
import type { Reply } from "../src/gen/Reply";
import type { Link, LinkState, RequestWithoutCommand, Shown } from "../src/link";
import type { Scene } from "./scene";

const BY_ITSELF = new Set(["terminals", "watch_directory", "subscribe", "unsubscribe", "agents", "typing", "look", "shares", "invites", "people", "my_devices", "settings", "known_hosts", "nearby", "changes", "file_change", "both_sides", "read_picture", "folders", "disk_use", "makers", "work", "rewind_preview", "health", "folder", "read_file", "risks", "worktrees", "push_target", "setup", "usage", "host_usage"]);

/** Answers as a host would, from a scene. */
export class CannedLink {
  /** What was asked, oldest first; without what the store asks by itself. */
  readonly asked: RequestWithoutCommand[] = [];
  state: LinkState = { kind: "dialling", attempt: 1 };
  private readonly stateListeners = new Set<(state: LinkState) => void>();
  private readonly screenListeners = new Set<(shown: Shown) => void>();
  private readonly listeners = new Set<(told: Notification) => void>();

  constructor(readonly scene: Scene) {}

  /** The store wants the class; these are all the parts that it uses. */
  asLink(): Link {
    return this as unknown as Link;
  }

  begin(): void {
    this.scene.link.forEach((state, index) => {
      if (index === 0) this.become(state);
      else setTimeout(() => this.become(state), index * 250);
    });
  }

  onState(listener: (state: LinkState) => void): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  onNotification(listener: (told: Notification) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onShown(listener: (shown: Shown) => void): () => void {
    this.screenListeners.add(listener);
    return () => this.screenListeners.delete(listener);
  }

  type(): void {}

  start(): void {}
  stop(): void {}
  wake(): void {}
  knock(): void {}

  async request(asked: RequestWithoutCommand): Promise<Reply> {
    if (!BY_ITSELF.has(asked.method)) this.asked.push(asked);
    if (asked.method === "watch_directory") queueMicrotask(() => this.tell({ method: "directory", params: this.scene.directory }));
    if (asked.method === "subscribe") {
      const { stream } = asked.params;
      queueMicrotask(() => this.show(stream));
    }
    if (asked.method === "attach_terminal") this.draw(asked.params.terminal);
    if (asked.method === "resize_terminal") this.tell({ method: "terminal", params: { terminal: asked.params.terminal, news: { kind: "size", size: asked.params.size } } });
    if (asked.method === "page") return this.page(asked.params);
    if (asked.method === "known_hosts") return { kind: "known_hosts", hosts: (this.scene.elsewhere?.hosts ?? []).map(({ row }) => row) };
    if (asked.method === "terminals" && !this.scene.replies?.terminals) return { kind: "terminals", terminals: [], right: "none" };
    if (asked.method === "agents") return { kind: "agents", agents: this.scene.agents };
    if (this.scene.refuses && !BY_ITSELF.has(asked.method)) throw this.scene.refuses;
    const reply = this.scene.replies?.[asked.method];
    return (typeof reply === "function" ? reply(asked) : reply) ?? { kind: "done" };
  }

  private show(stream: string): void {
    const room = this.scene.rooms?.[stream.replace(/^session:/, "")];
    if (room) return this.tell({ method: "snapshot", params: room });
    if (!this.scene.snapshot || (this.scene.rooms && this.scene.snapshot.stream !== stream)) return;
    this.tell({ method: "snapshot", params: this.scene.snapshot });
    for (const told of this.scene.then ?? []) this.tell(told);
    if (this.scene.streams) this.speak(this.scene.streams);
  }

  private draw(terminal: string): void {
    const bytes = new TextEncoder().encode(this.scene.screens?.[terminal] ?? "");
    queueMicrotask(() => this.screenListeners.forEach((shown) => shown({ terminal, at: 0, bytes })));
  }

  private async page({ stream, before, limit }: { stream: string; before: number; limit: number }): Promise<Reply> {
    await new Promise((soon) => setTimeout(soon, 150));
    const older = (this.scene.older ?? []).filter((event) => event.seq < before);
    return { kind: "page", stream, events: older.slice(-limit), first: older.length <= limit };
  }

  /** A word each 40 milliseconds, as an agent speaks. */
  private speak({ turn, item, words }: NonNullable<Scene["streams"]>): void {
    let n = 0;
    const timer = setInterval(() => {
      const text = words[n];
      if (text === undefined) return clearInterval(timer);
      n += 1;
      this.tell({ method: "signal", params: { stream: "session:s1", signal: { kind: "delta", turn, item, thought: false, n, text } } });
    }, 40);
  }

  private become(state: LinkState): void {
    this.state = state;
    for (const listener of this.stateListeners) listener(state);
  }

  tell(told: Notification): void {
    for (const listener of this.listeners) listener(told);
  }
}
