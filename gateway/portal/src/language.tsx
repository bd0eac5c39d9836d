import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { de, type Words } from "./words/de";
import { en } from "./words/en";

export type Lang = "de" | "en";
export type Labels = Record<string, Record<string, string>>;
const WORDS: Record<Lang, Words> = { de, en };
const KEPT = "kim-language";

interface Speaking {
  lang: Lang;
  words: Words;
  speak: (lang: Lang) => void;
  /** What a code of the schema means, in this language. */
  label: (kind: string, code: string) => string;
  /** Where the schema names the code among its like: the order of a process. */
  rank: (kind: string, code: string) => number;
}

const Spoken = createContext<Speaking | null>(null);

/** German, unless the person chose English or the browser asks for it first. */
function first(): Lang {
  const kept = localStorage.getItem(KEPT);
  if (kept === "de" || kept === "en") return kept;
  const asked = navigator.languages.map((tag) => tag.slice(0, 2));
  return asked.find((tag): tag is Lang => tag === "de" || tag === "en") ?? "de";
}

/** Contracts say things as "English / Deutsch". */
export function inLanguage(text: string, lang: Lang): string {
  const parts = text.split(" / ");
  if (parts.length !== 2) return text;
  return (lang === "en" ? parts[0] : parts[1]) ?? text;
}

export function Language({ labels, children }: { labels: Labels; children: ReactNode }) {
  const [lang, setLang] = useState<Lang>(first);
  const words = WORDS[lang];
  useEffect(() => {
    document.documentElement.lang = lang;
  }, [lang]);
  const speaking = useMemo<Speaking>(
    () => ({
      lang,
      words,
      speak: (chosen) => {
        localStorage.setItem(KEPT, chosen);
        setLang(chosen);
      },
      rank: (kind, code) => Object.keys(labels[kind] ?? {}).indexOf(code),
      label: (kind, code) => inLanguage(labels[kind]?.[code] ?? code, lang),
    }),
    [lang, words, labels],
  );
  return <Spoken value={speaking}>{children}</Spoken>;
}

export function useLanguage(): Speaking {
  const speaking = useContext(Spoken);
  if (!speaking) throw new Error("outside of Language");
  return speaking;
}
