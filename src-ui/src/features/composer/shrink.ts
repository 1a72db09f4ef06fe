/** What a host takes (TU11). */
export const MOST_IMAGES = 8;
export const MOST_BYTES = 512 * 1024;
const KINDS = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** Models look at no more of an image than this; then it gives up more, step by step. */
const STEPS = [
  { side: 1568, quality: 0.85 },
  { side: 1280, quality: 0.7 },
  { side: 896, quality: 0.6 },
] as const;

/** One that goes with a prompt: `data:` and base64. */
export type Picked = { id: string; url: string; bytes: number };

export type WhyNot = "kind" | "large" | "many";

/** As it is where that fits, else smaller. */
export async function picked(file: Blob, room: number): Promise<Picked | WhyNot> {
  const fits = (blob: Blob) => blob.size <= room;
  if (!KINDS.includes(file.type)) return "kind";
  if (fits(file)) return read(file);
  // What moves would stand still.
  if (file.type === "image/gif") return "large";
  for (const step of STEPS) {
    const smaller = await drawn(file, step).catch(() => null);
    if (smaller === null) return "kind";
    if (fits(smaller)) return read(smaller);
  }
  return "large";
}

async function drawn(file: Blob, { side, quality }: (typeof STEPS)[number]): Promise<Blob | null> {
  const image = await createImageBitmap(file);
  const scale = Math.min(1, side / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  // JPEG knows no transparency.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

function read(blob: Blob): Promise<Picked> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onerror = () => fail(reader.error ?? new Error("not read"));
    reader.onload = () => done({ id: crypto.randomUUID(), url: String(reader.result), bytes: blob.size });
    reader.readAsDataURL(blob);
  });
}

/** Without `data:image/png;base64,`. */
export const base64Of = ({ url }: Picked): string => url.slice(url.indexOf(",") + 1);
