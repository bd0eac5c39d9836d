import { useEffect, useRef, useState } from "react";
import { useQuery } from "../asking";
import { useLanguage } from "../language";
import { useLive } from "../live";
import { State, Table, useInstants } from "../parts";

const INBOX = `query PortalInbox {
  referralInbox(first: 20) {
    edges { node { id state mode topic senderUnit submittedAt sender { nameDe nameEn } } }
  }
}`;
const HAPPENED = `subscription PortalInboxLive { referralInbox { event { id } } }`;

interface Referral {
  id: string;
  state: string;
  mode: string;
  topic: string;
  senderUnit: string;
  submittedAt: string | null;
  sender: { nameDe: string; nameEn: string } | null;
}

interface Inbox {
  referralInbox: { edges: { node: Referral }[] } | null;
}

export function InboxPage() {
  const { words, lang, label } = useLanguage();
  const text = words.inbox;
  const answer = useQuery<Inbox>(INBOX, {});
  const instant = useInstants();
  const rows = answer.data?.referralInbox?.edges.map((edge) => edge.node) ?? null;
  const arrived = useArrived(rows);
  const nameOf = ({ sender, senderUnit }: Referral) =>
    sender ? (lang === "de" ? sender.nameDe : sender.nameEn) : senderUnit;
  const connection = useLive(HAPPENED, answer.askAgain);
  return (
    <>
      <h1>{text.heading}</h1>
      <p className="lead">{text.lead}</p>
      <p className="quiet">
        {text.live}: <span className={connection}>{text.states[connection]}</span>
      </p>
      <p role="status" className={arrived ? "note" : "unseen"}>
        {arrived && `${text.arrived} ${nameOf(arrived)}, ${label("Topic", arrived.topic)}`}
      </p>
      <State answer={answer} hint={text.who} />
      {rows && (
        <Table
          caption={text.heading}
          isNamedAbove
          rows={rows}
          empty={text.empty}
          keyOf={(one) => one.id}
          columns={[
            { head: text.at, cell: (one) => instant(one.submittedAt) },
            { head: text.sender, cell: nameOf },
            { head: text.topic, cell: (one) => label("Topic", one.topic) },
            { head: text.mode, cell: (one) => label("ReferralMode", one.mode) },
            {
              head: text.state,
              cell: (one) => <span className="state">{label("ReferralState", one.state)}</span>,
            },
          ]}
        />
      )}
    </>
  );
}

/** The newest one that was not there when the page opened. */
function useArrived(rows: Referral[] | null): Referral | null {
  const known = useRef<Set<string> | null>(null);
  const [arrived, setArrived] = useState<Referral | null>(null);
  useEffect(() => {
    if (!rows) return;
    const before = known.current;
    const fresh = before ? rows.find((one) => !before.has(one.id)) : undefined;
    known.current = new Set([...(before ?? []), ...rows.map((one) => one.id)]);
    if (fresh) setArrived(fresh);
  }, [rows]);
  return arrived;
}
