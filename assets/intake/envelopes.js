// What is sealed here is framed as core/vault/rules/bindings.py says, so that one rule opens it.

import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";

const HEADER = 128, TRAILER = 8, KIB = 2 ** 10, MIB = 2 ** 20;
const BUCKETS = [4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB + 4 * KIB, 2 * MIB, 4 * MIB, 8 * MIB, 16 * MIB, 32 * MIB, 64 * MIB];
const KEY_BUCKET = 256;
const LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const text = new TextEncoder();

const PIECE = 2 ** 18, FILE_STEP = 64 * MIB;
const bucketFor = (whole) => BUCKETS.find((bucket) => whole <= bucket) || Math.ceil(whole / FILE_STEP) * FILE_STEP;

const uuidBytes = (uuid) => Uint8Array.from(uuid.replace(/-/g, "").match(/../g), (pair) => parseInt(pair, 16));

function headerOf({ tenant, record, kind, version, sequence }, length) {
  const head = new Uint8Array(HEADER), view = new DataView(head.buffer);
  head.set(text.encode("undaunted-vault\n"));
  view.setUint16(16, 1);
  view.setUint32(20, version);
  view.setBigUint64(24, BigInt(sequence));
  view.setBigUint64(32, BigInt(length));
  head.set(uuidBytes(tenant), 40);
  head.set(uuidBytes(record), 56);
  head.set(text.encode(kind), 72);
  return head;
}

function framed(content, bound, key) {
  const whole = HEADER + content.length + TRAILER;
  const size = key ? KEY_BUCKET : bucketFor(whole);
  if (whole > size) throw new Error("too long");
  const frame = new Uint8Array(size);
  frame.set(headerOf(bound, content.length));
  frame.set(content, HEADER);
  new DataView(frame.buffer).setBigUint64(size - TRAILER, BigInt(content.length));
  return frame;
}

export async function sealed(content, bound, recipients, { key = false } = {}) {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(framed(content, bound, key));
}

async function* piecesOf(file, bound, size) {
  yield headerOf(bound, file.size);
  for (let at = 0; at < file.size; at += PIECE) yield new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
  for (let left = size - HEADER - file.size - TRAILER; left > 0; left -= PIECE) yield new Uint8Array(Math.min(PIECE, left));
  const end = new Uint8Array(TRAILER);
  new DataView(end.buffer).setBigUint64(0, BigInt(file.size));
  yield end;
}

/** Seals a file while it is read; gives the stream and how long it will be. */
export async function sealedStream(file, bound, recipient) {
  const size = bucketFor(HEADER + file.size + TRAILER), pieces = piecesOf(file, bound, size);
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const stream = await encrypter.encrypt(new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  }));
  return { stream, size: stream.size(size) };
}

/** Opens an envelope and compares what it is bound to; throws where anything differs. */
export async function opened(envelope, bound, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const inside = await decrypter.decrypt(envelope);
  const view = new DataView(inside.buffer, inside.byteOffset, inside.byteLength);
  const length = Number(view.getBigUint64(inside.length - TRAILER));
  const expected = headerOf(bound, length);
  if (inside.length < HEADER + TRAILER || length > inside.length - HEADER - TRAILER) throw new Error("length");
  if (expected.some((byte, place) => byte !== inside[place])) throw new Error("not what was asked for");
  return inside.slice(HEADER, HEADER + length);
}

export async function newRecordKey() {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** Gives the age identity of 32 secret bytes (Bech32, BIP 173). */
export function identityFrom(raw) {
  const prefix = "age-secret-key-", values = [];
  let held = 0, bits = 0;
  for (const byte of raw) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      values.push((held >> bits) & 31);
      held &= (1 << bits) - 1;
    }
  }
  if (bits) values.push((held << (5 - bits)) & 31);
  const codes = [...prefix].map((letter) => letter.charCodeAt(0));
  let check = 1;
  for (const value of [...codes.map((c) => c >> 5), 0, ...codes.map((c) => c & 31), ...values, 0, 0, 0, 0, 0, 0]) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].forEach((generator, place) => {
      if ((top >> place) & 1) check ^= generator;
    });
  }
  check ^= 1;
  const checksum = [5, 4, 3, 2, 1, 0].map((place) => (check >>> (5 * place)) & 31);
  return (prefix + "1" + [...values, ...checksum].map((value) => LETTERS[value]).join("")).toUpperCase();
}

export const recipientOf = (identity) => identityToRecipient(identity);

export const toText = (bytes) => {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
};

export const fromText = (encoded) => Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
