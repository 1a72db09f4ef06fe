import { Plus } from "lucide-react";
import { useRef, useState, type KeyboardEvent } from "react";
import type { Directory } from "../../gen/Directory";
import { t, tn } from "../../messages/t";
import { StoreProvider } from "../../state/index";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/empty";
import { PageFrame } from "../page-frame";
import { Start } from "../start";
import type { OpenTabs } from "../use-open-tabs";
import { FilterBar } from "./filter-bar";
import { filtered, inOrder, NO_FILTERS, type Order } from "./listed";
import { SessionLine } from "./session-line";
import { useListed } from "./use-listed";
import css from "./sessions.module.css";

type Props = { directory: Directory | null; tabs: OpenTabs; owner: boolean; onNew: () => void; onMenu: (() => void) | null };

/** Every session in reach, to be found, put in order and dealt with (WI19). */
export function Sessions({ directory, tabs, owner, onNew, onMenu }: Props) {
  const { all, names, spent } = useListed(directory, tabs, owner);
  const [filters, setFilters] = useState(NO_FILTERS);
  const [order, setOrder] = useState<Order>("needs");
  const list = useRef<HTMLDivElement>(null);
  const shown = filtered(all, filters);
  const frame = { title: t("sessions.label"), onMenu };
  if (all.length === 0)
    return (
      <PageFrame {...frame}>
        <Start directory={directory} owner={owner} />
      </PageFrame>
    );
  const count = shown.length === all.length ? String(all.length) : t("sessions.shown", { shown: shown.length, all: all.length });
  return (
    <PageFrame
      {...frame}
      count={count}
      verbs={
        <Button className={css.new} onClick={onNew}>
          <Plus size={14} aria-hidden />
          <span>{t("session.new")}</span>
        </Button>
      }
    >
      <div className={css.page} ref={list} onKeyDown={(event) => step(event, list.current)}>
        <FilterBar all={all} names={names} spent={spent} filters={filters} order={order} onFilters={setFilters} onOrder={setOrder} />
        {inOrder(shown, order).map(({ status, rows }) => (
          <section key={status ?? ""} aria-label={status ? t(`status.${status}`) : t(`sessions.by.${order}`)}>
            {status && (
              <h2 className={css.group}>
                {t(`status.${status}`)} <span>{rows.length}</span>
              </h2>
            )}
            <ul role="list" className={css.rows}>
              {rows.map((one) => (
                <StoreProvider key={one.key} value={one.store}>
                  <SessionLine one={one} names={names} />
                </StoreProvider>
              ))}
            </ul>
          </section>
        ))}
        {shown.length === 0 && (
          <Empty title={t("sessions.none_fit")}>
            <p>{tn("sessions.hidden", all.length)}</p>
            <Button onClick={() => setFilters(NO_FILTERS)}>{t("sessions.show_all")}</Button>
          </Empty>
        )}
      </div>
    </PageFrame>
  );
}

/** Arrows go from row to row, also from the field that looks for words; a slash leads back there. */
function step(event: KeyboardEvent, list: HTMLElement | null) {
  if (event.defaultPrevented || event.nativeEvent.isComposing || !(event.target instanceof HTMLElement)) return;
  const field = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key === "/" && !field) {
    event.preventDefault();
    return list?.querySelector("input")?.focus();
  }
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined || event.target instanceof HTMLSelectElement || event.target.closest("[role=menu]")) return;
  const rows = [...(list?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
  const at = rows.indexOf(event.target);
  if (field && by < 0) return;
  event.preventDefault();
  if (at === 0 && by < 0) return list?.querySelector("input")?.focus();
  rows[Math.min(at + by, rows.length - 1)]?.focus();
}
