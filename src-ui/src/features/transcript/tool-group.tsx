import { t, tn } from "../../messages/t";
import type { ToolItem } from "../../replica/types";
import { Button } from "../../ui/button";
import { useFold } from "../../ui/fold";
import { ToolRow } from "./tool-row";
import css from "./tools.module.css";

const MANY = 6;
const KEPT = 4;

type Props = { tools: ToolItem[]; /** The last one was. */ refused: boolean; session: string };

/** Rows before boxes: one line a call. Of many, the earlier ones fold away; failures stay in sight. */
export function ToolGroup({ tools, refused, session }: Props) {
  const [whole, toggle] = useFold(`group ${tools[0]?.id}`, tools.length <= MANY);
  const shown = whole ? tools : tools.filter((tool, index) => index >= tools.length - KEPT || tool.status === "failed");
  return (
    <div className={css.group} role="group" aria-label={t("tool.steps")}>
      {tools.length > MANY && (
        <Button look="quiet" className={css.earlier} aria-expanded={whole} onClick={toggle}>
          {whole ? t("tool.fold_earlier") : tn("tool.earlier", tools.length - shown.length)}
        </Button>
      )}
      {shown.map((tool) => (
        <ToolRow key={tool.id} tool={tool} refused={refused && tool === tools.at(-1)} session={session} />
      ))}
    </div>
  );
}
