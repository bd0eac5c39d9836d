import { useState } from "react";
import { useQuery } from "../asking";
import { Bars } from "../charts";
import { useLanguage } from "../language";
import { State, Table } from "../parts";
import { useAccess } from "../session";
import {
  amountIn,
  type CasesPart,
  type FundingPart,
  isMissing,
  REPORT,
  type Report,
  taskFigures,
} from "../status_report";

const DEMO_DAY = "2022-11-21";

export function ReportPage() {
  const { words } = useLanguage();
  const { settings } = useAccess();
  const today = new Date().toISOString().slice(0, 10);
  const [day, setDay] = useState(settings.isDevelopment ? DEMO_DAY : today);
  const [shown, setShown] = useState(day);
  const answer = useQuery<Report>(REPORT, { asOf: shown });
  const text = words.report;
  const report = answer.data?.statusReport;
  return (
    <>
      <h1>{text.heading}</h1>
      <p className="lead">{text.lead}</p>
      <form
        className="search"
        onSubmit={(event) => {
          event.preventDefault();
          setShown(day);
        }}
      >
        <label htmlFor="day">{text.day}</label>
        <input
          id="day"
          type="date"
          required
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
        <button type="submit" className="strong">
          {text.show}
        </button>
        <Download kind="pdf" day={shown} name={text.pdf} />
        <Download kind="csv" day={shown} name={text.csv} />
      </form>
      <State answer={answer} />
      {report && <Money part={report.funding} />}
      {report && <Families part={report.cases} />}
    </>
  );
}

/** The file needs the token: fetched, then handed to the person as a download. */
function Download({ kind, day, name }: { kind: "pdf" | "csv"; day: string; name: string }) {
  const { session } = useAccess();
  const { lang } = useLanguage();
  async function load() {
    const answer = await fetch(`/reports/status.${kind}?asOf=${day}`, {
      headers: { Authorization: `Bearer ${session?.token ?? ""}`, "Accept-Language": lang },
    });
    if (!answer.ok) return;
    const address = URL.createObjectURL(await answer.blob());
    const link = document.createElement("a");
    link.href = address;
    link.download = `kim-${day}.${kind}`;
    link.click();
    URL.revokeObjectURL(address);
  }
  return (
    <button type="button" onClick={() => void load()}>
      {name}
    </button>
  );
}

function Missing({ message }: { message: string }) {
  const { words } = useLanguage();
  return (
    <p className="note">
      {words.report.missing} {message}
    </p>
  );
}

function Money({ part }: { part: FundingPart }) {
  const { words, lang, label } = useLanguage();
  const text = words.report;
  if (isMissing(part)) return <Missing message={part.message} />;
  const euros = (amount: string) => amountIn(amount, lang, "EUR");
  const posts = (count: string | null) => (count === null ? "–" : amountIn(count, lang));
  const tasks = taskFigures(part.positions.rows);
  return (
    <>
      <dl className="figures">
        <Figure name={text.volume} value={euros(part.programmeVolume)} />
        <Figure name={text.additional} value={euros(part.additionalFunds)} />
        <Figure name={text.postsApproved} value={posts(part.positions.computedTotal.approved)} />
        <Figure name={text.postsFilled} value={posts(part.positions.computedTotal.filled)} />
      </dl>
      <Bars
        title={text.money}
        series={[text.amount]}
        bars={part.fundingLines.map((line) => ({
          name: shortened(label("FundingLine", line.fundingLine)),
          values: [Number(line.amount)],
          texts: [euros(line.amount)],
        }))}
      >
        <Table
          caption={text.money}
          rows={part.fundingLines}
          keyOf={(line) => line.fundingLine}
          columns={[
            { head: text.line, cell: (line) => label("FundingLine", line.fundingLine) },
            { head: text.amount, cell: (line) => euros(line.amount), isNumber: true },
          ]}
        />
      </Bars>
      <Bars
        title={text.posts}
        series={[text.approved, text.filled]}
        bars={tasks.map((task) => ({
          name: label("PostType", task.postType),
          values: [task.approved / 100, task.filled / 100],
          texts: [posts(String(task.approved / 100)), posts(String(task.filled / 100))],
        }))}
      >
        <Table
          caption={text.posts}
          rows={part.positions.rows}
          keyOf={(row) => row.label + row.postType}
          columns={[
            { head: text.task, cell: (row) => `${row.label}` },
            { head: text.approved, cell: (row) => posts(row.approved), isNumber: true },
            { head: text.filled, cell: (row) => posts(row.filled), isNumber: true },
            { head: text.vacant, cell: (row) => posts(row.reportedVacant), isNumber: true },
          ]}
        />
      </Bars>
      {part.findings.length > 0 && (
        <section aria-labelledby="findings">
          <h2 id="findings">{text.findings}</h2>
          <ul className="plain">
            {part.findings.map((one) => (
              <li key={one.code + one.subject}>
                {label("FundingLine", one.subject)}: {lang === "de" ? one.messageDe : one.messageEn}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Families({ part }: { part: CasesPart }) {
  const { words, label, rank } = useLanguage();
  const text = words.report;
  if (isMissing(part)) return <Missing message={part.message} />;
  const states = part.byState.toSorted(
    (one, other) => rank("CaseState", one.state) - rank("CaseState", other.state),
  );
  const count = (families: number | null) =>
    families === null ? text.few.replace("{n}", String(part.smallCellMin)) : String(families);
  return (
    <>
      <dl className="figures">
        <Figure name={text.families} value={count(part.families.total)} />
        <Figure name={text.ukraine} value={count(part.families.thereofFledUkraine)} />
      </dl>
      <Bars
        title={text.states}
        series={[text.count]}
        bars={states.map((one) => ({
          name: label("CaseState", one.state),
          values: [one.families],
          texts: [count(one.families)],
        }))}
      >
        <Table
          caption={text.states}
          rows={states}
          keyOf={(one) => one.state}
          columns={[
            { head: text.phase, cell: (one) => label("CaseState", one.state) },
            { head: text.count, cell: (one) => count(one.families), isNumber: true },
          ]}
        />
      </Bars>
    </>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Long names lose what stands in brackets: the table beside has them in full. */
function shortened(name: string): string {
  const short = name.replace(/ \(.*\)/, "");
  return short.length > 43 ? `${short.slice(0, 42)}…` : short;
}
