import { useState } from "react";
import { useContract } from "../asking";
import {
  type Answer,
  byTag,
  kindOf,
  type Listed,
  type OpenApi,
  type Parameter,
  resolved,
} from "../contracts";
import { Fields } from "../fields";
import { inLanguage, useLanguage } from "../language";
import { Search, ServiceLinks, Table } from "../parts";
import type { Place } from "../routes";

export function ReferencePage({ page, service }: Place) {
  const { words, lang } = useLanguage();
  const [wanted, setWanted] = useState("");
  const document = useContract<OpenApi>(service);
  const text = words.reference;
  const sought = wanted.toLowerCase();
  const tags = document ? [...byTag(document)] : [];
  const shown = tags
    .map(([tag, operations]) => [tag, operations.filter((one) => found(one, sought))] as const)
    .filter(([, operations]) => operations.length > 0);
  const count = shown.reduce((sum, [, operations]) => sum + operations.length, 0);
  return (
    <>
      <h1>{text.heading}</h1>
      <p className="lead">{text.lead}</p>
      <ServiceLinks page={page} chosen={service} />
      <Search
        label={text.filter}
        value={wanted}
        onChange={setWanted}
        found={document ? `${count} ${text.found}` : words.loading}
      />
      {document && (
        <>
          <p>
            {inLanguage(document.info.description, lang)}{" "}
            <a href={`/portal/contracts/${service}.json`} download={`kim-${service}.json`}>
              {text.download}
            </a>
          </p>
          {shown.map(([tag, operations]) => (
            <section key={tag} aria-labelledby={`tag-${tag}`}>
              <h2 id={`tag-${tag}`}>{tag}</h2>
              {operations.map((one) => (
                <OneOperation key={one.operationId} document={document} operation={one} />
              ))}
            </section>
          ))}
        </>
      )}
    </>
  );
}

function found(operation: Listed, sought: string): boolean {
  const { method, path, summary, operationId } = operation;
  return `${method} ${path} ${summary} ${operationId}`.toLowerCase().includes(sought);
}

function OneOperation({ document, operation }: { document: OpenApi; operation: Listed }) {
  const { lang } = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="operation" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <span className={`method ${operation.method}`}>{operation.method.toUpperCase()}</span>{" "}
        <code>{operation.path}</code>{" "}
        <span className="summary">{inLanguage(operation.summary ?? "", lang)}</span>
      </summary>
      {isOpen && <Details document={document} operation={operation} />}
    </details>
  );
}

function Details({ document, operation }: { document: OpenApi; operation: Listed }) {
  const { words, lang } = useLanguage();
  const text = words.reference;
  const parameters = (operation.parameters ?? []).map((one) => resolved<Parameter>(document, one));
  const [body] = Object.entries(operation.requestBody?.content ?? {});
  return (
    <div className="details">
      {operation.description && <p lang="en">{inLanguage(operation.description, lang)}</p>}
      {parameters.length > 0 && (
        <Table
          caption={text.parameters}
          rows={parameters}
          keyOf={(one) => `${one.in} ${one.name}`}
          columns={[
            {
              head: text.field,
              cell: (one) => (
                <>
                  <code>{one.name}</code>
                  {one.required && <small> {text.required}</small>}
                </>
              ),
            },
            { head: text.kind, cell: (one) => <code>{one.schema ? kindOf(one.schema) : ""}</code> },
            {
              head: text.meaning,
              cell: (one) => (
                <>
                  <small>{one.in}</small> {inLanguage(one.description ?? "", lang)}
                </>
              ),
            },
          ]}
        />
      )}
      {body?.[1].schema && (
        <>
          <h3>
            {text.body} <small>{body[0]}</small>
          </h3>
          <Fields document={document} schema={body[1].schema} name={operation.operationId} />
        </>
      )}
      <h3>{text.answers}</h3>
      <Answers document={document} operation={operation} />
    </div>
  );
}

function Answers({ document, operation }: { document: OpenApi; operation: Listed }) {
  const { lang } = useLanguage();
  const answers = Object.entries(operation.responses).map(
    ([status, answer]) => [status, resolved<Answer>(document, answer)] as const,
  );
  return (
    <>
      <ul className="answers">
        {answers.map(([status, answer]) => (
          <li key={status}>
            <code>{status}</code> {inLanguage(answer.description ?? "", lang)}
          </li>
        ))}
      </ul>
      {answers
        .filter(([status]) => status.startsWith("2"))
        .map(([status, answer]) => {
          const schema = Object.values(answer.content ?? {})[0]?.schema;
          return schema && <Fields key={status} document={document} schema={schema} name={status} />;
        })}
    </>
  );
}
