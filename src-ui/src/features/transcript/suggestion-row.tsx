import { t } from "../../messages/t";
import type { Room, SuggestionItem } from "../../replica/types";
import { nameOf, nameWithin, personOf } from "../../state/people";
import { Face } from "../../ui/face";
import { timeOfDay, useNow } from "../../ui/time";
import { PromptImages } from "./prompt-images";
import css from "./prompt-row.module.css";

/** What a guest would like the agent to be asked, and what became of it. Text and only text (GR10). */
export function SuggestionRow({ item, room }: { item: SuggestionItem; room: Room }) {
  const author = personOf(room, item.author);
  const now = useNow();
  return (
    <article className={css.prompt} aria-label={t("suggestion.by", { name: author.name })}>
      <Face person={author} />
      <div className={css.words}>
        <p className={css.who}>
          {author.name} <small>{t("suggestion.open")}</small>{" "}
          <small>
            <time dateTime={new Date(item.at).toISOString()}>{timeOfDay(item.at, now)}</time>
          </small>
          {item.editedBy !== null && <small>{t("suggestion.edited_by", { name: nameWithin(room, item.editedBy) })}</small>}
        </p>
        <p className={css.text}>{item.text}</p>
        {room.view && <PromptImages session={room.view.session} images={item.images} />}
        {item.outcome !== null && (
          <p className={css.who}>
            <small>{ending(item.outcome, room)}</small>
          </p>
        )}
      </div>
    </article>
  );
}

function ending(outcome: NonNullable<SuggestionItem["outcome"]>, room: Room): string {
  const name = outcome.by === null ? t("host") : nameOf(room, outcome.by);
  if (outcome.kind === "accepted") return t("suggestion.accepted", { name });
  const { reason } = outcome;
  if (reason.kind !== "declined") return t(`suggestion.gone.${reason.kind}`);
  return reason.words === null
    ? t("suggestion.gone.declined", { name })
    : t("suggestion.gone.declined_because", { name, words: reason.words });
}
