// Where the built programs and the browser are.

import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
const BUILT = process.env.CONCLAVE_BIN_DIR ?? path.join(CHECKOUT, "target/debug");

/** @param {string} name */
export function program(name) {
  const found = path.join(BUILT, name);
  if (!existsSync(found)) throw new Error(`${found} is missing; build it, or say with CONCLAVE_BIN_DIR where it is`);
  return found;
}

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
