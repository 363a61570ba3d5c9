// The small work that is asked for while very many come (core/intake/rules/gate.py), off the page's thread.

import { sha256 } from "@noble/hashes/sha2.js";

onmessage = ({ data: { ticket, bits } }) => {
  const text = new TextEncoder(), zero = new Uint8Array(4);
  for (let answer = 0; ; answer++) {
    const digest = sha256(text.encode(`${ticket}.${answer}`));
    zero.set(digest.subarray(0, 4));
    if (new DataView(zero.buffer).getUint32(0) >>> (32 - bits) === 0) return postMessage(String(answer));
  }
};
