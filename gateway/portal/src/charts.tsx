import { type CSSProperties, type ReactNode, useId } from "react";
import { useLanguage } from "./language";

export interface Bar {
  name: string;
  /** For each series in order; null where a figure is not shown. */
  values: (number | null)[];
  /** What is written beside the bars. */
  texts: string[];
}

/** Lying bars; the same figures stand in the table that follows. */
export function Bars(props: {
  title: string;
  series: string[];
  bars: Bar[];
  children: ReactNode;
}) {
  const { words } = useLanguage();
  const id = useId();
  const most = Math.max(1, ...props.bars.flatMap((bar) => bar.values.map((value) => value ?? 0)));
  return (
    <figure>
      <figcaption id={id}>{props.title}</figcaption>
      {props.series.length > 1 && (
        <ul className="legend" aria-hidden="true">
          {props.series.map((name, index) => (
            <li key={name} className={`series-${index}`}>
              {name}
            </li>
          ))}
        </ul>
      )}
      <div className="bars" role="img" aria-labelledby={id}>
        {props.bars.map((bar) => (
          <div key={bar.name} className="row">
            <span className="name">{bar.name}</span>
            <div className="lengths">
              {bar.values.map((value, index) => (
                <div key={props.series[index]} className="length">
                  {value !== null && (
                    <span
                      className={`length-bar series-${index}`}
                      style={{ "--share": value / most } as CSSProperties}
                    />
                  )}
                  <span className={value === null ? "quiet" : undefined}>{bar.texts[index]}</span>
                </div>
              ))}
            </div>
          </div>
        ))}
      </div>
      <details>
        <summary>{words.report.table}</summary>
        {props.children}
      </details>
    </figure>
  );
}
