import type { TimelineLine } from "../api";
import { LongTable } from "../parts/LongTable";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { actorInWords, countsInWords, deedInWords } from "../words/plain";

/** The ledger of one case, in words. */
export function Timeline({ request }: { request: string }) {
  const entries = useView("timeline", { request });
  return (
    <>
      <h2>{w.timeline.title}</h2>
      <View of={entries}>{(all) => <LedgerTable entries={all} />}</View>
    </>
  );
}

/** Deeds of the ledger, oldest first. */
export function LedgerTable({ entries }: { entries: TimelineLine[] }) {
  const columns = w.timeline.columns;
  return (
    <LongTable
      caption={w.timeline.lead}
      columns={[columns.at, columns.deed, columns.by, columns.detail]}
      lines={entries.map((it, n) => ({ ...it, n }))}
      height={44}
      keyOf={(it) => String(it.n)}
      look="ledger"
    >
      {(it) => (
        <>
          <td>
            <time dateTime={it.at}>{it.at.replace("T", " ").replace("Z", "")}</time>
          </td>
          <th scope="row">{deedInWords(it.deed)}</th>
          <td>{actorInWords(it.actor)}</td>
          <td className="quiet">{countsInWords(it.detail)}</td>
        </>
      )}
    </LongTable>
  );
}
