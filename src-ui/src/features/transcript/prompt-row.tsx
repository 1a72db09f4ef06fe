import type { AgentChoice } from "../../gen/AgentChoice";
import { t } from "../../messages/t";
import type { PromptItem, Room } from "../../replica/types";
import { useChoiceWords } from "../../state/agent-name";
import { isYou, personOf } from "../../state/people";
import { Button } from "../../ui/button";
import { Face } from "../../ui/face";
import { useFold } from "../../ui/fold";
import { timeOfDay, useNow } from "../../ui/time";
import { PromptImages } from "./prompt-images";
import css from "./prompt-row.module.css";

const LONG = 1200;

/** What a person asked. From anybody it is text and only text (GR10). */
export function PromptRow({ item, room }: { item: PromptItem; room: Room }) {
  const author = personOf(room, item.author);
  const [whole, toggle] = useFold(item.id, item.text.length <= LONG);
  return (
    <article className={css.prompt} aria-label={t("prompt.by", { name: author.name })}>
      <Face person={author} />
      <div className={css.words}>
        <p className={css.who}>
          {author.name}
          {isYou(room, item.author) && <small>{t("prompt.you")}</small>}
          <small>
            <At at={item.at} />
          </small>
          {item.origin.kind === "agent" && <small>{t("prompt.by_agent")}</small>}
          {item.origin.kind === "follow_up" && <small>{t("prompt.follow_up")}</small>}
          {item.choice && <By choice={item.choice} />}
        </p>
        <p className={css.text}>{whole ? item.text : `${item.text.slice(0, LONG)}…`}</p>
        {item.text.length > LONG && (
          <Button look="link" onClick={toggle}>
            {whole ? t("fold") : t("unfold")}
          </Button>
        )}
        {room.view && <PromptImages session={room.view.session} images={item.images} />}
      </div>
    </article>
  );
}

/** Who was asked, and how: a session's turns may differ (AG9). */
function By({ choice }: { choice: AgentChoice }) {
  return <small>{t("prompt.to", { agent: useChoiceWords(choice) })}</small>;
}

function At({ at }: { at: number }) {
  const now = useNow();
  return <time dateTime={new Date(at).toISOString()}>{timeOfDay(at, now)}</time>;
}
