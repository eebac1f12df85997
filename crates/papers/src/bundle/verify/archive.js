
// The structure of a ZIP, and everything in it that a sealed bundle never has. Mirrors verify/archive.rs.

const TAIL = 16 * 2 ** 20, MOST_DIRECTORY = 64 * 2 ** 20, MOST_TOTAL = 4 * 2 ** 30;
const ARCHIVE = "(archive)";
const ATTRIBUTES = [0x81a40000, 0x01800000];
const NO_LINES = "it is not in the archive; without it less can be checked";

class Unreadable extends Error {}

const slice = async (file, from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer());
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const isAt = (view, at, signature) => at + 4 <= view.byteLength && view.getUint32(at, true) === signature;
const shown = (bytes) => Array.from(bytes, (b) => b >= 0x20 && b <= 0x7e ? String.fromCharCode(b) : "\ufffd").join("");

function unsafeBecause(path) {
  if (path.length === 0 || path.length > 240) return "the name is empty or too long";
  if (!/^[\x20-\x7e]*$/.test(path)) return "the name is not printable ASCII";
  if (/[\\:*?"<>|]/.test(path)) return "the name holds a character that some systems treat specially";
  for (const part of path.split("/")) {
    if (part === "" || part === "." || part === "..") {
      return "the name is absolute, a folder, or climbs out of its folder";
    }
    if (/^ |[ .]$/.test(part)) return "a part of the name begins or ends with a space or a dot";
    if (/^(con|prn|aux|nul|com[1-9]|lpt[1-9])$/i.test(part.split(".")[0])) return "the name is reserved on Windows";
  }
  return null;
}

async function readArchive(file) {
  const tailAt = Math.max(0, file.size - TAIL);
  const tail = await slice(file, tailAt, file.size), view = viewOf(tail);
  for (let place = tail.length - 4, tried = 0; place >= 0 && tried < 16; place--) {
    if (tail[place] !== 0x50 || !isAt(view, place, 0x06054b50)) continue;
    tried++;
    if (place + 22 > tail.length) continue;
    const end = new DataView(tail.buffer, tail.byteOffset + place, 22);
    const archive = await readDirectory(file, end, tailAt + place);
    if (archive) return archive;
  }
  throw new Unreadable();
}

async function readDirectory(file, end, endAt) {
  const count = end.getUint16(10, true), size = end.getUint32(12, true), offset = end.getUint32(16, true);
  if (size > MOST_DIRECTORY || size > endAt) return null;
  for (const [at, shift] of [[endAt - size, endAt - size - offset], [offset, 0]]) {
    if (shift < 0 || at + size > endAt) continue;
    const archive = parseDirectory(await slice(file, at, at + size), count, shift);
    if (!archive) continue;
    const fault = (because) => archive.faults.push([ARCHIVE, "altered", because]);
    if (end.getUint16(4, true) || end.getUint16(6, true) || end.getUint16(8, true) !== count) {
      fault("the directory speaks of other disks");
    }
    if (end.getUint16(20, true)) fault("the archive has a comment");
    if (endAt + 22 !== file.size) fault("there are bytes after the archive");
    if (at + size !== endAt) fault("there are bytes between the directory and its end");
    await checkLayout(file, archive, at);
    return archive;
  }
  return null;
}

function parseDirectory(bytes, count, shift) {
  const view = viewOf(bytes), archive = { entries: [], faults: [], bounded: true };
  let at = 0;
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || !isAt(view, at, 0x02014b50)) return null;
    const u16 = (place) => view.getUint16(at + place, true), u32 = (place) => view.getUint32(at + place, true);
    const after = at + 46 + u16(28);
    if (after + u16(30) + u16(32) > bytes.length) return null;
    const name = shown(bytes.subarray(at + 46, after));
    const fault = (outcome, because) => archive.faults.push([name, outcome, because]);
    const found = {
      name, version: u16(6), flags: u16(8), method: u16(10), time: u16(12), date: u16(14), crc: u32(16),
      packed: u32(20), size: u32(24), headerAt: u32(42) + shift, sound: true,
    };
    const notSafe = unsafeBecause(name), mode = u32(38) >>> 28;
    if (notSafe) fault("unsafe", notSafe);
    if (mode !== 0 && mode !== 8) fault("unsafe", "it is a link or a device, not a file");
    if (u16(4) !== 0x0314 || found.version !== 20 || u16(36) || !ATTRIBUTES.includes(u32(38))) {
      fault("altered", "its header has a version or attributes that a bundle never has");
    }
    if (found.flags & 0x2041) { fault("altered", "it is encrypted"); found.sound = false; }
    if (found.flags & ~0x2847) {
      fault("altered", "its header has a data descriptor or another flag that a bundle never has");
    }
    if (found.method !== 0 && found.method !== 8) {
      fault("altered", "it is packed in an unknown way");
      found.sound = false;
    }
    if (found.method === 0 && found.packed !== found.size) {
      fault("altered", "its header gives two sizes");
      found.sound = false;
    }
    if (u16(30) || u16(32) || u16(34)) fault("altered", "its header has a comment or an extra field");
    archive.entries.push(found);
    at = after + u16(30) + u16(32);
  }
  return at === bytes.length ? archive : null;
}

async function checkLayout(file, archive, directoryAt) {
  const fault = (name, because) => archive.faults.push([name, "altered", because]);
  const gap = async (from, to) => {
    fault(ARCHIVE, "there are bytes that belong to no file");
    if (from + 30 > to) return;
    const header = viewOf(await slice(file, from, from + 30));
    const length = header.getUint16(26, true);
    if (!isAt(header, 0, 0x04034b50) || from + 30 + length > to) return;
    const name = shown(await slice(file, from + 30, from + 30 + length));
    archive.faults.push([name, "added", "hidden: it lies in the archive but not in its directory"]);
  };
  let reached = 0, total = 0;
  for (const found of [...archive.entries].sort((a, b) => a.headerAt - b.headerAt)) {
    total += found.size;
    const at = found.headerAt;
    if (at > reached) {
      await gap(reached, at);
    } else if (at < reached) {
      fault(ARCHIVE, "files overlap");
      archive.bounded = false;
    }
    const most = Math.min(directoryAt, at + 30 + 0xffff);
    const bytes = at + 30 <= directoryAt ? await slice(file, at, Math.min(most, at + 30 + 512)) : new Uint8Array();
    const header = viewOf(bytes);
    if (bytes.length < 30 || !isAt(header, 0, 0x04034b50)) {
      found.sound = false;
      reached = Math.max(reached, at);
      fault(found.name, "its own header is missing");
      continue;
    }
    const u16 = (place) => header.getUint16(place, true), u32 = (place) => header.getUint32(place, true);
    const nameAt = at + 30, length = u16(26), extra = u16(28);
    const agrees = u16(4) === found.version && u16(6) === found.flags && u16(8) === found.method &&
      u16(10) === found.time && u16(12) === found.date && u32(14) === found.crc && u32(18) === found.packed &&
      u32(22) === found.size && extra === 0 && nameAt + length <= directoryAt &&
      shown(await slice(file, nameAt, nameAt + length)) === found.name;
    if (!agrees) fault(found.name, "its own header disagrees with the directory");
    found.dataAt = nameAt + length + extra;
    const end = found.dataAt + found.packed;
    if (end > directoryAt) {
      found.sound = false;
      fault(ARCHIVE, "files overlap");
      archive.bounded = false;
    }
    reached = Math.max(reached, end);
  }
  if (reached < directoryAt) await gap(reached, directoryAt);
  if (total > MOST_TOTAL) {
    fault(ARCHIVE, "it would unpack to more than 4 GiB");
    archive.bounded = false;
  }
}

// A file's hash (and its bytes when they are to be kept), or a string saying why it cannot be unpacked as declared.
async function unpack(file, found, keep) {
  if (!found.sound) return "it cannot be unpacked";
  const sha = new Sha256(), kept = [];
  let crc = 0, size = 0;
  const blob = file.slice(found.dataAt, found.dataAt + found.packed);
  let stream = found.method === 8 ? blob.stream().pipeThrough(new DecompressionStream("deflate-raw")) : blob.stream();
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > found.size) {
        await reader.cancel().catch(() => {});
        return "it unpacks to more than declared";
      }
      crc = crc32(crc, value);
      sha.update(value);
      if (keep) kept.push(value);
    }
  } catch {
    return "its packed bytes are damaged, cut, or followed by others";
  }
  if (size !== found.size) return "it unpacks to another size than declared";
  if (crc !== found.crc) return "its checksum does not fit";
  let bytes = null;
  if (keep) {
    bytes = new Uint8Array(size);
    let at = 0;
    for (const chunk of kept) { bytes.set(chunk, at); at += chunk.length; }
  }
  return { sha256: sha.hex(), size, bytes };
}
