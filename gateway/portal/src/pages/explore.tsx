import "graphiql/setup-workers/vite";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { useEffect, useMemo, useRef } from "react";
import { useLanguage } from "../language";
import { liveClient } from "../live";
import { useAccess } from "../session";
import { useShade } from "../theme";
import "graphiql/style.css";

const FIRST = `# Strg/Ctrl + Enter
query Me {
  viewer {
    tenantId
    unitId
    unitType
    roles
  }
}
`;

/** Tabs and history are kept for this tab alone: operations may name people. */
const KEPT = {
  getItem: (key: string) => sessionStorage.getItem(key),
  setItem: (key: string, value: string) => sessionStorage.setItem(key, value),
  removeItem: (key: string) => sessionStorage.removeItem(key),
  clear: () => sessionStorage.clear(),
  get length() {
    return sessionStorage.length;
  },
};

export default function ExplorePage() {
  const { words, lang } = useLanguage();
  const { session, settings } = useAccess();
  const shade = useShade();
  const token = session?.token ?? "";
  const place = useTabsAsButtons();
  const fetcher = useMemo(() => {
    const accept = "application/graphql-response+json, application/problem+json";
    return createGraphiQLFetcher({
      url: "/graphql",
      headers: { Accept: accept, "Accept-Language": lang, Authorization: `Bearer ${token}` },
      wsClient: liveClient(token, lang),
      enableIncrementalDelivery: false,
    });
  }, [token, lang]);
  return (
    <>
      <h1>{words.explore.heading}</h1>
      <p className="lead">{words.explore.lead}</p>
      {!settings.isIntrospectionOpen && <p className="note">{words.explore.closed}</p>}
      <p className="quiet">{words.explore.leave}</p>
      <div className="graphiql" ref={place}>
        <GraphiQL
          fetcher={fetcher}
          defaultQuery={FIRST}
          storage={KEPT}
          forcedTheme={shade}
          showPersistHeadersSettings={false}
          shouldPersistHeaders={false}
          {...(settings.isIntrospectionOpen ? {} : { schema: null })}
        >
          <GraphiQL.Logo>{null}</GraphiQL.Logo>
        </GraphiQL>
      </div>
    </>
  );
}

/** GraphiQL's tabs hold buttons (open, close), which a tab must not: made a list of buttons. */
function useTabsAsButtons() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const watching = new MutationObserver(() => place.current && mend(place.current));
    watching.observe(place.current, {
      attributeFilter: ["role", "aria-selected"],
      childList: true,
      subtree: true,
    });
    mend(place.current);
    return () => watching.disconnect();
  }, []);
  return place;
}

function mend(place: HTMLElement): void {
  for (const tab of place.querySelectorAll(".graphiql-tabs, .graphiql-tab")) {
    tab.removeAttribute("role");
    tab.removeAttribute("aria-selected");
    const isOpen = tab.classList.contains("graphiql-tab-active");
    tab.querySelector(":scope > .graphiql-tab-button")?.setAttribute("aria-pressed", `${isOpen}`);
  }
}
