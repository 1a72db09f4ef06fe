// The pages of src-ui/dev as they would ship, built when asked for and served over loopback.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import axe from "axe-core";

/** Where these pages find axe. */
export const AXE = "/axe.js";

const run = promisify(execFile);
const FRONT_END = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../src-ui");
const KINDS = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml" };

/** @param {"shown" | "plain"} mode `plain`: the transcript draws every row */
export async function servePages(mode) {
  const npx = process.platform === "win32" ? "npx.cmd" : "npx";
  const folder = await mkdtemp(path.join(tmpdir(), "conclave-pages-"));
  await run(npx, ["vite", "build", "--config", "vite.dev.config.ts", "--mode", mode, "--outDir", folder], { cwd: FRONT_END });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = path.join(folder, path.normalize(pathname));
    const body = pathname === AXE ? axe.source : file.startsWith(folder) ? await readFile(file).catch(() => null) : null;
    // Kept by the browser with what it has compiled: states are shown by the hundred.
    const kept = { "cache-control": "max-age=3600" };
    response.writeHead(body ? 200 : 404, { "content-type": KINDS[path.extname(file)] ?? "application/octet-stream", ...kept });
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
