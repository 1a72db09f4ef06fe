import type { ChangeBody } from "../../gen/ChangeBody";
import { t, tn } from "../../messages/t";
import { useAsked } from "../../state/asked";
import { Button } from "../../ui/button";
import { cx } from "../../ui/cx";
import { Empty } from "../../ui/empty";
import { Wrong } from "../../ui/wrong";
import { sizeOf } from "../../ui/size";
import { useAgain } from "./use-again";
import css from "./files.module.css";

const AROUND = 3;
const SIGN = { same: " ", added: "+", removed: "−" } as const;

type Props = { workspace: string; path: string; look: number; wrap: boolean };

/** What became of the file since the workspace was made. */
export function ChangeLines({ workspace, path, look, wrap }: Props) {
  const params = { workspace, path, context: AROUND, ignore_whitespace: false };
  const { answer, wrong, again } = useAsked({ method: "file_change", params }, "file_change");
  useAgain(look, again);
  if (wrong) {
    return (
      <div className={css.refused}>
        <Wrong wrong={wrong} />
        <Button onClick={again}>{t("again")}</Button>
      </div>
    );
  }
  if (!answer) return <Empty title={t("start.loading")} />;
  const { body } = answer;
  if (body.kind !== "text") return <p className={css.note}>{unread(body)}</p>;
  return (
    <div className={cx(css.text, wrap && css.wrapped)} tabIndex={0} role="group" aria-label={t("diff.of", { path })}>
      {body.hunks.length === 0 && body.omitted === 0 && <p className={css.note}>{t("changes.only_mode")}</p>}
      {body.hunks.map((hunk, at) => (
        <div key={hunk.id ?? at} className={css.hunk}>
          {hunk.lines.map((line, index) => (
            <div key={index} className={cx(css.line, css[line.how])}>
              <span className={css.number}>{line.new ?? line.old}</span>
              <span className={css.sign}>{SIGN[line.how]}</span>
              <span className={css.words} data-text>{line.text || " "}</span>
            </div>
          ))}
        </div>
      ))}
      {body.omitted > 0 && <p className={css.note}>{tn("changes.hunks", body.omitted)}</p>}
    </div>
  );
}

function unread(body: Exclude<ChangeBody, { kind: "text" }>): string {
  if (body.kind === "too_large") return t("changes.too_large", { size: sizeOf(body.bytes) });
  return t(`changes.${body.kind}`);
}
