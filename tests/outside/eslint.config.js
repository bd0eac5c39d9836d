// The gateway's schema before the rules of @graphql-eslint: Relay, descriptions, deprecations, names.
import graphql from "@graphql-eslint/eslint-plugin";

const rule = (name, ...options) => [`@graphql-eslint/${name}`, ["error", ...options]];

export default [
  {
    files: ["**/*.graphql"],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: process.env.KIM_SCHEMA } },
    },
    plugins: { "@graphql-eslint": graphql },
    rules: Object.fromEntries([
      // Lists are read forwards only: a keyset has one direction, and PageInfo says so.
      rule("relay-arguments", { includeBoth: false }),
      rule("relay-connection-types"),
      // What a list holds need not be asked for by `node`: a step of a referral has no page of its own.
      rule("relay-edge-types", {
        withEdgeSuffix: true,
        shouldImplementNode: false,
        listTypeCanWrapOnlyEdgeType: false,
      }),
      rule("relay-page-info"),
      rule("require-description", {
        types: true,
        rootField: true,
        FieldDefinition: true,
        InputValueDefinition: true,
        EnumValueDefinition: true,
        DirectiveDefinition: true,
      }),
      rule("description-style"),
      rule("no-hashtag-description"),
      rule("require-deprecation-reason"),
      rule("naming-convention", {
        types: "PascalCase",
        FieldDefinition: "camelCase",
        InputValueDefinition: "camelCase",
        Argument: "camelCase",
        DirectiveDefinition: "camelCase",
        EnumValueDefinition: "UPPER_CASE",
      }),
      rule("input-name"),
      rule("unique-enum-value-names"),
      rule("no-unreachable-types"),
      rule("require-nullable-fields-with-oneof"),
      rule("require-type-pattern-with-oneof"),
      // Not `no-typename-prefix`: "caseManager" and "voucherDate" are words of the trade, not prefixes.
      // Not `strict-id-in-types`: a period or an amount is a value and has no id.
      // Not `require-nullable-result-in-root`: a mutation always answers with its union.
    ]),
  },
];
