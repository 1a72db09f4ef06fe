import { act, cleanup, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { CHANGES } from "../../dev/changes";
import { CannedLink } from "../../dev/canned-link";
import { failure } from "../../dev/files";
import { renderOver } from "../../dev/render";
import type { Scene } from "../../dev/scene";
import { SCENES } from "../../dev/scenes";
import type { Reply } from "../gen/Reply";
import type { RequestWithoutCommand } from "../link";
import { useChanges } from "./changes";
import { useFileText } from "./files";
import { usePicture } from "./picture";

afterEach(cleanup);

const idle = SCENES["idle"] as Scene;

function Shown() {
  const { answer } = useFileText("w1", "a.txt");
  return <p>{answer?.text ?? "nothing yet"}</p>;
}

it("FI10 an answer on its way is shown though the file has changed meanwhile, and then the newer one", async () => {
  const waiting: ((text: string) => void)[] = [];
  const read_file = () => new Promise<Reply>((resolve) => waiting.push((text) => resolve({ kind: "file_text", path: "a.txt", text, hash: "0a" })));
  const link = new CannedLink({ ...idle, replies: { ...idle.replies, read_file: read_file as never } });
  await renderOver(link, <Shown />);
  const changes = () => act(async () => link.tell({ method: "files", params: { workspace: "w1", news: "changed" } }));
  await changes();
  await changes();
  expect(waiting).toHaveLength(1);
  await act(async () => waiting[0]?.("as it was"));
  expect(screen.getByText("as it was")).toBeTruthy();
  expect(waiting).toHaveLength(2);
  await act(async () => waiting[1]?.("as it is"));
  expect(screen.getByText("as it is")).toBeTruthy();
  expect(waiting).toHaveLength(2);
});

const changed = (link: CannedLink) => act(async () => link.tell({ method: "files", params: { workspace: "w1", news: "changed" } }));

it("FI10 all who show the same ask once and share its answer, also when it is asked again", async () => {
  const waiting: (() => void)[] = [];
  const read_file = () => new Promise<Reply>((resolve) => waiting.push(() => resolve({ kind: "file_text", path: "a.txt", text: "shared", hash: "0a" })));
  const link = new CannedLink({ ...idle, replies: { ...idle.replies, read_file: read_file as never } });
  await renderOver(link, <><Shown /><Shown /></>);
  await act(async () => waiting.forEach((answer) => answer()));
  expect(screen.getAllByText("shared")).toHaveLength(2);
  const before = waiting.length;
  await changed(link);
  expect(waiting).toHaveLength(before + 1);
});

it("FI10 is asked again on a later connection, and not without one", async () => {
  let asked = 0;
  const read_file = (): Reply => ({ kind: "file_text", path: "a.txt", text: `answer ${++asked}`, hash: "0a" });
  const link = new CannedLink({ ...idle, link: [{ kind: "dialling", attempt: 1 }], replies: { ...idle.replies, read_file: read_file as never } });
  await renderOver(link, <Shown />);
  expect(asked).toBe(0);
  link.scene.link.splice(0, 1, ...idle.link);
  await act(async () => link.begin());
  expect(screen.getByText(/^answer/).textContent).toBe(`answer ${asked}`);
  const before = asked;
  link.scene.link.splice(0, 1, { kind: "dialling", attempt: 2 });
  await act(async () => link.begin());
  await changed(link);
  expect(asked).toBe(before);
  link.scene.link.splice(0, 1, ...idle.link);
  await act(async () => link.begin());
  expect(asked).toBeGreaterThan(before);
});

function Compared() {
  const [workspace, go] = useState("w1");
  const { wrong } = useChanges(workspace, { kind: "base" });
  return <button onClick={() => go("w2")}>{wrong?.message ?? "nothing wrong"}</button>;
}

it("FI10 what went wrong in one workspace is not said of another", async () => {
  const changes = (asked: RequestWithoutCommand) => {
    if (asked.method === "changes" && asked.params.workspace === "w1") throw failure("forbidden", "Not this one.");
    return new Promise<Reply>(() => undefined);
  };
  await renderOver(new CannedLink({ ...idle, replies: { ...idle.replies, changes: changes as never } }), <Compared />);
  expect(screen.getByRole("button").textContent).toContain("Not this one.");
  await act(async () => screen.getByRole("button").click());
  expect(screen.getByRole("button").textContent).toBe("nothing wrong");
});

function Pictured() {
  usePicture("w1", "docs/picture.png");
  return null;
}

it("FI12 a picture is got again when it has become another, not when another file has", async () => {
  let [got, files] = [0, CHANGES.files];
  const changes = (): Reply => ({ ...CHANGES, files });
  const read_picture = (): Reply => ({ kind: "picture", image: { kind: "png", data: `AAA${++got}` } });
  const link = new CannedLink({ ...idle, replies: { ...idle.replies, changes: changes as never, read_picture: read_picture as never } });
  await renderOver(link, <Pictured />);
  const [before, other] = [got, files.find(({ path }) => path !== "docs/picture.png")];
  files = files.map((file) => (file === other ? { ...file, id: "other" } : file));
  await changed(link);
  expect(got).toBe(before);
  files = files.map((file) => (file.path === "docs/picture.png" ? { ...file, id: "another" } : file));
  await changed(link);
  expect(got).toBe(before + 1);
});
