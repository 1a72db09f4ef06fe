import { piecesOf } from "./pieces";
import type { Asked, Told } from "./tone";

/** Beside the page: a long file never holds up a key. */
addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  const told: Told = { id: data.id, pieces: piecesOf(data.language, data.code) };
  postMessage(told);
});
