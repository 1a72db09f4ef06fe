import { useState } from "react";
import { JoinHost } from "../features/hosts/join-host";
import type { Standing } from "../link";
import { t } from "../messages/t";
import { useNotes } from "../state/around";
import { leadsTo, TO_INBOX } from "../state/around-link";
import { openSession } from "../state/open-session";
import { showPage } from "../state/page";
import { addToast } from "../state/toasts";
import { ClosingQuestion } from "./closing-question";

type Asked = { kind: "closing"; standing: Standing } | { kind: "join"; code: string };

/** What the program around the page puts to the person: links that were opened, and what closing is to mean. */
export function FromOutside() {
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  useNotes((note) => {
    switch (note.kind) {
      case "closing":
        return setAsked({ kind: "closing", standing: note });
      case "link":
        return follow(note.url);
      case "open": {
        if (note.key === TO_INBOX) return showPage("inbox");
        const [session, host] = note.key.split("/").toReversed();
        return session ? openSession(session, host ?? null) : undefined;
      }
      case "new_session":
        return;
    }
  });
  const follow = (url: string): void => {
    const leads = leadsTo(url);
    if (leads === null) return addToast({ message: t("link.nowhere"), hint: t("link.nowhere_about"), action: null });
    if (leads.to === "session") return openSession(leads.session);
    setAsked({ kind: "join", code: leads.code });
  };
  switch (asked?.kind) {
    case "closing":
      return <ClosingQuestion standing={asked.standing} onStay={close} />;
    case "join":
      return <JoinHost key={asked.code} code={asked.code} onClose={close} />;
    case undefined:
      return null;
  }
}
