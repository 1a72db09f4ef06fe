import { Sentence } from "./sentence";
import css from "./wrong.module.css";

type Props = { id?: string; wrong: { message: string; hint: string | null } | null };

/** What went wrong, under the field that it is about, and what to do. */
export function Wrong({ id, wrong }: Props) {
  if (!wrong) return null;
  return (
    <p id={id} className={css.wrong} role="alert">
      <Sentence text={wrong.message} />
      {wrong.hint && (
        <>
          {" "}
          <span className={css.hint}>{wrong.hint}</span>
        </>
      )}
    </p>
  );
}
