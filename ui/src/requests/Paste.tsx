import { type ClipboardEvent, useState } from "react";

import { Field } from "../parts/Field";
import { w } from "../words";
import { fromPaste, LONGEST_PASTE, type Pasted } from "./pasted";

/** Takes a pasted email and says what came of it. What is pasted is nowhere kept. */
export function Paste({ onTaken }: { onTaken: (found: Pasted) => void }) {
  const [text, setText] = useState("");
  const [told, setTold] = useState<string[]>([]);
  const take = (pasted: string) => {
    const found = fromPaste(pasted);
    setText(pasted.slice(0, LONGEST_PASTE));
    setTold([
      ...(pasted.trim() === "" ? [] : [w.open.pasteFound(found.emails.length, found.phones.length)]),
      ...(found.cut ? [w.open.pasteCut] : []),
      ...(found.control ? [w.open.pasteControl] : []),
    ]);
    onTaken(found);
  };
  const refusePicture = (event: ClipboardEvent) => {
    const { files, types } = event.clipboardData;
    if ([...files].length > 0 && ![...types].includes("text/plain")) {
      event.preventDefault();
      setTold([w.open.pasteImage]);
    }
  };
  return (
    <>
      <Field name={w.open.paste} hint={w.open.pasteHint}>
        <textarea dir="auto" rows={5} value={text} onPaste={refusePicture} onChange={(event) => take(event.target.value)} />
      </Field>
      <div role="status" className="quiet">
        {told.map((it) => (
          <p key={it}>{it}</p>
        ))}
      </div>
    </>
  );
}
