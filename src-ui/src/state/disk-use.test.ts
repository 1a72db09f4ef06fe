import { expect, it } from "vitest";
import { Link } from "../link";
import { windowCredentials } from "../link/credentials";
import { ScriptedHost } from "../link/testing/scripted-host";
import { DiskUse } from "./disk-use";
import { HandClock } from "./testing/hand-clock";

const FIVE_MINUTES = 300_000;
const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

function stage() {
  const host = new ScriptedHost();
  const link = new Link({ transport: host, credentials: windowCredentials, client: "test", random: () => 0 });
  link.start();
  const clock = new HandClock();
  return { host, link, clock, disk: new DiskUse(link, clock) };
}

it("WI19 counts one after the other, goes on after a break, and counts again only after five minutes", async () => {
  const { host, link, clock, disk } = stage();
  const asked: string[] = [];
  let connection = host.letIn();
  const answers = async (bytes: number) => {
    const { id, request } = connection.last("disk_use");
    asked.push(request.params.workspace);
    connection.reply(id, { kind: "disk_use", bytes });
    await soon();
  };
  const stop = disk.want(["a", "b", "c"]);
  const another = disk.want(["b", "a"]);
  expect(connection.all("disk_use")).toHaveLength(1);
  await answers(1);
  connection.drop();
  link.wake();
  connection = host.letIn();
  expect(connection.all("disk_use")).toHaveLength(1);
  await answers(2);
  await answers(3);
  expect(asked).toEqual(["a", "b", "c"]);
  stop();
  another();
  clock.pass(FIVE_MINUTES - 1);
  disk.want(["a"])();
  expect(connection.all("disk_use")).toHaveLength(2);
  clock.pass(1);
  disk.want(["a"]);
  await answers(4);
  expect(asked).toEqual(["a", "b", "c", "a"]);
  expect([...disk.bytes.get()]).toEqual([["a", 4], ["b", 2], ["c", 3]]);
});
