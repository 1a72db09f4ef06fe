import { ChevronRight } from "lucide-react";
import { t } from "../../messages/t";
import type { ThoughtItem } from "../../replica/types";
import { useItem } from "../../state/index";
import { useWhole } from "../../state/whole";
import { Clock } from "../../ui/clock";
import { cx } from "../../ui/cx";
import { useFold } from "../../ui/fold";
import { Markdown } from "../../ui/markdown";
import { Rest } from "../../ui/rest";
import { took } from "../../ui/time";
import css from "./agent.module.css";

type Props = { item: ThoughtItem; session: string };

/** What the agent thought, folded to how long it took. */
export function ThoughtRow({ item, session }: Props) {
  const [open, toggle] = useFold(item.id, false);
  return (
    <div>
      <button type="button" className={css.fold} aria-expanded={open} onClick={toggle}>
        <ChevronRight size={13} aria-hidden className={cx(css.chevron, open && css.turned)} />
        {item.streaming ? (
          <span>
            {t("thought.running")} <Clock since={item.began} />
          </span>
        ) : (
          words(item.at - item.began)
        )}
      </button>
      {open && (
        <div className={css.thought}>
          {item.streaming ? <Streaming item={item} session={session} /> : <Had item={item} session={session} />}
        </div>
      )}
    </div>
  );
}

function words(span: number): string {
  return span < 1000 ? t("thought.moment") : t("thought.took", { time: took(span) });
}

function Streaming({ item, session }: Props) {
  const now = useItem(session, item);
  return <Markdown text={now.text.text} />;
}

function Had({ item, session }: Props) {
  const whole = useWhole(session, item.text);
  return (
    <>
      <Markdown text={whole.text} />
      <Rest whole={whole} />
    </>
  );
}
