import { useState } from "react";
import { Button, Dialog, DialogTrigger, Heading, Input, Label, Modal, TextField } from "react-aria-components";

import { w } from "../words";

type Props = {
  /** The button that opens the question. */
  deed: string;
  missing: string | null;
  busy: boolean;
  title: string;
  /** What stands to be checked. */
  children: React.ReactNode;
  /** What must be typed, letter for letter. */
  phrase: string;
  onConfirmed: () => void;
};

/** Asks once more before something that cannot be taken back: the count has to be typed. */
export function Confirm({ deed, missing, busy, title, children, phrase, onConfirmed }: Props) {
  const [typed, setTyped] = useState("");
  return (
    <DialogTrigger onOpenChange={() => setTyped("")}>
      <div className="deeds">
        <Button isDisabled={busy || missing !== null} className="danger">
          {busy ? w.parts.working : deed}
        </Button>
        <span className="quiet">{missing ?? ""}</span>
      </div>
      <Modal isDismissable className="modal">
        <Dialog>
          {({ close }) => (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                if (typed === phrase) {
                  close();
                  onConfirmed();
                }
              }}
            >
              <Heading slot="title">{title}</Heading>
              {children}
              <TextField value={typed} onChange={setTyped} autoFocus>
                <Label>{w.parts.typeToConfirm(phrase)}</Label>
                <Input autoComplete="off" />
              </TextField>
              <div className="deeds">
                <button type="submit" className="danger" disabled={typed !== phrase}>
                  {deed}
                </button>
                <button type="button" className="quiet-button" onClick={close}>
                  {w.parts.cancel}
                </button>
              </div>
            </form>
          )}
        </Dialog>
      </Modal>
    </DialogTrigger>
  );
}
