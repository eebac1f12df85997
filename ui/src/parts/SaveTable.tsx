import { useCallback } from "react";

import { own } from "../api";
import { DeedButton } from "./DeedButton";
import { useDeed } from "./useDeed";

type Props = {
  name: string;
  header: string[];
  /** Made when they are saved: a list can be long. */
  rows: () => string[][];
  /** What the button says, and what is said of the file that was written. */
  words: { save: string; saved: (file: string) => string };
};

/** A list as a file: exactly the rows that are shown, where the system's dialog says. */
export function SaveTable({ name, header, rows, words }: Props) {
  const deed = useDeed(useCallback(() => own.saveTable({ name, header, rows: rows() }), [name, header, rows]));
  return (
    <>
      <DeedButton deed={deed} quiet>
        {words.save}
      </DeedButton>
      {deed.done && <p role="status">{words.saved(deed.done.file)}</p>}
    </>
  );
}
