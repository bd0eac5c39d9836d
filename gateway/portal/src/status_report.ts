/** What the portal asks for the status report, and how its figures are written. */
export const REPORT = `query PortalReport($asOf: Date!) {
  statusReport(asOf: $asOf) {
    funding {
      __typename
      ... on FundingStatus {
        programmeVolume additionalFunds
        fundingLines { fundingLine amount }
        positions {
          rows { label postType approved filled reportedVacant }
          computedTotal { approved filled }
        }
        findings { code subject messageDe messageEn facts { name value } }
      }
      ... on UserError { message }
    }
    cases {
      __typename
      ... on CaseStatistics {
        smallCellMin
        countedOn
        families { total thereofFledUkraine }
        byState { state families }
      }
      ... on UserError { message }
    }
  }
}`;

export interface PostRow {
  label: string;
  postType: string;
  approved: string;
  filled: string;
  reportedVacant: string | null;
}

export interface Finding {
  code: string;
  subject: string;
  messageDe: string;
  messageEn: string;
  facts: { name: string; value: string }[];
}

interface Missing {
  __typename: string;
  message: string;
}

interface Funding {
  __typename: "FundingStatus";
  programmeVolume: string;
  additionalFunds: string;
  fundingLines: { fundingLine: string; amount: string }[];
  positions: { rows: PostRow[]; computedTotal: { approved: string; filled: string } };
  findings: Finding[];
}

interface Cases {
  __typename: "CaseStatistics";
  smallCellMin: number;
  countedOn: string;
  families: { total: number | null; thereofFledUkraine: number | null };
  byState: { state: string; families: number | null }[];
}

export type FundingPart = Funding | Missing;
export type CasesPart = Cases | Missing;

export interface Report {
  statusReport: { funding: FundingPart; cases: CasesPart };
}

/** A service that does not answer, or will not, says why in its part. */
export function isMissing(part: FundingPart | CasesPart): part is Missing {
  return "message" in part;
}

/** Posts by task in hundredths: sums of whole numbers are exact. */
export function taskFigures(
  rows: readonly PostRow[],
): { postType: string; approved: number; filled: number }[] {
  const found = new Map<string, { postType: string; approved: number; filled: number }>();
  for (const row of rows) {
    const task = found.get(row.postType) ?? { postType: row.postType, approved: 0, filled: 0 };
    task.approved += hundredths(row.approved);
    task.filled += hundredths(row.filled);
    found.set(row.postType, task);
  }
  return [...found.values()];
}

function hundredths(amount: string): number {
  return Math.round(Number(amount) * 100);
}

export function amountIn(amount: string, lang: string, currency?: string): string {
  return new Intl.NumberFormat(lang === "de" ? "de-DE" : "en-GB", {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    ...(currency ? { style: "currency", currency } : {}),
  }).format(Number(amount));
}
