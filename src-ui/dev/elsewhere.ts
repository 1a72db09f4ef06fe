import type { Link } from "../src/link";
import { Hosts } from "../src/state/hosts";
import { CannedLink } from "./canned-link";
import type { Scene } from "./scene";

export type Elsewhere = { hosts: Hosts; /** The link to each other host, by its key. */ links: Map<string, CannedLink> };

/** The other hosts of a scene, each over a canned link of its own. */
export function elsewhereOf(scene: Scene, own: CannedLink): Elsewhere {
  const links = new Map<string, CannedLink>();
  const linkTo = (key: string): Link => {
    const there = scene.elsewhere?.hosts.find(({ row }) => row.key === key);
    if (!there) throw new Error(`The scene knows no host ${key}.`);
    const link = new CannedLink(there.scene);
    link.start = () => link.begin();
    links.set(key, link);
    return link.asLink();
  };
  return { hosts: new Hosts(own.asLink(), linkTo), links };
}
