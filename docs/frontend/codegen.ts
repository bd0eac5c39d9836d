// Types for the schema and for every operation. `npm run codegen`; needs no network.
import type { CodegenConfig } from "@graphql-codegen/cli";

const scalars = {
  // Money and posts are decimal text: a float would lose cents.
  Amount: "string",
  Fte: "string",
  Date: "string",
  DateTime: "string",
  JSON: "unknown",
};

const config: CodegenConfig = {
  schema: "../../gateway/schema.graphql",
  documents: ["operations/*.graphql", "client/*.graphql"],
  generates: {
    // What each operation is sent and answered.
    "generated/operations.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: { scalars, strictScalars: true, useTypeImports: true, enumsAsTypes: true },
    },
    // Every type of the schema, for code that works with more than one operation.
    "generated/types.ts": {
      plugins: ["typescript"],
      config: { scalars, strictScalars: true, useTypeImports: true, enumsAsTypes: true },
    },
    // What each union and interface may be: for the caches of Apollo Client and others.
    "generated/possibleTypes.ts": { plugins: ["fragment-matcher"] },
    // The schema as data: for urql's normalised cache, which then needs no introspection.
    "generated/schema.json": { plugins: ["introspection"], config: { minify: true } },
  },
};

export default config;
