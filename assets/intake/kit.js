// The offline form: the same seal, saved to a file that is handed in later by any means.

import { handedIn, showReceipts } from "./handing.js";
import { hex } from "./envelopes.js";

const FORMAT = "undaunted-handed-in-1";
const find = (name) => document.querySelector(`[data-${name}]`);
const kit = JSON.parse(find("kit").textContent);
const here = document.documentElement.lang || "en";
const text = new TextEncoder();

async function fileOf(sent) {
  const inside = JSON.stringify(sent);
  const digest = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", text.encode(inside))));
  return JSON.stringify({ format: FORMAT, kit: kit.number, digest, sent: inside });
}

function save(content) {
  const link = find("save"), address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  link.href = address;
  link.click();
}

function choose() {
  const wanted = document.querySelector("input[name=which]:checked");
  for (const form of document.querySelectorAll("form[data-door]")) form.hidden = !wanted || form.dataset.door !== wanted.value;
}

async function handIn(form) {
  const { receipts, sent } = await handedIn(form, kit, here);
  save(await fileOf(sent));
  showReceipts(receipts, find("done"));
  form.reset();
  find("asking").remove();
}

document.querySelectorAll("input[name=which]").forEach((each) => each.addEventListener("change", choose));
for (const form of document.querySelectorAll("form[data-door]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const trouble = find("trouble");
    trouble.hidden = true;
    handIn(form).catch(() => { trouble.hidden = false; trouble.scrollIntoView(); });
  });
}
choose();
