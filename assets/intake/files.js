// A file, sealed while it is read, and sent in parts; after a broken line it goes on where it was.

import { sha256 } from "@noble/hashes/sha2.js";
import { asked, Refused, worked } from "./asking.js";
import { hex, newRecordKey, sealedStream } from "./envelopes.js";
import { sealedKey, VERSION } from "./handing.js";

const PART = 2 ** 19, TRIES = 7;
const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** Gives a job whose `go` can be called again until it is done. */
export async function newJob(file, box, lookup, addresses) {
  const record = crypto.randomUUID(), own = await newRecordKey(), digest = sha256.create();
  const bound = { tenant: box.holder, record, version: VERSION, sequence: 1 };
  const key = await sealedKey(own, bound, box.recipients);
  const { stream, size } = await sealedStream(file, { ...bound, kind: "intake.file" }, own.recipient);
  const reader = stream.getReader();
  let held = new Uint8Array(0), at = 0, ended = false, pass = {};

  async function fill() {
    while (held.length < PART && !ended) {
      const { value, done } = await reader.read();
      ended = done;
      if (!done) {
        digest.update(value);
        const more = new Uint8Array(held.length + value.length);
        more.set(held);
        more.set(value, held.length);
        held = more;
      }
    }
  }

  async function send() {
    const address = addresses.part.replace(/0{8}-.*$/, `${record}/${at}/`);
    const given = pass;
    pass = {};
    const answer = await fetch(address, {
      method: "POST", body: held.subarray(0, PART), cache: "no-store", credentials: "omit", redirect: "error",
      headers: { "Content-Type": "application/octet-stream", "X-Mailbox": lookup, ...given },
    });
    if (answer.status === 429) {
      const task = await answer.json();
      pass = { "X-Ticket": task.ticket, "X-Answer": await worked(addresses.work, task) };
      throw new Error();
    }
    if (!answer.ok && answer.status !== 409) throw answer.status < 500 ? new Refused(String(answer.status)) : new Error();
    const there = (await answer.json()).held;
    if (there < at || there > at + held.length) throw new Refused("lost");
    held = held.slice(there - at);
    at = there;
  }

  return async function go(tell) {
    for (let tries = 0; !ended || held.length; ) {
      await fill();
      try {
        if (held.length) await send();
        tries = 0;
        tell(Math.floor((100 * at) / size));
      } catch (problem) {
        if (problem instanceof Refused || ++tries > TRIES) throw problem;
        await pause(2 ** (tries - 2));
      }
    }
    const told = { lookup, record, record_recipient: own.recipient, sealed_key: key, size: at };
    await asked(addresses.file, { ...told, digest: hex(digest.clone().digest()) });
  };
}
