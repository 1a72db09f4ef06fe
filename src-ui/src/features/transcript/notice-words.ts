import type { Lack } from "../../gen/Lack";
import type { RoomRules } from "../../gen/RoomRules";
import { t, tn } from "../../messages/t";
import type { Notice, NoticeItem, Room } from "../../replica/types";
import { personOf } from "../../state/people";
import { titleWords } from "../../state/session-title";
import { rightsWords } from "../../ui/rights-words";
import { took } from "../../ui/time";
import { workWords } from "./work-words";

type Ready = Extract<Notice, { what: "agent_ready" }>;

const ready = ({ memory, name, version }: Ready) =>
  t(`notice.ready.${memory}`, { agent: [name, version].filter(Boolean).join(" ") });

/** Servers of tools that the agent can't reach (AG10). */
function leftOut(lacks: Lack[]): string[] {
  const servers = lacks.flatMap((lack) => (lack.kind === "server" ? [lack.name] : []));
  return servers.length === 0 ? [] : [t("notice.ready.left_out", { servers: servers.join(", ") })];
}

/** A sentence for every notice; an unknown event says so and is kept (PA10). */
export function noticeWords(room: Room, item: NoticeItem): string {
  const name = (id: string) => personOf(room, id).name;
  const by = item.by === null ? null : name(item.by);
  const { notice } = item;
  switch (notice.what) {
    case "session_opened":
      return t("notice.session_opened", { title: titleWords(notice.title) });
    case "session_renamed":
      return by ? t("notice.renamed_by", { name: by, title: notice.title }) : t("notice.renamed", { title: notice.title });
    case "session_tagged":
      return notice.tags.length > 0 ? t("notice.tagged", { name: by ?? t("host"), tags: notice.tags.join(", ") }) : t("notice.untagged", { name: by ?? t("host") });
    case "agent_chosen":
      return t("notice.agent_chosen", { agent: [notice.choice.agent, notice.choice.model].filter(Boolean).join(" · ") });
    case "session_paused":
      return t("notice.paused", { name: by ?? t("host") });
    case "session_resumed":
      return t("notice.resumed", { name: by ?? t("host") });
    case "session_ended":
      return t("notice.ended", { name: by ?? t("host") });
    case "session_reopened":
      return t("notice.reopened", { name: by ?? t("host") });
    case "redacted":
      return t("notice.redacted", { name: by ?? t("host") });
    case "rules_changed":
      return rulesWords(notice.rules);
    case "joined":
      return t("notice.joined", { name: notice.name });
    case "renamed":
      return t("notice.person_renamed", { was: notice.was ?? t("person.unknown"), name: notice.name });
    case "left":
      return t(`notice.left.${notice.reason}`, { name: name(notice.person) });
    case "rights_changed":
      return t("notice.rights", { name: name(notice.person), rights: rightsWords(notice.rights) });
    case "muted":
      return t("notice.muted", { name: name(notice.person) });
    case "unmuted":
      return t("notice.unmuted", { name: name(notice.person) });
    case "forked":
      if (notice.turns === 0) return t("notice.forked_none", { name: by ?? t("host"), from: notice.number });
      return t("notice.forked", { name: by ?? t("host"), from: notice.number, turns: tn("notice.forked_turns", notice.turns) });
    case "work_done":
      return workWords(by ?? t("host"), notice.deed);
    default:
      return turnWords(notice, name);
  }
}

type Turn = Exclude<
  Notice,
  {
    what:
      | `session_${string}`
      | "agent_chosen"
      | "redacted"
      | "rules_changed"
      | "joined"
      | "renamed"
      | "left"
      | "rights_changed"
      | "muted"
      | "unmuted"
      | "forked"
      | "work_done";
  }
>;

function turnWords(notice: Turn, name: (id: string) => string): string {
  switch (notice.what) {
    case "prompt_held":
      return t(`notice.held.${notice.reason}`);
    case "prompt_withdrawn":
      return t(`notice.withdrawn.${notice.reason}`, { text: quoted(notice.text) });
    case "prompt_failed":
      return t("notice.prompt_failed", { text: quoted(notice.text), reason: notice.reason });
    case "queue_held":
      return t("notice.queue_held");
    case "queue_released":
      return t("notice.queue_released");
    case "drive_asked":
      return t("notice.drive_asked", { name: name(notice.person) });
    case "driver_changed":
      return t(`notice.driver.${notice.reason}`, { name: name(notice.driver) });
    case "turn_stopping":
      return notice.by === null ? t("notice.stopping") : t("notice.stopped_by", { name: name(notice.by) });
    case "agent_ready":
      return [ready(notice), ...leftOut(notice.lacks)].join(" · ");
    case "agent_exited":
      return t("notice.agent_exited", { reason: notice.reason });
    case "agent_stalled":
      return t("notice.agent_stalled", { time: took(Math.max(0, Date.now() - notice.since)) });
    case "mode_reported":
      return t("notice.mode", { mode: notice.mode });
    case "mode_exceeded":
      return t("notice.mode_exceeded", { mode: notice.mode });
    case "wake_budget_spent":
      return t("notice.wake_spent");
    case "wake_budget_refilled":
      return t("notice.wake_refilled");
    case "unknown":
      return t("notice.unknown", { type: notice.type });
  }
}

function rulesWords({ consensus, plan_first }: RoomRules): string {
  const decided = consensus ? t("notice.rules_consensus") : t("notice.rules_decider");
  return plan_first ? `${decided} · ${t("notice.rules_plan_first")}` : decided;
}

const QUOTED = 80;

function quoted(text: string | null): string {
  if (text === null) return "";
  const line = text.split("\n")[0] ?? "";
  return line.length > QUOTED ? `“${line.slice(0, QUOTED)}…”` : `“${line}”`;
}
