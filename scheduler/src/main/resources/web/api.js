// Talks to the API. The key is kept for as long as the tab is open, and never becomes part of an address.

const KEY = "flexir.key";

/** A refusal, as problem+json tells it. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body.detail ?? "");
    this.status = status;
    this.title = body.title ?? `The scheduler answered ${status}`;
    this.type = body.type;
    this.fields = body.errors ?? [];
    this.retryAfter = retryAfter;
  }
}

/** The scheduler could not be asked. */
export class Unreachable extends Error {
  constructor() {
    super("It may be restarting, or the network is down. This page keeps trying where it can.");
    this.title = "The scheduler does not answer";
  }
}

let onUnauthorised = () => {};

/** Told when a request was refused for its key. */
export function whenUnauthorised(handler) {
  onUnauthorised = handler;
}

export function hasKey() {
  return sessionStorage.getItem(KEY) !== null;
}

export function useKey(key) {
  sessionStorage.setItem(KEY, key.trim());
}

export function forgetKey() {
  sessionStorage.removeItem(KEY);
}

function headers(more) {
  const key = sessionStorage.getItem(KEY);
  return {...(key === null ? {} : {Authorization: `Bearer ${key}`}), ...more};
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (failed) {
    if (failed.name === "AbortError") {
      throw failed;
    }
    throw new Unreachable();
  }
  if (response.ok) {
    return response;
  }
  const type = response.headers.get("Content-Type") ?? "";
  const body = type.includes("json") ? await response.json() : {};
  const problem = new Problem(response.status, body, Number(response.headers.get("Retry-After")) || undefined);
  // A late answer to a key that was forgotten says nothing of the one in use now.
  if (response.status === 401 && options.headers.Authorization === headers().Authorization) {
    onUnauthorised(problem);
  }
  throw problem;
}

/** Whether to ask again makes no sense. */
export function refusedForGood(failed) {
  return failed instanceof Problem && failed.status < 500 && failed.status !== 429;
}

/** Asks for JSON. Throws a Problem where it is refused, Unreachable where nobody answers. */
export async function get(path, signal) {
  return (await ask(path, {headers: headers(), signal, cache: "no-store"})).json();
}

/** Sends JSON; answers with JSON, or with nothing where there is none. */
export async function send(method, path, body, more = {}, signal = undefined) {
  const response = await ask(path, {
    method,
    headers: headers({...(body === undefined ? {} : {"Content-Type": "application/json"}), ...more}),
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  });
  return response.status === 204 ? null : response.json();
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10000;

/** Milliseconds without a byte after which a connection counts as lost. A quiet stream has a comment each 15 s. */
const SILENCE = 45000;

/**
 * Follows a stream of events until it ends, its signal is aborted, or it is refused for good. A lost
 * connection is taken up again where it was. EventSource cannot do this: it sends no key.
 *
 * @param on {event(name, data), state("open" | "lost")}
 * @param silence milliseconds without a byte after which a connection counts as lost
 */
export async function follow(path, on, signal, silence = SILENCE) {
  let lastId;
  let wait = FIRST_WAIT;
  while (!signal.aborted) {
    const quiet = endOfPatience(silence);
    try {
      const response = await ask(path, {
        headers: headers(lastId === undefined ? {} : {"Last-Event-ID": lastId}),
        signal: AbortSignal.any([signal, quiet.signal]),
        cache: "no-store",
      });
      if (response.status === 204) {
        return;
      }
      on.state?.("open");
      wait = FIRST_WAIT;
      let ended = false;
      await read(response.body, quiet.heard, (event) => {
        lastId = event.id ?? lastId;
        ended ||= event.name === "final";
        tell(on, event);
      });
      if (ended) {
        return;
      }
    } catch (lost) {
      if (signal.aborted) {
        return;
      }
      if (refusedForGood(lost)) {
        throw lost;
      }
    } finally {
      quiet.stop();
    }
    if (signal.aborted) {
      return;
    }
    on.state?.("lost");
    await pause(wait, signal);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
}

/** A signal that is aborted once nothing was heard for so long, unless it was stopped before. */
function endOfPatience(millis) {
  const controller = new AbortController();
  let timer;
  const stop = () => clearTimeout(timer);
  const heard = () => {
    stop();
    timer = setTimeout(() => controller.abort(), millis);
  };
  heard();
  return {signal: controller.signal, heard, stop};
}

/** A fault of whoever is told is no fault of the connection. */
function tell(on, event) {
  try {
    on.event(event.name, event.data);
  } catch (fault) {
    reportError(fault);
  }
}

async function read(stream, heard, tell) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const {value, done} = await reader.read();
    if (done) {
      return;
    }
    heard();
    rest += value;
    const frames = rest.split("\n\n");
    rest = frames.pop();
    frames.map(parse).filter((event) => event.data !== undefined).forEach(tell);
  }
}

function parse(frame) {
  const event = {};
  for (const line of frame.split("\n")) {
    const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === "id") {
      event.id = value;
    } else if (field === "event") {
      event.name = value;
    } else if (field === "data") {
      event.data = JSON.parse(value);
    }
  }
  return event;
}

/** Waits, but no longer than until the signal is aborted. */
export function pause(millis, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, millis);
    signal.addEventListener("abort", done);
  });
}

let known;

/** The models, asked for once. */
export function models() {
  known ??= get("/v1/models").then((answer) => answer.models).catch((failed) => {
    known = undefined;
    throw failed;
  });
  return known;
}
