import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * The pages of `dev/` as they would ship: the scenes to look at, and what the benchmark drives. In the mode `plain` the
 * transcript draws every row: what the benchmark's figures are set beside. None of it is in the program.
 */
export default defineConfig(({ mode }) => ({
  plugins: [react()],
  resolve: { alias: mode === "plain" ? [{ find: "virtua", replacement: `${import.meta.dirname}/dev/bench/plain.tsx` }] : [] },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: mode === "plain" ? ["dev/bench/index.html"] : ["dev/index.html", "dev/bench/index.html"] },
  },
  worker: { format: "es" as const },
}));
