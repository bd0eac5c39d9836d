// A client that keeps its subscription, with the settings that docs/frontend names. In: KIM_CLIENT
// (graphql-ws, apollo or urql), KIM_URL, KIM_TOKEN. Out, line by line as JSON: "subscribed", anew after
// each connection, whether it was lost before; and whatever it hears, until it is ended.
import { ApolloClient, gql, InMemoryCache } from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { Client, subscriptionExchange } from "@urql/core";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { reconnecting } from "../../docs/frontend/client/reconnecting.ts";

const INBOX = "subscription Inbox { referralInbox { event { type } referral { id state } } }";
const LIST = "{ referralInbox(first: 1) { edges { node { id } } } }";
const say = (what) => console.log(JSON.stringify(what));
const fail = (fault) => {
  console.error(fault);
  process.exit(1);
};
const ended = () => fail("The subscription is over.");
const hear = ({ data, error, errors }) =>
  error || errors ? fail(error ?? errors) : say({ heard: data.referralInbox });

const socket = createClient({
  url: process.env.KIM_URL,
  webSocketImpl: WebSocket,
  connectionParams: () => ({ authorization: `Bearer ${process.env.KIM_TOKEN}` }),
  ...reconnecting,
});
// What was announced while the connection was lost is not told again: the list is read anew.
socket.on("connected", async (_socket, _payload, wasLost) => {
  for await (const { errors } of socket.iterate({ query: LIST })) {
    if (errors) fail(errors);
    say({ subscribed: { wasLost } });
  }
});

const subscribe = {
  "graphql-ws": () =>
    socket.subscribe({ query: INBOX }, { next: hear, error: fail, complete: ended }),
  apollo: () =>
    new ApolloClient({ link: new GraphQLWsLink(socket), cache: new InMemoryCache() })
      .subscribe({ query: gql(INBOX) })
      .subscribe({ next: hear, error: fail, complete: ended }),
  urql: () => {
    const forwardSubscription = ({ query, variables }) => ({
      subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
    });
    new Client({
      url: process.env.KIM_URL,
      exchanges: [subscriptionExchange({ forwardSubscription })],
      preferGetMethod: false,
    })
      .subscription(INBOX, {})
      .subscribe((result) => (result.data || result.error ? hear(result) : ended()));
  },
};
subscribe[process.env.KIM_CLIENT]();
