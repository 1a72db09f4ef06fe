import { describe, expect, it } from "vitest";
import { belongsElsewhere, isPressed, printed } from "./keys";

const press = (key: string, held: string[] = [], code = ""): KeyboardEvent =>
  new KeyboardEvent("keydown", {
    key,
    code,
    ctrlKey: held.includes("ctrl"),
    metaKey: held.includes("meta"),
    altKey: held.includes("alt"),
    shiftKey: held.includes("shift"),
  });

describe("keys", () => {
  it("WI13 knows Mod as Control, and as Command on a Mac", () => {
    expect(isPressed("Mod+K", press("k", ["ctrl"]), false)).toBe(true);
    expect(isPressed("Mod+K", press("k", ["ctrl"]), true)).toBe(false);
    expect(isPressed("Mod+K", press("k", ["meta"]), true)).toBe(true);
    expect(isPressed("Mod+K", press("K", ["ctrl", "shift"]), false)).toBe(false);
    expect(isPressed("Mod+K", press("k"), false)).toBe(false);
  });

  it("WI13 knows a key by its place, where Alt and Shift make it say something else", () => {
    expect(isPressed("Alt+W", press("∑", ["alt"], "KeyW"), true)).toBe(true);
    expect(isPressed("Mod+Shift+[", press("{", ["ctrl", "shift"], "BracketLeft"), false)).toBe(true);
    expect(isPressed("Mod+/", press("/", ["ctrl", "shift"], "Digit7"), false)).toBe(true);
    const below = press("|", ["ctrl", "shift"], "Backslash");
    expect(["Mod+\\", "Mod+Shift+\\"].map((chord) => isPressed(chord, below, false))).toEqual([false, true]);
  });

  it("WI13 knows Control as itself, also on a Mac", () => {
    for (const mac of [true, false]) {
      expect(isPressed("Ctrl+`", press("`", ["ctrl"], "Backquote"), mac)).toBe(true);
      expect(isPressed("Ctrl+`", press("`", ["meta"], "Backquote"), mac)).toBe(false);
      expect(isPressed("Ctrl+`", press("~", ["ctrl", "shift"], "Backquote"), mac)).toBe(false);
      expect(isPressed("Ctrl+Shift+`", press("~", ["ctrl", "shift"], "Backquote"), mac)).toBe(true);
    }
  });

  it("WI13 prints what stands on the keys", () => {
    expect([printed("Mod+Shift+P", false), printed("Mod+Shift+P", true), printed("Escape", false)]).toEqual(["Ctrl Shift P", "⇧⌘P", "Esc"]);
    expect([printed("Ctrl+Shift+`", false), printed("Ctrl+Shift+`", true)]).toEqual(["Ctrl Shift `", "⌃⇧`"]);
  });

  it("WI13 leaves the terminal its keys, and a dialog everything", () => {
    document.body.innerHTML = '<div data-terminal><textarea id="in"></textarea></div><textarea id="out"></textarea>';
    const heard: boolean[] = [];
    const listen = (event: KeyboardEvent) => heard.push(belongsElsewhere(event));
    addEventListener("keydown", listen);
    const at = (id: string) => document.getElementById(id)?.dispatchEvent(new KeyboardEvent("keydown", { key: "k", bubbles: true }));
    at("in");
    at("out");
    document.body.insertAdjacentHTML("beforeend", "<dialog open></dialog>");
    at("out");
    removeEventListener("keydown", listen);
    document.body.innerHTML = "";
    expect(heard).toEqual([true, false, true]);
  });
});
