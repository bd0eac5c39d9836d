// Builds the portal into dist/: hashed files, nothing inline, the committed contracts beside them.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { parse } from "graphql";
import { defineConfig } from "vite";

const project = resolve(import.meta.dirname, "../..");
const CONTRACTS = {
  "cases.json": "services/cases/contracts/openapi.json",
  "funding.json": "services/funding/contracts/openapi.json",
  "referrals.json": "services/referrals/contracts/openapi.json",
  "events.json": "docs/asyncapi.json",
  "problems.json": "docs/problems.json",
};

/** What the schema says of every code: "English / Deutsch". */
function labels() {
  const schema = parse(readFileSync(join(project, "gateway/schema.graphql"), "utf8"));
  const enums = schema.definitions.filter((one) => one.kind === "EnumTypeDefinition");
  return Object.fromEntries(
    enums.map((one) => [
      one.name.value,
      Object.fromEntries(
        one.values.map((code) => [code.name.value, code.description?.value ?? code.name.value]),
      ),
    ]),
  );
}

function withContracts() {
  return {
    name: "contracts",
    generateBundle() {
      for (const [name, path] of Object.entries(CONTRACTS)) {
        const document = JSON.parse(readFileSync(join(project, path), "utf8"));
        this.emitFile({
          type: "asset",
          fileName: `contracts/${name}`,
          source: JSON.stringify(document),
        });
      }
      this.emitFile({
        type: "asset",
        fileName: "contracts/labels.json",
        source: JSON.stringify(labels()),
      });
    },
  };
}

/** What is worth it lies there compressed, too: the gateway sends it as it lies. */
function compressed() {
  let folder = "";
  return {
    name: "compressed",
    configResolved: (config) => {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(css|html|js|json|svg)$/.test(entry.name)) continue;
        const path = join(entry.parentPath, entry.name);
        const small = gzipSync(readFileSync(path), { level: 9 });
        writeFileSync(`${path}.gz`, small);
      }
    },
  };
}

export default defineConfig({
  base: "/portal/",
  plugins: [react(), withContracts(), compressed()],
  worker: { format: "es" },
  build: {
    target: ["chrome123", "firefox128", "safari18"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 6000,
    rolldownOptions: {
      onwarn: (warning, warn) => warning.code === "MODULE_LEVEL_DIRECTIVE" || warn(warning),
    },
    license: { fileName: "licences.md" },
  },
});
