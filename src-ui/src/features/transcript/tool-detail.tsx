import { t } from "../../messages/t";
import type { FileDiff } from "../../gen/FileDiff";
import type { LongText } from "../../gen/LongText";
import type { ToolItem } from "../../replica/types";
import { useWhole } from "../../state/whole";
import { CodeBlock } from "../../ui/code-block";
import { LongDiff } from "../../ui/long-diff";
import { Rest } from "../../ui/rest";
import { toolWords } from "./tool-words";
import css from "./tools.module.css";

type Props = { tool: ToolItem; session: string };

/** What a call was given and what came of it. */
export function ToolDetail({ tool, session }: Props) {
  if (tool.diffs.length > 0)
    return (
      <div className={css.diffs}>
        {tool.diffs.map((diff) => (
          <div key={diff.path} className={css.diff}>
            {(tool.diffs.length > 1 || diff.path !== toolWords(tool.call).thing) && <code className={css.path}>{diff.path}</code>}
            <Change diff={diff} session={session} />
          </div>
        ))}
        {tool.status === "failed" && tool.output && <Text label="tool.output" text={tool.output} session={session} />}
      </div>
    );
  return (
    <div className={css.detail}>
      {tool.output && tool.output.bytes > 0 && <Text label="tool.output" text={tool.output} session={session} />}
      {(!tool.output || tool.output.bytes === 0) && (
        <p className={css.nothing}>{tool.status === "running" ? t("tool.no_output_yet") : t("tool.no_output")}</p>
      )}
      {!saysNothing(tool) && <Text label="tool.input" text={tool.call.input} session={session} />}
    </div>
  );
}

/** The line above already has all that the input has. */
function saysNothing({ call }: ToolItem): boolean {
  const said = [call.title, toolWords(call).thing];
  try {
    const input: unknown = JSON.parse(call.input.text || "{}");
    const values: unknown[] = typeof input === "object" && input !== null ? Object.values(input) : [input];
    return values.every((value) => typeof value === "string" && said.includes(value));
  } catch {
    return said.includes(call.input.text);
  }
}

function Change({ diff, session }: { diff: FileDiff; session: string }) {
  return <LongDiff whole={useWhole(session, diff.unified)} label={t("diff.of", { path: diff.path })} />;
}

function Text({ label, text, session }: { label: "tool.input" | "tool.output"; text: LongText; session: string }) {
  const whole = useWhole(session, text);
  return (
    <div>
      <p className={css.label}>{t(label)}</p>
      <div className={css.output}>
        <CodeBlock>
          <code>{label === "tool.input" ? pretty(whole.text) : whole.text}</code>
        </CodeBlock>
      </div>
      <Rest whole={whole} />
    </div>
  );
}

/** `key: value` a line, texts of several lines as they are; what is not an object stays JSON. */
function pretty(text: string): string {
  try {
    const input: unknown = JSON.parse(text);
    if (typeof input !== "object" || input === null || Array.isArray(input)) return JSON.stringify(input, null, 2);
    return Object.entries(input)
      .map(([key, value]) => `${key}: ${typeof value === "string" ? below(value) : JSON.stringify(value, null, 2)}`)
      .join("\n");
  } catch {
    return text;
  }
}

function below(text: string): string {
  return text.includes("\n") ? `\n${text.trimEnd().replace(/^/gm, "  ")}` : text;
}
