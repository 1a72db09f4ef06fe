import { Check, Undo2 } from "lucide-react";
import type { ChangeHunk } from "../../gen/ChangeHunk";
import type { ChangePicks } from "../../gen/ChangePicks";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { useJudging } from "./judging";
import { MakerChips } from "./maker-chips";
import { makersOfHunk } from "./makers";
import css from "./judge.module.css";

type Props = { path: string; /** The id of its change. */ file: string; hunk: ChangeHunk };

/** Above one place of a file: whose lines it has, and what may be decided about it alone. */
export function HunkHead({ path, file, hunk }: Props) {
  const { makers, sinceBase, verbs } = useJudging();
  const of = makers?.files.find((file) => file.path === path);
  const made = makers && of ? makersOfHunk(makers, of, hunk, sinceBase.has(file)) : [];
  const { id } = hunk;
  const may = id === null ? null : verbs;
  if (made.length === 0 && !may) return null;
  return (
    <div className={css.hunkHead}>
      <MakerChips makers={made} named />
      {may && id !== null && (
        <span className={css.hunkVerbs}>
          <Button look="quiet" onClick={() => may.reject(part(path, id))}>
            <Undo2 size={13} aria-hidden /> {t("reject.part")}
          </Button>
          <Button look="quiet" onClick={() => may.approve(part(path, id))}>
            <Check size={13} aria-hidden /> {t("approve.part")}
          </Button>
        </span>
      )}
    </div>
  );
}

function part(path: string, id: string): ChangePicks {
  return { kind: "these", picks: [{ kind: "hunk", path, id }] };
}
