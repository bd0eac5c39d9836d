import { CloseCode, createClient } from "graphql-ws";
import { useEffect, useState } from "react";
import { useLanguage } from "./language";
import { useAccess } from "./session";

/** `refused`: the gateway lets this subscription through to nobody who asks so. */
export type Connection = "connecting" | "live" | "interrupted" | "refused";
const ASK_EVERY_MS = 10_000;
const PING_EVERY_MS = 15_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;

/** Longer after every try, and by chance, so that a restart is not met by everybody at once. */
function beforeTry(number: number): Promise<void> {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** number) * (0.5 + Math.random() / 2);
  return new Promise((resolve) => setTimeout(resolve, wait));
}

export function liveClient(token: string, lang: string) {
  return createClient({
    url: `${location.origin.replace(/^http/, "ws")}/graphql`,
    connectionParams: { authorization: `Bearer ${token}`, "accept-language": lang },
    keepAlive: PING_EVERY_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: beforeTry,
    shouldRetry: () => true,
  });
}

/** Calls at every event of the subscription, and once whenever the connection stands (again). While
 * it does not, calls every few seconds, and tries to connect until the page is left.
 */
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
    client.on("closed", (event) => {
      const isRefused = (event as CloseEvent).code === CloseCode.Unauthorized;
      say(isRefused ? "refused" : "interrupted");
    });
    const stop = client.subscribe(
      { query: subscription },
      {
        next: ({ errors }) => (errors ? say("refused") : happened()),
        error: () => say("refused"),
        complete: () => say("refused"),
      },
    );
    return () => {
      isWanted = false;
      stop();
      void client.dispose();
    };
  }, [token, lang, subscription, happened]);
  useEffect(() => {
    if (connection === "live" || connection === "connecting") return;
    const timer = setInterval(happened, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [connection, happened]);
  return connection;
}
