import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ADA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import { reloadTaste, setDraft } from "../../state/taste";
import { Composer } from "./composer";

beforeEach(() => {
  localStorage.clear();
  reloadTaste();
});
afterEach(cleanup);

const draw = (session = "s1") =>
  renderRoom({ view: view(ADA, { prompt_now: true, steer: true }) }, (room) => <Composer room={room} session={session} />);
const area = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message" });
const shown = () => screen.queryAllByRole("img", { name: /^Image \d/ });
const paste = (...files: File[]) => fireEvent.paste(area(), { clipboardData: { files, getData: () => "" } });
const picture = (bytes = "small") => new File([bytes], "a.png", { type: "image/png" });

describe("images of a draft", () => {
  it("WI35 are there again after another session was looked at, and after a reload", async () => {
    await draw();
    paste(picture(), picture("other"));
    await waitFor(() => expect(shown()).toHaveLength(2));
    cleanup();
    await draw("s2");
    expect(shown()).toHaveLength(0);
    cleanup();
    act(reloadTaste);
    const link = await draw();
    expect(shown()).toHaveLength(2);
    await userEvent.click(screen.getByRole("button", { name: "Leave image 1 out" }));
    await userEvent.type(area(), "What is this?{Enter}");
    const images = [{ data: btoa("other") }];
    expect(link.asked).toEqual([{ method: "prompt", params: { session: "s1", text: "What is this?", delivery: "now", images } }]);
    await waitFor(() => expect(shown()).toHaveLength(0));
    expect(Object.keys(localStorage).filter((key) => key.endsWith(".images"))).toEqual([]);
  });

  it("WI35 are left to this page where a browser has no room for more", async () => {
    const picked = (length: number) => JSON.stringify([{ id: "a", bytes: length, url: `data:image/png;base64,${"A".repeat(length)}` }]);
    for (const session of ["a", "b", "c"]) setDraft(`${session}.images`, picked(700_000));
    setDraft("s1.images", picked(700_000));
    await draw();
    expect(shown()).toHaveLength(1);
    cleanup();
    act(reloadTaste);
    await draw();
    expect(shown()).toHaveLength(0);
    cleanup();
    await draw("a");
    expect(shown()).toHaveLength(1);
  });

  it("WI35 that were kept by another hand are left out", async () => {
    localStorage.setItem("conclave.draft.s1.images", '[{"id":"a","bytes":1,"url":"https://example.invalid/a.png"},null]');
    await draw();
    expect(shown()).toHaveLength(0);
  });
});
