import { useEffect, useRef, useState, type RefObject } from "react";
import type { TerminalExit } from "../../gen/TerminalExit";
import { t } from "../../messages/t";
import { useSend } from "../../state/index";
import { useScreens } from "../../state/terminals";
import { Paper } from "./paper";

/** A window that is being dragged says its size when it rests. */
const REST_MS = 120;

export type Standing = { kind: "open" } | { kind: "ended"; exit: TerminalExit } | { kind: "gone" } | { kind: "refused"; message: string };

type Given = { workspace: string; terminal: string; /** `null` until the host has said it: keys wait. */ drives: boolean | null; onSearch: () => void };
export type Drawn = { place: RefObject<HTMLDivElement | null>; paper: RefObject<Paper | null>; standing: Standing; said: string | null };

/** One terminal on the page: attached while it is drawn, as large as its place when this person may drive it. */
export function usePaper({ workspace, terminal, drives, onSearch }: Given): Drawn {
  const screens = useScreens();
  const send = useSend();
  const place = useRef<HTMLDivElement>(null);
  const paper = useRef<Paper>(null);
  const [standing, setStanding] = useState<Standing>({ kind: "open" });
  const [said, setSaid] = useState<string | null>(null);
  const held = useRef<Uint8Array[]>([]);
  const now = useRef({ drives, send, onSearch });
  now.current = { drives, send, onSearch };
  useEffect(() => {
    if (!place.current) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    let size = "";
    const sheet = new Paper(place.current, {
      typed: (bytes) => {
        if (now.current.drives === null) held.current.push(bytes);
        else if (now.current.drives) screens.type(terminal, bytes);
      },
      search: () => now.current.onSearch(),
    });
    const fit = (): void => {
      const room = sheet.room();
      if (!room || !now.current.drives || `${room.columns}x${room.rows}` === size) return;
      const resize = { method: "resize_terminal", params: { workspace, terminal, size: room } } as const;
      // One that has gone is told of by its news.
      now.current.send(resize).catch(() => undefined);
    };
    const soon = (): void => {
      clearTimeout(rest);
      rest = setTimeout(fit, REST_MS);
    };
    paper.current = sheet;
    const detach = screens.attach(workspace, terminal, {
      restart: () => sheet.restart(),
      draw: (bytes) => sheet.draw(bytes),
      refused: ({ message, code }) => setStanding(code === "not_found" ? { kind: "gone" } : { kind: "refused", message }),
      news: (news) => {
        switch (news.kind) {
          case "size":
            size = `${news.size.columns}x${news.size.rows}`;
            return sheet.resize(news.size);
          case "exited":
            return setStanding({ kind: "ended", exit: news.exit });
          case "gone":
            return setStanding({ kind: "gone" });
          case "refused":
            return setSaid(news.failure.message || t("terminal.refused"));
        }
      },
    });
    const watching = new ResizeObserver(soon);
    watching.observe(place.current);
    // Whoever looks at it decides how large it is.
    const there = place.current;
    there.addEventListener("focusin", soon);
    return () => {
      clearTimeout(rest);
      watching.disconnect();
      there.removeEventListener("focusin", soon);
      detach();
      sheet.dispose();
      paper.current = null;
    };
  }, [screens, workspace, terminal]);
  useEffect(() => paper.current?.mayType(drives !== false && standing.kind === "open"), [drives, standing]);
  useEffect(() => {
    if (drives === null) return;
    const waiting = held.current.splice(0);
    if (drives) for (const bytes of waiting) screens.type(terminal, bytes);
  }, [drives, screens, terminal]);
  useEffect(() => {
    // The page wears a theme only after this has been drawn, and the system may choose another one.
    const worn = new MutationObserver(() => paper.current?.look());
    worn.observe(document.documentElement, { attributeFilter: ["data-theme", "data-contrast", "style"] });
    return () => worn.disconnect();
  }, []);
  return { place, paper, standing, said };
}
