// Invented people and cases of the Kreis Warendorf; the same at every start.
export type Stored = { id: string; __typename?: string } & Record<string, unknown>;

const id = (kind: number, number: number): string =>
  `0193${kind.toString().padStart(4, "0")}-0000-7000-8000-${number.toString().padStart(12, "0")}`;

const NAMES = [
  ["Haddad", "Samira"],
  ["Kowalczyk", "Tomasz"],
  ["Öztürk-Weiß", "Elif"],
  ["Bondarenko", "Oksana"],
  ["Müller", "Jörg"],
  ["Nguyễn", "Thị Hoa"],
] as const;
const STATES = ["INTAKE", "ASSESSMENT", "PLANNING", "MONITORING"] as const;
const TOPICS = ["HOUSING", "LANGUAGE", "TRAINING", "WORK"] as const;
const TITLES = ["Wohnung", "Sprachkurs", "Ausbildung", "Arbeit"] as const;

const unit = (id: string, nameDe: string, nameEn: string): Stored => ({
  __typename: "OrgUnit",
  id,
  nameDe,
  nameEn,
});

export const units = [
  unit("waf-ki", "Kommunales Integrationszentrum Warendorf", "Integration centre Warendorf"),
  unit("waf-cm", "Case Management Warendorf", "Case management Warendorf"),
  unit("rheine-caritas", "Beratungsstelle Rheine", "Counselling centre Rheine"),
] as const;

export const persons: Stored[] = NAMES.map(([familyName, givenNames], number) => ({
  __typename: "Person",
  id: id(1, number),
  version: 1,
  familyName,
  givenNames,
  birthDate: `19${70 + number * 4}-0${(number % 9) + 1}-12`,
  maskedFields: [],
  families: [],
}));

const task = (number: number): Stored => ({
  __typename: "Task",
  id: id(3, number),
  version: 1,
  title: `${TITLES[number % TITLES.length]}: Unterlagen anfordern`,
  dueOn: `2022-12-${number + 10}`,
  state: "OPEN",
  isOverdue: number === 0,
});

export const cases: Stored[] = persons.map((person, number) => ({
  __typename: "Case",
  id: id(2, number),
  version: number + 1,
  reference: `KIM-2022-${(number + 1).toString().padStart(6, "0")}`,
  origin: "SELF_CONTACT",
  state: STATES[number % STATES.length],
  stateSince: "2022-11-02",
  openedOn: `2022-0${number + 1}-15`,
  closedOn: null,
  caseManager: "waf-case-manager",
  municipalityAgs: "05570052",
  isProcessingRestricted: false,
  allowedActions: [],
  availableTransitions: [],
  person,
  family: null,
  tasks: [task(number)],
  flags: [],
}));

const [, caseManagement, counselling] = units;

export const referrals: Stored[] = TOPICS.map((topic, number) => ({
  __typename: "Referral",
  id: id(4, number),
  version: 1,
  state: number === 0 ? "DELIVERED" : "IN_SERVICE",
  urgency: number === 0 ? "URGENT" : "ROUTINE",
  topic,
  language: "uk",
  interpreterNeeded: number === 0,
  submittedAt: `2022-11-0${number + 1}T09:30:00Z`,
  assignee: null,
  allowedActions: number === 0 ? ["ACCEPT", "REJECT"] : [],
  sender: counselling,
  recipient: caseManagement,
  case: number === 0 ? null : cases[number],
}));

export const awards: Stored[] = [
  {
    __typename: "Award",
    id: id(5, 0),
    version: 3,
    reference: "KIM-2022-WAF",
    fiscalYear: 2022,
    state: "NOTIFIED",
    total: "1222800.00",
  },
];

export const everything: Stored[] = [...persons, ...cases, ...referrals, ...awards, ...units];
