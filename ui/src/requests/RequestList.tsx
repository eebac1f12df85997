import { useEffect, useState } from "react";

import { asProblem, type Problem, type RequestLine, requests, type VaultView } from "../api";
import { ProblemNote } from "../parts/ProblemNote";

type Look = { at: "waiting" } | { at: "problem"; problem: Problem } | { at: "ready"; lines: RequestLine[] };

/** Every request in the vault, soonest due first. */
export function RequestList({ vault }: { vault: VaultView }) {
  const [look, setLook] = useState<Look>({ at: "waiting" });

  useEffect(() => {
    requests().then(
      (lines) => setLook({ at: "ready", lines }),
      (thrown) => setLook({ at: "problem", problem: asProblem(thrown) }),
    );
  }, []);

  return (
    <main className="sheet">
      {vault.practice && <p className="practice">Practice vault: nothing here is about real people.</p>}
      <h1>Requests</h1>
      {look.at === "waiting" && <p role="status">Reading the vault …</p>}
      {look.at === "problem" && <ProblemNote problem={look.problem} />}
      {look.at === "ready" && (look.lines.length === 0 ? <NothingYet /> : <Table lines={look.lines} />)}
    </main>
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
            <td>{line.kind}</td>
            <td>{line.org}</td>
            <td>{line.received_on}</td>
            <td>{line.due_on ?? "not known"}</td>
            <td>{line.stage}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
