import { type ReactNode, useId } from "react";
import type { Answer } from "./asking";
import { useLanguage } from "./language";
import { addressOf, type Page, type Service, SERVICES } from "./routes";

export interface Column<T> {
  head: string;
  cell: (row: T) => ReactNode;
  isNumber?: boolean;
}

/** A table that says when it is empty; wide ones scroll within themselves, by keyboard, too. */
export function Table<T>(props: {
  caption: string;
  rows: readonly T[];
  keyOf: (row: T) => string;
  columns: readonly Column<T>[];
  /** What an empty table means, and what makes rows come. */
  empty?: string;
  /** A heading above says the same: who sees the table does not read it twice. */
  isNamedAbove?: boolean;
}) {
  const { words } = useLanguage();
  const id = useId();
  if (props.rows.length === 0) return <p className="empty">{props.empty ?? words.nothing}</p>;
  return (
    <>
      <p id={id} className={props.isNamedAbove ? "unseen" : "caption"}>{props.caption}</p>
      <div className="wide" role="region" aria-labelledby={id} tabIndex={0}>
        <table aria-labelledby={id}>
          <thead>
            <tr>
              {props.columns.map((column) => (
                <th key={column.head} scope="col" className={column.isNumber ? "number" : undefined}>
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row) => (
              <tr key={props.keyOf(row)}>
                {props.columns.map((column, place) =>
                  place === 0 ? (
                    <th key={column.head} scope="row">
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td key={column.head} className={column.isNumber ? "number" : undefined}>
                      {column.cell(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

export function Search(props: {
  label: string;
  value: string;
  onChange: (text: string) => void;
  found: string;
}) {
  const id = useId();
  return (
    <div className="search">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        type="search"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <span role="status">{props.found}</span>
    </div>
  );
}

export function ServiceLinks({ page, chosen }: { page: Page; chosen: Service }) {
  const { words } = useLanguage();
  return (
    <nav className="services" aria-label={words.reference.services}>
      {SERVICES.map((one) => (
        <a key={one} href={addressOf(page, one)} aria-current={one === chosen ? "true" : undefined}>
          {words.start[one]}
        </a>
      ))}
    </nav>
  );
}

/** What is said while an answer is on its way, and when none came. */
export function State({ answer, hint }: { answer: Answer<unknown>; hint?: string }) {
  const { words } = useLanguage();
  if (answer.problem) {
    return (
      <p role="alert" className="note">
        {words.failed} {answer.problem} {hint}{" "}
        <button type="button" onClick={answer.askAgain}>
          {words.retry}
        </button>
      </p>
    );
  }
  return answer.data ? null : <p role="status">{words.loading}</p>;
}

/** `2022-09-30` as people of the language write it. */
export function useDays(): (day: string) => string {
  const { lang } = useLanguage();
  const format = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeZone: "UTC" });
  return (day) => format.format(new Date(`${day}T00:00:00Z`));
}

export function useInstants(): (instant: string | null) => string {
  const { lang } = useLanguage();
  const format = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });
  return (instant) => (instant ? format.format(new Date(instant)) : "–");
}
