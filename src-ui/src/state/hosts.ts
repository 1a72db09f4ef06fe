import type { Directory } from "../gen/Directory";
import type { KnownHostRow } from "../gen/KnownHostRow";
import type { Link, LinkState } from "../link";
import { Cell } from "./cell";
import { Store } from "./store";

/** Another host that the owner has joined, as it stands now. */
export type OtherHost = {
  readonly row: KnownHostRow;
  /** What is known of it: the hooks tell of this host inside `<StoreProvider value={store}>`. */
  readonly store: Store;
  readonly link: LinkState;
  /** Milliseconds there and back; `null` while it is not known. */
  readonly latency: number | null;
  readonly directory: Directory | null;
};

/**
 * The other hosts, each with one link that carries all of its sessions for as long as it is known (D2). Only the
 * owner's page and window have them.
 */
export class Hosts {
  /** In the order in which they were joined; `null` until this host has named them. */
  readonly all = new Cell<readonly OtherHost[] | null>(null);
  private readonly stores = new Map<string, Store>();
  private rows: readonly KnownHostRow[] | null = null;

  constructor(
    private readonly own: Link,
    private readonly linkTo: (host: string) => Link,
  ) {
    own.onState(() => void this.refresh());
  }

  /** Ask who is known: after a join, and when something may have changed. Guests are not told. */
  async refresh(): Promise<void> {
    const { state } = this.own;
    if (state.kind !== "live" || !state.welcome.owner) return;
    try {
      const reply = await this.own.request({ method: "known_hosts" });
      if (reply.kind === "known_hosts") this.become(reply.hosts);
    } catch {
      // A host too old to know others has none to show.
      if (this.rows === null) this.become([]);
    }
  }

  private become(rows: readonly KnownHostRow[]): void {
    this.rows = rows.toSorted((a, b) => a.added_at - b.added_at);
    const known = new Set(rows.map(({ key }) => key));
    for (const [key, store] of this.stores) {
      if (known.has(key)) continue;
      store.link.stop();
      this.stores.delete(key);
    }
    for (const { key } of this.rows) if (!this.stores.has(key)) this.go(key);
    this.tell();
  }

  private go(key: string): void {
    const store = new Store(this.linkTo(key), `${key}/`);
    this.stores.set(key, store);
    let before = store.link.state.kind;
    store.state.subscribe(() => {
      const now = store.link.state.kind;
      // Let in, it may be called something else by now.
      if (now === "live" && before !== "live") void this.refresh();
      before = now;
      this.tell();
    });
    store.directory.subscribe(() => this.tell());
    store.latency.subscribe(() => this.tell());
    store.link.start();
  }

  private tell(): void {
    const all = (this.rows ?? []).flatMap((row) => {
      const store = this.stores.get(row.key);
      if (!store) return [];
      const { state, latency, directory } = store;
      return [{ row, store, link: state.get(), latency: latency.get(), directory: directory.get() }];
    });
    this.all.set(all);
  }
}
