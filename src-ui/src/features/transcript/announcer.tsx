import { useEffect, useMemo, useRef } from "react";
import type { Room } from "../../replica/types";
import { useLink, useStore } from "../../state/index";
import { useCell } from "../../state/use-cell";
import { heardBetween } from "./heard";
import { Speaker, type Spoken } from "./speaker";

/** How long after a connection is back what comes is what was missed, and not news. */
const CATCHING_UP_MS = 2_000;

/** Says what happens in the session that keys go to, to who can't see it. */
export function Announcer({ room }: { room: Room }) {
  const { clock } = useStore();
  const speaker = useMemo(() => new Speaker(clock), [clock]);
  const isLive = useLink().kind === "live";
  const before = useRef<Room | null>(null);
  const quietUntil = useRef(-Infinity);
  useEffect(() => {
    if (isLive) return;
    return () => {
      quietUntil.current = clock.now() + CATCHING_UP_MS;
    };
  }, [isLive, clock]);
  useEffect(() => {
    const last = before.current;
    before.current = room.status === "live" ? room : null;
    if (!last || !before.current || isTakenBack(last, room)) speaker.hush();
    if (last && before.current && isLive && clock.now() >= quietUntil.current) speaker.hear(heardBetween(last, room));
  }, [room]);
  useEffect(() => () => speaker.hush(), [speaker]);
  return (
    <div className="only-read-aloud">
      <div role="status">
        <Said spoken={useCell(speaker.polite.spoken)} />
      </div>
      <div role="alert">
        <Said spoken={useCell(speaker.urgent.spoken)} />
      </div>
    </div>
  );
}

/** Something was taken back since, or may have been: another snapshot took the place of everything. */
function isTakenBack({ transcript: { first, head } }: Room, { transcript }: Room): boolean {
  return transcript.first > first || transcript.items.some((item) => item.kind === "notice" && item.notice.what === "redacted" && (item.seq ?? 0) > head);
}

function Said({ spoken: { n, words } }: { spoken: Spoken }) {
  return words === "" ? null : <p key={n}>{words}</p>;
}
