
// From what was found in a bundle to its verdict. Mirrors verify/judge.rs and verify/ledger.rs.

const DOES_NOT_PROVE = /*LIMITS*/[], PRACTICE = /*PRACTICE*/"";
const MANIFEST = "manifest.json", SIGNATURE = "manifest.sig", SIGNER = "signer.pub", SUMS = "SHA256SUMS";
const SEAL = [MANIFEST, SIGNATURE, SIGNER, SUMS], LEDGER = "log/ledger.jsonl";
const MOST_WHOLE = 256 * 2 ** 20;
const OUTCOMES = ["ok", "altered", "missing", "added", "unlisted", "duplicate", "unsafe", "broken_link"];
const HEX = /^[0-9a-f]{64}$/;

const text = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const byCodePoint = (a, b) => {
  const one = Array.from(a), other = Array.from(b);
  for (let i = 0; i < one.length && i < other.length; i++) {
    const difference = one[i].codePointAt(0) - other[i].codePointAt(0);
    if (difference) return difference;
  }
  return one.length - other.length;
};
const attempt = (deed) => { try { return deed(); } catch { return null; } };
const hasKeys = (value, keys) => value !== null && typeof value === "object" && !Array.isArray(value) &&
  Object.keys(value).join() === keys;

function readManifest(bytes) {
  const value = attempt(() => JSON.parse(text(bytes)));
  const strings = (of, keys) => keys.every((key) => typeof of[key] === "string");
  const shape = hasKeys(value, "schema,bundle,case,kind,stage,org,sealed_at,tool_version,practice,signer,files") &&
    strings(value, ["schema", "bundle", "case", "kind", "stage", "org", "sealed_at", "tool_version", "signer"]) &&
    typeof value.practice === "boolean" && Array.isArray(value.files) &&
    value.files.every((file) => hasKeys(file, "path,bytes,sha256,role,source") &&
      strings(file, ["path", "sha256", "role", "source"]) && Number.isSafeInteger(file.bytes) && file.bytes >= 0);
  if (!shape) return "the manifest does not have the form of a manifest";
  if (value.schema !== "habeas.bundle/1") return "the manifest is of another schema than this program knows";
  if (!equal(new TextEncoder().encode(JSON.stringify(value, null, 2) + "\n"), bytes)) {
    return "the manifest is not in its canonical form";
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value.sealed_at) || !HEX.test(value.signer)) {
    return "a date or a hash of the manifest has the wrong form";
  }
  let last = null;
  for (const file of value.files) {
    if (last !== null && byCodePoint(last, file.path) >= 0) {
      return "the manifest's files are not sorted, or one is listed twice";
    }
    if (unsafeBecause(file.path) || SEAL.includes(file.path)) {
      return "the manifest lists a name that cannot stand in a bundle";
    }
    if (!HEX.test(file.sha256) || file.bytes > 0xffffffff) return "a hash or a size of the manifest has the wrong form";
    last = file.path;
  }
  return value;
}

function sumsOf(manifest, manifestSha) {
  const lines = manifest.files.map((file) => [file.path, file.sha256]);
  lines.push([MANIFEST, manifestSha]);
  return lines.sort((a, b) => byCodePoint(a[0], b[0])).map(([path, sum]) => `${sum}  ${path}\n`).join("");
}

function readSums(bytes) {
  const whole = attempt(() => text(bytes));
  if (whole === null || !whole.endsWith("\n")) return null;
  const sums = new Map();
  for (const line of whole.slice(0, -1).split("\n")) {
    const cut = line.indexOf("  ");
    const sum = line.slice(0, cut), path = line.slice(cut + 2);
    if (cut < 0 || !HEX.test(sum) || path === "" || sums.has(path)) return null;
    sums.set(path, sum);
  }
  return sums;
}

function readKey(bytes) {
  const form = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/]{59}=)\n-----END PUBLIC KEY-----\n$/;
  const found = attempt(() => form.exec(text(bytes)));
  const raw = found && attempt(() => atob(found[1]));
  if (!raw || raw.length !== 44 || btoa(raw) !== found[1]) return null;
  const der = Uint8Array.from(raw, (c) => c.charCodeAt(0));
  const prefix = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
  return equal(der.subarray(0, 12), prefix) ? der.subarray(12) : null;
}

function brokenLedger(bytes) {
  const whole = attempt(() => text(bytes));
  if (whole === null) return "the ledger is not UTF-8";
  if (whole === "") return null;
  if (!whole.endsWith("\n")) return "the ledger's last line has no end";
  let before = "0".repeat(64), vaultSeq = 0, itsCase, number = 0;
  for (const line of whole.slice(0, -1).split("\n")) {
    number++;
    const broken = (because) => `line ${number}: ${because}`;
    const cut = /^([^]*),"hash":"([0-9a-f]{64})"\}$/.exec(line);
    if (!cut) return broken("it does not end with its hash");
    if (sha256(new TextEncoder().encode(cut[1] + "}")) !== cut[2]) return broken("its content does not fit its hash");
    const entry = attempt(() => ({ value: JSON.parse(line) }));
    if (!entry) return broken("it is not JSON");
    const { seq = 0, case: own = null, case_seq: caseSeq, case_prev_hash: previous } = entry.value ?? {};
    if (itsCase === undefined) itsCase = own;
    if (JSON.stringify(itsCase) !== JSON.stringify(own)) return broken("it belongs to another case");
    if (!Number.isSafeInteger(seq) || seq <= vaultSeq || caseSeq !== number || previous !== before) {
      return broken("it does not follow the line before it");
    }
    vaultSeq = seq;
    before = cut[2];
  }
  return null;
}

class Findings {
  constructor() { this.byFile = new Map(); }
  add(file, outcome, because) {
    if (!this.byFile.has(file)) this.byFile.set(file, new Map());
    const lines = this.byFile.get(file);
    if (!lines.has(outcome)) lines.set(outcome, because);
  }
  ok(file) { if (!this.byFile.has(file)) this.add(file, "ok", undefined); }
  conclude(signer, practice) {
    const checks = [];
    for (const file of [...this.byFile.keys()].sort(byCodePoint)) {
      const lines = this.byFile.get(file);
      for (const outcome of OUTCOMES) {
        if (lines.has(outcome)) checks.push({ file, outcome, because: lines.get(outcome) });
      }
    }
    const is = (outcome) => checks.some((check) => check.outcome === outcome);
    const altered = checks.some((check) => check.outcome !== "ok" && check.outcome !== "missing");
    const verdict = altered ? "ALTERED" : is("missing") ? "INCOMPLETE" : "INTACT";
    return { verdict, signer, checks, does_not_prove: practice ? [PRACTICE, ...DOES_NOT_PROVE] : DOES_NOT_PROVE };
  }
}

async function unpackAll(file, archive, findings, progress) {
  const twins = new Map();
  for (const { name } of archive.entries) {
    const lower = name.toLowerCase();
    twins.set(lower, [...(twins.get(lower) ?? []), name]);
  }
  for (const names of twins.values()) {
    if (names.length < 2) continue;
    for (const name of names) findings.add(name, "duplicate", "the name stands twice, or twice but for case");
  }
  const seen = new Map();
  if (!archive.bounded) return seen;
  const contents = new Array(archive.entries.length);
  let next = 0;
  const worker = async () => {
    while (next < archive.entries.length) {
      const place = next++, found = archive.entries[place];
      const wanted = SEAL.includes(found.name) || found.name === LEDGER;
      contents[place] = await unpack(file, found, wanted && found.size <= MOST_WHOLE);
      if (place % 200 === 0) progress(place, archive.entries.length);
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  archive.entries.forEach((found, place) => {
    const content = contents[place];
    if (typeof content === "string") {
      findings.add(found.name, "altered", content);
      return;
    }
    if (!content.bytes && (SEAL.includes(found.name) || found.name === LEDGER)) {
      findings.add(found.name, "altered", "it is too large to be checked");
    }
    seen.set(found.name, content);
  });
  return seen;
}

function checkSignature(whole, manifest, findings) {
  const signer = whole(SIGNER);
  if (!signer) return false;
  const key = readKey(signer);
  if (!key) {
    findings.add(SIGNER, "altered", "it is not an Ed25519 public key in PEM form");
    return false;
  }
  if (manifest && manifest.signer !== sha256(signer)) {
    findings.add(SIGNER, "altered", "it is not the key that the manifest names");
    return false;
  }
  const bytes = whole(MANIFEST), signature = whole(SIGNATURE);
  if (!bytes || !signature) return false;
  const holds = signatureHolds(key, bytes, signature);
  if (!holds) {
    const because = "the signature does not fit the manifest: one of the two was changed";
    findings.add(SIGNATURE, "altered", because);
    findings.add(MANIFEST, "altered", because);
  }
  return holds;
}

async function check(file, progress = () => {}) {
  const archive = await readArchive(file);
  const findings = new Findings();
  for (const [name, outcome, because] of archive.faults) findings.add(name, outcome, because);
  const seen = await unpackAll(file, archive, findings, progress);
  if (!archive.bounded) return findings.conclude("", false);
  const whole = (name) => seen.get(name)?.bytes ?? null;
  const present = new Set(archive.entries.map((found) => found.name));
  for (const name of SEAL) if (!present.has(name)) findings.add(name, "missing", NO_LINES);

  let manifest = whole(MANIFEST) && readManifest(whole(MANIFEST));
  if (typeof manifest === "string") {
    findings.add(MANIFEST, "altered", manifest);
    manifest = null;
  }
  const signed = checkSignature(whole, manifest, findings);
  const manifestSha = whole(MANIFEST) ? sha256(whole(MANIFEST)) : "";
  let sums = whole(SUMS) && readSums(whole(SUMS));
  if (whole(SUMS) && !sums) findings.add(SUMS, "altered", "it does not have the form that sha256sum writes");
  sums = sums ?? new Map();

  if (manifest && signed) {
    const fits = !whole(SUMS) || equal(new TextEncoder().encode(sumsOf(manifest, manifestSha)), whole(SUMS));
    if (!fits) findings.add(SUMS, "altered", "it does not say what the signed manifest says");
  } else if (sums.has(MANIFEST) && sums.get(MANIFEST) !== manifestSha && present.has(MANIFEST)) {
    findings.add(MANIFEST, "altered", "it is not the file that SHA256SUMS lists");
  }
  const expected = new Map();
  const byManifest = manifest && (signed || sums.size === 0) ? manifest : null;
  if (byManifest) {
    for (const { path, bytes, sha256 } of byManifest.files) expected.set(path, [bytes, sha256]);
  } else {
    for (const [path, sum] of sums) if (!SEAL.includes(path)) expected.set(path, [null, sum]);
  }
  for (const [path, [bytes, sum]] of expected) {
    const content = seen.get(path);
    if (!present.has(path)) findings.add(path, "missing", "it is listed but not in the archive");
    else if (content && (content.sha256 !== sum || (bytes !== null && bytes !== content.size))) {
      findings.add(path, "altered", "it is not the file that was sealed");
    }
  }
  const anyList = byManifest !== null || sums.size > 0;
  for (const name of present) {
    if (SEAL.includes(name) || expected.has(name) || !anyList) continue;
    if (sums.has(name)) findings.add(name, "unlisted", "SHA256SUMS lists it, the signed manifest does not");
    else findings.add(name, "added", "nothing lists it");
  }
  const broken = whole(LEDGER) && brokenLedger(whole(LEDGER));
  if (broken) findings.add(LEDGER, "broken_link", broken);
  for (const name of present) findings.ok(name);
  return findings.conclude(whole(SIGNER) ? sha256(whole(SIGNER)) : "", manifest?.practice === true);
}

// The page around it.
if (typeof document !== "undefined") {
  const at = (id) => document.getElementById(id);
  const WORDS = {
    INTACT: "Intact. Every file is as it was sealed.",
    INCOMPLETE: "Incomplete. Files are missing; nothing else was found changed.",
    ALTERED: "Altered. This is not the bundle as it was sealed.",
    bundle_unreadable: "Not readable. This file is not a ZIP; nothing was checked.",
  };
  const cell = (row, words) => { row.insertCell().textContent = words; };
  const show = (result) => {
    at("status").textContent = WORDS[result.verdict];
    at("signer").textContent = result.signer || "none";
    at("limits").replaceChildren(...result.does_not_prove.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }));
    const faults = result.checks.filter((line) => line.outcome !== "ok");
    const sound = result.checks.filter((line) => line.outcome === "ok");
    for (const { file, outcome, because } of [...faults, ...sound]) {
      const row = at("checks").insertRow();
      row.dataset.outcome = outcome;
      row.dataset.file = file;
      cell(row, outcome.replace("_", " "));
      cell(row, file);
      cell(row, because ?? "");
    }
    at("count").textContent = `${result.checks.length} lines, ${faults.length} of them findings.`;
    at("json").textContent = JSON.stringify(result, null, 2);
    at("result").hidden = false;
    document.body.dataset.verdict = result.verdict;
  };
  let turn = 0;
  const begin = async (file) => {
    const mine = ++turn;
    delete document.body.dataset.verdict;
    at("result").hidden = true;
    at("checks").replaceChildren();
    at("status").textContent = "Checking …";
    const progress = (n, of) => { if (mine === turn) at("status").textContent = `Checking … ${n} of ${of} files`; };
    let result;
    try {
      result = await check(file, progress);
    } catch (error) {
      if (!(error instanceof Unreadable) && !(error instanceof DOMException)) console.error(error);
      result = { verdict: "bundle_unreadable", signer: "", checks: [], does_not_prove: DOES_NOT_PROVE };
    }
    if (mine === turn) show(result);
  };
  at("bundle").addEventListener("change", (event) => { if (event.target.files[0]) begin(event.target.files[0]); });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) begin(event.dataTransfer.files[0]);
  });
}
if (typeof module !== "undefined") module.exports = { check, Unreadable, Sha512, sha256, signatureHolds };
