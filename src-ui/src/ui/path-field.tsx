import { useState, type InputHTMLAttributes } from "react";
import { t } from "../messages/t";
import { useBrowse, type Browsing } from "./browse";
import { Button } from "./button";
import { Field } from "./field";
import css from "./source-fields.module.css";

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange"> & { value: string; what: Browsing["what"]; onPath: (path: string) => void; /** What becomes of a folder that was chosen. */ within?: (folder: string) => string };

/** A path of the host's machine: written, or looked for. */
export function PathField({ value, what, onPath, within = (folder) => folder, ...rest }: Props) {
  const browse = useBrowse();
  const [open, setOpen] = useState(false);
  return (
    <div className={css.row}>
      <Field {...rest} className={css.path} value={value} onChange={(event) => onPath(event.target.value)} />
      {browse && (
        <Button aria-haspopup="dialog" disabled={rest.readOnly} onClick={() => setOpen(true)}>
          {t("folders.browse")}
        </Button>
      )}
      {open &&
        browse?.({
          begin: value.trim() || null,
          what,
          onTake: (folder) => {
            onPath(within(folder));
            setOpen(false);
          },
          onClose: () => setOpen(false),
        })}
    </div>
  );
}
