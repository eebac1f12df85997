import { w } from "../words";

/** A document that was weighed: by its name and bytes when it is new, by its hash when the vault has it already. */
export type Weighed = { side: string; document: string; bytes: number[] | null };

type Props = { side: "consumer" | "business"; weighed: Weighed[]; onChange: (weighed: Weighed[]) => void };

/** The documents of one side. They are kept in the vault; the record names them by their hashes. */
export function Documents({ side, weighed, onChange }: Props) {
  const mine = weighed.filter((it) => it.side === side);
  const add = async (files: FileList | null) => {
    const read = [...(files ?? [])].map(async (file) => ({ side, document: file.name, bytes: [...new Uint8Array(await file.arrayBuffer())] }));
    const fresh = await Promise.all(read);
    onChange([...weighed.filter((it) => !fresh.some((one) => one.document === it.document && one.side === it.side)), ...fresh]);
  };
  return (
    <>
      <label>
        {w.correct.bring[side]} <span className="hint">{w.correct.bringHint}</span>
        <input type="file" multiple onChange={(event) => void add(event.target.files)} />
      </label>
      {mine.length > 0 && (
        <ul>
          {mine.map((it) => (
            <li key={it.document}>
              {it.bytes === null ? `${w.correct.kept} ${it.document.slice(0, 12)}…` : it.document}{" "}
              <button type="button" className="link" onClick={() => onChange(weighed.filter((one) => one !== it))}>
                {w.correct.leaveOut}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
