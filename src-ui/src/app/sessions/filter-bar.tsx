import { Search } from "lucide-react";
import { t } from "../../messages/t";
import { useAgents } from "../../state/index";
import { PickOne } from "../../ui/pick-one";
import { known } from "../tags";
import { STATUSES, type Filters, type Listed, type Order } from "./listed";
import css from "./sessions.module.css";

type Props = {
  all: readonly Listed[];
  names: ReadonlyMap<string, string>;
  spent: boolean;
  filters: Filters;
  order: Order;
  onFilters: (filters: Filters) => void;
  onOrder: (order: Order) => void;
};

const ORDERS: readonly Order[] = ["needs", "newest", "cost"];

/** Words, state, place, agent, person and tag; only what these sessions differ in. */
export function FilterBar({ all, names, spent, filters, order, onFilters, onOrder }: Props) {
  const agents = useAgents();
  const put = (change: Partial<Filters>) => onFilters({ ...filters, ...change });
  const distinct = (of: (one: Listed) => readonly string[]) => [...new Set(all.flatMap(of))].filter(Boolean).toSorted();
  const statuses = STATUSES.filter((status) => all.some(({ row }) => row.status === status));
  const places = distinct(({ repository, place }) => [repository, place]);
  const asked = distinct(({ people }) => people);
  const tags = known(all.map(({ row }) => row));
  const used = distinct((one) => one.agents);
  const agentName = (key: string) => agents.find(({ agent }) => agent === key)?.name ?? key;
  return (
    <div className={css.bar} role="search" aria-label={t("sessions.filter")}>
      <label className={css.find}>
        <Search size={14} aria-hidden />
        <input
          type="search"
          // On a touch screen the keyboard would cover what is to be read.
          autoFocus={matchMedia("(pointer: fine)").matches}
          aria-label={t("sessions.filter")}
          placeholder={t("sessions.filter")}
          value={filters.words}
          onChange={(event) => put({ words: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || filters.words === "") return;
            event.preventDefault();
            put({ words: "" });
          }}
        />
      </label>
      <div className={css.picks}>
        <PickOne label={t("sessions.any.status")} value={filters.status} options={statuses.map((one) => [one, t(`status.${one}`)])} onPick={(status) => put({ status: status as Filters["status"] })} />
        <PickOne label={t("sessions.any.place")} value={filters.place} options={places.map((one) => [one, one])} onPick={(place) => put({ place })} />
        <PickOne label={t("sessions.any.agent")} value={filters.agent} options={used.map((one) => [one, agentName(one)])} onPick={(agent) => put({ agent })} />
        <PickOne label={t("sessions.any.person")} value={filters.person} options={asked.map((one) => [one, names.get(one) ?? t("person.unknown")])} onPick={(person) => put({ person })} />
        <PickOne label={t("sessions.any.tag")} value={filters.tag} options={tags.map((one) => [one, one])} onPick={(tag) => put({ tag })} />
        <span className="grow" />
        <PickOne
          always
          label={t("sessions.order")}
          value={order}
          options={ORDERS.filter((one) => one !== "cost" || spent).map((one) => [one, t(`sessions.by.${one}`)])}
          onPick={(one) => onOrder(one as Order)}
        />
      </div>
    </div>
  );
}
