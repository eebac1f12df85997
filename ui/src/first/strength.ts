/** How hard a passphrase is to guess, 0 to 4, by its length and the variety of its letters; a hint, not a gate. */
export function strength(passphrase: string): 0 | 1 | 2 | 3 | 4 {
  const letters = [...passphrase.normalize("NFC")];
  if (letters.length < 12) {
    return 0;
  }
  const words = passphrase.trim().split(/\s+/).filter((word) => word.length > 2).length;
  const different = new Set(letters.map((it) => it.toLowerCase())).size;
  if (different < 6) {
    return 1;
  }
  const score = (letters.length >= 16 ? 1 : 0) + (letters.length >= 22 ? 1 : 0) + (different >= 10 || words >= 4 ? 1 : 0);
  return score === 3 ? 4 : score === 2 ? 3 : score === 1 ? 2 : 1;
}
