import { act, render } from "@testing-library/react";
import type { ReactNode } from "react";
import "./patience";
import type { Directory } from "../src/gen/Directory";
import type { RoomView } from "../src/gen/RoomView";
import type { LinkState } from "../src/link";
import type { Room } from "../src/replica/types";
import { StoreProvider, useRoom } from "../src/state";
import type { Clock } from "../src/state/clock";
import { DoorProvider } from "../src/state/door";
import { HostsProvider } from "../src/state/other-hosts";
import { Store } from "../src/state/store";
import { CannedLink } from "./canned-link";
import { elsewhereOf } from "./elsewhere";
import { EMPTY } from "./directory";
import type { Said } from "./events";
import { ADA, AGENTS, welcome } from "./people";
import { snapshot } from "./room";
import { logged, type Scene } from "./scene";

type Given = { view: RoomView; agents?: Scene["agents"]; events?: Said[]; link?: LinkState[]; refuses?: NonNullable<Scene["refuses"]>; replies?: NonNullable<Scene["replies"]>; directory?: Directory; clock?: Clock };

/** Draws part of a room over a canned host, for tests. */
export async function renderRoom(given: Given, draw: (room: Room) => ReactNode): Promise<CannedLink> {
  const link = new CannedLink({
    session: given.view.session,
    link: given.link ?? [{ kind: "live", welcome: welcome(ADA) }],
    directory: given.directory ?? EMPTY,
    agents: given.agents ?? AGENTS,
    snapshot: snapshot(given.view, logged(given.events ?? [])),
    ...(given.replies ? { replies: given.replies } : {}),
    ...(given.refuses ? { refuses: given.refuses } : {}),
  });
  await renderOver(link, <InRoom session={given.view.session}>{draw}</InRoom>, given.clock);
  return link;
}

/** Answers with the links to the other hosts of the scene, by their keys. */
export async function renderOver(link: CannedLink, node: ReactNode, clock?: Clock): Promise<Map<string, CannedLink>> {
  const store = new Store(link.asLink(), "", clock);
  const { hosts, links } = elsewhereOf(link.scene, link);
  await act(async () => {
    render(
      <StoreProvider value={store}>
        <HostsProvider value={hosts}>
          <DoorProvider value={link.scene.door ?? null}>{node}</DoorProvider>
        </HostsProvider>
      </StoreProvider>,
    );
    link.begin();
  });
  return links;
}

function InRoom({ session, children }: { session: string; children: (room: Room) => ReactNode }) {
  const room = useRoom(session);
  return room.view ? children(room) : null;
}
