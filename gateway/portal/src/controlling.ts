/** What the portal asks for the controlling report, and the periods that can be asked for. */
export const CONTROLLING = `query PortalControlling($fromOn: Date!, $toOn: Date!) {
  kimControlling(period: { fromOn: $fromOn, toOn: $toOn }) {
    cases {
      __typename
      ... on CaseControlling {
        editionOn smallCellMin opened closed openAtEnd
        byLine {
          fundingLine label { de en } reason { de en } openBefore opened closed openAtEnd
        }
        byPhase { ...Group } byFieldOfAction { ...Group } byTargetGroup { ...Group }
        byAge { ...Group } closedByReason { ...Group }
      }
      ... on UserError { message }
    }
    funding {
      __typename
      ... on FundingControlling {
        asOf programmeVolume
        lines { fundingLine granted committed used free }
        positions { computedTotal { approved filled } }
      }
      ... on UserError { message }
    }
    referrals {
      __typename
      ... on ReferralControlling {
        isSettled settledOn smallCellMin referrals medianDaysToPull medianDaysToAnswer
        outcomes { outcome referrals }
        senders { agencyType label { de en } referrals }
        recipients {
          agencyType label { de en } referrals medianDaysToPull medianDaysToAnswer
        }
        flows { senderType recipientType referrals medianDaysToAnswer }
      }
      ... on UserError { message }
    }
  }
}
fragment Group on CasesOfGroup { value label { de en } cases }`;

export interface Named {
  de: string;
  en: string;
}

export interface Group {
  value: string;
  label: Named;
  cases: number | null;
}

export interface Line {
  fundingLine: string;
  label: Named;
  reason: Named | null;
  openBefore: number | null;
  opened: number | null;
  closed: number | null;
  openAtEnd: number | null;
}

export const GROUPS = [
  "byPhase",
  "byFieldOfAction",
  "byTargetGroup",
  "byAge",
  "closedByReason",
] as const;
export type GroupName = (typeof GROUPS)[number];

export interface Cases extends Record<GroupName, Group[]> {
  editionOn: string;
  smallCellMin: number;
  opened: number | null;
  closed: number | null;
  openAtEnd: number | null;
  byLine: Line[];
}

export interface Funding {
  asOf: string;
  programmeVolume: string;
  lines: { fundingLine: string; granted: string; committed: string; used: string; free: string }[];
  positions: { computedTotal: { approved: string; filled: string } };
}

export interface Agency {
  agencyType: string;
  label: Named;
  referrals: number | null;
}

export interface Flow {
  senderType: string;
  recipientType: string;
  referrals: number | null;
  medianDaysToAnswer: string | null;
}

export interface Referrals {
  isSettled: boolean;
  settledOn: string;
  smallCellMin: number;
  referrals: number | null;
  medianDaysToPull: string | null;
  medianDaysToAnswer: string | null;
  outcomes: { outcome: string; referrals: number | null }[];
  senders: Agency[];
  recipients: (Agency & { medianDaysToPull: string | null; medianDaysToAnswer: string | null })[];
  flows: Flow[];
}

export interface Missing {
  message: string;
}

export interface Controlling {
  kimControlling: {
    cases: Cases | Missing;
    funding: Funding | Missing;
    referrals: Referrals | Missing;
  };
}

/** A service that does not answer, or will not, says why in its part. */
export function isMissing(part: object): part is Missing {
  return "message" in part;
}

export interface Period {
  year: number;
  /** 1 to 4; 0 is the whole year. */
  quarter: number;
}

export const FIRST_YEAR = 2020;

export function hasEnded(period: Period, today: string): boolean {
  return daysOf(period).toOn < today;
}

/** First and last day, as the gateway wants them. */
export function daysOf({ year, quarter }: Period): { fromOn: string; toOn: string } {
  const first = quarter === 0 ? 1 : 3 * quarter - 2;
  const last = quarter === 0 ? 12 : 3 * quarter;
  const end = new Date(Date.UTC(year, last, 0)).getUTCDate();
  const two = (month: number) => String(month).padStart(2, "0");
  return { fromOn: `${year}-${two(first)}-01`, toOn: `${year}-${two(last)}-${end}` };
}
