import { t, tn } from "../../messages/t";
import { useAsked } from "../../state/asked";
import { Counts } from "../../ui/counts";
import { Wrong } from "../../ui/wrong";
import css from "./rewind.module.css";

/** What would become of each file. */
export function RewindPreview({ workspace, checkpoint }: { workspace: string; checkpoint: number }) {
  const { answer, wrong } = useAsked({ method: "rewind_preview", params: { workspace, checkpoint } }, "changes");
  if (!answer) return wrong ? <Wrong wrong={wrong} /> : <p className={css.about}>{t("start.loading")}</p>;
  const { files, omitted } = answer;
  if (files.length === 0) return <p className={css.about}>{t("rewind.no_files")}</p>;
  return (
    <section aria-label={t("rewind.preview")}>
      <p>{tn("rewind.preview", files.length + omitted)}</p>
      <ul role="list" className={css.files} tabIndex={0} aria-label={t("rewind.preview")}>
        {files.map(({ path, how, added, removed }) => (
          <li key={path} className={css.file}>
            <code>{path}</code>
            <span className={css.how}>{t(`rewind.how.${how}`)}</span>
            {added !== null && removed !== null && <Counts added={added} removed={removed} />}
          </li>
        ))}
        {omitted > 0 && <li className={css.file}>{tn("changes.more", omitted)}</li>}
      </ul>
    </section>
  );
}
