import { UserPlus } from "lucide-react";
import { t } from "../messages/t";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Popover } from "../ui/popover";
import css from "./share.module.css";

/** How to share this workspace, until the dialog for it is here: the exact command. */
export function Share({ workspace }: { workspace: string }) {
  return (
    <Popover label={t("share.title")} trigger={(props) => (
        <Button className={css.button} {...props}>
          <UserPlus size={14} aria-hidden />
          <span>{t("share")}</span>
        </Button>
      )}>
      {() => (
        <div className={css.share}>
          <p className={css.title}>{t("share.title")}</p>
          <p>{t("share.about")}</p>
          <CodeBlock>
            <code>{`conclave share new --workspace ${quoted(workspace)} --preset collaborator --consensus`}</code>
          </CodeBlock>
          <p className={css.note}>{t("share.note")}</p>
        </div>
      )}
    </Popover>
  );
}

/** As a POSIX shell reads it. */
function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
