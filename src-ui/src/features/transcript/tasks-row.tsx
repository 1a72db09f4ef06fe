import { CircleCheck, Circle, CircleDot } from "lucide-react";
import type { TaskStatus } from "../../gen/TaskStatus";
import { t } from "../../messages/t";
import type { TasksItem } from "../../replica/types";
import { cx } from "../../ui/cx";
import { useFold } from "../../ui/fold";
import css from "./tasks.module.css";

const ICONS = { pending: Circle, running: CircleDot, done: CircleCheck } satisfies Record<TaskStatus, unknown>;

/** The agent's to-do list; it is no plan and asks nobody (BA1). */
export function TasksRow({ item }: { item: TasksItem }) {
  const done = item.tasks.filter((task) => task.status === "done").length;
  const [open, toggle] = useFold(item.id, done < item.tasks.length);
  return (
    <div className={css.tasks}>
      <button type="button" className={css.head} aria-expanded={open} onClick={toggle}>
        <span>{t("tasks.title")}</span>
        <span className={css.count}>{t("tasks.count", { done, all: item.tasks.length })}</span>
      </button>
      {open && (
        <ul role="list">
          {item.tasks.map((task, index) => {
            const Icon = ICONS[task.status];
            return (
              <li key={index} className={cx(css.task, css[task.status])}>
                <Icon size={13} aria-label={t(`tasks.${task.status}`)} />
                <span>{task.text}</span>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
