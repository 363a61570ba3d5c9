// With script, everything is sealed here before it is sent; the server never sees it, nor a receipt.
// Without script, or where something here fails before sending, the plain form does its work.

import { fromText, hex, identityFrom, newRecordKey, opened, recipientOf, sealed, toText } from "./envelopes.js";
import { drawReceipt, lookupOf, readReceipt, secretOf } from "./receipts.js";

const FORMAT = 1, VERSION = 1;
const here = document.documentElement.lang || "en";
const bytesOf = (value) => new TextEncoder().encode(JSON.stringify(value));
const find = (name) => document.querySelector(`[data-${name}]`);

async function asked(address, body) {
  const answer = await fetch(address, {
    method: body ? "POST" : "GET", body: body && JSON.stringify(body), cache: "no-store", credentials: "omit",
    headers: body ? { "Content-Type": "application/json" } : {}, redirect: "error",
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function answersOf(form) {
  const given = {};
  for (const [key, value] of new FormData(form)) {
    if (key === "danger" || key === "harmless" || typeof value !== "string" || !value.trim()) continue;
    const many = form.querySelector(`input[type=checkbox][name="${key}"]`);
    if (many) (given[key] = given[key] || []).push(value);
    else given[key] = value.trim();
  }
  return given;
}

async function mailbox(team, answers, reply) {
  const receipt = drawReceipt(), record = crypto.randomUUID(), own = await newRecordKey();
  const bound = { tenant: team.holder, record, version: VERSION, sequence: 1 };
  const mine = await recipientOf(identityFrom(await secretOf(receipt)));
  const sent = {
    record, door: answers.door, danger: answers.danger, lookup: hex(await lookupOf(receipt)), recipient: mine,
    record_recipient: own.recipient,
    sealed_key: toText(await sealed(new TextEncoder().encode(own.identity), { ...bound, kind: "vault.key" }, team.recipients, { key: true })),
    envelope: toText(await sealed(bytesOf(answers), { ...bound, kind: "intake.answers" }, [own.recipient])),
  };
  if (reply) sent.reply = toText(await sealed(bytesOf({ format: FORMAT, text: reply }), { ...bound, kind: "intake.reply" }, [own.recipient, mine]));
  return { receipt, sent };
}

function show(groups, list) {
  list.replaceChildren(...groups.map((group) => {
    const item = document.createElement("li"), code = document.createElement("code");
    code.textContent = group;
    item.append(code);
    return item;
  }));
}

async function handIn(form, place) {
  const team = await asked(form.dataset.keys);
  const danger = new FormData(form).get("danger"), door = form.dataset.door;
  const answers = { format: FORMAT, door, danger, spoken: here, decoy: false, given: answersOf(form) };
  const real = await mailbox(team, answers);
  const sent = { team: team.team, mailboxes: [real.sent] };
  let harmless = null;
  if (form.elements.harmless && form.elements.harmless.checked) {
    const nothing = { format: FORMAT, door: "help", danger: "no", spoken: here, decoy: true, given: {} };
    harmless = await mailbox(team, nothing, form.dataset.newsletter);
    sent.mailboxes.push(harmless.sent);
  }
  await asked(form.dataset.sealed, sent);
  show(real.receipt, place.querySelector("[data-receipt]"));
  if (harmless) {
    place.querySelector("[data-harmless]").hidden = false;
    show(harmless.receipt, place.querySelector("[data-harmless-receipt]"));
  }
  form.reset();
  find("asking").remove();
  place.hidden = false;
  place.scrollIntoView();
  place.focus();
}

function element(name, words, hint) {
  const made = document.createElement(name);
  made.textContent = words;
  if (hint) made.className = hint;
  made.dir = "auto";
  return made;
}

async function openBox(receipt, addresses) {
  const box = await asked(addresses.box, { lookup: hex(await lookupOf(receipt)) });
  if (!box.found) return null;
  const identity = identityFrom(await secretOf(receipt));
  const bound = { tenant: box.holder, record: box.record, kind: "intake.reply", version: VERSION };
  for (const reply of box.replies) {
    try {
      const inside = await opened(fromText(reply.envelope), { ...bound, sequence: reply.sequence }, identity);
      reply.text = JSON.parse(new TextDecoder().decode(inside)).text;
    } catch {
      reply.text = null;
    }
  }
  return box;
}

function showBox(box, place) {
  const list = place.querySelector("[data-replies]"), looked = place.querySelector("[data-looked]");
  const words = place.dataset;
  list.replaceChildren(...box.replies.map((reply) => {
    const article = document.createElement("article");
    article.append(element("p", reply.at + (reply.unread ? " · " + words.new : ""), "hint"),
      element("div", reply.text === null ? words.unreadable : reply.text, reply.text === null ? "error" : "letter plain"));
    return article;
  }));
  if (!box.replies.length) list.replaceChildren(element("p", words.none));
  looked.replaceChildren(...box.looked.map((line) => element("li", line)));
  if (!box.looked.length) looked.replaceChildren(element("li", words.nobody));
}

async function comeBack(form, place) {
  const receipt = readReceipt(form.elements.receipt.value);
  if (!receipt) return false;
  const addresses = form.dataset, box = await openBox(receipt, addresses);
  if (!box) return false;
  showBox(box, place);
  const writing = place.querySelector("form");
  writing.addEventListener("submit", async (event) => {
    event.preventDefault();
    const message = writing.elements.message.value.trim();
    if (!message) return;
    const bound = { tenant: box.holder, record: box.record, kind: "intake.message", version: VERSION, sequence: box.next };
    const envelope = await sealed(bytesOf({ format: FORMAT, text: message }), bound, [box.record_recipient]);
    await asked(addresses.message, { lookup: hex(await lookupOf(receipt)), sequence: box.next, envelope: toText(envelope) });
    box.next += 1;
    writing.reset();
    place.querySelector("[data-written]").hidden = false;
  });
  form.reset();
  find("asking").remove();
  place.hidden = false;
  return true;
}

function start() {
  const form = find("seal"), place = find("done");
  if (!form || !place || !crypto.subtle || !crypto.randomUUID) return;
  document.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
  document.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
  const work = form.dataset.seal === "door" ? handIn : comeBack;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button"), trouble = find("trouble");
    button.disabled = true;
    trouble.hidden = true;
    try {
      if ((await work(form, place)) === false) form.submit();
    } catch {
      trouble.hidden = false;
      button.disabled = false;
    }
  });
}

start();
