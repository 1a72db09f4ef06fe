import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { CHANGES } from "../../../dev/changes";
import { renderOver } from "../../../dev/render";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import type { ChangedFile } from "../../gen/ChangedFile";
import ChangesPage from "./changes-page";
import { inOrder, rowsOf } from "./folders";

afterEach(cleanup);

const changed = (path: string): ChangedFile => ({ id: path, path, moved_from: null, how: "modified", added: 1, removed: 0 });

async function open(changes = CHANGES) {
  const worked = SCENES["worked"] as Scene;
  const link = new CannedLink({ ...worked, replies: { ...worked.replies, changes } });
  await renderOver(link, <ChangesPage workspace="w1" />);
  await act(async () => {});
  return link;
}
const list = () => within(screen.getByRole("navigation", { name: "Changed files" }));
const names = () => list().getAllByRole("row").map((row) => row.querySelector("button")?.title);
const box = (name: string) => list().getByRole<HTMLInputElement>("checkbox", { name });
const press = (keys: string) => userEvent.keyboard(keys);
const here = () => document.activeElement?.getAttribute("title");

describe("the folders of changed files", () => {
  it("CH11 nest, and a folder with nothing but one folder is one with it", () => {
    const files = ["a.rs", "src/a/b/one.rs", "src/a/b/two.rs", "src/c/d.rs", "src/z.rs"].map(changed);
    expect(rowsOf(files, new Set(["src/c"])).map(({ name, level }) => `${level} ${name}`)).toEqual(["1 src", "2 a/b", "3 one.rs", "3 two.rs", "2 c", "2 z.rs", "1 a.rs"]);
    expect(inOrder(files).map(({ path }) => path)).toEqual(["src/a/b/one.rs", "src/a/b/two.rs", "src/c/d.rs", "src/z.rs", "a.rs"]);
  });

  it("CH11 say how much changed below them, and go by the arrows", async () => {
    await open();
    const src = list().getByRole("button", { name: /^src/ });
    expect(within(src).getByRole("img", { name: "4 files" })).toBeTruthy();
    expect(src.textContent).toContain("+57−74");
    await userEvent.click(src);
    expect(names()).toEqual(["docs", "docs/picture.png", "migrations", "migrations/0007_refresh.sql", "src", "tests", "tests/rotation.rs"]);
    await press("{ArrowRight}{ArrowRight}");
    expect(here()).toBe("src/session");
    await press("{ArrowDown}{ArrowRight}");
    expect(here()).toBe("src/session/tokens/legacy.rs");
    await press("{ArrowLeft}{ArrowLeft}{Enter}");
    expect(here()).toBe("src/session/tokens");
    await press("{End}{Enter}");
    expect(screen.getByRole("region", { name: "tests/rotation.rs" })).toBeTruthy();
    expect(list().getAllByRole("button").filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  });

  it("CH11 open when a file in them is read from elsewhere", async () => {
    await open();
    await userEvent.click(list().getByRole("button", { name: /^src/ }));
    await userEvent.click(list().getByRole("button", { name: /refresh\.sql/ }));
    await userEvent.click(screen.getByRole("button", { name: "Next file" }));
    expect(list().getByRole("button", { current: true }).title).toBe("src/session/tokens/legacy.rs");
  });

  it("CH6 CH11 are ticked with all that is in them", async () => {
    await open();
    await userEvent.click(box("Choose all in src/session"));
    expect([box("Choose src/session/token.rs").checked, box("Choose tests/rotation.rs").checked]).toEqual([true, false]);
    expect([box("Choose all in src").checked, box("Choose all in src").indeterminate]).toEqual([false, true]);
    expect(screen.getByRole("button", { name: "Approve 3 files" })).toBeTruthy();
    await userEvent.click(box("Choose src/session/store.rs"));
    expect(box("Choose all in src/session").indeterminate).toBe(true);
    box("Choose all in src").focus();
    await press("{ArrowDown}{ArrowDown} ");
    expect(box("Choose src/session/tokens/legacy.rs").checked || box("Choose all in src/session/tokens").checked).toBe(false);
  });

  it("CH11 are looked through when there are many", async () => {
    await open();
    expect(list().queryByRole("searchbox")).toBeNull();
    cleanup();
    await open({ ...CHANGES, files: Array.from({ length: 16 }, (_, at) => changed(`src/part-${at}/mod.rs`)) });
    await userEvent.click(list().getByRole("button", { name: /^src/ }));
    await userEvent.type(list().getByRole("searchbox", { name: "Find a changed file" }), "PART-1/");
    expect(names()).toEqual(["src/part-1", "src/part-1/mod.rs"]);
    await press("{ArrowDown}");
    expect(here()).toBe("src/part-1");
    await userEvent.type(list().getByRole("searchbox"), "x");
    expect(list().getByRole("status").textContent).toBe("No changed file has that in its path.");
    await press("{Escape}");
    expect(names()).toEqual(["src"]);
  });
});
