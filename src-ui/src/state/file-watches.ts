import type { FilesNews } from "../gen/FilesNews";
import type { Link } from "../link";

type Watched = { readonly lookers: Set<() => void>; /** The host tells every change. */ heard: boolean };

/** Workspaces whose files are shown on this page: the host tells when they change (FI10). */
export class FileWatches {
  private readonly watched = new Map<string, Watched>();

  constructor(private readonly link: Link) {
    link.onState(({ kind }) => {
      for (const [workspace, mine] of this.watched) {
        mine.heard = false;
        if (kind === "live") this.ask(workspace);
      }
    });
  }

  /** `look` is called when files have changed, or may have. */
  watch(workspace: string, look: () => void): () => void {
    const known = this.watched.get(workspace);
    const mine: Watched = known ?? { lookers: new Set(), heard: false };
    mine.lookers.add(look);
    this.watched.set(workspace, mine);
    if (!known && this.link.state.kind === "live") this.ask(workspace);
    return () => {
      mine.lookers.delete(look);
      if (mine.lookers.size > 0 || this.watched.get(workspace) !== mine) return;
      this.watched.delete(workspace);
      this.link.request({ method: "unwatch_files", params: { workspace } }).catch(() => undefined);
    };
  }

  heard(workspace: string): boolean {
    return this.watched.get(workspace)?.heard ?? false;
  }

  hear({ workspace, news }: { workspace: string; news: FilesNews }): void {
    const mine = this.watched.get(workspace);
    if (!mine) return;
    mine.heard = news !== "unwatched";
    // Between what is shown and the first word something may have changed.
    if (mine.heard) for (const look of mine.lookers) look();
  }

  private ask(workspace: string): void {
    this.link.request({ method: "watch_files", params: { workspace } }).catch(() => undefined);
  }
}
