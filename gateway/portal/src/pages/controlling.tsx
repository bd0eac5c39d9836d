import { useState } from "react";
import { useQuery } from "../asking";
import { Bars } from "../charts";
import {
  CONTROLLING,
  type Cases,
  type Controlling,
  daysOf,
  FIRST_YEAR,
  type Funding,
  GROUPS,
  hasEnded,
  isMissing,
  type Line,
  type Missing as MissingPart,
  type Named,
  type Period,
  type Referrals,
} from "../controlling";
import { Count, Download, Figure, Missing, shortened } from "../figures";
import { FlowMatrix } from "../flow_matrix";
import { useLanguage } from "../language";
import { State, Table, useDays } from "../parts";
import { useAccess } from "../session";
import { amountIn } from "../status_report";

const DEMO_YEAR = 2022;

export function ControllingPage() {
  const { words } = useLanguage();
  const { settings } = useAccess();
  const today = new Date().toISOString().slice(0, 10);
  const year = settings.isDevelopment ? DEMO_YEAR : Number(today.slice(0, 4)) - 1;
  const [shown, setShown] = useState<Period>({ year, quarter: 0 });
  const answer = useQuery<Controlling>(CONTROLLING, { ...daysOf(shown) });
  const text = words.controlling;
  const told = answer.data?.kimControlling;
  return (
    <>
      <h1>{text.heading}</h1>
      <p className="lead">{text.lead}</p>
      <PeriodForm shown={shown} today={today} onShow={setShown} />
      <State answer={answer} hint={words.report.who} />
      {told && <CasesOfPeriod part={told.cases} />}
      {told && <FundingOfPeriod part={told.funding} />}
      {told && <ReferralsOfPeriod part={told.referrals} />}
      {told && (
        <section aria-labelledby="legend" className="legend-text">
          <h2 id="legend">{text.legend}</h2>
          <ul className="plain">
            {text.legendList.map((one) => (
              <li key={one}>{one.replace("{n}", String(smallest(told)))}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function smallest({ cases, referrals }: Controlling["kimControlling"]): number {
  const told = [cases, referrals].map((part) => (isMissing(part) ? 0 : part.smallCellMin));
  return Math.max(...told) || 5;
}

function PeriodForm(props: { shown: Period; today: string; onShow: (period: Period) => void }) {
  const { words } = useLanguage();
  const text = words.controlling;
  const [period, setPeriod] = useState(props.shown);
  const last = Number(props.today.slice(0, 4));
  const years = Array.from({ length: last - FIRST_YEAR + 1 }, (_, place) => last - place);
  const isOver = hasEnded(period, props.today);
  const { fromOn, toOn } = daysOf(props.shown);
  const file = `kim-controlling-${fromOn}-${toOn}`;
  const query = `fromOn=${fromOn}&toOn=${toOn}`;
  return (
    <form
      className="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (isOver) props.onShow(period);
      }}
    >
      <label htmlFor="year">{text.year}</label>
      <select
        id="year"
        value={period.year}
        onChange={(event) => setPeriod({ ...period, year: Number(event.target.value) })}
      >
        {years.map((year) => (
          <option key={year}>{year}</option>
        ))}
      </select>
      <label htmlFor="quarter">{text.period}</label>
      <select
        id="quarter"
        value={period.quarter}
        aria-describedby={isOver ? undefined : "running"}
        onChange={(event) => setPeriod({ ...period, quarter: Number(event.target.value) })}
      >
        {text.periods.map((name, quarter) => (
          <option key={name} value={quarter}>
            {name}
          </option>
        ))}
      </select>
      <button type="submit" className="strong">
        {text.show}
      </button>
      <Download path={`/reports/controlling.pdf?${query}`} file={`${file}.pdf`}>
        {words.report.pdf}
      </Download>
      <Download path={`/reports/controlling.csv?${query}`} file={`${file}.csv`}>
        {words.report.csv}
      </Download>
      <span id="running" role="status" className={isOver ? "unseen" : "fault"}>
        {!isOver && text.running}
      </span>
    </form>
  );
}

/** People know the lines by their numbers: `B2_…` is line 2. */
function useNumbered(): (line: string, name: string) => string {
  const { words } = useLanguage();
  return (line, name) => `${words.report.line} ${line.charAt(1)}: ${name}`;
}

function CasesOfPeriod({ part }: { part: Cases | MissingPart }) {
  const { words, lang } = useLanguage();
  const text = words.controlling;
  const day = useDays();
  const name = (label: Named) => label[lang];
  const numbered = useNumbered();
  if (isMissing(part)) return <Missing message={`${text.cases}: ${part.message}`} />;
  const count = (of: keyof Line & ("openBefore" | "opened" | "closed" | "openAtEnd")) => ({
    head: text[of],
    cell: (line: Line) => (line.reason ? "–" : <Count of={line[of]} />),
    isNumber: true,
  });
  return (
    <section aria-labelledby="cases">
      <h2 id="cases">{text.cases}</h2>
      <dl className="figures">
        <Figure name={text.openAtEnd} value={<Count of={part.openAtEnd} />} />
        <Figure name={text.opened} value={<Count of={part.opened} />} />
        <Figure name={text.closed} value={<Count of={part.closed} />} />
      </dl>
      <Table
        caption={text.byLine}
        rows={part.byLine}
        keyOf={(line) => line.fundingLine}
        columns={[
          {
            head: words.report.line,
            cell: (line) => (
              <>
                {numbered(line.fundingLine, name(line.label))}
                {line.reason && <small className="why">{name(line.reason)}</small>}
              </>
            ),
          },
          count("openBefore"),
          count("opened"),
          count("closed"),
          count("openAtEnd"),
        ]}
      />
      <p className="quiet">
        {text.edition} {day(part.editionOn)}. {text.editionWhy}
      </p>
      {GROUPS.filter((group) => part[group].length > 0).map((group) => (
        <Bars
          key={group}
          title={text.groups[group]}
          series={[text.cases]}
          bars={part[group].map((one) => ({
            name: shortened(name(one.label)),
            values: [one.cases],
            texts: [one.cases === null ? text.hiddenShort : String(one.cases)],
          }))}
        >
          <Table
            caption={text.groups[group]}
            rows={part[group]}
            keyOf={(one) => one.value}
            columns={[
              { head: text.group, cell: (one) => name(one.label) },
              { head: text.cases, cell: (one) => <Count of={one.cases} />, isNumber: true },
            ]}
          />
        </Bars>
      ))}
    </section>
  );
}

function FundingOfPeriod({ part }: { part: Funding | MissingPart }) {
  const { words, lang, label } = useLanguage();
  const text = words.controlling;
  const day = useDays();
  const numbered = useNumbered();
  if (isMissing(part)) return <Missing message={`${text.funding}: ${part.message}`} />;
  const euros = (amount: string) => amountIn(amount, lang, "EUR");
  const { approved, filled } = part.positions.computedTotal;
  return (
    <section aria-labelledby="funding">
      <h2 id="funding">{text.funding}</h2>
      <dl className="figures">
        <Figure name={words.report.volume} value={euros(part.programmeVolume)} />
        <Figure name={words.report.postsApproved} value={amountIn(approved, lang)} />
        <Figure name={words.report.postsFilled} value={amountIn(filled, lang)} />
      </dl>
      <Table
        caption={`${text.money} ${day(part.asOf)}`}
        rows={part.lines}
        keyOf={(line) => line.fundingLine}
        columns={[
          {
            head: words.report.line,
            cell: (line) => numbered(line.fundingLine, label("FundingLine", line.fundingLine)),
          },
          { head: text.granted, cell: (line) => euros(line.granted), isNumber: true },
          { head: text.committed, cell: (line) => euros(line.committed), isNumber: true },
          { head: text.used, cell: (line) => euros(line.used), isNumber: true },
          { head: text.free, cell: (line) => euros(line.free), isNumber: true },
        ]}
      />
    </section>
  );
}

function ReferralsOfPeriod({ part }: { part: Referrals | MissingPart }) {
  const { words, lang, label } = useLanguage();
  const text = words.controlling;
  const day = useDays();
  if (isMissing(part)) return <Missing message={`${text.referrals}: ${part.message}`} />;
  const days = (median: string | null) =>
    median === null ? "–" : new Intl.NumberFormat(lang).format(Number(median));
  return (
    <section aria-labelledby="referrals">
      <h2 id="referrals">{text.referrals}</h2>
      <dl className="figures">
        <Figure name={text.sent} value={<Count of={part.referrals} />} />
        <Figure name={text.toPull} value={days(part.medianDaysToPull)} hint={text.days} />
        <Figure name={text.toAnswer} value={days(part.medianDaysToAnswer)} hint={text.days} />
      </dl>
      {part.isSettled ? (
        <>
          {part.outcomes.length > 0 && (
            <Bars
              title={text.outcomes}
              series={[text.referrals]}
              bars={part.outcomes.map((one) => ({
                name: label("ReferralOutcome", one.outcome),
                values: [one.referrals],
                texts: [one.referrals === null ? text.hiddenShort : String(one.referrals)],
              }))}
            >
              <Table
                caption={text.outcomes}
                rows={part.outcomes}
                keyOf={(one) => one.outcome}
                columns={[
                  { head: text.outcome, cell: (one) => label("ReferralOutcome", one.outcome) },
                  {
                    head: text.referrals,
                    cell: (one) => <Count of={one.referrals} />,
                    isNumber: true,
                  },
                ]}
              />
            </Bars>
          )}
          <FlowMatrix told={part} />
        </>
      ) : (
        <p className="note">
          {text.notSettled} {day(part.settledOn)}.
        </p>
      )}
    </section>
  );
}
