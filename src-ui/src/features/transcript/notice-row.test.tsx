import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { joined } from "../../../dev/events";
import { PULL } from "../../../dev/exchange";
import { ADA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import { NoticeRow } from "./notice-row";

afterEach(cleanup);

const asked = (address: string) =>
  renderRoom({ view: view(ADA, {}), events: [...joined(), [9, { type: "work_done", by: "ada", deed: { kind: "asked", address } }]] }, (room) =>
    room.transcript.items.map((item) => item.kind === "notice" && item.notice.what === "work_done" && <NoticeRow key={item.id} item={item} room={room} />),
  );

it("WI29 leads from the transcript to the pull request, outside", async () => {
  await asked(PULL);
  const link = screen.getByRole("link", { name: PULL });
  expect([link.getAttribute("href"), link.getAttribute("target")]).toEqual([PULL, "_blank"]);
  expect(link.parentElement?.textContent).toContain(`opened a pull request: ${PULL} `);
});

it("WI29 leads nowhere by an address that is none of the web", async () => {
  await asked("javascript:alert(1)");
  expect(screen.queryByRole("link")).toBeNull();
  expect(screen.getByText(/javascript:alert\(1\)/)).toBeTruthy();
});
