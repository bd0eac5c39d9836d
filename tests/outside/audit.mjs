// `auditServer` of graphql-http against a running gateway. In: KIM_URL, KIM_TOKEN. Out: JSON.
import { auditServer } from "graphql-http";

const headers = { authorization: `Bearer ${process.env.KIM_TOKEN}` };
const results = await auditServer({
  url: process.env.KIM_URL,
  fetchFn: (url, init = {}) => fetch(url, { ...init, headers: { ...init.headers, ...headers } }),
});
const told = await Promise.all(
  results.map(async ({ id, name, status, reason, response }) => ({
    id,
    name,
    status,
    reason,
    answer: status === "ok" ? undefined : `${response?.status} ${await response?.clone().text()}`,
  })),
);
console.log(JSON.stringify(told));
