// A photo on its way: sent, followed until it ends, remembered for as long as the tab is open.

import {follow, get, pause, refusedForGood, send} from "./api.js";

/** What fits into a submission; anything larger is uploaded to the store first. */
const INLINE_BYTES = 8 << 20;

/** So many photos are followed by streams; a browser has six connections to one origin, and the page needs some. */
const STREAMS = 2;

/** Milliseconds between two questions about a photo that has no stream. */
const ASK_MILLIS = 2000;

/** Every photo of this tab, the latest first. */
export const submissions = [];

let streams = 0;

/** Whoever comes next has another key: nothing of these photos is sent, followed or kept any more. */
export function forgetSubmissions() {
  submissions.splice(0).forEach((one) => one.forget());
}

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

async function inputOf(file, signal) {
  if (file.size <= INLINE_BYTES) {
    return {data: await base64(file)};
  }
  const upload = await send("POST", "/v1/uploads", undefined, {}, signal);
  let stored;
  try {
    stored = await fetch(upload.url, {method: upload.method, body: file, signal});
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

/** Follows a job until it ends: by a stream where one is free, by asking where none is. */
async function watch(path, on, signal) {
  while (!signal.aborted) {
    if (streams < STREAMS) {
      streams += 1;
      try {
        return await follow(`${path}/events`, on, signal);
      } finally {
        streams -= 1;
      }
    }
    const job = await lookedAt(path, on, signal);
    if (job?.finishedAt) {
      return;
    }
    await pause(ASK_MILLIS, signal);
  }
}

/** The job as it stands; nothing where the scheduler cannot say now. */
async function lookedAt(path, on, signal) {
  try {
    const job = await get(path, signal);
    on.state("open");
    on.event("state", job);
    return job;
  } catch (failed) {
    if (signal.aborted || refusedForGood(failed)) {
      throw failed;
    }
    on.state("lost");
    return undefined;
  }
}

/**
 * Sends a photo and follows its job.
 *
 * @param terms everything of a submission but its input
 * @param preview address of the photo in this browser
 * @returns {name, preview, job, problem, listen(handler), forget()}: the handler is called after every change
 */
export function submit(file, terms, preview) {
  const listeners = new Set();
  const forgotten = new AbortController();
  const {signal: gone} = forgotten;
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
    forget() {
      forgotten.abort();
      URL.revokeObjectURL(preview);
    },
    async run() {
      one.problem = null;
      changed();
      try {
        const body = {input: stored ?? (await inputOf(file, gone)), ...terms};
        if (file.size > INLINE_BYTES) {
          // Uploaded again it would be another object, and under the same key a submission must be the same.
          stored = body.input;
        }
        one.job = await send("POST", "/v1/jobs", body, {"Idempotency-Key": key}, gone);
        changed();
        await watch(`/v1/jobs/${one.job.id}`, {event: (_, job) => update(job), state: connected}, gone);
      } catch (failed) {
        if (!gone.aborted) {
          one.problem = failed;
          changed();
        }
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
    if (one.connection !== state) {
      one.connection = state;
      changed();
    }
  };
  submissions.unshift(one);
  one.run();
  return one;
}
