// What a form holds, and the mailbox that is made of it; used by the pages and by the offline form.

import { hex, identityFrom, newRecordKey, recipientOf, sealed, toText } from "./envelopes.js";
import { drawReceipt, lookupOf, secretOf } from "./receipts.js";

export const FORMAT = 1, VERSION = 1;
const APART = new Set(["danger", "harmless", "ticket", "receipt", "save"]);
export const bytesOf = (value) => new TextEncoder().encode(JSON.stringify(value));

export function answersOf(form) {
  const given = {};
  for (const [key, value] of new FormData(form)) {
    if (APART.has(key) || typeof value !== "string" || !value.trim()) continue;
    const many = form.querySelector(`input[type=checkbox][name="${key}"]`);
    if (many) (given[key] = given[key] || []).push(value);
    else given[key] = value.trim();
  }
  return given;
}

async function mailbox(team, answers, receipt, reply) {
  const record = crypto.randomUUID(), own = await newRecordKey();
  const bound = { tenant: team.holder, record, version: VERSION, sequence: 1 };
  const mine = await recipientOf(identityFrom(await secretOf(receipt)));
  const sent = {
    record, door: answers.door, danger: answers.danger, lookup: hex(await lookupOf(receipt)), recipient: mine,
    record_recipient: own.recipient, sealed_key: await sealedKey(own, bound, team.recipients),
    envelope: toText(await sealed(bytesOf(answers), { ...bound, kind: "intake.answers" }, [own.recipient])),
  };
  if (reply) sent.reply = toText(await sealed(bytesOf({ format: FORMAT, text: reply }), { ...bound, kind: "intake.reply" }, [own.recipient, mine]));
  return sent;
}

export async function sealedKey(own, bound, recipients) {
  return toText(await sealed(new TextEncoder().encode(own.identity), { ...bound, kind: "vault.key" }, recipients, { key: true }));
}

/** Gives what is sent of a filled form, and the receipts that open it: the real one first. */
export async function handedIn(form, team, spoken, receipt = drawReceipt()) {
  const danger = new FormData(form).get("danger"), door = form.dataset.door;
  const answers = { format: FORMAT, door, danger, spoken, decoy: false, given: answersOf(form) };
  const receipts = [receipt], mailboxes = [await mailbox(team, answers, receipt)];
  if (form.elements.harmless && form.elements.harmless.checked) {
    const nothing = { format: FORMAT, door: "help", danger: "no", spoken, decoy: true, given: {} };
    receipts.push(drawReceipt());
    mailboxes.push(await mailbox(team, nothing, receipts[1], form.dataset.newsletter));
  }
  return { receipts, sent: { team: team.team, mailboxes } };
}

function show(groups, list) {
  list.replaceChildren(...groups.map((group) => {
    const item = document.createElement("li"), code = document.createElement("code");
    code.textContent = group;
    item.append(code);
    return item;
  }));
}

export function showReceipts([real, harmless], place) {
  show(real, place.querySelector("[data-receipt]"));
  if (harmless) {
    place.querySelector("[data-harmless]").hidden = false;
    show(harmless, place.querySelector("[data-harmless-receipt]"));
  }
  place.hidden = false;
  place.scrollIntoView();
  place.focus();
}
