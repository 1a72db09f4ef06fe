import type { Decided } from "../../gen/Decided";
import type { Digest } from "../../gen/Digest";
import { t, tn } from "../../messages/t";
import type { Room } from "../../replica/types";
import { nameOf } from "../../state/people";
import { aboutOf } from "./recall";
import css from "./digest.module.css";

/** Plans, questions and permissions, with what became of them. */
export function Decisions({ room, digest }: { room: Room; digest: Digest }) {
  if (digest.decisions.length === 0) return null;
  return (
    <ul role="list" className={css.list} aria-label={t("digest.decided")}>
      {digest.earlier_decisions > 0 && <li className={css.more}>{tn("digest.earlier", digest.earlier_decisions)}</li>}
      {digest.decisions.map(({ seq, what }) => (
        <li key={`${seq}-${what.kind}`} className={css.entry}>
          <span className={css.text}>{words(room, what)}</span>
        </li>
      ))}
    </ul>
  );
}

function words(room: Room, what: Decided): string {
  const about = aboutOf(room, what);
  switch (what.kind) {
    case "plan": {
      const plan = about === "" ? t("digest.a_plan") : about;
      if (what.outcome === null) return t("digest.plan.open", { plan });
      return t(`digest.plan.${what.outcome.kind}`, { plan });
    }
    case "question": {
      const answers = Object.values(what.answers ?? {}).flat().join(", ");
      const question = about === "" ? t("question.title") : about;
      return answers === "" ? question : t("digest.question", { question, answers });
    }
    case "permission": {
      if (what.answer === null || what.by === null) return t("permission.open", { what: about });
      const said = { name: nameOf(room, what.by), what: about };
      return what.answer === "allow" ? t("permission.allowed", said) : t("permission.rejected", said);
    }
  }
}
