import { useState } from "react";
import { useContract } from "../asking";
import { useLanguage } from "../language";
import { Search, Table } from "../parts";

interface Problem {
  code: string;
  status: number;
  de: string;
  en: string;
}

export function ProblemsPage() {
  const { words, lang } = useLanguage();
  const [wanted, setWanted] = useState("");
  const problems = useContract<Problem[]>("problems");
  const text = words.problems;
  const shown = (problems ?? []).filter((one) =>
    `${one.code} ${one.status} ${one[lang]}`.toLowerCase().includes(wanted.toLowerCase()),
  );
  return (
    <>
      <h1>{text.heading}</h1>
      <p className="lead">{text.lead}</p>
      <Search
        label={text.filter}
        value={wanted}
        onChange={setWanted}
        found={`${shown.length} ${text.found}`}
      />
      {!problems && <p role="status">{words.loading}</p>}
      {problems && (
        <Table
          caption={text.heading}
          rows={shown}
          keyOf={(one) => one.code}
          columns={[
            { head: text.code, cell: (one) => <code>{one.code}</code> },
            { head: text.status, cell: (one) => one.status, isNumber: true },
            { head: text.meaning, cell: (one) => one[lang] },
          ]}
        />
      )}
    </>
  );
}
