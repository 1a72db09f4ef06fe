import type { ToolUse } from "../../gen/ToolUse";
import { t } from "../../messages/t";
import css from "./usage.module.css";

/** How often agents used which kind of tool. */
export function ToolTable({ tools }: { tools: readonly ToolUse[] }) {
  if (tools.length === 0) return null;
  return (
    <table className={css.table}>
      <caption>{t("usage.tools")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("usage.tool")}</th>
          <th scope="col">{t("usage.calls")}</th>
          <th scope="col">{t("usage.failed")}</th>
        </tr>
      </thead>
      <tbody>
        {tools.map(({ kind, calls, failed }) => (
          <tr key={kind}>
            <th scope="row">{t(`tool_kind.${kind}.name`)}</th>
            <td>{calls}</td>
            <td>{failed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
