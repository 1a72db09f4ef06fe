import { lazy, Suspense } from "react";
import { t } from "../messages/t";
import { Empty } from "../ui/empty";
import { StoreOf } from "./store-of";
import type { Shown } from "./use-open-tabs";
import css from "./pane.module.css";

const TerminalPage = lazy(() => import("../features/terminal/terminal-page"));

type Props = { shown: Shown; /** Keys go to it. */ here: boolean };

/** A terminal in a tab. What draws it is loaded with the first one. */
export function TerminalBody({ shown, here }: Props) {
  const { terminal, known } = shown;
  const empty = (title: string) => (
    <div className={css.empty}>
      <Empty title={title} />
    </div>
  );
  if (!terminal) return empty(known ? t("terminal.gone") : t("start.loading"));
  return (
    <StoreOf front={shown}>
      <Suspense fallback={empty(t("start.loading"))}>
        <TerminalPage workspace={terminal.workspace} terminal={terminal.id} here={here} />
      </Suspense>
    </StoreOf>
  );
}
