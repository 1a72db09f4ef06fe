import type { MessageItem } from "../../replica/types";
import { useItem } from "../../state/index";
import { useWhole } from "../../state/whole";
import { Markdown } from "../../ui/markdown";
import { Rest } from "../../ui/rest";
import css from "./agent.module.css";

type Props = { item: MessageItem; session: string };

/** What the agent said. While it streams only this component draws again. */
export function MessageRow({ item, session }: Props) {
  return item.streaming ? <Streaming item={item} session={session} /> : <Said item={item} session={session} />;
}

function Streaming({ item, session }: Props) {
  const now = useItem(session, item);
  return (
    <div className={css.agent} aria-busy="true">
      <Markdown text={now.text.text} />
      <span className={css.caret} aria-hidden />
    </div>
  );
}

function Said({ item, session }: Props) {
  const whole = useWhole(session, item.text);
  return (
    <div className={css.agent}>
      <Markdown text={whole.text} />
      <Rest whole={whole} />
    </div>
  );
}
