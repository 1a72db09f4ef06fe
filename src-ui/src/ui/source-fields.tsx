import { useEffect, useRef } from "react";
import { t } from "../messages/t";
import { Field } from "./field";
import { Labelled } from "./labelled";
import type { Source } from "./source";
import { Tabs } from "./tabs";
import css from "./source-fields.module.css";

type Props = {
  source: Source;
  onChange: (source: Source) => void;
  /** What tells more about it. */
  describedBy: string | undefined;
  wrong: boolean;
  /** It is on its way: what was said stays. */
  busy: boolean;
  autoFocus?: boolean;
};

/** A folder of the host's machine, or an address to clone from. What was typed for the one is kept meanwhile. */
export function SourceFields({ source, onChange, describedBy, wrong, busy, autoFocus = false }: Props) {
  const begins = useRef(true);
  useEffect(() => void (begins.current = false), []);
  const field = (what: "path" | "from" | "into", example: string, more: { autoFocus?: boolean; about?: boolean }) => (id: string) => (
    <Field
      id={id}
      className={css.path}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="off"
      placeholder={example}
      readOnly={busy}
      autoFocus={more.autoFocus}
      value={source[what]}
      {...(more.about && { "aria-invalid": wrong, "aria-describedby": describedBy })}
      onChange={(event) => onChange({ ...source, [what]: event.target.value })}
    />
  );
  const first = { autoFocus: autoFocus && begins.current, about: true };
  return (
    <>
      <Tabs
        label={t("repository.from")}
        value={source.how}
        options={[
          ["folder", t("repository.folder")],
          ["clone", t("repository.clone")],
        ]}
        onChange={(how) => !busy && onChange({ ...source, how })}
      />
      {source.how === "folder" ? (
        <Labelled key="folder" label={t("repository.path")}>
          {field("path", t("repository.path_example"), first)}
        </Labelled>
      ) : (
        <>
          <Labelled key="from" label={t("clone.from")}>
            {field("from", t("clone.from_example"), first)}
          </Labelled>
          <Labelled key="into" label={t("clone.into")}>
            {field("into", t("clone.into_own"), {})}
          </Labelled>
        </>
      )}
    </>
  );
}
