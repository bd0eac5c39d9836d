import { useEffect, useState } from "react";

export const PAGES = [
  "start",
  "explore",
  "reference",
  "events",
  "problems",
  "inbox",
  "partner",
  "report",
  "controlling",
] as const;
export type Page = (typeof PAGES)[number];
export const SERVICES = ["cases", "funding", "referrals"] as const;
export type Service = (typeof SERVICES)[number];

export interface Place {
  page: Page;
  service: Service;
}

/** The place behind the hash: `#/reference/funding`. */
function place(): Place {
  const [, first, second] = location.hash.split("/");
  return {
    page: PAGES.find((one) => one === first) ?? "start",
    service: SERVICES.find((one) => one === second) ?? "referrals",
  };
}

export function usePlace(): Place {
  const [here, setHere] = useState(place);
  useEffect(() => {
    const moved = () => setHere(place());
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  return here;
}

export function addressOf(page: Page, service?: Service): string {
  return service ? `#/${page}/${service}` : `#/${page}`;
}
