// Operations as a React frontend with Relay writes them: a refetchable connection, node, a union.
import { graphql } from "relay-runtime";

export const query = graphql`
  query CasesQuery($first: Int!, $after: String) {
    ...Cases_list @arguments(first: $first, after: $after)
    viewer { unitId }
  }
`;

export const list = graphql`
  fragment Cases_list on Query
  @argumentDefinitions(first: { type: "Int", defaultValue: 20 }, after: { type: "String" })
  @refetchable(queryName: "CasesListRefetchQuery") {
    cases(first: $first, after: $after) @connection(key: "Cases_cases") {
      edges { node { id ...Cases_row } }
    }
  }
`;

export const row = graphql`
  fragment Cases_row on Case @refetchable(queryName: "CasesRowRefetchQuery") {
    id
    version
    reference
  }
`;

export const record = graphql`
  query CasesRecordQuery($id: ID!) {
    node(id: $id) { __typename ...Cases_row @alias(as: "case") }
  }
`;

export const accept = graphql`
  mutation CasesAcceptMutation($input: AcceptReferralInput!) {
    acceptReferral(input: $input) {
      __typename
      ... on ReferralSuccess { referral { id version state } }
      ... on UserError { code message pointer }
    }
  }
`;
