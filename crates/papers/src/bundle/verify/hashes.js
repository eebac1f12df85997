"use strict";

// SHA-256, SHA-512 and CRC-32 over bytes that arrive in pieces, and Ed25519 verification.

function primes(count) {
  const found = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p)) found.push(n);
  return found;
}

// The first `bits` bits behind the point of the square or cube root of n.
function rootBits(n, root, bits) {
  const scaled = BigInt(n) << BigInt(root * bits);
  let low = 0n, high = 1n << BigInt(bits + 16);
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(root) <= scaled) low = middle; else high = middle;
  }
  return low & ((1n << BigInt(bits)) - 1n);
}

const PRIMES = primes(80);
const K256 = new Int32Array(PRIMES.slice(0, 64).map((p) => Number(rootBits(p, 3, 32)) | 0));
const H256 = new Int32Array(PRIMES.slice(0, 8).map((p) => Number(rootBits(p, 2, 32)) | 0));
const halves = (numbers) => {
  const out = new Int32Array(numbers.length * 2);
  numbers.forEach((n, i) => { out[2 * i] = Number(n >> 32n) | 0; out[2 * i + 1] = Number(n & 0xffffffffn) | 0; });
  return out;
};
const K512 = halves(PRIMES.map((p) => rootBits(p, 3, 64)));
const H512 = halves(PRIMES.slice(0, 8).map((p) => rootBits(p, 2, 64)));

class Sha {
  constructor(blockSize, state) {
    this.state = state.slice();
    this.block = new Uint8Array(blockSize);
    this.held = 0;
    this.length = 0;
  }
  update(bytes) {
    this.length += bytes.length;
    let at = 0;
    const size = this.block.length;
    if (this.held) {
      at = Math.min(size - this.held, bytes.length);
      this.block.set(bytes.subarray(0, at), this.held);
      this.held += at;
      if (this.held < size) return this;
      this.compress(this.block, 0);
      this.held = 0;
    }
    for (; at + size <= bytes.length; at += size) this.compress(bytes, at);
    this.block.set(bytes.subarray(at));
    this.held = bytes.length - at;
    return this;
  }
  digest() {
    const size = this.block.length, field = size / 8, length = this.length;
    const padding = new Uint8Array(((this.held + field < size) ? size : 2 * size) - this.held);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(length / 0x20000000));
    view.setUint32(padding.length - 4, (length * 8) >>> 0);
    this.update(padding);
    const out = new Uint8Array(this.state.length * 4);
    const to = new DataView(out.buffer);
    this.state.forEach((word, i) => to.setInt32(4 * i, word));
    return out;
  }
  hex() {
    return Array.from(this.digest(), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}

class Sha256 extends Sha {
  constructor() { super(64, H256); this.w = new Int32Array(64); }
  compress(bytes, at) {
    const w = this.w, s = this.state;
    for (let i = 0; i < 16; i++, at += 4) {
      w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K256[i] + w[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
  }
}

// Each 64-bit word as two halves: w[2i] high, w[2i+1] low.
class Sha512 extends Sha {
  constructor() { super(128, H512); this.w = new Int32Array(160); }
  compress(bytes, at) {
    const w = this.w, s = this.state, v = s.slice();
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, 128);
    for (let i = 0; i < 32; i++) w[i] = view.getInt32(4 * i);
    const right = (h, l, n) => n < 32 ? (h >>> n) | (l << (32 - n)) : (l >>> (n - 32)) | (h << (64 - n));
    const sum = (...low) => low.reduce((total, word) => total + (word >>> 0), 0);
    const carry = (total) => Math.floor(total / 0x100000000);
    for (let i = 32; i < 160; i += 2) {
      const ah = w[i - 30], al = w[i - 29], bh = w[i - 4], bl = w[i - 3];
      const h0 = right(ah, al, 1) ^ right(ah, al, 8) ^ (ah >>> 7);
      const l0 = right(al, ah, 1) ^ right(al, ah, 8) ^ ((al >>> 7) | (ah << 25));
      const h1 = right(bh, bl, 19) ^ right(bh, bl, 61) ^ (bh >>> 6);
      const l1 = right(bl, bh, 19) ^ right(bl, bh, 61) ^ ((bl >>> 6) | (bh << 26));
      const low = sum(w[i - 31], l0, w[i - 13], l1);
      w[i + 1] = low;
      w[i] = w[i - 32] + h0 + w[i - 14] + h1 + carry(low);
    }
    for (let i = 0; i < 160; i += 2) {
      const eh = v[8], el = v[9], ah = v[0], al = v[1];
      const h1 = right(eh, el, 14) ^ right(eh, el, 18) ^ right(eh, el, 41);
      const l1 = right(el, eh, 14) ^ right(el, eh, 18) ^ right(el, eh, 41);
      const t1l = sum(v[15], l1, (el & v[11]) ^ (~el & v[13]), K512[i + 1], w[i + 1]);
      const t1h = (v[14] + h1 + ((eh & v[10]) ^ (~eh & v[12])) + K512[i] + w[i] + carry(t1l)) | 0;
      const h0 = right(ah, al, 28) ^ right(ah, al, 34) ^ right(ah, al, 39);
      const l0 = right(al, ah, 28) ^ right(al, ah, 34) ^ right(al, ah, 39);
      const t2l = sum(l0, (al & v[3]) ^ (al & v[5]) ^ (v[3] & v[5]));
      const t2h = (h0 + ((ah & v[2]) ^ (ah & v[4]) ^ (v[2] & v[4])) + carry(t2l)) | 0;
      const dl = sum(v[7], t1l | 0), dh = (v[6] + t1h + carry(dl)) | 0;
      const nl = sum(t1l | 0, t2l | 0), nh = (t1h + t2h + carry(nl)) | 0;
      v.copyWithin(2, 0, 14);
      v[8] = dh; v[9] = dl; v[0] = nh; v[1] = nl;
    }
    for (let i = 0; i < 16; i += 2) {
      const low = sum(s[i + 1], v[i + 1]);
      s[i + 1] = low;
      s[i] = s[i] + v[i] + carry(low);
    }
  }
}

const sha256 = (bytes) => new Sha256().update(bytes).hex();

const CRC = new Int32Array(256).map((_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});
function crc32(crc, bytes) {
  crc = ~crc;
  for (let i = 0; i < bytes.length; i++) crc = CRC[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

// Ed25519 (RFC 8032) on points in extended coordinates.
const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (n, by = P) => { const rest = n % by; return rest < 0n ? rest + by : rest; };
function power(base, exponent) {
  let out = 1n;
  for (base = mod(base); exponent; exponent >>= 1n, base = base * base % P) if (exponent & 1n) out = out * base % P;
  return out;
}
const D = mod(-121665n * power(121666n, P - 2n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
const ZERO = [0n, 1n, 1n, 0n];
function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2)), b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * D * t1 * t2), d = mod(2n * z1 * z2);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}
function times(n, point) {
  let out = ZERO;
  for (; n; n >>= 1n, point = add(point, point)) if (n & 1n) out = add(out, point);
  return out;
}
const same = (a, b) => mod(a[0] * b[2] - b[0] * a[2]) === 0n && mod(a[1] * b[2] - b[1] * a[2]) === 0n;
const little = (bytes) => bytes.reduceRight((n, byte) => (n << 8n) | BigInt(byte), 0n);
function point(bytes) {
  const n = little(bytes), sign = n >> 255n, y = mod(n & ((1n << 255n) - 1n));
  const u = mod(y * y - 1n), v = mod(D * y * y + 1n);
  let x = mod(u * v ** 3n) * power(u * v ** 7n, (P - 5n) / 8n) % P;
  const check = mod(v * x * x);
  if (check !== u) {
    if (check !== mod(-u)) return null;
    x = x * ROOT_OF_MINUS_ONE % P;
  }
  if ((x & 1n) !== sign) x = mod(-x);
  return [x, y, 1n, mod(x * y)];
}
const BASE = point(new Uint8Array([0x58, ...new Array(31).fill(0x66)]));

function signatureHolds(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const a = point(key), r = point(signature.subarray(0, 32)), s = little(signature.subarray(32));
  if (!a || !r || s >= L || same(times(8n, a), ZERO) || same(times(8n, r), ZERO)) return false;
  const k = mod(little(new Sha512().update(signature.subarray(0, 32)).update(key).update(message).digest()), L);
  return same(times(s, BASE), add(r, times(k, a)));
}
