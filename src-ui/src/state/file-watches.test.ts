import { describe, expect, it } from "vitest";
import type { FilesNews } from "../gen/FilesNews";
import { Link } from "../link";
import { windowCredentials } from "../link/credentials";
import { ScriptedHost } from "../link/testing/scripted-host";
import { FileWatches } from "./file-watches";

const WORKSPACE = "00000000-0000-4000-8000-000000000011";

function stage() {
  const host = new ScriptedHost();
  const link = new Link({ transport: host, credentials: windowCredentials, client: "test", random: () => 0 });
  link.start();
  let standing = "shared";
  const files = new FileWatches(link, () => standing);
  let looks = 0;
  const look = () => void looks++;
  const become = (next: string) => {
    standing = next;
    files.told();
  };
  return { host, link, files, become, look, looks: () => looks, hear: (news: FilesNews) => files.hear({ workspace: WORKSPACE, news }) };
}

describe("the files that this page shows", () => {
  it("FI10 are looked at when the host says so, by all who show them, and asked for once", () => {
    const { host, files, look, looks, hear } = stage();
    const connection = host.letIn();
    const stop = files.watch(WORKSPACE, look);
    const other = files.watch(WORKSPACE, () => look());
    expect(connection.all("watch_files")).toHaveLength(1);
    expect(files.heard(WORKSPACE)).toBe(false);
    hear("watched");
    expect([files.heard(WORKSPACE), looks()]).toEqual([true, 2]);
    stop();
    hear("changed");
    expect(looks()).toBe(3);
    expect(connection.all("unwatch_files")).toHaveLength(0);
    other();
    expect(connection.all("unwatch_files")).toHaveLength(1);
    hear("changed");
    expect(looks()).toBe(3);
  });

  it("FI10 are watched again after a break, and not counted on where the host can't", () => {
    const { host, link, files, look, looks, hear } = stage();
    const first = host.letIn();
    files.watch(WORKSPACE, look);
    hear("watched");
    first.drop();
    expect(files.heard(WORKSPACE)).toBe(false);
    link.wake();
    expect(host.letIn().last("watch_files").request.params).toEqual({ workspace: WORKSPACE });
    const before = looks();
    hear("unwatched");
    expect([files.heard(WORKSPACE), looks()]).toEqual([false, before]);
  });

  it("FI10 are asked for again once the workspace or the rights there are others, or another one is let go, and only then", () => {
    const { host, files, become, look, hear } = stage();
    const connection = host.letIn();
    const asked = () => connection.all("watch_files").filter(({ request }) => request.params.workspace === WORKSPACE).length;
    files.watch(WORKSPACE, look);
    become("archived");
    expect(asked()).toBe(1);
    hear("unwatched");
    become("archived");
    expect(asked()).toBe(1);
    become("active");
    become("renamed");
    expect(asked()).toBe(2);
    hear("unwatched");
    files.watch("another", look)();
    expect(asked()).toBe(3);
    hear("watched");
    become("archived");
    files.watch("another", look)();
    expect(asked()).toBe(3);
  });
});
