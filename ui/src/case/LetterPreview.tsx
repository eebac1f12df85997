import { type LetterOrder, own } from "../api";
import { PaperPreview } from "../parts/PaperPreview";

const load = (order: LetterOrder): Promise<ArrayBuffer> => own.letterPreview(order);

/** The letter as it would be written. */
export const LetterPreview = ({ order, missing }: { order: LetterOrder; missing: string | null }) => (
  <PaperPreview order={order} load={load} missing={missing} />
);
