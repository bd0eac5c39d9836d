// A client of graphql-ws at a running gateway. In: KIM_URL, KIM_TOKEN. Out: two lines of JSON, as
// soon as it listens and what it then hears first.
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const client = createClient({
  url: process.env.KIM_URL,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: `Bearer ${process.env.KIM_TOKEN}` },
  retryAttempts: 0,
});
const told = client.iterate({
  query: "subscription Inbox { referralInbox { event { type } referral { id state } } }",
});
const first = told.next();
const asked = client.iterate({ query: "{ referralInbox(first: 1) { edges { node { id } } } }" });
console.log(JSON.stringify((await asked.next()).value.data));
console.log(JSON.stringify((await first).value.data.referralInbox));
await told.return();
await client.dispose();
