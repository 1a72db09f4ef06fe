import { Check, Undo2 } from "lucide-react";
import type { ChangedFile } from "../../gen/ChangedFile";
import { t, tn } from "../../messages/t";
import { Button } from "../../ui/button";
import { useJudging, type Verbs as VerbsOf } from "./judging";
import { makersOfAll } from "./makers";
import { MakersLine } from "./makers-line";
import { picksOf, type Picks } from "./picks";
import css from "./judge.module.css";

type Props = { files: readonly ChangedFile[]; seen: string; picks: Picks };

/** Whose work it is, and the way to approve or take back what is ticked, or all (CH6, CH7). */
export function JudgeBar({ files, seen, picks }: Props) {
  const { makers, verbs } = useJudging();
  const made = makers ? makersOfAll(makers, new Set(files.map(({ path }) => path))) : [];
  if (!verbs && made.length === 0) return null;
  const chosen = picksOf(files, seen, picks);
  return (
    <div className={css.bar}>
      <MakersLine makers={made} />
      {verbs && <Verbs verbs={verbs} {...chosen} />}
    </div>
  );
}

type VerbsProps = { verbs: VerbsOf } & ReturnType<typeof picksOf>;

function Verbs({ verbs, picks, count }: VerbsProps) {
  const some = count > 0;
  return (
    <div className={css.barVerbs} role="group" aria-label={t("judge")}>
      <Button look="quiet" onClick={() => verbs.reject(picks)}>
        <Undo2 size={14} aria-hidden /> {some ? tn("reject.some", count) : t("reject.all")}
      </Button>
      <Button look="primary" onClick={() => verbs.approve(picks)}>
        <Check size={14} aria-hidden /> {some ? tn("approve.some", count) : t("approve.all")}
      </Button>
    </div>
  );
}
