import type { FileDiff } from "../../gen/FileDiff";
import type { PermissionRequest } from "../../gen/PermissionRequest";
import { t } from "../../messages/t";
import { useWhole } from "../../state/whole";
import { CodeBlock } from "../../ui/code-block";
import { FileChange } from "../../ui/file-change";
import css from "./asked.module.css";

/** What an agent wants to do, to the letter. */
export function Asked({ request, session }: { request: PermissionRequest; session: string }) {
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
        <AskedChange key={diff.path} diff={diff} session={session} />
      ))}
    </div>
  );
}

function AskedChange({ diff, session }: { diff: FileDiff; session: string }) {
  return <FileChange diff={diff} whole={useWhole(session, diff.unified)} />;
}
