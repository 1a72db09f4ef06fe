import { FilePlus } from "lucide-react";
import { useState } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { FilterField } from "../../ui/filter-field";
import { NewFile } from "./new-file";

type Props = {
  workspace: string;
  /** What the list is called. */
  list: string;
  words: string;
  mayMake: boolean;
  /** The first of what is listed, where there is any. */
  first: () => HTMLElement | null;
  onWords: (words: string) => void;
  onMade: (path: string) => void;
};

/** What is looked for among the files, and the way to a new one. */
export function FindFiles({ workspace, list, words, mayMake, first, onWords, onMade }: Props) {
  const [making, setMaking] = useState(false);
  return (
    <FilterField list={list} label={t("files.find")} words={words} onWords={onWords} onDown={() => first()?.focus()} onEnter={() => words !== "" && first()?.click()}>
      {mayMake && (
        <Button look="quiet" square aria-label={t("files.new")} title={t("files.new")} onClick={() => setMaking(true)}>
          <FilePlus size={15} aria-hidden />
        </Button>
      )}
      {making && <NewFile workspace={workspace} onMade={onMade} onClose={() => setMaking(false)} />}
    </FilterField>
  );
}
