// @graphql-inspector compares two schemas. In: two files. Out: JSON, what breaks and where.
import { readFileSync } from "node:fs";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

const [before, now] = process.argv.slice(2).map((path) => buildSchema(readFileSync(path, "utf8")));
const changes = await diff(before, now);
console.log(
  JSON.stringify(
    changes
      .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
      .map(({ path, message }) => ({ path, message })),
  ),
);
