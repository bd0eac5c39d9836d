import { useState } from "react";
import { inner, kindOf, nameOf, resolved, type Schema } from "./contracts";
import { inLanguage, useLanguage } from "./language";

/** The fields of a schema as a table; the schemas within open on demand, so that none is endless. */
export function Fields(props: { document: object; schema: Schema; name: string }) {
  const { words, lang } = useLanguage();
  const text = words.reference;
  const named = inner(props.schema);
  const schema = resolved<Schema>(props.document, named ?? props.schema);
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) {
    return (
      <p>
        <code>{kindOf(schema)}</code>
      </p>
    );
  }
  const within = fields
    .map(([name, field]) => [name, inner(field)] as const)
    .filter((one): one is readonly [string, Schema] => one[1] !== null);
  return (
    <>
      <div
        className="wide"
        role="region"
        aria-label={`${text.fields} ${props.name}`}
        tabIndex={0}
      >
        <table>
          <caption>
            {text.fields} <code>{props.name}</code>
          </caption>
          <thead>
            <tr>
              <th scope="col">{text.field}</th>
              <th scope="col">{text.kind}</th>
              <th scope="col">{text.meaning}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(([name, field]) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                  {schema.required?.includes(name) && <small> {text.required}</small>}
                </th>
                <td>
                  <code>{kindOf(field)}</code>
                </td>
                <td lang="en">{inLanguage(field.description ?? "", lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {within.map(([name, field]) => (
        <Within key={name} document={props.document} schema={field} name={`${props.name}.${name}`} />
      ))}
    </>
  );
}

function Within(props: { document: object; schema: Schema; name: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const schema = resolved<Schema>(props.document, props.schema);
  if (!schema.properties) return null;
  return (
    <details className="within" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <code>{props.name}</code> · {nameOf(props.schema)}
      </summary>
      {isOpen && <Fields {...props} />}
    </details>
  );
}
