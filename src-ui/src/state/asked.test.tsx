import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { CannedLink } from "../../dev/canned-link";
import { renderOver } from "../../dev/render";
import type { Scene } from "../../dev/scene";
import { SCENES } from "../../dev/scenes";
import type { Reply } from "../gen/Reply";
import { useFileText } from "./files";

afterEach(cleanup);

function Shown() {
  const { answer } = useFileText("w1", "a.txt");
  return <p>{answer?.text ?? "nothing yet"}</p>;
}

it("FI10 an answer on its way is shown though the file has changed meanwhile, and then the newer one", async () => {
  const idle = SCENES["idle"] as Scene;
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
