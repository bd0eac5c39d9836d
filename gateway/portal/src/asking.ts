import { useCallback, useEffect, useState } from "react";
import { useLanguage } from "./language";
import { useAccess } from "./session";

export interface Answer<T> {
  data: T | null;
  problem: string;
  isAsking: boolean;
  askAgain: () => void;
}

interface Answered<T> {
  data?: T | null;
  errors?: { message: string }[];
}

export async function ask<T>(
  token: string,
  lang: string,
  query: string,
  variables: Record<string, unknown>,
): Promise<Answered<T>> {
  const answer = await fetch("/graphql", {
    method: "POST",
    headers: {
      Accept: "application/graphql-response+json, application/problem+json",
      "Accept-Language": lang,
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify({ query, variables }),
  });
  const document = (await answer.json()) as Answered<T> & { title?: string };
  if (document.title) return { errors: [{ message: document.title }] };
  return document;
}

/** One operation under the signed-in name; asked anew when anything of it changes. */
export function useQuery<T>(query: string, variables: Record<string, unknown>): Answer<T> {
  const { session } = useAccess();
  const { lang } = useLanguage();
  const [data, setData] = useState<T | null>(null);
  const [problem, setProblem] = useState("");
  const [isAsking, setIsAsking] = useState(true);
  const [count, setCount] = useState(0);
  const given = JSON.stringify(variables);
  const token = session?.token;
  useEffect(() => {
    if (!token) return;
    let isWanted = true;
    setIsAsking(true);
    ask<T>(token, lang, query, JSON.parse(given) as Record<string, unknown>)
      .then(({ data, errors }) => {
        if (!isWanted) return;
        setData(data ?? null);
        setProblem(errors?.map((one) => one.message).join(" ") ?? "");
      })
      .catch((fault: unknown) => isWanted && setProblem(String(fault)))
      .finally(() => isWanted && setIsAsking(false));
    return () => {
      isWanted = false;
    };
  }, [token, lang, query, given, count]);
  const askAgain = useCallback(() => setCount((n) => n + 1), []);
  return { data, problem, isAsking, askAgain };
}

const fetched = new Map<string, Promise<unknown>>();

/** A contract that lies beside the portal; read once. */
export function useContract<T>(name: string): T | null {
  const [found, setFound] = useState<{ name: string; document: T } | null>(null);
  useEffect(() => {
    let isWanted = true;
    const path = `/portal/contracts/${name}.json`;
    const reading = fetched.get(path) ?? fetch(path).then((answer) => answer.json());
    fetched.set(path, reading);
    void reading.then((document) => isWanted && setFound({ name, document: document as T }));
    return () => {
      isWanted = false;
    };
  }, [name]);
  return found?.name === name ? found.document : null;
}
