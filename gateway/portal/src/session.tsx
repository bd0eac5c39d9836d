import * as oauth from "oauth4webapi";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

/** What this gateway says of itself: /portal/settings.json. */
export interface Settings {
  issuer: string;
  clientId: string;
  isIntrospectionOpen: boolean;
  isDevelopment: boolean;
}

export interface Session {
  token: string;
  /** Tells the issuer whose session ends; never read by this page. */
  idToken: string;
  name: string;
  expiresAt: number;
}

interface Begun {
  verifier: string;
  state: string;
  nonce: string;
  page: string;
}

// Gone with the tab; never in an address, never in what other tabs or later visits can read.
const SESSION = "kim-session";
const BEGUN = "kim-sign-in";
const SCOPE = "openid profile";
const EARLY_MS = 5_000;

interface Access {
  settings: Settings;
  session: Session | null;
  hasEnded: boolean;
  problem: string;
  signIn: (lang: string) => Promise<void>;
  signOut: (lang: string) => Promise<void>;
}

const Known = createContext<Access | null>(null);

function redirectAddress(): string {
  return `${location.origin}/`;
}

function options(issuer: URL): { [oauth.allowInsecureRequests]: boolean } {
  // The gateway lets an issuer on plain http through on loopback in development only.
  return { [oauth.allowInsecureRequests]: issuer.protocol === "http:" };
}

async function discovered(settings: Settings): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(settings.issuer);
  const answer = await oauth.discoveryRequest(issuer, options(issuer));
  return oauth.processDiscoveryResponse(issuer, answer);
}

async function begin(settings: Settings, lang: string): Promise<void> {
  const server = await discovered(settings);
  if (!server.authorization_endpoint) throw new Error("authorization_endpoint");
  const begun: Begun = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    page: location.hash,
  };
  sessionStorage.setItem(BEGUN, JSON.stringify(begun));
  const address = new URL(server.authorization_endpoint);
  address.search = new URLSearchParams({
    response_type: "code",
    client_id: settings.clientId,
    redirect_uri: redirectAddress(),
    scope: SCOPE,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(begun.verifier),
    code_challenge_method: "S256",
    ui_locales: lang,
  }).toString();
  location.assign(address);
}

/** The way back from the issuer: the code becomes a token, the address is clean again at once. */
export async function finishSignIn(settings: Settings): Promise<string> {
  const here = new URL(location.href);
  const kept = sessionStorage.getItem(BEGUN);
  if (!here.searchParams.has("state")) return "";
  sessionStorage.removeItem(BEGUN);
  const begun = kept ? (JSON.parse(kept) as Begun) : null;
  history.replaceState(null, "", `/${begun?.page ?? ""}`);
  if (!begun) return "state";
  try {
    const server = await discovered(settings);
    const client: oauth.Client = { client_id: settings.clientId };
    const answered = oauth.validateAuthResponse(server, client, here, begun.state);
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      answered,
      redirectAddress(),
      begun.verifier,
      options(new URL(settings.issuer)),
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, {
      expectedNonce: begun.nonce,
      requireIdToken: true,
    });
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    const session: Session = {
      token: tokens.access_token,
      idToken: tokens.id_token ?? "",
      name: String(claims?.["name"] ?? claims?.["preferred_username"] ?? claims?.sub ?? ""),
      expiresAt: Date.now() + (tokens.expires_in ?? 300) * 1000 - EARLY_MS,
    };
    sessionStorage.setItem(SESSION, JSON.stringify(session));
    return "";
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
}

/** Here the session is gone at once; then the issuer ends its own, where it offers that. */
async function end(settings: Settings, session: Session, lang: string): Promise<void> {
  const server = await discovered(settings);
  if (!server.end_session_endpoint) return;
  const form = document.createElement("form");
  form.method = "post";
  form.action = server.end_session_endpoint;
  const told = {
    client_id: settings.clientId,
    id_token_hint: session.idToken,
    post_logout_redirect_uri: redirectAddress(),
    ui_locales: lang,
  };
  for (const [name, value] of Object.entries(told)) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

function keptSession(): Session | null {
  const kept = sessionStorage.getItem(SESSION);
  const session = kept ? (JSON.parse(kept) as Session) : null;
  return session && session.expiresAt > Date.now() ? session : null;
}

export function SignedIn(props: { settings: Settings; failed: string; children: ReactNode }) {
  const [session, setSession] = useState(keptSession);
  const [hasEnded, setHasEnded] = useState(false);
  const [problem, setProblem] = useState(props.failed);
  useEffect(() => {
    if (!session) return;
    const timer = setTimeout(() => {
      sessionStorage.removeItem(SESSION);
      setHasEnded(true);
      setSession(null);
    }, session.expiresAt - Date.now());
    return () => clearTimeout(timer);
  }, [session]);
  const access = useMemo<Access>(
    () => ({
      settings: props.settings,
      session,
      hasEnded,
      problem,
      signIn: (lang) =>
        begin(props.settings, lang).catch((fault: unknown) => setProblem(String(fault))),
      signOut: async (lang) => {
        sessionStorage.removeItem(SESSION);
        setHasEnded(false);
        setSession(null);
        if (session) await end(props.settings, session, lang).catch(() => setProblem("sign-out"));
      },
    }),
    [props.settings, session, hasEnded, problem],
  );
  return <Known value={access}>{props.children}</Known>;
}

export function useAccess(): Access {
  const access = useContext(Known);
  if (!access) throw new Error("outside of SignedIn");
  return access;
}
