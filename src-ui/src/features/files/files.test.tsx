import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { failure } from "../../../dev/files";
import { DISC } from "../../../dev/pictures";
import { renderOver } from "../../../dev/render";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import { getDraft, reloadTaste } from "../../state/taste";
import FilesPage from "./files-page";
import { languageOf } from "./language";

beforeEach(() => {
  localStorage.clear();
  reloadTaste();
});
afterEach(cleanup);

async function open() {
  const link = new CannedLink(SCENES["idle"] as Scene);
  await renderOver(link, <FilesPage workspace="w1" />);
  await act(async () => {});
  return link;
}
const tree = () => screen.getByRole("tree", { name: "Files of this workspace" });
const item = (name: RegExp) => within(tree()).getByRole("treeitem", { name });
const parts = () => tree().querySelectorAll("[title^='vendor/part-']");
const here = () => document.activeElement?.textContent ?? "";
const file = (path: string) => within(screen.getByRole("region", { name: path }));

describe("the files of a workspace", () => {
  it("FI7 come folder by folder, with what became of them and how large they are", async () => {
    await open();
    const src = item(/^src/);
    expect(src.getAttribute("aria-expanded")).toBe("false");
    expect(within(src).getByRole("img", { name: "Something in it has changed" })).toBeTruthy();
    expect(item(/^Cargo\.toml/).textContent).toContain("812 B");
    await userEvent.click(src);
    await userEvent.click(item(/^session/));
    expect(within(item(/^store\.rs/)).getByRole("img", { name: "Changed" })).toBeTruthy();
    expect(item(/^store\.rs/).getAttribute("aria-level")).toBe("3");
    await userEvent.click(item(/^tokens/));
    expect(within(item(/^legacy\.rs/)).getByRole("img", { name: "Deleted" })).toBeTruthy();
  });

  it("FI7 are gone through by keys alone", async () => {
    await open();
    await userEvent.tab();
    await userEvent.keyboard("{ArrowDown}{Home}");
    expect(here()).toContain("docs");
    await userEvent.keyboard("sr");
    expect(here()).toContain("src");
    await userEvent.keyboard("{ArrowRight}{ArrowRight}");
    expect(here()).toContain("session");
    await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
    expect(item(/^src/).getAttribute("aria-expanded")).toBe("false");
    await userEvent.keyboard("{End}");
    expect(here()).toContain("README.md");
    await userEvent.keyboard("{Enter}");
    expect(file("README.md").getByText("Who owes whom.")).toBeTruthy();
  });

  it("FI7 of a huge folder come in parts, and what is never told is told of", async () => {
    await open();
    await userEvent.click(item(/^vendor/));
    expect(parts()).toHaveLength(200);
    fireEvent.click(within(tree()).getByText("Show 200 more"));
    expect(parts()).toHaveLength(400);
    expect(within(tree()).getByText(/^And more, which are not listed/)).toBeTruthy();
  });

  it("FI7 are found by parts of their path", async () => {
    await open();
    await userEvent.type(screen.getByRole("searchbox", { name: "Find a file" }), "store");
    const found = await screen.findByRole("list", { name: "Files that were found" });
    expect(within(found).getByText(/And more/)).toBeTruthy();
    await userEvent.keyboard("{Enter}");
    expect(file("src/session/store.rs").getByText("pub struct SessionStore {", { exact: false })).toBeTruthy();
    await userEvent.clear(screen.getByRole("searchbox", { name: "Find a file" }));
    expect(item(/^store\.rs/).getAttribute("aria-selected")).toBe("true");
  });

  it("FI7 are read with numbers, as a change, and go into the message", async () => {
    await open();
    await userEvent.click(item(/^src/));
    await userEvent.click(item(/^session/));
    await userEvent.click(item(/^store\.rs/));
    const one = file("src/session/store.rs");
    expect(one.getByText("impl SessionStore {", { exact: false })).toBeTruthy();
    expect(document.querySelector("[data-number='9']")).toBeTruthy();
    await userEvent.click(one.getByRole("button", { name: "Show its change" }));
    expect(one.getByText("self.tokens.forget(session)?;", { exact: false })).toBeTruthy();
    await userEvent.click(one.getByRole("button", { name: "Insert into the message" }));
    expect(getDraft("s1")).toBe("@src/session/store.rs ");
  });

  it("FI7 say why they can't be read, with a way out", async () => {
    await open();
    await userEvent.click(item(/^Cargo\.lock/));
    const one = file("Cargo.lock");
    expect(one.getByRole("alert").textContent).toContain("There is no file");
    await userEvent.click(one.getByRole("button", { name: "Choose another file" }));
    expect(screen.getByText("Choose a file to read it.")).toBeTruthy();
  });

  it("FI12 are shown as pictures where they are some, with pixels and bytes, and say why where they can’t be", async () => {
    let refuses = false;
    const idle = SCENES["idle"] as Scene;
    const read_picture = () => {
      if (refuses) throw failure("bad_params", "This has 900000 bytes, and at most 524288 are read.");
      return { kind: "picture" as const, image: DISC };
    };
    await renderOver(new CannedLink({ ...idle, replies: { ...idle.replies, read_picture } }), <FilesPage workspace="w1" />);
    await userEvent.click(item(/^docs/));
    await userEvent.click(item(/^picture\.png/));
    const one = file("docs/picture.png");
    const shown = await one.findByRole("img", { name: "Picture: docs/picture.png" });
    Object.defineProperties(shown, { naturalWidth: { value: 320 }, naturalHeight: { value: 200 } });
    fireEvent.load(shown);
    expect(one.getByRole("figure").textContent).toMatch(/320 × 200 pixels\d+ B$/);
    await userEvent.click(one.getByRole("button", { name: /Picture: / }));
    expect(one.getByRole("button", { pressed: true })).toBeTruthy();
    refuses = true;
    fireEvent.pointerEnter(tree());
    expect((await one.findByRole("alert")).textContent).toContain("at most 524288");
  });

  it("FI12 of a drawing are read as text, or shown as what it draws", async () => {
    await open();
    await userEvent.click(item(/^docs/));
    await userEvent.click(item(/^mark\.svg/));
    const one = file("docs/mark.svg");
    expect(one.queryByRole("img")).toBeNull();
    await userEvent.click(one.getByRole("button", { name: "Show as a picture" }));
    expect(one.getByRole("img", { name: "Picture: docs/mark.svg" }).getAttribute("src")).toMatch(/^data:image\/svg\+xml,%3Csvg/);
    expect(one.queryByRole("button", { name: "Wrap long lines" })).toBeNull();
  });

  it("FI7 have the colours of their language, as far as the name tells it", () => {
    expect(["src/main.rs", "Cargo.lock", "a/Makefile", "page.tsx"].map(languageOf)).toEqual(["rs", "ini", "makefile", "tsx"]);
  });
});
