import js from "@eslint/js";
import globals from "globals";
import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const areas = [
  "start",
  "frame",
  "agenda",
  "reception",
  "people",
  "chart",
  "documents",
  "billing",
  "papers",
  "inbox",
  "settings",
];

/** Three tiers: kit knows no clinic word, an area enters another only by its index, routes only place. */
const kitKnowsNoArea = {
  files: ["src/lib/kit/**"],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          { group: ["$lib/areas/*", "**/areas/**"], message: "The kit knows no clinic word: pass it in." },
          {
            group: ["$lib/desk", "$lib/desk/*", "**/desk/**"],
            message: "The kit never fetches: props in, events out.",
          },
        ],
      },
    ],
  },
};

const areaKeepsItsInside = areas.map((area) => ({
  files: [`src/lib/areas/${area}/**`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: areas
          .filter((other) => other !== area)
          .map((other) => ({
            group: [`$lib/areas/${other}/*`, `**/${other}/*.svelte`],
            message: `Enter ${other} by its index only.`,
          })),
      },
    ],
  },
}));

const deskIsTheOnlyRoad = {
  files: ["src/**"],
  ignores: ["src/lib/desk/**"],
  rules: {
    "no-restricted-syntax": [
      "error",
      { selector: "CallExpression[callee.name='fetch']", message: "lib/desk is the only road to Rust." },
      { selector: "ImportDeclaration[source.value=/^@tauri-apps/]", message: "lib/desk is the only road to Rust." },
    ],
  },
};

export default ts.config(
  { ignores: ["dist/", ".svelte-kit/", "src/lib/paraglide/", "src/lib/desk/bindings.ts", "project.inlang/"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs["flat/recommended"],
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig, extraFileExtensions: [".svelte"] } },
  },
  {
    rules: {
      "no-undef": "off",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "svelte/no-navigation-without-resolve": "off",
      "svelte/require-each-key": "error",
      // A Set or Date that lives for one call only is no state.
      "svelte/prefer-svelte-reactivity": "off",
    },
  },
  deskIsTheOnlyRoad,
  kitKnowsNoArea,
  ...areaKeepsItsInside,
);
