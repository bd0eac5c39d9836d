// The inbox of a unit: `npm run client`. Against the mock server, or with KIM_URL and KIM_TOKEN
// against a gateway. KIM_ACCEPT=<id> accepts that referral.
import { cacheExchange, Client, fetchExchange } from "@urql/core";
import { AcceptReferralDocument, ReferralInboxDocument } from "../generated/operations.ts";

const url = process.env["KIM_URL"] ?? "http://127.0.0.1:4010/graphql";
const headers: Record<string, string> = { "Accept-Language": "de" };
if (process.env["KIM_TOKEN"]) headers["Authorization"] = `Bearer ${process.env["KIM_TOKEN"]}`;

const client = new Client({
  url,
  exchanges: [cacheExchange, fetchExchange],
  fetchOptions: { headers },
  // Searches describe people and never stand in an address.
  preferGetMethod: false,
});

const inbox = await client.query(ReferralInboxDocument, { first: 5 }).toPromise();
if (inbox.error) throw inbox.error;
const referrals = inbox.data?.referralInbox?.edges.map(({ node }) => node) ?? [];
for (const { topic, state, sender, allowedActions } of referrals)
  console.log([topic, state, sender?.nameDe, allowedActions.join(" ")].join(" | "));

const wanted = process.env["KIM_ACCEPT"];
if (wanted) {
  const expectedVersion = referrals.find(({ id }) => id === wanted)?.version ?? 1;
  const input = { referralId: wanted, expectedVersion };
  const { data, error } = await client.mutation(AcceptReferralDocument, { input }).toPromise();
  if (error) throw error;
  const result = data?.acceptReferral;
  // Every refusal has a code and a sentence for people; only success has the record.
  if (result?.__typename === "ReferralSuccess") console.log(`${result.referral.topic}: ${result.referral.state}`);
  else console.log(`${result?.code}: ${result?.message}`);
}
