import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "../../messages/t";
import type { OtherHost } from "../../state/hosts";
import { setTaste, useTaste } from "../../state/taste";
import { cx } from "../../ui/cx";
import { HostMenu, type HostVerbs } from "./host-menu";
import { HostState } from "./host-state";
import { HostTrouble } from "./host-trouble";
import css from "./hosts.module.css";

type Props = { host: OtherHost; verbs: HostVerbs; children: ReactNode };

/** Another host in the side bar: what it is called, how it stands, and what it shares with this person. */
export function HostSection({ host, verbs, children }: Props) {
  const { key, label, name, address, in_keyring } = host.row;
  const { folded } = useTaste();
  const open = !folded.includes(key);
  const toggle = () => setTaste({ folded: open ? [...folded, key] : folded.filter((one) => one !== key) });
  return (
    <section aria-label={label}>
      <header className={css.head}>
        <button
          type="button"
          className={css.toggle}
          aria-expanded={open}
          title={[label, t("hosts.as", { name }), address, !in_keyring && t("hosts.in_file")].filter(Boolean).join(" · ")}
          onClick={toggle}
        >
          <ChevronRight size={12} aria-hidden className={cx(css.chevron, open && css.turned)} />
          <span className={css.name}>{label}</span>
          <HostState host={host} />
        </button>
        <HostMenu host={host} verbs={verbs} />
      </header>
      {open && (
        <div className={css.inside}>
          <HostTrouble host={host} verbs={verbs} />
          {host.link.kind !== "refused" && children}
        </div>
      )}
    </section>
  );
}
