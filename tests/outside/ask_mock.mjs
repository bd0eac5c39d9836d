// Every operation of the starter at its mock server. In: KIM_URL and, as JSON, KIM_VARIABLES: the
// variables of each operation. Out: JSON, the whole answer for each name.
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../docs/frontend/operations/", import.meta.url);
const variables = JSON.parse(process.env.KIM_VARIABLES);
const answers = {};
for (const file of readdirSync(folder).sort()) {
  const query = readFileSync(new URL(file, folder), "utf8");
  const name = /^(?:query|mutation) (\w+)/m.exec(query)[1];
  const response = await fetch(process.env.KIM_URL, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables: variables[name] }),
  });
  answers[name] = await response.json();
}
console.log(JSON.stringify(answers));
