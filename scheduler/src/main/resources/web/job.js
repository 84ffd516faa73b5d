// One job: what came, what became of it, why, and what it cost.

import {follow, get, models, pause, send} from "./api.js";
import {compare} from "./compare.js";
import {announce, facts, failure, h, loading, pageTitle, panel, replace} from "./dom.js";
import {regionTable} from "./exits.js";
import {stars} from "./experiments.js";
import * as format from "./format.js";
import {stateChip} from "./jobs.js";
import {why} from "./reasons.js";
import {progress} from "./submit.js";

export const title = "Job";

const PHASES = ["fetch", "decode", "inference", "tiling", "encode", "store"];

/** A job has ended a moment before the scheduler that is asked next has read it. */
const SETTLE_MILLIS = 200;
const SETTLE_TRIES = 50;

export async function render(root, [id], signal) {
  const path = `/v1/jobs/${encodeURIComponent(id)}`;
  replace(root, pageTitle(`Job ${id.slice(0, 10)}`), loading("Asking for the job …"));
  const [found, known] = await Promise.all([get(path, signal), models()]);
  const view = layout(root, found);
  const seen = [];
  let job = found;
  const draw = () => drawHead(view, job, known, seen);
  draw();
  if (job.finishedAt) {
    await ended(view, path, job, signal);
    return;
  }
  // Not awaited: the page is there, and changes as the job does.
  followJob(path, signal, {
    told: (news) => {
      remember(seen, news);
      job = news;
      draw();
    },
    connection: (state) => replace(view.connection, state === "lost" ? h("p", {class: "note warn", role: "status"}, "The connection was lost; reconnecting …") : null),
    final: async () => {
      job = await settled(path, signal);
      draw();
      announce(`The job has ended as ${job.state}`);
      await ended(view, path, job, signal);
    },
  }).catch((failed) => {
    if (!signal.aborted) {
      replace(view.connection, failure(failed));
    }
  });
}

async function followJob(path, signal, on) {
  await follow(`${path}/events`, {event: (_, job) => on.told(job), state: on.connection}, signal);
  if (!signal.aborted) {
    await on.final();
  }
}

/** The job once it has ended for whoever is asked, with what events leave out. */
async function settled(path, signal) {
  for (let tries = 0; tries < SETTLE_TRIES; tries++) {
    const job = await get(path, signal);
    if (job.finishedAt) {
      return job;
    }
    await pause(SETTLE_MILLIS, signal);
  }
  throw Object.assign(new Error("The scheduler that was asked has not read it yet. Load the page again in a while."), {title: "The job has ended, but its result is not there yet"});
}

/** A phase that was seen for the first time becomes a line of the timeline, after its order: when it began is not told. */
function remember(seen, job) {
  const phase = job.progress?.phase;
  if (phase && seen.at(-1)?.phase !== phase) {
    seen.push({phase, after: job.scheduledAt ?? job.createdAt, worker: job.progress.workerId});
  }
}

function layout(root, job) {
  const view = {
    chips: stateChip(job),
    why: h("section", {class: "why", "aria-labelledby": "why-title"}),
    connection: h("div"),
    viewer: h("div", {class: "viewer-place"}),
    cost: h("div", {class: "panels"}),
    asked: h("div"),
    timeline: h("ol", {class: "timeline"}),
    actions: h("div", {class: "actions"}),
  };
  replace(
    root,
    h("nav", {class: "crumbs", "aria-label": "Where this is"}, h("a", {href: "#/jobs"}, "Jobs"), " / ", h("span", {class: "mono"}, job.id.slice(0, 10))),
    h("div", {class: "job-head"}, pageTitle(`Job ${job.id.slice(0, 10)}`, view.chips)),
    view.connection,
    h("div", {class: "job-grid"}, view.viewer, h("div", {class: "panels"}, view.why, view.cost, panel("What happened", view.timeline, view.actions), view.asked)),
  );
  replace(view.asked, panel("What was asked for", asked(job)));
  return view;
}

function drawHead(view, job, known, seen) {
  const chips = stateChip(job);
  view.chips.replaceWith(chips);
  view.chips = chips;
  if (job.state !== "succeeded") {
    replace(view.viewer, h("div", {class: "state placeholder"}, standing(job)));
  }
  replace(view.why, h("h2", {id: "why-title"}, "Why this depth"), h("p", {class: "lead", id: "why"}, why(job, deepest(job, known)).join(" ")));
  replace(view.timeline, timeline(job, seen));
  drawActions(view, job);
}

/** What is seen in place of the images until there is a result. */
function standing(job) {
  if (job.problem) {
    return [h("p", {class: "state-title"}, `${job.state === "rejected" ? "Rejected" : "Failed"}: ${job.problem.reason}`), h("p", {}, job.problem.detail)];
  }
  if (job.state === "cancelled") {
    return h("p", {class: "state-title"}, "Taken back");
  }
  return [h("p", {class: "state-title"}, job.progress ? "A worker is at it" : "It waits"), progress(job)];
}

function deepest(job, known) {
  const name = job.receipt?.model ?? job.model;
  return known.find((model) => model.name === name)?.n;
}

async function ended(view, path, job, signal) {
  if (job.state !== "succeeded") {
    return;
  }
  replace(view.cost, panel("What it cost", cost(job)));
  const renew = () => get(`${path}/images`, signal);
  replace(view.viewer, compare({...(await renew()), renew}, job.receipt), regionTable(job.receipt));
}

function cost(job) {
  const {receipt} = job;
  const total = PHASES.reduce((sum, phase) => sum + receipt.seconds[phase], 0);
  return [
    facts([
      ["Multiply-adds", format.gigaMacs(receipt.gigaMacs), "gigaMacs"],
      ["Time of the worker", format.seconds(total), "seconds"],
      ["Energy", h("span", {title: receipt.energy.method}, format.joules(receipt.energy.joules)), "joules"],
      ["Pointer, mean", format.fixed(receipt.meanPointer, 2), "meanPointer"],
      ["Pointer, deepest", receipt.deepestPointer, "deepestPointer"],
      ["Regions", format.whole(receipt.regionCount), "regionCount"],
      ["From first to last", format.seconds(format.between(job.createdAt, job.finishedAt)), "turnaround"],
      ["Bytes", `${format.bytes(receipt.bytesIn)} → ${format.bytes(receipt.bytesOut)}`],
    ]),
    phases(receipt.seconds, total),
    h("p", {class: "muted small"}, `Energy by ${receipt.energy.method}. By ${receipt.workerId} on ${receipt.device}, model ${receipt.model}, policy ${receipt.policyVersion}.`),
  ];
}

function phases(spent, total) {
  return h(
    "table",
    {class: "phases"},
    h("caption", {}, "Seconds by phase"),
    h(
      "tbody",
      {},
      PHASES.map((phase) =>
        h(
          "tr",
          {},
          h("th", {scope: "row"}, phase),
          h("td", {class: "bar"}, h("span", {style: {width: `${(spent[phase] / total) * 100}%`}})),
          h("td", {class: "number", dataset: {phase}}, format.seconds(spent[phase])),
        ),
      ),
    ),
  );
}

function asked(job) {
  return facts([
    ["Model", job.model],
    ["Depth", format.depth(job.depth)],
    ["Floor", job.floor],
    ["Target", job.target ?? "the deepest"],
    ["Priority", job.priority],
    ["Deadline", job.deadline ? `${format.moment(job.deadline)} (${format.seconds(format.between(job.createdAt, job.deadline))})` : "none"],
    ["When it cannot be met", job.onMiss],
    ["Image", job.imageSize ? format.size(job.imageSize) : job.receipt ? format.size(job.receipt.inputSize) : null],
    ["Result", job.output.container],
    ["Input", h("span", {class: "mono small"}, job.input.key)],
  ]);
}

function timeline(job, seen) {
  const entries = [
    {at: job.createdAt, text: "Submitted; durable from here on"},
    job.scheduledAt && {
      at: job.scheduledAt,
      text: `Order ${job.attempt} sent${job.budget ? `: end between pointer ${job.budget.min} and ${job.budget.target}` : ""}`,
    },
    ...seen.map(({phase, after, worker}) => ({at: after, text: `${worker}: ${phase}`, untimed: true})),
    job.deadline && {at: job.deadline, text: "Deadline", mark: true},
    job.finishedAt && {at: job.finishedAt, text: endOf(job)},
  ].filter(Boolean);
  entries.sort((a, b) => new Date(a.at) - new Date(b.at));
  return entries.map(({at, text, mark, untimed}) =>
    untimed
      ? h("li", {}, h("span", {class: "muted"}, "then"), h("span", {}, text))
      : h("li", {class: mark ? "mark" : null}, h("time", {datetime: at}, format.moment(at)), h("span", {}, text), h("span", {class: "muted"}, since(job, at))),
  );
}

function since(job, at) {
  const passed = format.between(job.createdAt, at);
  return passed > 0 ? `+${format.seconds(passed)}` : "";
}

function endOf(job) {
  const words = {
    succeeded: job.receipt ? `Restored by ${job.receipt.workerId}` : "Restored",
    rejected: `Rejected: ${job.problem?.reason}`,
    failed: `Failed: ${job.problem?.reason}`,
    cancelled: "Cancelled",
  };
  return words[job.state] + (job.late ? ", late" : "");
}

function drawActions(view, job) {
  // Buttons stay while they are the same: a redraw would take the focus away, and what was answered to them.
  const offered = job.finishedAt ? job.state : "cancel";
  if (view.offered === offered) {
    return;
  }
  view.offered = offered;
  const path = `/v1/jobs/${job.id}`;
  const result = h("div", {"aria-live": "polite"});
  const act = async (what, done) => {
    try {
      done(await what());
    } catch (failed) {
      replace(result, failure(failed));
    }
  };
  const cancel = () => act(() => send("DELETE", path), () => replace(result, h("p", {class: "note"}, "Asked for; it ends as cancelled unless it ended before.")));
  const retry = () => act(() => send("POST", `${path}/retry`), (again) => {
    location.hash = `#/jobs/${again.id}`;
  });
  replace(
    view.actions,
    !job.finishedAt ? h("button", {type: "button", class: "button", onclick: cancel}, "Take it back") : null,
    job.state === "failed" ? h("button", {type: "button", class: "button", onclick: retry}, "Do it over") : null,
    job.state === "succeeded" ? rating(job, act, result) : null,
    result,
  );
}

/** One rating is sent at a time, in their order: the latest is the one that is kept. */
function rating(job, act, result) {
  let sent = Promise.resolve();
  const rate = (given) =>
    act(
      () => send("POST", `/v1/jobs/${job.id}/feedback`, {rating: given}),
      () => replace(result, h("p", {class: "note"}, `Rated ${given} of 5. The latest word counts.`)),
    );
  return stars(job, (given) => {
    sent = sent.then(() => rate(given));
  });
}
