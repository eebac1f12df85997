import { useCallback, useEffect, useRef } from "react";

import { w } from "../words";
import { DeedButton } from "./DeedButton";
import { type Page, pagesOf } from "./pdf";
import { useDeed } from "./useDeed";

type Props<T> = { order: T; load: (order: T) => Promise<ArrayBuffer>; missing: string | null };

/** A paper as it would be written, page by page. Nothing is written by looking. */
export function PaperPreview<T>({ order, load, missing }: Props<T>) {
  const asked = JSON.stringify(order);
  const deed = useDeed(
    useCallback(async () => {
      const wanted: T = JSON.parse(asked);
      return { asked, pages: await pagesOf(await load(wanted)) };
    }, [asked, load]),
  );
  const pages = deed.done?.pages ?? [];
  return (
    <section aria-label={w.preview.title}>
      <DeedButton deed={deed} missing={missing} quiet>
        {pages.length > 0 ? w.preview.again : w.preview.go}
      </DeedButton>
      {deed.done && deed.done.asked !== asked && <p role="status">{w.preview.stale}</p>}
      {pages.map((page, place) => (
        <Sheet key={place} page={page} name={w.preview.page(place + 1, pages.length)} />
      ))}
    </section>
  );
}

/** One page: painted for the eye, its words beside for a screen reader. */
function Sheet({ page, name }: { page: Page; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) {
      page.paint(canvas.current);
    }
  }, [page]);
  return (
    <figure className="page">
      <canvas ref={canvas} aria-hidden="true" />
      <figcaption className="quiet">{name}</figcaption>
      <p className="heard">{page.text}</p>
    </figure>
  );
}
