import type { ReactNode } from "react";
import { Mark } from "./mark";
import css from "./page.module.css";

/** A page that says one thing. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={css.page}>
      <div className={css.inner}>
        <Mark />
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
