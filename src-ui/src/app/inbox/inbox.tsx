import { Check } from "lucide-react";
import { useEffect, useRef } from "react";
import { ForkOffers } from "../../features/door/fork-offers";
import { KnockBanner } from "../../features/door/knock-banner";
import type { Directory } from "../../gen/Directory";
import { t, tn } from "../../messages/t";
import { StoreProvider } from "../../state/index";
import { PageFrame } from "../page-frame";
import type { OpenTabs } from "../use-open-tabs";
import { Others } from "./others";
import { useWaiting } from "./use-waiting";
import { WaitingSession } from "./waiting-session";
import css from "./inbox.module.css";

type Props = { directory: Directory | null; tabs: OpenTabs; owner: boolean; onMenu: (() => void) | null };

/** Everything that waits for this person, across sessions and hosts (WI18). */
export function Inbox({ directory, tabs, owner, onMenu }: Props) {
  const { mine, others, loading } = useWaiting(directory, tabs);
  const knocks = owner ? (directory?.knocks ?? []) : [];
  const forks = owner ? (directory?.fork_offers ?? []) : [];
  const count = mine.reduce((sum, { waits }) => sum + waits.length, 0) + knocks.length + forks.length;
  const list = useRef<HTMLDivElement>(null);
  const keys = mine.flatMap(({ key, waits }) => waits.map(({ id }) => key + id)).join(" ");
  // What was settled takes its button along: the next one is where the hand is.
  useEffect(() => {
    if (document.activeElement !== document.body) return;
    const next = list.current?.querySelector<HTMLElement>("button") ?? list.current?.closest("section")?.querySelector("h1");
    (next as HTMLElement | null | undefined)?.focus();
  }, [keys]);
  return (
    <PageFrame title={t("inbox")} count={count > 0 ? tn("inbox.count", count) : undefined} onMenu={onMenu}>
      <div ref={list} className={css.list}>
        {(knocks.length > 0 || forks.length > 0) && (
          <section className={css.door} aria-label={t("inbox.door")}>
            <KnockBanner knocks={knocks} />
            {directory && forks.length > 0 && <ForkOffers directory={directory} />}
          </section>
        )}
        {mine.map((one) => (
          <StoreProvider key={one.key} value={one.store}>
            <WaitingSession waiting={one} />
          </StoreProvider>
        ))}
        {count === 0 && (loading ? <p className={css.loading}>{t("inbox.loading")}</p> : <Nothing />)}
        {others.length > 0 && <Others all={others} />}
      </div>
    </PageFrame>
  );
}

function Nothing() {
  return (
    <div className={css.nothing}>
      <span className={css.tick}>
        <Check size={18} aria-hidden />
      </span>
      <h2>{t("inbox.nothing")}</h2>
      <p>{t("inbox.nothing_about")}</p>
    </div>
  );
}
