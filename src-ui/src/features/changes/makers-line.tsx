import { t } from "../../messages/t";
import { useJudging } from "./judging";
import type { Maker } from "./makers";
import css from "./makers.module.css";

/** Everybody whose work this is, in a line. */
export function MakersLine({ makers }: { makers: readonly Maker[] }) {
  const { who } = useJudging();
  if (makers.length === 0) return null;
  const authors = new Set(makers.flatMap((maker) => (maker === "hand" ? [] : [maker.author])));
  const names = [...authors].map((author) => who(author).name);
  const list = [...names, ...(makers.includes("hand") ? [t("makers.by_hand_within")] : [])].join(", ");
  return <p className={css.line}>{names.length === 0 ? t("makers.hand_only") : t("makers.line", { list })}</p>;
}
