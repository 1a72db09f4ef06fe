// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Failure } from "../gen/Failure";
import { guestPage, readInvite } from "./guest-page";
import { Link } from "./link";
import { ownerPage } from "./owner-page";
import { ScriptedHost, ScriptedPage, welcome } from "./testing/scripted-host";

const invite = "0b5a7b5e-5f0e-4c53-9f0e-3a1b2c3d4e5f";
const notPaired: Failure = { code: "not_paired", message: "This link was used before.", retry: "never" };

let host: ScriptedHost;
const open: Link[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  host = new ScriptedHost();
});

afterEach(() => {
  for (const link of open.splice(0)) link.stop();
  vi.useRealTimers();
});

function visit(page: ScriptedPage, kind: "owner" | "guest"): Link {
  const credentials = kind === "owner" ? ownerPage(page) : guestPage(page);
  const link = new Link({ transport: host, credentials, client: "test", random: () => 0 });
  open.push(link);
  link.start();
  return link;
}

function auth(): unknown {
  return host.newest.last("hello").request.params.auth;
}

describe("the owner's page", () => {
  it("PA12 exchanges the fragment's secret in the first frame and clears it", () => {
    const page = new ScriptedPage("#one-time");
    visit(page, "owner");
    expect(page.fragment).toBe("");
    host.letIn({ ...welcome, credential: "kept" });
    expect(host.newest.sent[0]?.request).toMatchObject({
      method: "hello",
      params: { auth: { kind: "open_link", secret: "one-time" } },
    });
    expect(page.local.getItem("conclave.owner")).toBeNull();
    expect(page.session.getItem("conclave.owner")).toBe("kept");
  });

  it("PA12 comes back after a reload, and after a lost connection, with the tab's credential", () => {
    const page = new ScriptedPage("#one-time");
    visit(page, "owner");
    host.letIn({ ...welcome, credential: "kept" }).drop();
    vi.advanceTimersByTime(1000);
    host.letIn();
    expect(auth()).toEqual({ kind: "device", credential: "kept" });
    visit(page.reloaded(), "owner");
    host.letIn();
    expect(auth()).toEqual({ kind: "device", credential: "kept" });
  });

  it("PA12 without link or credential it dials nobody and says what is missing", () => {
    const link = visit(new ScriptedPage(), "owner");
    expect(link.state).toEqual({ kind: "refused", reason: "no_credential", message: null });
    expect(host.dialled).toHaveLength(0);
  });

  it("PA12 a spent link gives way to a credential that is still good", () => {
    const page = new ScriptedPage("#spent");
    page.session.setItem("conclave.owner", "kept");
    const link = visit(page, "owner");
    const first = host.newest;
    first.accept();
    first.fail(0, notPaired);
    first.drop(4401);
    host.letIn();
    expect(auth()).toEqual({ kind: "device", credential: "kept" });
    expect(link.state.kind).toBe("live");
  });

  it("PA12 a spent link with nothing behind it asks for a fresh one", () => {
    const link = visit(new ScriptedPage("#spent"), "owner");
    host.newest.accept();
    host.newest.fail(0, notPaired);
    host.newest.drop(4401);
    expect(link.state).toEqual({ kind: "refused", reason: "no_credential", message: null });
  });
});

describe("a guest's page", () => {
  const fragment = `#i=${invite}&s=secret`;

  it("SH2 makes and keeps its credential before the first hello", () => {
    const page = new ScriptedPage(fragment);
    const link = visit(page, "guest");
    expect(link.state).toEqual({ kind: "needs_name", name: "", failure: null });
    link.knock("Bea");
    const kept = JSON.parse(page.local.getItem("conclave.guest") ?? "{}") as { credential: string };
    expect(kept.credential).toMatch(/^[A-Za-z0-9_-]{43}$/);
    host.newest.accept();
    expect(auth()).toEqual({ kind: "invite", invite, secret: "secret", credential: kept.credential, name: "Bea" });
  });

  it("SH2 a lost reply, and a reload, redeem the same invite with the same credential", () => {
    const page = new ScriptedPage(fragment);
    visit(page, "guest").knock("Bea");
    host.newest.accept();
    const first = auth();
    host.newest.drop();
    vi.advanceTimersByTime(1000);
    host.newest.accept();
    expect(auth()).toEqual(first);
    visit(page.reloaded(), "guest");
    host.newest.accept();
    expect(auth()).toEqual(first);
  });

  it("waits for consent, is let in, and is a device ever after", () => {
    const page = new ScriptedPage(fragment);
    const link = visit(page, "guest");
    link.knock("Bea");
    host.newest.accept();
    host.newest.reply(0, { kind: "waiting", knock: "00000000-0000-4000-8000-0000000000c1" });
    expect(link.state).toEqual({ kind: "waiting_for_consent" });
    host.newest.notify({ method: "welcome", params: { ...welcome, name: "Bea 2", owner: false } });
    expect(link.state).toMatchObject({ kind: "live", welcome: { name: "Bea 2" } });
    expect(page.fragment).toBe("");
    host.newest.drop();
    vi.advanceTimersByTime(1000);
    host.letIn();
    expect(auth()).toMatchObject({ kind: "device" });
    visit(page.reloaded(), "guest");
    host.letIn();
    expect(auth()).toMatchObject({ kind: "device" });
  });

  it("does not knock again by itself after it was sent away", () => {
    const page = new ScriptedPage(fragment);
    const link = visit(page, "guest");
    link.knock("Bea");
    host.newest.accept();
    host.newest.reply(0, { kind: "waiting", knock: "00000000-0000-4000-8000-0000000000c1" });
    host.newest.notify({ method: "bye", params: { reason: "refused", message: "Not today." } });
    expect(link.state).toEqual({ kind: "refused", reason: "refused", message: "Not today." });
    expect(visit(page.reloaded(), "guest").state).toEqual({ kind: "needs_name", name: "Bea", failure: null });
  });

  it("RO4 asks again when the host refuses the name", () => {
    const link = visit(new ScriptedPage(fragment), "guest");
    link.knock("\u202e");
    host.newest.accept();
    const failure: Failure = { code: "name_refused", message: "That name cannot be shown.", retry: "after_change" };
    host.newest.fail(0, failure);
    expect(link.state).toMatchObject({ kind: "needs_name", failure });
    link.knock("Bea");
    host.letIn();
    expect(link.state.kind).toBe("live");
  });

  it("tells why an invite does not work", () => {
    const link = visit(new ScriptedPage(fragment), "guest");
    link.knock("Bea");
    host.newest.accept();
    host.newest.fail(0, { code: "invite_expired", message: "This invite has expired.", retry: "never" });
    expect(link.state).toEqual({ kind: "refused", reason: "invite_expired", message: "This invite has expired." });
  });

  it("without an invite or an earlier visit it dials nobody", () => {
    expect(visit(new ScriptedPage(), "guest").state).toEqual({ kind: "refused", reason: "no_invite", message: null });
    expect(host.dialled).toHaveLength(0);
  });

  it("SH3 reads the fragment of a browser link in both of its forms", () => {
    expect(readInvite(fragment)).toEqual({ invite, secret: "secret" });
    expect(readInvite(`#1.4433.abcdef.${invite}.s3cret-_.192.168.1.2,kestrel.local`)).toEqual({ invite, secret: "s3cret-_" });
    expect([readInvite("#"), readInvite("#i=x"), readInvite("#1.2")]).toEqual([null, null, null]);
  });
});
