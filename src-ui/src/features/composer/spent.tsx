import type { Usage } from "../../gen/Usage";
import { spent } from "../../ui/amounts";
import css from "./composer.module.css";

export function Spent({ usage }: { usage: Usage }) {
  const words = spent(usage);
  return words === "" ? null : <span className={css.spent}>{words}</span>;
}
