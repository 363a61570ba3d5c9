// The receipt, as core/intake/rules/receipts.py: eight groups of five random digits and a check.

const GROUPS = 8, CHOSEN = 5;
const LOOKUP = "undaunted intake receipt v1: lookup", SECRET = "undaunted intake receipt v1: x25519";
// Damm, Total anti-symmetrische Quasigruppen (2004): an anti-symmetric quasigroup of order 10.
const QUASIGROUP = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
  "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"];

const checkOf = (place, digits) =>
  [...digits].reduce((interim, digit) => +QUASIGROUP[interim][+digit], place);

function drawDigit() {
  for (;;) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < 250) return String(byte % 10);
  }
}

export function drawReceipt() {
  return Array.from({ length: GROUPS }, (_, place) => {
    const digits = Array.from({ length: CHOSEN }, drawDigit).join("");
    return digits + checkOf(place, digits);
  });
}

/** Gives the groups, or null where the text is no receipt; the server's page says which is wrong. */
export function readReceipt(text) {
  const digits = text.replace(/[\s.\-–·]/g, "");
  if (!/^[0-9]{48}$/.test(digits)) return null;
  const groups = digits.match(/.{6}/g);
  const right = groups.every((group, place) => String(checkOf(place, group.slice(0, CHOSEN))) === group[CHOSEN]);
  return right ? groups : null;
}

async function derived(groups, purpose) {
  const chosen = groups.map((group) => group.slice(0, CHOSEN)).join("");
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(chosen), "HKDF", false, ["deriveBits"]);
  const asked = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: new TextEncoder().encode(purpose) };
  return new Uint8Array(await crypto.subtle.deriveBits(asked, key, 256));
}

export const lookupOf = async (groups) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", await derived(groups, LOOKUP)));

export const secretOf = (groups) => derived(groups, SECRET);
