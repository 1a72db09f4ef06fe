import css from "./door.module.css";

/** What is wrong with the host itself; guests are sent none. */
export function WarningBanner({ warnings }: { warnings: readonly string[] }) {
  return warnings.map((warning) => (
    <div key={warning} className={css.knock} role="alert">
      <p>{warning}</p>
    </div>
  ));
}
