import { useEffect } from "react";
import type { Link } from "../link";
import { Cell } from "./cell";
import type { Clock } from "./clock";
import { useStore } from "./index";
import { useCell } from "./use-cell";

/** What was counted is as good as new for so long. */
const FRESH_MS = 300_000;

/** What workspaces take on the disk, counted one after the other: the host reads all of their files for it. */
export class DiskUse {
  readonly bytes = new Cell<ReadonlyMap<string, number>>(new Map());
  private readonly asked = new Map<string, number>();
  private readonly wanted = new Set<readonly string[]>();
  private counting = false;

  constructor(
    private readonly link: Link,
    private readonly clock: Clock,
  ) {
    link.onState(({ kind }) => kind === "live" && void this.count());
  }

  want(workspaces: readonly string[]): () => void {
    this.wanted.add(workspaces);
    void this.count();
    return () => void this.wanted.delete(workspaces);
  }

  private async count(): Promise<void> {
    if (this.counting) return;
    this.counting = true;
    // An answer may come on a later connection; without one nothing more is asked.
    for (let next = this.next(); next !== undefined && this.link.state.kind === "live"; next = this.next()) await this.ask(next);
    this.counting = false;
  }

  private async ask(workspace: string): Promise<void> {
    const reply = await this.link.request({ method: "disk_use", params: { workspace } }).catch(() => null);
    // What can't be counted is not asked for without end either.
    if (reply || this.link.state.kind === "live") this.asked.set(workspace, this.clock.now());
    if (reply?.kind === "disk_use") this.bytes.set(new Map(this.bytes.get()).set(workspace, reply.bytes));
  }

  private next(): string | undefined {
    const old = this.clock.now() - FRESH_MS;
    return [...this.wanted].flat().find((workspace) => (this.asked.get(workspace) ?? -Infinity) <= old);
  }
}

export function useDiskUse(workspaces: readonly string[]): ReadonlyMap<string, number> {
  const { disk } = useStore();
  const key = workspaces.join(" ");
  useEffect(() => disk.want(key.split(" ").filter(Boolean)), [disk, key]);
  return useCell(disk.bytes);
}
