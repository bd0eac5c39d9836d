import { useState } from "react";
import { useContract } from "../asking";
import type { Schema } from "../contracts";
import { Fields } from "../fields";
import { useLanguage } from "../language";
import { Search } from "../parts";
import { SERVICES } from "../routes";

interface AsyncApi {
  components: { messages: Record<string, { name: string; payload: Schema }> };
}

export function EventsPage() {
  const { words } = useLanguage();
  const [wanted, setWanted] = useState("");
  const document = useContract<AsyncApi>("events");
  const text = words.events;
  const messages = Object.entries(document?.components.messages ?? {}).filter(
    ([subject, { payload }]) =>
      `${subject} ${payload.description ?? ""}`.toLowerCase().includes(wanted.toLowerCase()),
  );
  return (
    <>
      <h1>{text.heading}</h1>
      <p className="lead">{text.lead}</p>
      <Search
        label={text.filter}
        value={wanted}
        onChange={setWanted}
        found={document ? `${messages.length} ${text.found}` : words.loading}
      />
      <p>
        <a href="/portal/contracts/events.json" download="kim-events.json">
          {text.download}
        </a>
      </p>
      {SERVICES.map((service) => (
        <section key={service} aria-labelledby={`events-${service}`}>
          <h2 id={`events-${service}`}>{words.start[service]}</h2>
          {messages
            .filter(([subject]) => subject.startsWith(`kim.${service}.`))
            .map(([subject, { payload }]) => (
              <OneEvent key={subject} subject={subject} payload={payload} />
            ))}
        </section>
      ))}
    </>
  );
}

function OneEvent({ subject, payload }: { subject: string; payload: Schema }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="operation" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <code>{subject}</code>
      </summary>
      {isOpen && (
        <div className="details">
          {payload.description && <p lang="en">{payload.description}</p>}
          <Fields document={payload} schema={payload} name={subject} />
        </div>
      )}
    </details>
  );
}
