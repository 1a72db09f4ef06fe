import { useEffect, useRef } from "react";
import { t } from "../messages/t";
import { Field } from "./field";
import { Labelled } from "./labelled";
import { PathField } from "./path-field";
import { cloneWithin, type Source } from "./source";
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
  const common = { spellCheck: false, autoComplete: "off", autoCapitalize: "off", readOnly: busy };
  const say = (what: "path" | "from" | "into") => (words: string) => onChange({ ...source, [what]: words });
  const first = { ...common, autoFocus: autoFocus && begins.current, "aria-invalid": wrong, "aria-describedby": describedBy };
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
          {(id) => <PathField {...first} id={id} what="repository" placeholder={t("repository.path_example")} value={source.path} onPath={say("path")} />}
        </Labelled>
      ) : (
        <>
          <Labelled key="from" label={t("clone.from")}>
            {(id) => <Field {...first} id={id} className={css.path} placeholder={t("clone.from_example")} value={source.from} onChange={(event) => say("from")(event.target.value)} />}
          </Labelled>
          <Labelled key="into" label={t("clone.into")}>
            {(id) => <PathField {...common} id={id} what="folder" placeholder={t("clone.into_own")} value={source.into} onPath={say("into")} within={(folder) => cloneWithin(folder, source.from)} />}
          </Labelled>
        </>
      )}
    </>
  );
}
