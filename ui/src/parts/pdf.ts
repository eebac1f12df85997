import type { PDFPageProxy } from "pdfjs-dist";
import type { TextContent } from "pdfjs-dist/types/src/display/api";

import type { Problem } from "../api";
import { w } from "../words";

/** One page of a PDF, ready to be painted, with its words in reading order. */
export type Page = { text: string; paint: (on: HTMLCanvasElement) => void };

/** Pages that are sharp on a usual screen and still small in memory. */
const SCALE = 1.6;
const MOST_PAGES = 20;

/**
 * The pages of a PDF. The reader is loaded when it is first needed, from inside the program; it runs without `eval`, loads nothing and
 * paints letters as shapes, so that the page's content policy stays as strict as it is.
 *
 * Throws a problem with a next step when the pages cannot be shown.
 */
export async function pagesOf(bytes: ArrayBuffer): Promise<Page[]> {
  try {
    const [reader, worker] = await Promise.all([
      import("pdfjs-dist/legacy/build/pdf.mjs"),
      import("pdfjs-dist/legacy/build/pdf.worker.mjs"),
    ]);
    // On the page's own thread: a letter has few pages, and the three web views differ in where a worker may come from.
    Object.assign(globalThis, { pdfjsWorker: worker });
    const paper = await reader.getDocument({
      data: new Uint8Array(bytes), disableFontFace: true, useSystemFonts: false, useWasm: false, useWorkerFetch: false, enableXfa: false,
    }).promise;
    const pages: Page[] = [];
    for (let n = 1; n <= Math.min(paper.numPages, MOST_PAGES); n += 1) {
      const page = await paper.getPage(n);
      const frame = page.getViewport({ scale: SCALE });
      const picture = document.createElement("canvas");
      picture.width = Math.ceil(frame.width);
      picture.height = Math.ceil(frame.height);
      await page.render({ canvas: picture, viewport: frame }).promise;
      pages.push({ text: await wordsOf(page), paint: (on) => paint(picture, on) });
    }
    await paper.destroy();
    return pages;
  } catch {
    throw { code: "preview", message: w.preview.failed, next_step: w.preview.failedNext } satisfies Problem;
  }
}

/** The words of a page, read piece by piece: not every web view can loop over a stream. */
async function wordsOf(page: PDFPageProxy): Promise<string> {
  const pieces: ReadableStreamDefaultReader<TextContent> = page.streamTextContent().getReader();
  let text = "";
  for (;;) {
    const { done, value } = await pieces.read();
    if (done) {
      return text;
    }
    text += value.items.map((it) => ("str" in it ? it.str + (it.hasEOL ? "\n" : "") : "")).join("");
  }
}

function paint(picture: HTMLCanvasElement, on: HTMLCanvasElement): void {
  on.width = picture.width;
  on.height = picture.height;
  on.getContext("2d")?.drawImage(picture, 0, 0);
}
