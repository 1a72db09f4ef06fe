import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ADA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import { reloadTaste } from "../../state/taste";
import { Composer } from "./composer";

beforeEach(() => {
  localStorage.clear();
  reloadTaste();
});
afterEach(cleanup);

const LOG = ["panicked at src/main.rs", ...Array.from({ length: 30 }, (_, n) => `  ${n}: frame`)].join("\n");
const draw = () => renderRoom({ view: view(ADA, { prompt_now: true, steer: true }) }, (room) => <Composer room={room} session="s1" />);
const area = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message" });
const paste = (text: string) => fireEvent.paste(area(), { clipboardData: { files: [], getData: () => text } });

describe("a long text that is pasted", () => {
  it("WI16 is a chip, and goes out behind what was written", async () => {
    const link = await draw();
    paste(LOG);
    expect(area().value).toBe("");
    expect(screen.getByRole("button", { name: /^panicked at src\/main.rs/ }).textContent).toContain("31 lines");
    await userEvent.type(area(), "/review this{Enter}");
    expect(link.asked).toEqual([{ method: "prompt", params: { session: "s1", text: `/review this\n\n${LOG}`, delivery: "now" } }]);
    await waitFor(() => expect(screen.queryByRole("list", { name: "Pasted texts that go along" })).toBeNull());
  });

  it("goes out alone, and survives a reload before that", async () => {
    await draw();
    paste(LOG);
    cleanup();
    reloadTaste();
    const link = await draw();
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    expect(link.asked).toEqual([{ method: "prompt", params: { session: "s1", text: LOG, delivery: "now" } }]);
  });

  it("opens, becomes part of the message, or is left out", async () => {
    await draw();
    paste(LOG);
    paste(`${LOG}\nmore`);
    await userEvent.click(screen.getByRole("button", { name: "Leave pasted text 2 out" }));
    await userEvent.click(screen.getByRole("button", { name: /^panicked/ }));
    expect(screen.getByLabelText("Pasted text 1").textContent).toBe(LOG);
    await userEvent.click(screen.getByRole("button", { name: "Put it into the message" }));
    expect(area().value).toBe(LOG);
    expect(screen.queryByRole("button", { name: /^panicked/ })).toBeNull();
  });

  it("stays in the message when it is short", async () => {
    await draw();
    expect(paste("two\nlines")).toBe(true);
    expect(screen.queryByRole("list", { name: "Pasted texts that go along" })).toBeNull();
  });
});
