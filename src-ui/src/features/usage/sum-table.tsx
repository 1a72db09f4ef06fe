import { t } from "../../messages/t";
import { dollars, short } from "../../ui/amounts";
import type { Sum } from "./sums";
import css from "./usage.module.css";

type Props = { title: string; first: string; sums: readonly Sum[]; name: (key: string) => string };

/** What turns took, a row for each of what they have in common. */
export function SumTable({ title, first, sums, name }: Props) {
  return (
    <table className={css.table}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col">{t("usage.turns")}</th>
          <th scope="col">{t("usage.input")}</th>
          <th scope="col">{t("usage.output")}</th>
          <th scope="col">{t("usage.cost")}</th>
        </tr>
      </thead>
      <tbody>
        {sums.map((sum) => (
          <tr key={sum.key}>
            <th scope="row">{name(sum.key)}</th>
            <td>{sum.turns}</td>
            <td>{short(sum.input)}</td>
            <td>{short(sum.output)}</td>
            <td>{sum.cost > 0 ? dollars(sum.cost) : t("usage.unpriced")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
