import type { AgentRow } from "../gen/AgentRow";
import type { Directory } from "../gen/Directory";
import type { Notification } from "../gen/Notification";
import type { Link, LinkState } from "../link";
import { Answers } from "./answers";
import { Cell } from "./cell";
import { wallClock, type Clock } from "./clock";
import { DiskUse } from "./disk-use";
import { FileWatches } from "./file-watches";
import { Screens } from "./screens";
import { WarmRoom } from "./warm-room";

/** How often the way to a host is measured; at first sooner, since the first answer waits among many. */
const MEASURE_MS = 60_000;
const MEASURE_AGAIN_MS = 3_000;

/** How long a room that nobody looks at is kept up to date. */
const WARM_MS = 120_000;

const noAgents: AgentRow[] = [];

/** Person → the sessions that they have in front of them. */
export type Looks = Readonly<Record<string, readonly string[]>>;

/** The truth as this client holds it: one host, its directory, and the rooms somebody looks at. */
export class Store {
  readonly state: Cell<LinkState>;
  readonly directory = new Cell<Directory | null>(null);
  readonly agents = new Cell<AgentRow[]>(noAgents);
  /** How long a small question to the host and its answer last took, in milliseconds. */
  readonly latency = new Cell<number | null>(null);
  /** Of the rooms that are warm; who looks at others is not told to this page. */
  readonly looks = new Cell<Looks>({});
  readonly screens: Screens;
  readonly files: FileWatches;
  readonly answers: Answers;
  readonly disk: DiskUse;
  private readonly rooms = new Map<string, WarmRoom>();
  private readonly watchers = new Map<string, number>();
  /** Each calls off what it stands for. */
  private readonly cooling = new Map<string, () => void>();

  private callOffMeasuring = (): void => {};

  /** `place` goes before what this browser keeps of a session: two hosts may give out the same id. */
  constructor(
    readonly link: Link,
    readonly place = "",
    readonly clock: Clock = wallClock,
  ) {
    this.state = new Cell<LinkState>(link.state);
    this.screens = new Screens(link, clock);
    this.files = new FileWatches(link, (workspace) => this.standing(workspace));
    this.answers = new Answers(link);
    this.disk = new DiskUse(link, clock);
    link.onState((state) => this.linkChanged(state));
    link.onNotification((told) => this.hear(told));
  }

  /** Warm from the first look on; it does not subscribe before somebody watches. */
  room(session: string): WarmRoom {
    const known = this.rooms.get(session);
    if (known) return known;
    const room = new WarmRoom(session, this.link, this.place, this.clock);
    this.rooms.set(session, room);
    room.looking.since.subscribe(() => this.gatherLooks());
    room.room.subscribe(() => this.files.told());
    return room;
  }

  isWatched(session: string): boolean {
    return this.watchers.has(session);
  }

  watch(session: string): () => void {
    this.cooling.get(session)?.();
    const wasWarm = this.cooling.delete(session);
    const count = this.watchers.get(session) ?? 0;
    this.watchers.set(session, count + 1);
    if (count === 0 && !wasWarm && this.link.state.kind === "live") void this.room(session).subscribe();
    return () => this.unwatch(session);
  }

  private unwatch(session: string): void {
    const left = (this.watchers.get(session) ?? 1) - 1;
    if (left > 0) return void this.watchers.set(session, left);
    this.watchers.delete(session);
    this.cooling.set(session, this.clock.after(WARM_MS, () => this.cool(session)));
  }

  private cool(session: string): void {
    this.cooling.delete(session);
    this.rooms.get(session)?.unsubscribe();
    this.rooms.delete(session);
  }

  private linkChanged(state: LinkState): void {
    this.callOffMeasuring();
    if (state.kind === "live") this.catchUp();
    else this.latency.set(null);
    this.state.set(state);
  }

  private catchUp(): void {
    for (const [session, room] of this.rooms) {
      if (this.watchers.has(session) || this.cooling.has(session)) void room.subscribe();
    }
    this.link.request({ method: "watch_directory" }).catch(() => undefined);
    void this.askAgents();
    if (this.place !== "") void this.measure(MEASURE_AGAIN_MS);
  }

  /** The way to another host only; its own one is in the same machine or the same page. */
  private async measure(again: number): Promise<void> {
    const { state } = this.link;
    const asked = performance.now();
    try {
      await this.link.request({ method: "my_devices" });
    } catch {
      return;
    }
    // The answer came on a later connection: it tells of the time in between.
    if (this.link.state !== state) return;
    this.latency.set(Math.max(1, Math.round(performance.now() - asked)));
    this.callOffMeasuring = this.clock.after(again, () => void this.measure(MEASURE_MS));
  }

  private async askAgents(): Promise<void> {
    try {
      const reply = await this.link.request({ method: "agents" });
      if (reply.kind === "agents") this.agents.set(reply.agents);
    } catch {
      // Guests who may not see the agents go on without their names.
    }
  }

  private gatherLooks(): void {
    const looks: Record<string, string[]> = {};
    for (const [session, room] of this.rooms)
      for (const person of Object.keys(room.looking.since.get())) (looks[person] ??= []).push(session);
    this.looks.set(looks);
  }

  /** A workspace, and what this person may do there as its rooms say that are warm. */
  private standing(workspace: string): string {
    const { workspaces = [], sessions = [] } = this.directory.get() ?? {};
    const rights = sessions.flatMap((row) => (row.workspace === workspace ? (this.rooms.get(row.session)?.room.get().view?.you.rights ?? []) : []));
    return JSON.stringify([workspaces.find((row) => row.workspace === workspace), [...new Set(rights)].toSorted()]);
  }

  private readDirectory(directory: Directory): void {
    const known = this.directory.get();
    this.directory.set(directory);
    this.files.told();
    if (known && known.catalogue !== directory.catalogue) void this.askAgents();
  }

  /** What the host has just said of one agent. */
  learn(row: AgentRow): void {
    this.agents.set(this.agents.get().map((known) => (known.agent === row.agent ? row : known)));
  }

  private hear(told: Notification): void {
    switch (told.method) {
      case "directory":
        return this.readDirectory(told.params);
      case "snapshot":
      case "events":
      case "view":
      case "signal":
      case "gone":
      case "head":
        return this.rooms.get(told.params.stream.replace(/^session:/, ""))?.hear(told);
      case "terminal":
        return this.screens.hear(told.params);
      case "files":
        return this.files.hear(told.params);
      case "welcome":
      case "bye":
        return;
    }
  }
}
