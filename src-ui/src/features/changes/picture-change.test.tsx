import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { BOTH_SIDES, CHANGES, fileChange } from "../../../dev/changes";
import { CannedLink } from "../../../dev/canned-link";
import { failure } from "../../../dev/files";
import { renderOver } from "../../../dev/render";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import type { ChangedFile } from "../../gen/ChangedFile";
import ChangesPage from "./changes-page";

afterEach(cleanup);

const PATH = "docs/picture.png";
const picture = CHANGES.files.find(({ path }) => path === PATH) as ChangedFile;

async function open(both_sides: NonNullable<Scene["replies"]>["both_sides"], file: ChangedFile = picture) {
  const idle = SCENES["idle"] as Scene;
  const changes = { ...CHANGES, files: [file] };
  const file_change = () => ({ ...fileChange({ method: "file_change", params: { workspace: "w1", path: PATH } } as never), file }) as never;
  const link = new CannedLink({ ...idle, replies: { ...idle.replies, changes, file_change, ...(both_sides && { both_sides }) } });
  const asked: unknown[] = [];
  const request = link.request.bind(link);
  link.request = (one) => {
    if (one.method === "both_sides") asked.push(one.params);
    return request(one);
  };
  await renderOver(link, <ChangesPage workspace="w1" />);
  await act(async () => {});
  await userEvent.click(within(screen.getByRole("navigation", { name: "Changed files" })).getByRole("button", { name: new RegExp(`${file.path.split("/").at(-1)}`) }));
  await waitFor(() => expect(screen.queryByText(/^(Loading|Getting)/)).toBeNull());
  return asked;
}
const side = (name: string) => screen.getByRole("figure", { name: new RegExp(`^${name}`) });

describe("a changed picture", () => {
  it("FI9 is shown as it was beside as it is, each with its pixels and bytes", async () => {
    const asked = await open(BOTH_SIDES);
    expect(asked).toEqual([{ workspace: "w1", path: PATH, since: { kind: "approval" } }]);
    const before = screen.getByRole("img", { name: `Before: ${PATH}` });
    expect(before.getAttribute("src")).toMatch(/^data:image\/png;base64,iVBOR/);
    Object.defineProperties(before, { naturalWidth: { value: 320 }, naturalHeight: { value: 200 } });
    fireEvent.load(before);
    expect(side("Before").textContent).toMatch(/320 × 200 pixels\d+ B$/);
    expect(within(side("Now")).getByRole("img", { name: `Now: ${PATH}` })).toBeTruthy();
    expect(screen.queryByText("This file is not text.")).toBeNull();
  });

  it("FI9 is fitted in, and both sides are seen in their actual size by a press, also of a key", async () => {
    await open(BOTH_SIDES);
    const pressed = () => screen.getAllByRole("button", { name: /picture\.png$/, pressed: true }).length;
    within(side("Before")).getByRole("button").focus();
    await userEvent.keyboard("{Enter}");
    expect(pressed()).toBe(2);
    await userEvent.click(within(side("Now")).getByRole("button"));
    expect(screen.queryAllByRole("button", { pressed: true })).toEqual([]);
  });

  it("FI9 says so when there is none on one of the sides, or when both are the same", async () => {
    await open({ ...BOTH_SIDES, before: null });
    expect(within(side("Before")).getByText("There was no picture here.")).toBeTruthy();
    expect(within(side("Now")).getByRole("img")).toBeTruthy();
    cleanup();
    await open({ ...BOTH_SIDES, after: null });
    expect(within(side("Now")).getByText("There is no picture here any more.")).toBeTruthy();
    cleanup();
    await open({ ...BOTH_SIDES, after: BOTH_SIDES.before });
    expect(screen.getAllByRole("img", { name: /picture\.png$/ }).length).toBe(1);
    expect(screen.getByText("The picture is the same; its name or mode changed.")).toBeTruthy();
  });

  it("FI9 says why when it can’t be shown, and asks again", async () => {
    let refuses = true;
    await open(() => {
      if (refuses) throw failure("bad_params", "This has 900000 bytes, and at most 524288 are read.");
      return BOTH_SIDES;
    });
    expect(screen.getByRole("alert").textContent).toContain("at most 524288 are read");
    refuses = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    fireEvent.error(await screen.findByRole("img", { name: `Now: ${PATH}` }));
    expect(within(side("Now")).getByText("What is in this file can’t be shown as a picture.")).toBeTruthy();
  });

  it("FI9 is asked for by its name alone: what is drawn in text or named otherwise is not", async () => {
    const asked = await open(BOTH_SIDES, { ...picture, path: "docs/picture.svg" });
    expect(asked).toEqual([]);
    expect(screen.getByText("This file is not text.")).toBeTruthy();
  });
});
