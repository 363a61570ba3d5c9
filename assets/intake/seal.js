// With script, everything is sealed here before it is sent; the server never sees it, nor a receipt.
// Without script, or where something here fails before sending, the plain form does its work.

import { asked } from "./asking.js";
import { fillForm, keepDraft, openDraft } from "./drafts.js";
import { fromText, hex, identityFrom, opened, sealed, toText } from "./envelopes.js";
import { newJob } from "./files.js";
import { bytesOf, FORMAT, handedIn, showReceipts, VERSION } from "./handing.js";
import { drawReceipt, lookupOf, readReceipt, secretOf } from "./receipts.js";

const here = document.documentElement.lang || "en";
const find = (name) => document.querySelector(`[data-${name}]`);
let kept = null; // the receipt of a draft that is gone on with

async function handIn(form, place) {
  const team = await asked(form.dataset.keys);
  const { receipts, sent } = await handedIn(form, team, here, kept || drawReceipt());
  await asked(form.dataset.sealed, { ...sent, ticket: form.elements.ticket.value }, form.dataset.work);
  showReceipts(receipts, place);
  form.reset();
  find("asking").remove();
}

async function save(form) {
  const receipt = kept || drawReceipt();
  await keepDraft(form, receipt, form.dataset);
  kept = receipt;
  showReceipts([receipt], find("saved"));
}

function element(name, words, hint) {
  const made = document.createElement(name);
  made.textContent = words;
  if (hint) made.className = hint;
  made.dir = "auto";
  return made;
}

async function openReplies(box, receipt) {
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

function write(form, box, lookup, addresses, place) {
  onSubmit(form, form.querySelector("[data-trouble]"), async () => {
    const message = form.elements.message.value.trim();
    if (!message) return;
    const bound = { tenant: box.holder, record: box.record, kind: "intake.message", version: VERSION, sequence: box.next };
    const envelope = await sealed(bytesOf({ format: FORMAT, text: message }), bound, [box.record_recipient]);
    const full = form.querySelector("[data-full]");
    full.hidden = true;
    try {
      await asked(addresses.message, { lookup, sequence: box.next, envelope: toText(envelope) }, addresses.work);
    } catch (problem) {
      if (problem.message !== "507") throw problem;
      full.hidden = false;
      return;
    }
    box.next += 1;
    form.reset();
    place.querySelector("[data-written]").hidden = false;
  });
}

function attach(form, box, lookup, addresses) {
  const said = form.querySelector("[data-progress]"), sent = form.querySelector("[data-sent]");
  let job = null, chosen = null;
  onSubmit(form, form.querySelector("[data-trouble]"), async () => {
    const [file] = form.elements.file.files;
    if (!file) return;
    sent.hidden = true;
    form.querySelector("[data-large]").hidden = file.size <= +form.dataset.most;
    if (file.size > +form.dataset.most) return;
    if (!job || chosen !== file) [job, chosen] = [await newJob(file, box, lookup, addresses), file];
    said.hidden = false;
    await job((percent) => { said.value = percent; });
    job = null;
    said.hidden = true;
    form.reset();
    sent.hidden = false;
  });
}

async function comeBack(form, place) {
  const receipt = readReceipt(form.elements.receipt.value);
  if (!receipt) return false;
  const addresses = form.dataset, lookup = hex(await lookupOf(receipt));
  const box = await asked(addresses.box, { lookup });
  if (box.draft) return resume(await openDraft(box.draft, receipt), receipt, addresses);
  if (!box.found) return false;
  await openReplies(box, receipt);
  showBox(box, place);
  const [writing, attaching] = place.querySelectorAll("form");
  write(writing, box, lookup, addresses, place);
  attach(attaching, box, lookup, addresses);
  form.reset();
  find("asking").remove();
  place.hidden = false;
}

/** Brings the form of the draft's door onto this page, filled, with the receipt still in memory. */
async function resume(draft, receipt, addresses) {
  const page = await (await fetch(addresses[draft.door], { cache: "no-store", credentials: "omit" })).text();
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("main");
  document.querySelector("main").replaceWith(document.adoptNode(fresh));
  kept = receipt;
  start();
  fillForm(find("seal"), draft);
}

function onSubmit(form, trouble, work) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => { button.disabled = true; });
    trouble.hidden = true;
    try {
      await work(event.submitter);
    } catch {
      trouble.hidden = false;
      trouble.scrollIntoView({ block: "center" });
    }
    buttons.forEach((button) => { button.disabled = false; });
  });
}

function start() {
  const form = find("seal"), place = find("done");
  if (!form || !place || !crypto.subtle || !crypto.randomUUID) return;
  document.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
  document.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
  onSubmit(form, find("trouble"), async (button) => {
    if (button && button.name === "save") await save(form);
    else if (form.dataset.seal === "door") await handIn(form, place);
    else if ((await comeBack(form, place)) === false) form.submit();
  });
}

start();
