import react from "@vitejs/plugin-react";
import type { ProxyOptions } from "vite";
import { defineConfig } from "vitest/config";

/** `npm run dev` beside a running host: `CONCLAVE_PAGE=http://127.0.0.1:<port>` is where its frames go. */
const page = process.env["CONCLAVE_PAGE"];
const host: ProxyOptions = page ? { target: page, ws: true, changeOrigin: true, headers: { origin: page } } : {};
const proxy: Record<string, ProxyOptions> = page ? { "/ws": host, "/peer": host } : {};

// The strict Content-Security-Policy allows no inline script and no data: module, so nothing is inlined.
export default defineConfig({
  plugins: [react()],
  build: { outDir: "dist", target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  worker: { format: "es" },
  server: { port: 1420, strictPort: true, host: "127.0.0.1", proxy },
  // Property tests take seconds, and several times that beside a build.
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"], testTimeout: 30_000 },
});
