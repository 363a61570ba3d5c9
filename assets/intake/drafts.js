// What is not handed in yet: sealed to the receipt alone, and gone once it is handed in.

import { asked } from "./asking.js";
import { fromText, hex, identityFrom, opened, recipientOf, sealed, toText } from "./envelopes.js";
import { answersOf, bytesOf, FORMAT } from "./handing.js";
import { lookupOf, secretOf } from "./receipts.js";

const NOBODY = "00000000-0000-0000-0000-000000000000";

const boundTo = (lookup) => ({ tenant: NOBODY, record: lookup.slice(0, 32), kind: "intake.draft", version: 1, sequence: 1 });

export async function keepDraft(form, receipt, addresses) {
  const lookup = hex(await lookupOf(receipt)), mine = await recipientOf(identityFrom(await secretOf(receipt)));
  const danger = new FormData(form).get("danger") || "";
  const draft = { format: FORMAT, door: form.dataset.door, danger, given: answersOf(form) };
  const envelope = toText(await sealed(bytesOf(draft), boundTo(lookup), [mine]));
  await asked(addresses.draft, { lookup, envelope, ticket: form.elements.ticket.value }, addresses.work);
}

export async function openDraft(envelope, receipt) {
  const lookup = hex(await lookupOf(receipt));
  const inside = await opened(fromText(envelope), boundTo(lookup), identityFrom(await secretOf(receipt)));
  return JSON.parse(new TextDecoder().decode(inside));
}

export function fillForm(form, { danger, given }) {
  for (const [key, value] of Object.entries({ ...given, danger })) {
    const wanted = [].concat(value);
    for (const field of form.querySelectorAll(`[name="${CSS.escape(key)}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = wanted.includes(field.value);
      else field.value = wanted.join("\n");
    }
  }
}
