// Apollo Client and urql with their caches at a running gateway. In: KIM_URL, KIM_TOKEN, KIM_SCHEMA
// (file). Out: for each what it read, what it then found in its cache, and how a refusal looks.
import { readFileSync } from "node:fs";
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { buildSchema, introspectionFromSchema, isAbstractType } from "graphql";

const schema = buildSchema(readFileSync(process.env.KIM_SCHEMA, "utf8"));
const INBOX = gql`
  query Inbox {
    referralInbox(first: 3) {
      edges { node { id state version sender { id unitId nameDe } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
const ONE = gql`query One($id: ID!) { node(id: $id) { id ... on Referral { state version } } }`;
const ACCEPT = gql`
  mutation Accept($input: AcceptReferralInput!) {
    acceptReferral(input: $input) {
      __typename
      ... on UserError { code severity messageDe messageEn }
      ... on ReferralSuccess { referral { id state } }
    }
  }
`;
const NOBODY = "00000000-0000-7000-8000-000000000000";
const input = { referralId: NOBODY, expectedVersion: 1 };
const headers = { authorization: `Bearer ${process.env.KIM_TOKEN}` };

const calls = { apollo: 0, urql: 0 };
const counting = (who) => (...given) => {
  calls[who] += 1;
  return fetch(...given);
};

async function apollo() {
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  const possibleTypes = Object.fromEntries(
    abstract.map((one) => [one.name, schema.getPossibleTypes(one).map(({ name }) => name)]),
  );
  const cache = new InMemoryCache({ possibleTypes });
  const link = new HttpLink({ uri: process.env.KIM_URL, headers, fetch: counting("apollo") });
  const client = new ApolloClient({ link, cache });
  const read = (await client.query({ query: INBOX })).data.referralInbox.edges.map((e) => e.node);
  const once = calls.apollo;
  await client.query({ query: INBOX });
  const fragment = gql`fragment Known on Referral { id state version }`;
  const id = cache.identify({ __typename: "Referral", id: read[0].id });
  const known = client.readFragment({ id, fragment });
  const again = calls.apollo;
  const node = (await client.query({ query: ONE, variables: { id: read[0].id } })).data.node;
  const refusal = (await client.mutate({ mutation: ACCEPT, variables: { input } })).data;
  return { read, known, node, calls: [once, again], refusal: refusal.acceptReferral };
}

async function urql() {
  const client = new Client({
    url: process.env.KIM_URL,
    exchanges: [cacheExchange({ schema: introspectionFromSchema(schema) }), fetchExchange],
    fetchOptions: { headers },
    fetch: counting("urql"),
    preferGetMethod: false,
  });
  const asked = (query, variables) => client.query(query, variables).toPromise();
  const read = (await asked(INBOX, {})).data.referralInbox.edges.map((edge) => edge.node);
  const once = calls.urql;
  await asked(INBOX, {});
  const known = client.readQuery(INBOX, {}).data.referralInbox.edges[0].node;
  const again = calls.urql;
  const node = (await asked(ONE, { id: read[0].id })).data.node;
  const { data, error } = await client.mutation(ACCEPT, { input }).toPromise();
  if (error) throw error;
  return { read, known, node, calls: [once, again], refusal: data.acceptReferral };
}

console.log(JSON.stringify({ apollo: await apollo(), urql: await urql() }));
