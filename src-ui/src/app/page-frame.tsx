import { X } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { t } from "../messages/t";
import { showPage } from "../state/page";
import { Button } from "../ui/button";
import { MenuButton } from "./menu-button";
import css from "./page-frame.module.css";

type Props = {
  title: string;
  /** How many there are, beside the title. */
  count?: string;
  /** The way to the side bar, where that is not beside it. */
  onMenu: (() => void) | null;
  /** What can be done there. */
  verbs?: ReactNode;
  children: ReactNode;
};

/** A page in the place of the panes: Escape and its cross lead back to them. */
export function PageFrame({ title, count, onMenu, verbs, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Unless something on the page has asked for the keys.
    const frame = heading.current?.closest("section");
    if (!frame?.contains(document.activeElement)) heading.current?.focus();
  }, [title]);
  return (
    <section
      className={css.frame}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented || event.nativeEvent.isComposing) return;
        event.preventDefault();
        showPage(null);
      }}
    >
      <header className={css.head}>
        {onMenu && <MenuButton waiting={0} onMenu={onMenu} />}
        <h1 ref={heading} tabIndex={-1} className={css.title}>
          {title}
        </h1>
        <span className={css.count} role="status">
          {count}
        </span>
        <span className="grow" />
        {verbs}
        <Button look="quiet" square aria-label={t("page.close")} title={t("page.close")} onClick={() => showPage(null)}>
          <X size={15} aria-hidden />
        </Button>
      </header>
      <div className={css.body}>
        <div className={css.inner}>{children}</div>
      </div>
    </section>
  );
}
