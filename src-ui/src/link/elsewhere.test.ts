import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { elsewhere } from "./elsewhere";
import { Link } from "./link";
import { ownerPage } from "./owner-page";
import { ScriptedHost, ScriptedPage, welcome } from "./testing/scripted-host";

const guest = { ...welcome, owner: false, name: "Bea" };
let page: ScriptedPage;
let host: ScriptedHost;

const linkTo = (key: string): Link => {
  host = new ScriptedHost();
  return new Link({ transport: host, credentials: elsewhere(key, ownerPage(page), page.local), client: "test", random: () => 0 });
};

beforeEach(() => {
  vi.useFakeTimers();
  page = new ScriptedPage();
  page.session.setItem("conclave.owner", "tab");
});
afterEach(() => vi.useRealTimers());

describe("the link to another host", () => {
  it("shows its own host the tab's credential, and nothing else", () => {
    const link = linkTo("k1");
    link.start();
    host.letIn(guest);
    expect(host.newest.last("hello").request.params.auth).toEqual({ kind: "device", credential: "tab" });
    expect(link.state).toEqual({ kind: "live", welcome: guest });
  });

  it("PA9 dials again when that host can't be reached, and not when its key is another", () => {
    const link = linkTo("k1");
    link.start();
    host.letIn(guest).drop(4461);
    expect(link.state.kind).toBe("retrying");
    vi.advanceTimersByTime(1_000);
    expect(host.dialled).toHaveLength(2);
    host.letIn(guest).drop(4460);
    expect(link.state).toMatchObject({ kind: "refused", reason: "key_changed" });
  });

  it("SH2 waits for consent, and does not knock again by itself once it was refused", () => {
    const link = linkTo("k1");
    link.start();
    host.newest.accept();
    host.newest.reply(host.newest.last("hello").id, { kind: "waiting", knock: "n1" });
    expect(link.state.kind).toBe("waiting_for_consent");
    host.newest.notify({ method: "bye", params: { reason: "refused", message: "The owner did not let you in." } });

    page = page.reloaded();
    const again = linkTo("k1");
    again.start();
    expect(host.dialled).toHaveLength(0);
    expect(again.state).toMatchObject({ kind: "refused", reason: "refused" });
    again.knock("");
    expect(host.dialled).toHaveLength(1);
    linkTo("k2").start();
    expect(host.dialled).toHaveLength(1);
  });
});
