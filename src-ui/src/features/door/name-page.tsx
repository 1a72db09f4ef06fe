import { useState } from "react";
import { t } from "../../messages/t";
import type { LinkState } from "../../replica/types";
import { failureHint } from "../../state/failure";
import { useKnock } from "../../state/index";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Wrong } from "../../ui/wrong";
import { DoorPage } from "./door-page";
import { Fingerprint } from "./fingerprint";
import css from "./door.module.css";

type NeedsName = Extract<LinkState, { kind: "needs_name" }>;

const LONGEST = 40;

/** A guest's first visit: the name they will have in the room (RO4). */
export function NamePage({ link }: { link: NeedsName }) {
  const [name, setName] = useState(link.name);
  const knock = useKnock();
  const blank = name.trim() === "";
  return (
    <DoorPage title={t("door.title")}>
      <p>{t("door.about")}</p>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!blank) knock(name.trim());
        }}
      >
        <label htmlFor="name">{t("door.name")}</label>
        <Field
          id="name"
          autoFocus
          autoComplete="nickname"
          maxLength={LONGEST}
          value={name}
          aria-invalid={link.failure !== null}
          aria-describedby={link.failure ? "name-refused" : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <Wrong
          id="name-refused"
          wrong={link.failure && { message: link.failure.message, hint: failureHint(link.failure) }}
        />
        <Button type="submit" look="primary" disabled={blank}>
          {t("door.knock")}
        </Button>
      </form>
      <Fingerprint />
    </DoorPage>
  );
}
