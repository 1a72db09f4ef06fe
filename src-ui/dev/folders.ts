import type { HostFolder } from "../src/gen/HostFolder";
import type { Reply } from "../src/gen/Reply";
import type { RequestWithoutCommand } from "../src/link";
import { failure } from "./files";

const HOME = "/home/ada";
const TREE: Record<string, readonly string[]> = {
  "/": ["etc", "home", "root"],
  "/home": ["ada"],
  [HOME]: [".config", ".local", "code", "Documents", "Pictures"],
  [`${HOME}/code`]: ["archive", "ledger*", "notes*", "website*"],
  [`${HOME}/Documents`]: [],
};

/** A folder that stands in another one, with nothing in it. */
const isNamed = (path: string) => TREE[path.slice(0, path.lastIndexOf("/"))]?.some((one) => one.replace("*", "") === path.slice(path.lastIndexOf("/") + 1)) ?? false;

/** A machine with a few folders, some with a repository in them and one that is not to be read. */
export function hostFolders(asked: RequestWithoutCommand): Reply {
  const path = (asked.method === "folders" && asked.params.path) || HOME;
  const names = TREE[path];
  if (path === "/root") throw failure("forbidden", "/root can't be read by who runs this host.");
  if (!names && !isNamed(path)) throw failure("not_found", `There is no folder ${path} here.`);
  const folders = (names ?? []).map((one): HostFolder => {
    const name = one.replace("*", "");
    return { name, path: `${path === "/" ? "" : path}/${name}`, repository: one.endsWith("*") };
  });
  return { kind: "folders", path, parent: path === "/" ? null : path.slice(0, path.lastIndexOf("/")) || "/", folders, more: false };
}
