// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { ByeReason } from "../gen/ByeReason";
import { backoff, deadline, linkState, step, type Input, type Machine } from "./machine";
import { welcome } from "./testing/scripted-host";

const chance = { now: 1_000_000, random: 0 };
const live: Machine = { kind: "live", welcome };

function run(machine: Machine, ...inputs: Input[]): Machine {
  return inputs.reduce((now, input) => step(now, input, chance)[0], machine);
}

const closed = (code: number): Input => ({ kind: "closed", code });
const bye = (reason: ByeReason): Input => ({ kind: "bye", bye: { reason, message: "The host says so." } });

describe("the link machine", () => {
  it("PA9 waits 1, 2, 4 … 30 s between dials, each cut by jitter", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 60].map((attempt) => backoff(attempt, 0))).toEqual([
      1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000,
    ]);
    expect(backoff(3, 0.5)).toBe(3000);
    expect(backoff(3, 0.999)).toBeGreaterThanOrEqual(2000);
  });

  it("PA9 counts the dials that fail and starts anew once it was live", () => {
    const lostOnce = run(live, closed(1006));
    expect(lostOnce).toEqual({ kind: "waiting", attempt: 1, until: chance.now + 1000 });
    const failedAgain = run(lostOnce, { kind: "time_up" }, closed(1006));
    expect(failedAgain).toEqual({ kind: "waiting", attempt: 2, until: chance.now + 2000 });
    const back = run(failedAgain, { kind: "time_up" }, { kind: "opened" }, { kind: "welcomed", welcome });
    expect(run(back, closed(1006))).toMatchObject({ kind: "waiting", attempt: 1 });
  });

  it("PA9 dials at once when the network or the reader comes back", () => {
    const [machine, effects] = step(run(live, closed(1006)), { kind: "woken" }, chance);
    expect(machine.kind).toBe("dialling");
    expect(effects).toContain("dial");
    expect(step(live, { kind: "woken" }, chance)).toEqual([live, []]);
  });

  it.each([4400, 4401, 4403, 4410, 4460])("PA9 does not dial again after close code %i", (code) => {
    const machine = run(live, closed(code));
    expect(machine.kind).toBe("refused");
    expect(deadline(machine)).toBeNull();
    expect(run(machine, { kind: "woken" }, { kind: "time_up" }).kind).toBe("refused");
  });

  it.each([1000, 1001, 1006, 4408, 4429, 4450, 4461])("PA9 dials again after close code %i", (code) => {
    expect(run(live, closed(code)).kind).toBe("waiting");
  });

  it.each<ByeReason>(["refused", "revoked", "kicked", "expired", "version", "bad_frame", "key_changed"])(
    "PA9 does not dial again after bye %s, and keeps the host's sentence",
    (reason) => {
      const machine = run(live, bye(reason), closed(1000));
      expect(machine).toEqual({ kind: "refused", reason, message: "The host says so." });
    },
  );

  it.each<ByeReason>(["host_stopping", "rate", "hello_late", "storage", "unreachable"])("PA9 dials again after bye %s", (reason) => {
    expect(run(live, bye(reason), closed(4450))).toMatchObject({ kind: "waiting", attempt: 1 });
  });

  it("gives up a dial that nobody answers", () => {
    const dialling = run({ kind: "idle" }, { kind: "start", ready: { kind: "ready" } });
    expect(deadline(dialling)).toBe(chance.now + 15_000);
    expect(run(dialling, { kind: "time_up" }).kind).toBe("waiting");
    expect(run(dialling, { kind: "opened" }, { kind: "time_up" }).kind).toBe("waiting");
  });

  it("waits for consent as long as it takes", () => {
    const asked = run({ kind: "dialling", attempt: 0, deadline: 0 }, { kind: "opened" }, { kind: "asked_for_consent" });
    expect(linkState(asked)).toEqual({ kind: "waiting_for_consent" });
    expect(deadline(asked)).toBeNull();
    expect(run(asked, { kind: "welcomed", welcome })).toEqual(live);
  });

  it("tries a busy host again and stays away from one that says no", () => {
    const catching: Machine = { kind: "catching", attempt: 0, deadline: 0 };
    const failed = (retry: "after" | "never"): Input => ({
      kind: "hello_failed",
      failure: { code: "rate_limited", message: "Too many at once.", retry },
      ready: null,
    });
    expect(run(catching, failed("after")).kind).toBe("waiting");
    expect(run(catching, failed("never"))).toMatchObject({ kind: "refused", message: "Too many at once." });
  });

  it("hangs up and stays idle when it is no longer wanted", () => {
    const [machine, effects] = step(live, { kind: "stopped" }, chance);
    expect([machine.kind, effects]).toEqual(["idle", ["hang_up"]]);
    expect(run(machine, closed(1006), { kind: "opened" }, { kind: "woken" }).kind).toBe("idle");
  });
});
