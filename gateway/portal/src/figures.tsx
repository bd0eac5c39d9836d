import { type ReactNode, useState } from "react";
import { useLanguage } from "./language";
import { useAccess } from "./session";

/** The file needs the token: fetched, then handed to the person as a download. */
export function Download(props: { path: string; file: string; children: ReactNode }) {
  const { session } = useAccess();
  const { words, lang } = useLanguage();
  const [hasFailed, setHasFailed] = useState(false);
  async function load() {
    const answer = await fetch(props.path, {
      headers: { Authorization: `Bearer ${session?.token ?? ""}`, "Accept-Language": lang },
    }).catch(() => null);
    setHasFailed(!answer?.ok);
    if (!answer?.ok) return;
    const address = URL.createObjectURL(await answer.blob());
    const link = document.createElement("a");
    link.href = address;
    link.download = props.file;
    link.click();
    URL.revokeObjectURL(address);
  }
  return (
    <>
      <button type="button" onClick={() => void load()}>
        {props.children}
      </button>
      <span role="status" className={hasFailed ? "fault" : "unseen"}>
        {hasFailed && words.notLoaded}
      </span>
    </>
  );
}

/** A part of a report that a service did not give, with its reason. */
export function Missing({ message }: { message: string }) {
  const { words } = useLanguage();
  return (
    <p className="note">
      {words.report.missing} {message}
    </p>
  );
}

export function Figure({ name, value, hint }: { name: string; value: ReactNode; hint?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {hint && <dd className="hint">{hint}</dd>}
    </div>
  );
}

/** A count, or the sign of one that is not shown; who listens hears why. */
export function Count({ of }: { of: number | null }) {
  const { words, lang } = useLanguage();
  if (of !== null) return <>{new Intl.NumberFormat(lang).format(of)}</>;
  return (
    <span className="hidden-figure" title={words.controlling.hidden}>
      <span aria-hidden="true">•</span>
      <span className="unseen">{words.controlling.hidden}</span>
    </span>
  );
}

/** Long names lose what stands in brackets: the table beside has them in full. */
export function shortened(name: string): string {
  const short = name.replace(/ \(.*\)/, "");
  return short.length > 43 ? `${short.slice(0, 42)}…` : short;
}
