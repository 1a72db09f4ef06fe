import { Fragment, useState, type ReactNode } from "react";
import type { ChangeBody } from "../../gen/ChangeBody";
import type { ChangeHunk } from "../../gen/ChangeHunk";
import type { ChangedFile } from "../../gen/ChangedFile";
import type { ChangesSince } from "../../gen/ChangesSince";
import { t, tn } from "../../messages/t";
import { useFileChange } from "../../state/changes";
import { useOpenFiles } from "../../state/files";
import type { LineComments } from "../../state/line-comments";
import { useTaste } from "../../state/taste";
import { Button } from "../../ui/button";
import { Counts } from "../../ui/counts";
import { cx } from "../../ui/cx";
import { Empty } from "../../ui/empty";
import { isPicture } from "../../ui/picture-name";
import { Tick } from "../../ui/tick";
import { Wrong } from "../../ui/wrong";
import { useCommenting, type Commenting } from "./commenting";
import { GapRow } from "./gap-row";
import { HunkLines } from "./hunk-lines";
import { useJudging } from "./judging";
import { stepLines } from "./line-keys";
import { LooseComments } from "./loose-comments";
import { MakerChips } from "./maker-chips";
import { makersOf } from "./makers";
import { PictureChange } from "./picture-change";
import { useAround, type Around } from "./use-around";
import type { Viewed } from "./viewed";
import css from "./changes.module.css";

const FEW = 3;
const MORE = 20;

const NONE: readonly ChangeHunk[] = [];

type Props = { workspace: string; since: ChangesSince; file: ChangedFile; viewed: Viewed; comments: LineComments; mayComment: boolean };

/** What changed in one file. */
export function FileDiff({ workspace, since, file, viewed, comments, mayComment }: Props) {
  const { whitespace } = useTaste();
  const [context, setContext] = useState(FEW);
  const view = { since, path: file.path, context, whitespace };
  const { answer, wrong, again } = useFileChange(workspace, view);
  // A file that was taken back meanwhile is told of by the list.
  const body = answer?.file.path === file.path ? answer.body : null;
  const around = useAround(workspace, view, answer?.file.id ?? null, body?.kind === "text" ? body.hunks : NONE);
  const { hunks } = around;
  const { makers } = useJudging();
  const of = makers?.files.find(({ path }) => path === file.path);
  const made = makers && of ? makersOf(makers, of) : [];
  const commenting = useCommenting({ path: file.path, hunks, comments, may: mayComment });
  return (
    <section className={css.diff} aria-label={file.path}>
      <header className={css.diffHead}>
        <code className={css.path}>
          {file.path}
          {file.moved_from && <span className={css.from}> {t("changes.moved", { path: file.moved_from })}</span>}
        </code>
        {file.added !== null && file.removed !== null && <Counts added={file.added} removed={file.removed} />}
        <MakerChips makers={made} named />
        <Tick checked={viewed.has(file)} onChange={(on) => viewed.set(file, on)}>
          {t("changes.viewed")}
        </Tick>
      </header>
      <Wrong wrong={wrong} />
      {wrong && !body && <Button onClick={again}>{t("again")}</Button>}
      {!body && !wrong && <Empty title={t("start.loading")} />}
      {body && <LooseComments workspace={workspace} commenting={commenting} hunks={hunks} />}
      {body?.kind === "text" && (
        <Hunks workspace={workspace} path={file.path} file={answer?.file.id ?? file.id} around={around} commenting={commenting}>
          {hunks.length === 0 && body.omitted === 0 && <p className={css.note}>{t("changes.only_mode")}</p>}
          {body.omitted > 0 && <NotShown workspace={workspace} count={body.omitted} turn={since.kind === "turn"} />}
          {hunks.length > 0 && (
            <Button look="quiet" className={css.more} onClick={() => setContext(context + MORE)}>
              {t("changes.context")}
            </Button>
          )}
        </Hunks>
      )}
      {body?.kind === "binary" && isPicture(file.path) && <PictureChange workspace={workspace} since={since} file={answer?.file ?? file} />}
      {body && body.kind !== "text" && !(body.kind === "binary" && isPicture(file.path)) && <p className={css.note}>{unread(body)}</p>}
    </section>
  );
}

type HunksProps = { workspace: string; path: string; /** The id of its change. */ file: string; around: Around; commenting: Commenting; /** Below them. */ children: ReactNode };

/** The places of one file that changed. */
function Hunks({ workspace, path, file, around: { places, end, widen }, commenting, children }: HunksProps) {
  const { split, wrap } = useTaste();
  return (
    <div className={cx(css.hunks, wrap && css.wrapped)} tabIndex={0} role="group" aria-label={t("diff.of", { path })} data-hunks onKeyDown={(event) => stepLines(event, commenting.reach)}>
      {places.map(({ hunk, above }, at) => (
        <Fragment key={hunk.id ?? at}>
          {above && <GapRow gap={above} onWiden={widen} />}
          <HunkLines workspace={workspace} path={path} file={file} hunk={hunk} split={split} commenting={commenting} />
        </Fragment>
      ))}
      {end && <GapRow gap={end} onWiden={widen} />}
      {children}
    </div>
  );
}

/** A host tells so many lines of one file and no more. */
function NotShown({ workspace, count, turn }: { workspace: string; count: number; /** It is compared with one turn already. */ turn: boolean }) {
  const open = useOpenFiles();
  return (
    <div className={css.notShown}>
      <p>{tn("changes.hunks", count)}</p>
      <p>{t(turn ? "changes.hunks_read" : "changes.hunks_about")}</p>
      <Button onClick={() => open(workspace)}>{t("changes.hunks_open")}</Button>
    </div>
  );
}

function unread(body: Exclude<ChangeBody, { kind: "text" }>): string {
  switch (body.kind) {
    case "binary":
      return t("changes.binary");
    case "too_large":
      return t("changes.too_large", { size: `${(body.bytes / 1024 / 1024).toFixed(1)} MiB` });
    case "lfs":
      return t("changes.lfs");
    case "submodule":
      return t("changes.submodule");
  }
}
