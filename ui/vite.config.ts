import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [sveltekit()],
  clearScreen: false,
  build: {
    target: "safari17",
    // The first engines that know `light-dark()`. For older ones it is replaced by variables that are settled at the
    // root, and then what is always light, as paper and QR codes are, goes dark with the screen.
    cssTarget: ["safari17.5", "chrome123"],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
