import { Channel, invoke, isTauri } from "@tauri-apps/api/core";

/** Something to be told while the person looks elsewhere. `key` names what a click on it opens. */
export type Notice = { key: string; title: string; body: string };

/** What closing the window would end. */
export type Standing = { needs_you: number; running: number; knocks: number; guests: number; terminals: number };

/** What the program around this page tells it. */
export type Note =
  | ({ kind: "closing" } & Standing)
  /** Somebody opened this link of ours; who made it is not known. */
  | { kind: "link"; url: string }
  | { kind: "open"; key: string }
  | { kind: "new_session" };

/** Whether notices may be shown: a browser wants to be asked, by a press of the person. */
export type Leave = "given" | "ask" | "refused";

/** What stands around the page: the desktop program, or a browser. */
export type Around = {
  leave(): Leave;
  askLeave(): Promise<Leave>;
  show(notice: Notice): void;
  /** The two answers to `closing`; who stays says nothing. */
  keepRunning(): void;
  quit(): void;
  onNote(told: (note: Note) => void): () => void;
};

export function aroundThisPage(): Around {
  return isTauri() ? programAround() : browserAround();
}

/** The desktop program: notes come through a channel of their own, orders go by its second command. */
export function programAround(): Around {
  const ears = new Ears();
  const order = (what: { kind: "notify" | "keep_running" | "quit" } & Partial<Notice>): void =>
    void invoke("shell", { order: what }).catch(() => undefined);
  let attached = false;
  return {
    leave: () => "given",
    askLeave: async () => "given",
    show: (notice) => order({ kind: "notify", ...notice }),
    keepRunning: () => order({ kind: "keep_running" }),
    quit: () => order({ kind: "quit" }),
    onNote(told) {
      const off = ears.add(told);
      if (!attached) {
        attached = true;
        const channel = new Channel<Note>();
        channel.onmessage = (note) => ears.tell(note);
        invoke("shell", { channel }).catch(() => undefined);
      }
      return off;
    },
  };
}

export function browserAround(): Around {
  const ears = new Ears();
  return {
    leave,
    async askLeave() {
      if (leave() === "ask") await Notification.requestPermission();
      return leave();
    },
    show({ key, title, body }) {
      try {
        const notice = new Notification(title, { body, tag: key });
        notice.onclick = () => {
          window.focus();
          notice.close();
          ears.tell({ kind: "open", key });
        };
      } catch {
        // Phones let only service workers show one.
        return;
      }
    },
    keepRunning: () => undefined,
    quit: () => undefined,
    onNote: (told) => ears.add(told),
  };
}

function leave(): Leave {
  if (!("Notification" in globalThis)) return "refused";
  return Notification.permission === "granted" ? "given" : Notification.permission === "denied" ? "refused" : "ask";
}

class Ears {
  private readonly all = new Set<(note: Note) => void>();

  add(told: (note: Note) => void): () => void {
    this.all.add(told);
    return () => this.all.delete(told);
  }

  tell(note: Note): void {
    for (const told of this.all) told(note);
  }
}
