import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
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
    await userEvent.click(item(/^docs/));
    await userEvent.click(item(/^picture\.png/));
    const one = file("docs/picture.png");
    expect(one.getByRole("alert").textContent).toContain("is not text");
    await userEvent.click(one.getByRole("button", { name: "Choose another file" }));
    expect(screen.getByText("Choose a file to read it.")).toBeTruthy();
  });

  it("FI7 have the colours of their language, as far as the name tells it", () => {
    expect(["src/main.rs", "Cargo.lock", "a/Makefile", "page.tsx"].map(languageOf)).toEqual(["rs", "ini", "makefile", "tsx"]);
  });
});
