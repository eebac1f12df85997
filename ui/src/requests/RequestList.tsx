import { useEffect, useRef, useState } from "react";

import { asProblem, type Problem, type RequestLine, requests, type VaultView } from "../api";
import { ProblemNote } from "../parts/ProblemNote";
import { dayInWords, kindInWords, stageInWords } from "./words";

type Look = { at: "waiting" } | { at: "problem"; problem: Problem } | { at: "ready"; lines: RequestLine[] };

/** Every request in the vault, in the desk's order: soonest due first. */
export function RequestList({ vault }: { vault: VaultView }) {
  const [look, setLook] = useState<Look>({ at: "waiting" });
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    heading.current?.focus();
    requests().then(
      (lines) => setLook({ at: "ready", lines }),
      (thrown) => setLook({ at: "problem", problem: asProblem(thrown) }),
    );
  }, []);

  return (
    <>
      {vault.practice && (
        <p className="practice">
          <strong>Practice vault</strong> <span>nothing here is about real people</span>
        </p>
      )}
      <main className="sheet">
        <h1 ref={heading} tabIndex={-1}>
          Requests
        </h1>
        {look.at === "waiting" && <p role="status">Reading the vault …</p>}
        {look.at === "problem" && <ProblemNote problem={look.problem} />}
        {look.at === "ready" && (look.lines.length === 0 ? <NothingYet /> : <Table lines={look.lines} />)}
      </main>
    </>
  );
}

function NothingYet() {
  return (
    <p>
      No requests yet. Open the first one with <code>habeas request open</code>; it appears here.
    </p>
  );
}

function Table({ lines }: { lines: RequestLine[] }) {
  return (
    <table>
      <caption>{lines.length === 1 ? "One request." : `${lines.length} requests, the one due soonest first.`}</caption>
      <thead>
        <tr>
          <th scope="col">Request</th>
          <th scope="col">Kind</th>
          <th scope="col">Org</th>
          <th scope="col">Received</th>
          <th scope="col">Answer due</th>
          <th scope="col">Stage</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.request}>
            <th scope="row">{line.request}</th>
            <td>{kindInWords(line.kind)}</td>
            <td>{line.org}</td>
            <td>
              <Day iso={line.received_on} />
            </td>
            <td className="due">{line.due_on === null ? "not known" : <Day iso={line.due_on} />}</td>
            <td>{stageInWords(line.stage)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ iso }: { iso: string }) {
  return <time dateTime={iso}>{dayInWords(iso)}</time>;
}
