import { en } from "./en";

/** Every word of the screens. A second language is a second object of this shape. */
export type Words = typeof en;

export const w: Words = en;
