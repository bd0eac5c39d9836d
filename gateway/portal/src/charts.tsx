import { type ReactNode, useId } from "react";
import { useLanguage } from "./language";

export interface Bar {
  name: string;
  /** For each series in order; null where a figure is not shown. */
  values: (number | null)[];
  /** What is written beside the bars. */
  texts: string[];
}

const NAME_WIDTH = 320;
const BAR_WIDTH = 260;
const TEXT_WIDTH = 110;
const BAR_HEIGHT = 16;
const GAP = 14;

/** Lying bars as SVG; the same figures stand in the table that follows. */
export function Bars(props: {
  title: string;
  series: string[];
  bars: Bar[];
  children: ReactNode;
}) {
  const { words } = useLanguage();
  const id = useId();
  const most = Math.max(1, ...props.bars.flatMap((bar) => bar.values.map((value) => value ?? 0)));
  const rowHeight = props.series.length * (BAR_HEIGHT + 2) + GAP;
  const width = NAME_WIDTH + BAR_WIDTH + TEXT_WIDTH;
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
      <svg
        role="img"
        aria-labelledby={id}
        viewBox={`0 0 ${width} ${props.bars.length * rowHeight}`}
      >
        {props.bars.map((bar, row) => (
          <g key={bar.name} transform={`translate(0 ${row * rowHeight})`}>
            <text x={NAME_WIDTH - 12} y={rowHeight / 2 - 2} textAnchor="end" className="name">
              {bar.name}
            </text>
            {bar.values.map((value, index) => {
              const length = ((value ?? 0) / most) * BAR_WIDTH;
              const y = index * (BAR_HEIGHT + 2);
              return (
                <g key={props.series[index]}>
                  <rect
                    className={`series-${index}`}
                    x={NAME_WIDTH}
                    y={y}
                    width={Math.max(length, 2)}
                    height={BAR_HEIGHT}
                    rx="2"
                  />
                  <text x={NAME_WIDTH + length + 8} y={y + BAR_HEIGHT - 4}>
                    {bar.texts[index]}
                  </text>
                </g>
              );
            })}
          </g>
        ))}
      </svg>
      <details>
        <summary>{words.report.table}</summary>
        {props.children}
      </details>
    </figure>
  );
}
