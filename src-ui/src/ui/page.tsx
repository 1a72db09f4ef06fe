import type { ReactNode } from "react";
import { Mark } from "./mark";
import css from "./page.module.css";

type Props = { title: string; /** What the page is about, before its title. */ about?: string | null; children: ReactNode };

/** A page that says one thing. */
export function Page({ title, about, children }: Props) {
  return (
    <main className={css.page}>
      <div className={css.inner}>
        <header className={css.head}>
          <Mark />
          {about && <p className={css.about}>{about}</p>}
        </header>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
