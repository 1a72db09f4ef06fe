import { tn } from "../../messages/t";
import type { Changed } from "../../state/changes";
import css from "./changes.module.css";

/** What of the changes is in no list. */
export function LeftOut({ answer: { omitted, skipped } }: { answer: Changed }) {
  return (
    <>
      {omitted > 0 && <p className={css.note}>{tn("changes.more", omitted)}</p>}
      {skipped.length > 0 && (
        <p className={css.note} title={skipped.join("\n")}>
          {tn("changes.skipped", skipped.length)}
        </p>
      )}
    </>
  );
}
