import type { Memory } from "../../gen/Memory";
import { t } from "../../messages/t";
import css from "./composer.module.css";

/** Whether the agent really remembers this session (AG5). */
export function MemoryChip({ memory }: { memory: Memory | null }) {
  if (memory === null) return null;
  return (
    <span className={css.memory} data-memory={memory} title={t(`memory.${memory}.about`)}>
      {t(`memory.${memory}`)}
    </span>
  );
}
