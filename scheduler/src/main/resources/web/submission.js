// A photo on its way: sent, followed until it ends, remembered for as long as the tab is open.

import {follow, send} from "./api.js";

/** What fits into a submission; anything larger is uploaded to the store first. */
const INLINE_BYTES = 8 << 20;

/** Every photo of this tab, the latest first. */
export const submissions = [];

/** A name of its own for each submission, so that a repeated one is the same job. */
function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

async function inputOf(file) {
  if (file.size <= INLINE_BYTES) {
    return {data: await base64(file)};
  }
  const upload = await send("POST", "/v1/uploads");
  let stored;
  try {
    stored = await fetch(upload.url, {method: upload.method, body: file});
  } catch {
    throw Object.assign(new Error("Photos past 8 MiB go there directly, and it must allow this page's origin to write (CORS)."), {
      title: "The object store does not take the upload",
    });
  }
  if (!stored.ok) {
    throw Object.assign(new Error(`It answered ${stored.status}.`), {title: "The object store refused the upload"});
  }
  return upload.input;
}

/**
 * Sends a photo and follows its job.
 *
 * @param terms everything of a submission but its input
 * @param preview address of the photo in this browser
 * @returns {name, preview, job, problem, listen(handler)}: listen is called after every change
 */
export function submit(file, terms, preview) {
  const listeners = new Set();
  let stored;
  const one = {
    name: file.name,
    bytes: file.size,
    preview,
    job: null,
    problem: null,
    connection: "open",
    listen(handler, signal) {
      listeners.add(handler);
      signal?.addEventListener("abort", () => listeners.delete(handler));
    },
    async run() {
      one.problem = null;
      changed();
      try {
        const body = {input: stored ?? (await inputOf(file)), ...terms};
        if (file.size > INLINE_BYTES) {
          // Uploaded again it would be another object, and under the same key a submission must be the same.
          stored = body.input;
        }
        one.job = await send("POST", "/v1/jobs", body, {"Idempotency-Key": key});
        changed();
        await follow(`/v1/jobs/${one.job.id}/events`, {event: (_, job) => update(job), state: connected}, new AbortController().signal);
      } catch (failed) {
        one.problem = failed;
        changed();
      }
    },
  };
  const key = freshKey();
  const changed = () => listeners.forEach((listener) => listener(one));
  const update = (job) => {
    one.job = job;
    changed();
  };
  const connected = (state) => {
    one.connection = state;
    changed();
  };
  submissions.unshift(one);
  one.run();
  return one;
}
