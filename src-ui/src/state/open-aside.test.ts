import { expect, it, vi } from "vitest";
import { openAside } from "./open-aside";

it("TE10 opens a terminal’s link by a click on one, and leaves nothing behind", () => {
  const clicked: HTMLAnchorElement[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    if (this.isConnected) clicked.push(this);
  });
  openAside("https://example.org/a");
  expect(clicked.map(({ href, target, rel }) => [href, target, rel])).toEqual([["https://example.org/a", "_blank", "noreferrer noopener"]]);
  expect(document.querySelector("a")).toBeNull();
});
