import css from "./mark.module.css";

/** The sign of the program: people around one table. */
export function Mark() {
  return (
    <svg className={css.mark} viewBox="0 0 26 26" width="26" height="26" aria-hidden>
      <rect width="26" height="26" rx="7" className={css.ground} />
      <path d="M18.2 9.2a6.4 6.4 0 1 0 0 7.6" fill="none" className={css.ring} strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="18.6" cy="13" r="1.7" className={css.seat} />
    </svg>
  );
}
