import type { FilesNews } from "../gen/FilesNews";
import type { Link } from "../link";

type Watched = {
  readonly lookers: Set<() => void>;
  /** The host tells every change. */
  heard: boolean;
  /** How things stood when the host said that it tells nothing more; `null` while it may. */
  refused: string | null;
};

/** Workspaces whose files are shown on this page: the host tells when they change (FI10). */
export class FileWatches {
  private readonly watched = new Map<string, Watched>();

  /** `stands` says of a workspace what a refusal may hang on, its state and the person's rights there. */
  constructor(
    private readonly link: Link,
    private readonly stands: (workspace: string) => string = () => "",
  ) {
    link.onState(({ kind }) => {
      for (const [workspace, mine] of this.watched) {
        mine.heard = false;
        if (kind === "live") this.ask(workspace, mine);
      }
    });
  }

  /** `look` is called when files have changed, or may have. */
  watch(workspace: string, look: () => void): () => void {
    const known = this.watched.get(workspace);
    const mine: Watched = known ?? { lookers: new Set(), heard: false, refused: null };
    mine.lookers.add(look);
    this.watched.set(workspace, mine);
    if (!known && this.link.state.kind === "live") this.ask(workspace, mine);
    return () => {
      mine.lookers.delete(look);
      if (mine.lookers.size > 0 || this.watched.get(workspace) !== mine) return;
      this.watched.delete(workspace);
      this.link.request({ method: "unwatch_files", params: { workspace } }).catch(() => undefined);
      // There may be room for another now.
      this.askAgain(() => true);
    };
  }

  /** Something is told of workspaces or of rights: what was refused may not be any more. */
  told(): void {
    this.askAgain((workspace, refused) => this.stands(workspace) !== refused);
  }

  heard(workspace: string): boolean {
    return this.watched.get(workspace)?.heard ?? false;
  }

  hear({ workspace, news }: { workspace: string; news: FilesNews }): void {
    const mine = this.watched.get(workspace);
    if (!mine) return;
    mine.heard = news !== "unwatched";
    mine.refused = mine.heard ? null : this.stands(workspace);
    // Between what is shown and the first word something may have changed.
    if (mine.heard) for (const look of mine.lookers) look();
  }

  private askAgain(worth: (workspace: string, refused: string) => boolean): void {
    if (this.link.state.kind !== "live") return;
    for (const [workspace, mine] of this.watched) if (mine.refused !== null && worth(workspace, mine.refused)) this.ask(workspace, mine);
  }

  private ask(workspace: string, mine: Watched): void {
    mine.refused = null;
    this.link.request({ method: "watch_files", params: { workspace } }).catch(() => void (mine.refused = this.stands(workspace)));
  }
}
