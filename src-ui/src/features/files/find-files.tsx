import { FilePlus } from "lucide-react";
import { useState } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { NewFile } from "./new-file";
import css from "./files.module.css";

type Props = { workspace: string; words: string; mayMake: boolean; onWords: (words: string) => void; onMade: (path: string) => void };

/** What is looked for among the files, and the way to a new one. */
export function FindFiles({ workspace, words, mayMake, onWords, onMade }: Props) {
  const [making, setMaking] = useState(false);
  return (
    <div className={css.find} role="search">
      <Field
        type="search"
        aria-label={t("files.find")}
        placeholder={t("files.find")}
        value={words}
        onChange={(event) => onWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && words !== "") {
            event.preventDefault();
            onWords("");
          }
          if (event.key !== "ArrowDown" && event.key !== "Enter") return;
          event.preventDefault();
          const list = event.currentTarget.closest("[role=search]")?.parentElement;
          const first = list?.querySelector<HTMLElement>("li button, [role=treeitem][tabindex='0']");
          if (event.key === "ArrowDown") first?.focus();
          else if (words !== "") first?.click();
        }}
      />
      {mayMake && (
        <Button look="quiet" square aria-label={t("files.new")} title={t("files.new")} onClick={() => setMaking(true)}>
          <FilePlus size={15} aria-hidden />
        </Button>
      )}
      {making && <NewFile workspace={workspace} onMade={onMade} onClose={() => setMaking(false)} />}
    </div>
  );
}
