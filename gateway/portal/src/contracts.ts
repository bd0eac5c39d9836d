/** The parts of OpenAPI and JSON Schema that the portal shows. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  title?: string;
  format?: string;
  description?: string;
  enum?: (string | number | null)[];
  const?: string | number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  default?: unknown;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
}

export interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}

type Content = Record<string, { schema?: Schema }>;

export interface Answer {
  $ref?: string;
  description?: string;
  content?: Content;
}

export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, Answer>;
}

export interface OpenApi {
  info: { title: string; description: string; version: string };
  paths: Record<string, Record<string, Operation>>;
}

export interface Listed extends Operation {
  method: string;
  path: string;
}

const METHODS = ["get", "post", "put", "patch", "delete"];

/** Every operation by its tag, in the order of the contract. */
export function byTag(document: OpenApi): Map<string, Listed[]> {
  const found = new Map<string, Listed[]>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = operations[method];
      if (!operation) continue;
      const tag = operation.tags?.[0] ?? "–";
      found.set(tag, [...(found.get(tag) ?? []), { ...operation, method, path }]);
    }
  }
  return new Map([...found].sort(([one], [other]) => one.localeCompare(other)));
}

/** What a reference of the document points to. */
export function resolved<T extends object>(document: object, part: T & { $ref?: string }): T {
  if (!part.$ref) return part;
  let found: unknown = document;
  for (const name of part.$ref.replace(/^#\//, "").split("/")) {
    found = (found as Record<string, unknown>)[decodeURIComponent(name).replace(/~1/g, "/")];
  }
  return found as T;
}

export function nameOf(part: { $ref?: string }): string {
  return part.$ref?.split("/").at(-1) ?? "";
}

/** The named schema within, where there is one: of a list its rows, of an optional part itself. */
export function inner(schema: Schema): Schema | null {
  if (schema.$ref) return schema;
  if (schema.items) return inner(schema.items);
  const within = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  for (const one of within) {
    const found = inner(one);
    if (found) return found;
  }
  return null;
}

/** The kind in a few words: `string (date)`, `array of Measure`, `integer 1–100`. */
export function kindOf(schema: Schema): string {
  if (schema.$ref) return nameOf(schema);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(String).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return choices.map(kindOf).join(" | ");
  if (schema.items) return `${kindOf(schema.items)}[]`;
  const kind = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "any");
  const from = schema.minimum ?? schema.minLength;
  const to = schema.maximum ?? schema.maxLength;
  const bounds = from === undefined && to === undefined ? "" : ` ${from ?? ""}…${to ?? ""}`;
  return `${kind}${schema.format ? ` (${schema.format})` : ""}${bounds}`;
}
