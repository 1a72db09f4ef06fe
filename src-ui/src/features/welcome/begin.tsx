import { ArrowRight } from "lucide-react";
import { useId, useRef, useState, type FormEvent } from "react";
import type { AgentRow } from "../../gen/AgentRow";
import type { Directory } from "../../gen/Directory";
import { t } from "../../messages/t";
import { useAgents } from "../../state/index";
import { isInUse } from "../../state/workspaces";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Labelled } from "../../ui/labelled";
import { Select } from "../../ui/select";
import { isBlank, NO_SOURCE } from "../../ui/source";
import { SourceFields } from "../../ui/source-fields";
import { whyNot } from "../../ui/why-not";
import { Wrong } from "../../ui/wrong";
import { AgentChoices } from "./agent-choices";
import { useBegin, type Where } from "./use-begin";
import css from "./welcome.module.css";

const NEW = "new ";

/** Where, and with whom: one press makes what is missing and opens the session. */
export function Begin({ directory }: { directory: Directory }) {
  const { begin, step, wrong } = useBegin();
  const agents = useAgents().filter((row) => row.repository === null);
  const able = agents.filter((row) => whyNot(row) === null);
  const [source, say] = useState(NO_SOURCE);
  const [place, setPlace] = useState<string | null>(null);
  const [name, setName] = useState<string>(t("welcome.workspace_name"));
  const [chosen, setChosen] = useState<string | null>(null);
  const id = useId();
  // What is made on the way does not change the form under the hand.
  const still = useRef(directory);
  if (step === null) still.current = directory;
  const { repositories, workspaces } = still.current;
  const first = repositories.length === 0;
  const places: [string, string][] = [
    ...workspaces.filter(isInUse).map((one): [string, string] => [one.workspace, `${one.repository_name} / ${one.name}`]),
    ...repositories.map((one): [string, string] => [NEW + one.repository, t("welcome.new_workspace", { repository: one.name })]),
  ];
  const at = places.find(([value]) => value === place)?.[0] ?? places[0]?.[0] ?? "";
  const isNew = first || at.startsWith(NEW);
  const agent = able.find((row) => row.agent === chosen)?.agent ?? best(able)?.agent;
  const blank = (first && isBlank(source)) || (isNew && name.trim() === "");
  const where = (): Where => {
    if (first && source.how === "folder") return { kind: "path", path: source.path.trim(), name: name.trim() };
    if (first) return { kind: "clone", from: source.from.trim(), into: source.into.trim(), name: name.trim() };
    return isNew ? { kind: "repository", repository: at.slice(NEW.length), name: name.trim() } : { kind: "workspace", workspace: at };
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!blank && step === null && agent !== undefined) void begin(where(), agent);
  };
  return (
    <form className={css.begin} aria-label={t("welcome.begin")} onSubmit={submit}>
      {first ? (
        <SourceFields source={source} onChange={say} wrong={wrong !== null} describedBy={wrong ? `${id}-wrong` : `${id}-safe`} busy={step !== null} />
      ) : (
        <Labelled label={t("welcome.where")}>{(field) => <Select id={field} value={at} options={places} onChange={setPlace} />}</Labelled>
      )}
      {!first && isNew && (
        <Labelled label={t("workspace.name")}>
          {(field) => <Field id={field} value={name} onChange={(event) => setName(event.target.value)} />}
        </Labelled>
      )}
      <p id={`${id}-safe`} className={css.safe}>
        {first && source.how === "clone" ? t("clone.about") : t(first ? "welcome.safe" : "repository.safe", { workspace: name })}
      </p>
      <AgentChoices agents={agents} chosen={agent ?? null} onChoose={setChosen} />
      <Wrong id={`${id}-wrong`} wrong={wrong} />
      <div className={css.go}>
        <span className={css.step} role="status">
          {step && t(`welcome.step.${step}`)}
        </span>
        <Button type="submit" look={first && blank ? "plain" : "primary"} disabled={blank || step !== null || agent === undefined}>
          {t("welcome.start")} <ArrowRight size={14} aria-hidden />
        </Button>
      </div>
    </form>
  );
}

/** One that is known to be logged in, or else one that at least asks a model. */
function best(able: readonly AgentRow[]): AgentRow | undefined {
  const ready = able.find((row) => !row.rehearsal && row.details?.check?.login === "in" && row.details.check.failure === null);
  return ready ?? able.find((row) => !row.rehearsal) ?? able[0];
}
