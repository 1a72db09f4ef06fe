import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useRegionName } from "../../state/layout/named";
import { useWantedCard } from "../../state/wanted-card";
import { Button } from "../../ui/button";
import { PermissionCard } from "./permission-card";
import { PlanCard } from "./plan-card";
import { QuestionCard } from "./question-card";
import css from "./pinned.module.css";

/** The open cards above the composer, one at a time: first those that wait for this reader, oldest first. */
export function Pinned({ room, session }: { room: Room; session: string }) {
  const cards = openCards(room, session);
  const [chosen, choose] = useState<string | null>(null);
  const wanted = useWantedCard(session);
  const name = useRegionName(t("card.waiting"), room.view?.title ?? "");
  const found = cards.findIndex((card) => card.id === (chosen ?? wanted));
  const index = Math.max(0, found);
  const card = cards[index];
  if (!card) return null;
  const step = (by: number) => choose(cards[(index + by + cards.length) % cards.length]?.id ?? null);
  return (
    <div className={css.pinned} data-pinned role="region" aria-label={name}>
      {cards.length > 1 && (
        <div className={css.pager}>
          <span>{t("card.of", { n: index + 1, count: cards.length })}</span>
          <Button look="quiet" square aria-label={t("card.previous")} onClick={() => step(-1)}>
            <ChevronLeft size={15} aria-hidden />
          </Button>
          <Button look="quiet" square aria-label={t("card.next")} onClick={() => step(1)}>
            <ChevronRight size={15} aria-hidden />
          </Button>
        </div>
      )}
      {card.node}
    </div>
  );
}

type Open = { id: string; yours: boolean; at: number; node: React.ReactNode };

function openCards(room: Room, session: string): Open[] {
  const view = room.view;
  if (!view) return [];
  const cards: Open[] = [
    ...view.ballots.map((ballot) => ({
      id: ballot.ballot,
      yours: ballot.you_may,
      at: ballot.opened_at,
      node: <PlanCard key={ballot.ballot} room={room} session={session} ballot={ballot} />,
    })),
    ...view.questions.map((question) => ({
      id: question.question,
      yours: question.you_may,
      at: question.opened_at,
      node: <QuestionCard key={question.question} room={room} session={session} question={question} />,
    })),
    ...view.permissions.map((permission) => ({
      id: permission.permission,
      yours: permission.you_may,
      at: permission.opened_at,
      node: <PermissionCard key={permission.permission} room={room} session={session} permission={permission} />,
    })),
  ];
  return cards.sort((a, b) => Number(b.yours) - Number(a.yours) || a.at - b.at);
}
