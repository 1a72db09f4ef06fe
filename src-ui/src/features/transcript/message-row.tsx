import type { MessageItem } from "../../replica/types";
import { useItem } from "../../state/index";
import { useWhole } from "../../state/whole";
import { Markdown } from "../../ui/markdown";
import { Rest } from "../../ui/rest";
import css from "./agent.module.css";

type Props = { item: MessageItem; session: string };

/** What the agent said. While it streams only this component draws again, and what was drawn stays when it has ended. */
export function MessageRow({ item, session }: Props) {
  const now = useItem(session, item);
  const whole = useWhole(session, item.text);
  return (
    <div className={css.agent} aria-busy={item.streaming || undefined}>
      <Markdown text={item.streaming ? now.text.text : whole.text} />
      {item.streaming ? <span className={css.caret} aria-hidden /> : <Rest whole={whole} />}
    </div>
  );
}
