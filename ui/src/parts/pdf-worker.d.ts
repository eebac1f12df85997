/** The half of the PDF reader that the library ships without types. */
declare module "pdfjs-dist/legacy/build/pdf.worker.mjs";
