import { type ComponentType, lazy, Suspense, useEffect, useRef } from "react";
import { type Lang, useLanguage } from "./language";
import { ControllingPage } from "./pages/controlling";
import { EventsPage } from "./pages/events";
import { InboxPage } from "./pages/inbox";
import { PartnerPage } from "./pages/partner";
import { ProblemsPage } from "./pages/problems";
import { ReferencePage } from "./pages/reference";
import { ReportPage } from "./pages/report";
import { StartPage } from "./pages/start";
import { addressOf, type Page, PAGES, type Place, usePlace } from "./routes";
import { useAccess } from "./session";
import { type Theme, THEMES, useTheme } from "./theme";

const ExplorePage = lazy(() => import("./pages/explore"));
const SHOWN: Record<Page, ComponentType<Place>> = {
  start: StartPage,
  explore: ExplorePage,
  reference: ReferencePage,
  events: EventsPage,
  problems: ProblemsPage,
  inbox: InboxPage,
  partner: PartnerPage,
  report: ReportPage,
  controlling: ControllingPage,
};
const FOR_PEOPLE_SIGNED_IN: readonly Page[] = ["explore", "inbox", "partner", "report", "controlling"];

export function App() {
  const { words } = useLanguage();
  const { session } = useAccess();
  const here = usePlace();
  const main = useRef<HTMLElement>(null);
  const before = useRef(here.page);
  useEffect(() => {
    document.title = `${words.pages[here.page]} · ${words.name}`;
    if (before.current !== here.page) main.current?.focus();
    before.current = here.page;
  }, [here.page, words]);
  const Shown = SHOWN[here.page];
  const isOpen = session !== null || !FOR_PEOPLE_SIGNED_IN.includes(here.page);
  return (
    <>
      <button className="skip" type="button" onClick={() => main.current?.focus()}>
        {words.skip}
      </button>
      <Header page={here.page} />
      <main ref={main} tabIndex={-1} className={here.page}>
        <SignInProblem />
        {isOpen ? (
          <Suspense fallback={<p role="status">{words.loading}</p>}>
            <Shown {...here} />
          </Suspense>
        ) : (
          <SignInFirst page={here.page} />
        )}
      </main>
      <footer>
        <p>KIM · {words.start.heading} · EUPL-1.2</p>
      </footer>
    </>
  );
}

function Header({ page }: { page: Page }) {
  const { words } = useLanguage();
  return (
    <header>
      <div className="bar">
        <a className="brand" href={addressOf("start")}>
          <img src="/portal/icon.svg" alt="" width="32" height="32" />
          {words.name}
        </a>
        <Choices />
      </div>
      <nav aria-label={words.navigation}>
        <ul>
          {PAGES.map((one) => (
            <li key={one}>
              <a href={addressOf(one)} aria-current={one === page ? "page" : undefined}>
                {words.pages[one]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

function Choices() {
  const { words, lang, speak } = useLanguage();
  const [theme, setTheme] = useTheme();
  return (
    <div className="choices">
      <label>
        <span className="unseen">{words.language}</span>
        <select value={lang} onChange={(event) => speak(event.target.value as Lang)}>
          <option value="de" lang="de">
            Deutsch
          </option>
          <option value="en" lang="en">
            English
          </option>
        </select>
      </label>
      <label>
        <span className="unseen">{words.appearance}</span>
        <select value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {words.themes[one]}
            </option>
          ))}
        </select>
      </label>
      <Account />
    </div>
  );
}

function Account() {
  const { words, lang } = useLanguage();
  const { settings, session, signIn, signOut } = useAccess();
  if (!settings.issuer) return null;
  if (!session) {
    return (
      <button type="button" className="strong" onClick={() => void signIn(lang)}>
        {words.signIn}
      </button>
    );
  }
  return (
    <>
      <span className="person">
        <span className="unseen">{words.signedInAs} </span>
        {session.name}
      </span>
      <button type="button" onClick={() => void signOut(lang)}>
        {words.signOut}
      </button>
    </>
  );
}

function SignInProblem() {
  const { words } = useLanguage();
  const { problem, hasEnded, session } = useAccess();
  if (session || !(problem || hasEnded)) return null;
  return (
    <p role="alert" className="note">
      {problem === "sign-out"
        ? words.signOutFailed
        : problem
          ? `${words.signInFailed} ${problem}. ${words.signInAgain}`
          : words.sessionEnded}
    </p>
  );
}

function SignInFirst({ page }: { page: Page }) {
  const { words, lang } = useLanguage();
  const { settings, signIn } = useAccess();
  return (
    <>
      <h1>{words.pages[page]}</h1>
      <p className="lead">{settings.issuer ? words.signInNeeded : words.noIssuer}</p>
      {settings.issuer && (
        <button type="button" className="strong" onClick={() => void signIn(lang)}>
          {words.signIn}
        </button>
      )}
    </>
  );
}
