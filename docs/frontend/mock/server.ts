// The gateway's schema with invented data, for work without a gateway: `npm run mock`.
//
// What is asked for and stands in data.ts comes from there; everything else is made up, the same
// way at every start. Lists have pages, `node` finds records, `acceptReferral` changes one.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { addMocksToSchema, createMockStore } from "@graphql-tools/mock";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { getNamedType, isAbstractType, isEnumType, isObjectType } from "graphql";
import type { GraphQLObjectType } from "graphql";
import { createYoga } from "graphql-yoga";
import { cases, everything, referrals, type Stored } from "./data.ts";

const typeDefs = readFileSync(new URL("../../../gateway/schema.graphql", import.meta.url), "utf8");
const plain = makeExecutableSchema({ typeDefs });

let made = 0;
const mocks: Record<string, () => unknown> = {
  ID: () => `01930000-0000-7000-8000-${(++made).toString().padStart(12, "0")}`,
  String: () => "Beispiel",
  Int: () => 1,
  Float: () => 1.5,
  Boolean: () => false,
  Amount: () => "55000.00",
  Fte: () => "1.00",
  Date: () => "2022-11-21",
  DateTime: () => "2022-11-21T09:00:00Z",
  JSON: () => ({}),
};
for (const type of Object.values(plain.getTypeMap())) {
  if (type.name.startsWith("__")) continue;
  if (isEnumType(type)) mocks[type.name] = () => type.getValues()[0]?.value;
  // The first of a result union is the success.
  if (isAbstractType(type))
    mocks[type.name] = () => ({ __typename: plain.getPossibleTypes(type)[0]?.name });
}

type Page = { first?: number; after?: string | null; id?: string };

const page = (rows: Stored[], { first = 20, after }: Page) => {
  const begin = after ? rows.findIndex(({ id }) => id === after) + 1 : 0;
  const shown = rows.slice(begin, begin + first);
  return {
    edges: shown.map((node) => ({ cursor: node.id, node })),
    pageInfo: {
      hasNextPage: begin + shown.length < rows.length,
      hasPreviousPage: begin > 0,
      startCursor: shown[0]?.id ?? null,
      endCursor: shown.at(-1)?.id ?? null,
    },
  };
};

/** What a list of the type shows: the stored records, or two that are made up. */
const rowsOf = (type: GraphQLObjectType): Stored[] => {
  const stored = everything.filter(({ __typename }) => __typename === type.name);
  const invented = type.getFields()["id"] ? [1, 2].map((one) => ({ id: `${type.name}-${one}` })) : [];
  return stored.length ? stored : (invented as Stored[]);
};

const find = (id: string): Stored | null => everything.find((one) => one.id === id) ?? null;

const Query: Record<string, (root: unknown, args: Page & { ids?: string[] }) => unknown> = {
  node: (_, { id = "" }) => find(id),
  nodes: (_, { ids = [] }) => ids.map(find),
};
for (const [name, field] of Object.entries(plain.getQueryType()?.getFields() ?? {})) {
  const type = getNamedType(field.type);
  if (!isObjectType(type) || name in Query) continue;
  const edge = type.name.endsWith("Connection") && getNamedType(type.getFields()["edges"]!.type);
  if (edge && isObjectType(edge)) {
    const node = getNamedType(edge.getFields()["node"]!.type);
    if (isObjectType(node)) Query[name] = (_, args) => page(rowsOf(node), args);
  } else if (field.args.some((one) => one.name === "id") && type.getInterfaces().length) {
    Query[name] = (_, { id = "" }) => find(id) ?? { id };
  }
}

const Mutation = {
  acceptReferral(_: unknown, { input }: { input: { referralId: string; expectedVersion: number } }) {
    const referral = referrals.find(({ id }) => id === input.referralId);
    const refused = (__typename: string, code: string, message: string) => ({
      ...{ __typename, code, message, pointer: null },
    });
    if (!referral) return refused("NotFoundError", "not-found", "Die Überleitung gibt es nicht.");
    if (referral["version"] !== input.expectedVersion)
      return refused("StaleVersionError", "stale-version", "Inzwischen wurde sie geändert.");
    const version = input.expectedVersion + 1;
    Object.assign(referral, { state: "ACCEPTED", version, allowedActions: [], case: cases[0] });
    return { __typename: "ReferralSuccess", isReplayed: false, referral };
  },
};

const schema = addMocksToSchema({
  schema: plain,
  store: createMockStore({ schema: plain, mocks }),
  resolvers: { Query, Mutation },
});
const port = Number(process.env["PORT"] ?? 4010);
const yoga = createYoga({ schema, logging: false, maskedErrors: false });
const server = createServer(yoga).listen(port, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") console.log(`http://127.0.0.1:${address?.port}/graphql`);
});
