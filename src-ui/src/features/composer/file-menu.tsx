import { t, tn } from "../../messages/t";
import { OptionKeys, Options } from "../../ui/options";
import type { File } from "./use-mentions";
import type { Offers } from "./use-offers";
import css from "./offers.module.css";

/** What `@` offers, above the box: files of the workspace. */
export function FileMenu({ files }: { files: Offers<File> }) {
  const { id, found, marked, mark, take } = files;
  return (
    <>
      <span className="only-read-aloud" role="status">
        {found.length > 0 && tn("files.found", found.length)}
      </span>
      {found.length > 0 && (
        <Options
          id={id}
          label={t("files.label")}
          className={css.menu}
          found={found}
          marked={marked}
          titleOf={() => t("files.label")}
          onMark={mark}
          onTake={take}
          foot={<OptionKeys className={css.foot}>{t("offers.keys")}</OptionKeys>}
        >
          {({ path }) => (
            <span className={css.path}>
              <bdi>{path}</bdi>
            </span>
          )}
        </Options>
      )}
    </>
  );
}
