import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { beginAnew, openWindow } from "../../dev/whole-window";
import { getLayout } from "../state/layout";
import { chat, panesOf, tabKey } from "../state/layout/model";
import { openSession } from "../state/open-session";

beginAnew();

const keys = () => panesOf(getLayout()).map(({ tabs }) => tabs.map(tabKey));
const [FIRST, SECOND] = [tabKey(chat("s1")), tabKey(chat("s2"))];
const tab = () => screen.getByRole("tab", { name: /Split the session store/ });
const finger = { pointerId: 5, pointerType: "touch", button: 0 };
const at = (clientX: number, clientY: number) => ({ ...finger, clientX, clientY });
const touched = (type: string) => {
  const event = new Event(type, { bubbles: true, cancelable: true });
  tab().dispatchEvent(event);
  return event.defaultPrevented;
};
const carried = () => screen.getAllByText("Split the session store").some((one) => one.matches("[class*=carried]"));

/** Two tabs in one pane, and a finger on the first. */
async function touch() {
  await openWindow();
  await act(async () => openSession("s2"));
  const pane = screen.getByRole("group", { name: "Pane 1" });
  Object.assign(document, { elementFromPoint: () => pane });
  vi.spyOn(pane, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 800, 600));
  vi.useFakeTimers();
  fireEvent.pointerDown(tab(), at(50, 20));
}

const hold = (span: number) => act(async () => vi.advanceTimersByTime(span));

describe("a tab under a finger", () => {
  const had = document.elementFromPoint;
  beforeEach(() => vi.useRealTimers());
  afterEach(() => {
    vi.useRealTimers();
    Object.assign(document, { elementFromPoint: had });
  });

  it("WI24 is taken up by holding still, and goes where a mouse would take it", async () => {
    await touch();
    await hold(349);
    expect([carried(), touched("touchmove")]).toEqual([false, false]);
    await hold(1);
    expect([carried(), touched("touchmove")]).toEqual([true, true]);
    fireEvent.pointerMove(window, at(780, 300));
    fireEvent.pointerUp(window, at(780, 300));
    expect(touched("touchend")).toBe(true);
    expect(keys()).toEqual([[SECOND], [FIRST]]);
    expect(screen.queryByRole("menu")).toBeNull();
  });

  it("WI24 scrolls and chooses before that", async () => {
    await touch();
    fireEvent.pointerMove(window, at(70, 20));
    await hold(1000);
    fireEvent.pointerMove(window, at(780, 300));
    expect([carried(), touched("touchmove")]).toEqual([false, false]);
    fireEvent.pointerUp(window, at(780, 300));
    fireEvent.pointerDown(tab(), at(50, 20));
    fireEvent.pointerUp(window, at(50, 20));
    fireEvent.click(tab());
    await hold(1000);
    expect(keys()).toEqual([[FIRST, SECOND]]);
    expect(tab().getAttribute("aria-selected")).toBe("true");
  });

  it.each([
    ["a touch that the system takes away", () => fireEvent.pointerCancel(window, finger)],
    ["Escape", () => fireEvent.keyDown(window, { key: "Escape" })],
  ])("WI24 is put back by %s", async (_, end) => {
    await touch();
    await hold(350);
    fireEvent.pointerMove(window, at(780, 300));
    end();
    expect(carried()).toBe(false);
    fireEvent.pointerUp(window, at(780, 300));
    expect(keys()).toEqual([[FIRST, SECOND]]);
  });

  it("WI24 shows its menu when it is let go where it was, and not before", async () => {
    await touch();
    await hold(350);
    fireEvent.contextMenu(tab());
    fireEvent.pointerMove(window, { ...at(500, 300), pointerId: 6 });
    fireEvent.pointerMove(window, at(53, 22));
    expect(screen.queryByRole("menu")).toBeNull();
    fireEvent.pointerUp(window, at(53, 22));
    expect(screen.getByRole("menu", { name: "What to do with this tab" })).toBeTruthy();
    expect(keys()).toEqual([[FIRST, SECOND]]);
  });
});
