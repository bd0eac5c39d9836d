import { createClient } from "graphql-ws";
import { useEffect, useState } from "react";
import { useLanguage } from "./language";
import { useAccess } from "./session";

export type Connection = "connecting" | "live" | "polling";
const EVERY_MS = 3_000;
const TRIES = 5;

export function liveClient(token: string, lang: string) {
  return createClient({
    url: `${location.origin.replace(/^http/, "ws")}/graphql`,
    connectionParams: { authorization: `Bearer ${token}`, "accept-language": lang },
    retryAttempts: TRIES,
  });
}

/** Calls at every event of the subscription; every few seconds where nothing live can be had. */
export function useLive(subscription: string, happened: () => void): Connection {
  const { session } = useAccess();
  const { lang } = useLanguage();
  const [connection, setConnection] = useState<Connection>("connecting");
  const token = session?.token;
  useEffect(() => {
    if (!token) return;
    let isWanted = true;
    const say = (state: Connection) => isWanted && setConnection(state);
    const client = liveClient(token, lang);
    client.on("connected", () => {
      say("live");
      happened();
    });
    client.on("closed", () => say("polling"));
    const stop = client.subscribe(
      { query: subscription },
      {
        next: ({ errors }) => (errors ? say("polling") : happened()),
        error: () => say("polling"),
        complete: () => say("polling"),
      },
    );
    return () => {
      isWanted = false;
      stop();
      void client.dispose();
    };
  }, [token, lang, subscription, happened]);
  useEffect(() => {
    if (connection !== "polling") return;
    const timer = setInterval(happened, EVERY_MS);
    return () => clearInterval(timer);
  }, [connection, happened]);
  return connection;
}
