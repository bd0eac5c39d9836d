// Sign in, send a referral, follow feed and inbox, check a delivery. Node 20 or newer, no packages.
// tsc --strict --target es2022 --module es2022 --lib es2022,dom recipe.ts && node recipe.js
declare const process: { env: Record<string, string | undefined> };

const env = (name: string, usual: string): string => process.env[name] ?? usual;
const BASE = env("KIM_BASE_URL", "http://127.0.0.1:8003");
const TOKEN_URL = env("KIM_TOKEN_URL", "http://127.0.0.1:8009/token");
const CLIENT = env("KIM_CLIENT_ID", "waf-jobcenter-system");
const SECRET = env("KIM_CLIENT_SECRET", "development-only-waf-jobcenter");
const RECIPIENT = "waf-jugendamt";

interface ProblemDocument { code: string; title: string; status: number; errors?: { pointer: string; code: string }[] }
interface Referral { id: string; version: number; state: string }
interface Event { id: string; cursor: string; type: string; subject: string }
interface Page<T> { items: T[]; nextCursor: string | null }
interface Wishes { body?: unknown; key?: string; version?: number }

/** A refusal (RFC 9457). Act on its code; the title is for people, in the language you ask for. */
class Problem extends Error {
  constructor(readonly document: ProblemDocument) {
    super(`${document.status} ${document.code}: ${document.title}`);
  }
}

let token = "";

async function signIn(): Promise<void> {
  const headers = { Authorization: `Basic ${btoa(`${CLIENT}:${SECRET}`)}` };
  const body = new URLSearchParams({ grant_type: "client_credentials" });
  const answer = await fetch(TOKEN_URL, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(await answer.text());
  token = ((await answer.json()) as { access_token: string }).access_token;
}

/** One request; again, with the same key, after 401, 429 and 503. */
async function call<T>(method: string, path: string, wishes: Wishes = {}): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}`, "Accept-Language": "de" };
    if (wishes.body !== undefined) headers["Content-Type"] = "application/json";
    if (wishes.key !== undefined) headers["Idempotency-Key"] = wishes.key;
    if (wishes.version !== undefined) headers["If-Match"] = `"${wishes.version}"`;
    const body = wishes.body === undefined ? undefined : JSON.stringify(wishes.body);
    const answer = await fetch(BASE + path, { method, headers, body });
    if (answer.ok) return (await answer.json()) as T;
    if (tries < 4 && answer.status === 401) await signIn();
    else if (tries < 4 && (answer.status === 429 || answer.status === 503)) {
      const waitS = Number(answer.headers.get("Retry-After") ?? "2");
      await new Promise((resolve) => setTimeout(resolve, waitS * 1000));
    } else throw new Problem((await answer.json()) as ProblemDocument);
  }
}

function referral(reference: string): Record<string, unknown> {
  const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const consent = {
    reference: "E-2026-17", purpose: "YOUTH_WELFARE", recipientUnit: RECIPIENT,
    givenOn: day(0), validTo: day(30), categories: ["identity", "languages", "need"],
  };
  return {
    mode: "ZUSTEUERUNG_IN", serviceCode: "YOUTH_WELFARE", topic: "FAMILY", purpose: "YOUTH_WELFARE",
    language: "tur", recipientUnit: RECIPIENT, subjectReference: reference, place: { ags: "05570044" },
    content: {
      identity: { familyName: "Şahin", givenNames: "Yıldız" },
      languages: { spoken: ["tur"] }, need: { summary: "Sucht einen Kitaplatz." },
    },
    legalGround: { consent }, submit: true,
  };
}

const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));

/** Whether a delivery is from KIM, fresh and new. The body: as it came, before any parser. */
async function isOurs(headers: Map<string, string>, body: string, secret: string, taken: Set<string>): Promise<boolean> {
  const [id, stamp] = [headers.get("webhook-id") ?? "", headers.get("webhook-timestamp") ?? "0"];
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(secret.replace("whsec_", "")), algorithm, false, ["verify"]);
  const base = new TextEncoder().encode(`${id}.${stamp}.${body}`);
  let isSigned = false;
  for (const one of (headers.get("webhook-signature") ?? "").split(" "))
    isSigned = (await crypto.subtle.verify("HMAC", key, bytes(one.replace("v1,", "")), base)) || isSigned;
  return isSigned && Math.abs(Date.now() / 1000 - Number(stamp)) <= 300 && !taken.has(id);
}

async function main(): Promise<void> {
  await signIn();
  const [body, key] = [referral(`R-${crypto.randomUUID()}`), crypto.randomUUID()]; // keep the key with your own record
  const sent = await call<Referral>("POST", "/v1/referrals", { body, key });
  console.log("sent", sent.id, sent.state);
  console.log("again", (await call<Referral>("POST", "/v1/referrals", { body, key })).id);
  try {
    await call("POST", "/v1/referrals", { body: { ...body, surname: "Şahin" }, key: crypto.randomUUID() });
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    console.log("problem", problem.document.code, problem.document.errors?.[0]?.pointer);
  }
  let cursor = env("KIM_CURSOR", ""); // keep it with your own data
  for (let more: string | null = ""; more !== null; ) {
    const page: Page<Event> = await call("GET", `/v1/events?first=100${cursor && `&after=${cursor}`}`);
    for (const event of page.items) {
      console.log("event", event.type, event.subject);
      cursor = event.cursor;
    }
    more = page.nextCursor;
  }
  for (const one of (await call<Page<Referral>>("GET", "/v1/inbox?state=SUBMITTED")).items) {
    const path = `/v1/referrals/${one.id}/actions/pull`;
    const pulled = await call<Referral>("POST", path, { key: `pull-${one.id}`, version: one.version });
    console.log("pulled", pulled.id, pulled.state);
  }
  const [head, content] = env("KIM_DELIVERY", "").split("\n\n");
  if (head === undefined || content === undefined) return;
  const headers = new Map(head.split("\n").map((line) => line.split(": ") as [string, string]));
  console.log("delivery", (await isOurs(headers, content, env("KIM_WEBHOOK_SECRET", ""), new Set())) ? "ours" : "refused");
}

await main();
export {};
