import { useState } from "react";
import type { BallotView } from "../../gen/BallotView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAct } from "../../state/act";
import { useAgentName } from "../../state/agent-name";
import { Button } from "../../ui/button";
import { KeyHint } from "../../ui/key-hint";
import type { CardKeys } from "./card-keys";
import { Critiques } from "./critiques";
import { Deciders } from "./deciders";
import { Frame } from "./frame";
import { GoOn } from "./go-on";
import { Override } from "./override";
import { ReasonBox } from "./reason-box";
import { Votes } from "./votes";
import { Whole } from "./whole";
import css from "./foot.module.css";

type Props = { room: Room; session: string; ballot: BallotView };

/** A plan that waits for its votes, or for one decision (BA3, BA11). */
export function PlanCard({ room, session, ballot }: Props) {
  const agent = useAgentName(room.view?.turn?.choice.agent ?? room.view?.choice.agent ?? "");
  const everyone = ballot.electorate.kind === "everyone";
  const voting = useVoting(room, session, ballot);
  const approvals = ballot.voters.filter((voter) => voter.choice?.kind === "approve").length;
  return (
    <Frame
      title={t("plan.title")}
      about={everyone ? t("plan.needs_everyone", { agent }) : t("plan.needs_one", { agent })}
      aside={everyone ? t("plan.count", { approvals, voters: ballot.voters.length }) : undefined}
      yours={ballot.you_may}
      keys={voting.keys}
      foot={
        <>
          <Critiques room={room} ballot={ballot} />
          <Foot room={room} session={session} ballot={ballot} voting={voting} />
        </>
      }
    >
      <Whole session={session} text={ballot.plan} />
    </Frame>
  );
}

type Voting = ReturnType<typeof useVoting>;

/** This reader's own part in the vote, by buttons or by keys. */
function useVoting(room: Room, session: string, ballot: BallotView) {
  const [asking, setAsking] = useState<"changes" | "override" | null>(null);
  const { act, busy } = useAct();
  const mine = ballot.voters.find((voter) => voter.person === room.view?.you.person)?.choice?.kind;
  const vote = (choice: { kind: "approve" } | { kind: "deny"; reason: string }) =>
    act({ method: "vote", params: { session, ballot: ballot.ballot, plan: ballot.plan_hash, choice } });
  const free = ballot.you_may && asking === null && !busy;
  const keys: CardKeys = free ? { y: mine === "approve" ? null : () => void vote({ kind: "approve" }), n: () => setAsking("changes") } : {};
  return { asking, setAsking, busy, mine, vote, keys };
}

function Foot({ room, session, ballot, voting: { asking, setAsking, busy, mine, vote } }: Props & { voting: Voting }) {
  if (asking === "changes")
    return (
      <ReasonBox
        label={t("plan.changes_label")}
        send={t("plan.changes_send")}
        busy={busy}
        onCancel={() => setAsking(null)}
        onSend={async (reason) => (await vote({ kind: "deny", reason })) && setAsking(null)}
      />
    );
  if (asking === "override")
    return <Override session={session} ballot={ballot.ballot} onDone={() => setAsking(null)} />;
  return (
    <div className={css.row}>
      {ballot.electorate.kind === "everyone" ? (
        <Votes room={room} ballot={ballot} />
      ) : (
        !ballot.you_may && <Deciders room={room} driver={room.view?.rules.driver_decides ?? false} />
      )}
      <div className={css.verbs}>
        <GoOn
          room={room}
          waiting={ballot.waiting_for}
          request={(person) => ({ method: "go_on_without_voter", params: { session, ballot: ballot.ballot, person } })}
        />
        {ballot.you_may_override && (
          <Button look="quiet" disabled={busy} onClick={() => setAsking("override")}>
            {t("plan.override")}
          </Button>
        )}
        {ballot.you_may && (
          <>
            <Button data-choice aria-keyshortcuts="n" disabled={busy} onClick={() => setAsking("changes")}>
              {t("plan.ask_changes")} <KeyHint keys="N" />
            </Button>
            <Button
              data-choice
              aria-keyshortcuts={mine === "approve" ? undefined : "y"}
              look="primary"
              disabled={busy || mine === "approve"}
              onClick={() => vote({ kind: "approve" })}
            >
              {mine === "approve" ? t("plan.you_approved") : t("plan.approve")} {mine !== "approve" && <KeyHint keys="Y" />}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
