import type { Flow, Referrals } from "./controlling";
import { Count } from "./figures";
import { useLanguage } from "./language";

/** From the agency of the row to the agency of the column; below the count the days to an answer. */
export function FlowMatrix({ told }: { told: Referrals }) {
  const { words, lang } = useLanguage();
  const text = words.controlling;
  if (told.flows.length === 0) return <p className="empty">{text.noFlows}</p>;
  const ways = new Map(told.flows.map((one) => [`${one.senderType} ${one.recipientType}`, one]));
  return (
    <>
      <p id="flows" className="caption">{text.flows}</p>
      <div className="wide" role="region" aria-labelledby="flows" tabIndex={0}>
        <table aria-labelledby="flows">
          <thead>
            <tr>
              <th scope="col">{text.fromTo}</th>
              {told.recipients.map((one) => (
                <th key={one.agencyType} scope="col" className="number">
                  {one.label[lang]}
                </th>
              ))}
              <th scope="col" className="number">
                {text.total}
              </th>
            </tr>
          </thead>
          <tbody>
            {told.senders.map((sender) => (
              <tr key={sender.agencyType}>
                <th scope="row">{sender.label[lang]}</th>
                {told.recipients.map((recipient) => (
                  <td key={recipient.agencyType} className="number">
                    <Way way={ways.get(`${sender.agencyType} ${recipient.agencyType}`)} />
                  </td>
                ))}
                <td className="number total">
                  <Count of={sender.referrals} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{text.total}</th>
              {told.recipients.map((one) => (
                <td key={one.agencyType} className="number total">
                  <Count of={one.referrals} />
                </td>
              ))}
              <td className="number total">
                <Count of={told.referrals} />
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  );
}

function Way({ way }: { way: Flow | undefined }) {
  const { words, lang } = useLanguage();
  if (!way) return <>–</>;
  const days = way.medianDaysToAnswer;
  return (
    <>
      <Count of={way.referrals} />
      {days !== null && (
        <small className="why">
          {new Intl.NumberFormat(lang).format(Number(days))} {words.controlling.dayShort}
        </small>
      )}
    </>
  );
}
