import { readFile, writeFile } from "node:fs/promises";
import adapter from "@sveltejs/adapter-static";

/**
 * SvelteKit starts the page with an inline script. Our content security policy allows scripts from `'self'` only
 * (no hashes that change with every build, in three hosts), so the script moves into a file of its own.
 */
function staticWithoutInlineScript(options) {
  const inner = adapter(options);
  return {
    ...inner,
    name: "static-without-inline-script",
    async adapt(builder) {
      await inner.adapt(builder);
      const page = `${options.pages}/${options.fallback}`;
      const html = await readFile(page, "utf8");
      const script = /<script>([\s\S]*?)<\/script>/.exec(html);
      if (!script) throw new Error(`no inline start script found in ${page}`);
      await writeFile(`${options.pages}/start.js`, script[1].trim() + "\n");
      await writeFile(page, html.replace(script[0], '<script src="./start.js"></script>'));
    },
  };
}

/** @type {import("@sveltejs/kit").Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    adapter: staticWithoutInlineScript({ pages: "dist", assets: "dist", fallback: "index.html" }),
    // One page for every host: addresses live behind `#`, so no host has to know which paths exist.
    router: { type: "hash" },
    paths: { relative: true },
    version: { name: "praxis" },
  },
};
