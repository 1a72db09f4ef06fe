import type { PermissionRequest } from "../../gen/PermissionRequest";
import { t } from "../../messages/t";
import { CodeBlock } from "../../ui/code-block";
import { FileChange } from "../../ui/file-change";
import css from "./asked.module.css";

/** What an agent wants to do, to the letter. */
export function Asked({ request }: { request: PermissionRequest }) {
  return (
    <div className={css.asked}>
      <p className={css.title}>{request.title}</p>
      {request.command !== undefined && (
        <CodeBlock>
          <code>{request.command}</code>
        </CodeBlock>
      )}
      <p className={css.where}>
        {t("permission.directory")}{" "}
        {request.directory === "." ? t("permission.root") : <code>{request.directory}</code>}
      </p>
      {request.diffs.map((diff) => (
        <FileChange key={diff.path} diff={diff} />
      ))}
    </div>
  );
}
