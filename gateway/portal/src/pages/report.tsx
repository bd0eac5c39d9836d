import { useState } from "react";
import { useQuery } from "../asking";
import { Bars } from "../charts";
import { useLanguage } from "../language";
import { Download, Figure, Missing, shortened } from "../figures";
import { State, Table, useDays } from "../parts";
import { useAccess } from "../session";
import {
  amountIn,
  type CasesPart,
  type Finding,
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
        <Download path={`/reports/status.pdf?asOf=${shown}`} file={`kim-${shown}.pdf`}>
          {text.pdf}
        </Download>
        <Download path={`/reports/status.csv?asOf=${shown}`} file={`kim-${shown}.csv`}>
          {text.csv}
        </Download>
      </form>
      <State answer={answer} hint={text.who} />
      {report && <Money part={report.funding} />}
      {report && <Families part={report.cases} />}
    </>
  );
}

function Money({ part }: { part: FundingPart }) {
  const { words, lang, label } = useLanguage();
  const text = words.report;
  if (isMissing(part)) return <Missing message={part.message} />;
  const euros = (amount: string) => amountIn(amount, lang, "EUR");
  const posts = (count: string | null) => (count === null ? "–" : amountIn(count, lang));
  const subject = (name: string) =>
    name === "forecast" ? text.forecast : label("FundingLine", name);
  const remains = ({ facts }: Finding) => {
    const unspent = facts.find((fact) => fact.name === "unspent");
    return unspent && ` ${text.unspent}: ${euros(unspent.value)}.`;
  };
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
              <li key={JSON.stringify(one)}>
                {subject(one.subject)}: {lang === "de" ? one.messageDe : one.messageEn}
                {remains(one)}
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
  const day = useDays();
  if (isMissing(part)) return <Missing message={part.message} />;
  const states = part.byState.toSorted(
    (one, other) => rank("CaseState", one.state) - rank("CaseState", other.state),
  );
  const count = (families: number | null) =>
    families === null ? text.few.replace("{n}", String(part.smallCellMin)) : String(families);
  return (
    <>
      <h2>{text.families}</h2>
      <p className="quiet">
        {text.countedOn} {day(part.countedOn)}. {text.countedWhy}
      </p>
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
