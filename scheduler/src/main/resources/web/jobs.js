// Jobs: the list, filtered and paged.

import {get, models} from "./api.js";
import {append, empty, failure, h, loading, pageTitle, replace} from "./dom.js";
import {chip} from "./exits.js";
import * as format from "./format.js";

export const title = "Jobs";

const STATES = ["queued", "scheduled", "running", "succeeded", "rejected", "failed", "cancelled"];
const PAGE = 25;
const REFRESH_MILLIS = 5000;

/** The state as a chip, with what else is to be known at once. */
export function stateChip(job) {
  return h(
    "span",
    {class: "chips"},
    h("span", {class: `state-chip ${job.state}`}, job.state),
    job.degraded ? h("span", {class: "state-chip degraded"}, "degraded") : null,
    job.late ? h("span", {class: "state-chip late"}, "late") : null,
  );
}

export async function render(root, _parameters, signal) {
  const state = select("state", "State", [["", "any"], ["queued,scheduled,running", "not ended"], ...STATES.map((name) => [name, name])]);
  const model = select("model", "Model asked for", [["", "any"], ["auto", "auto"], ...(await models()).map((each) => [each.name, each.name])]);
  const body = h("div", {class: "job-list"}, loading("Asking for jobs …"));
  const more = h("div", {class: "more-rows"});
  const filters = h("form", {class: "filters", role: "search", "aria-label": "Filter jobs"}, state.element, model.element);
  filters.addEventListener("submit", (event) => event.preventDefault());
  replace(root, pageTitle(title), filters, body, more);

  const table = rows();
  let asking = new AbortController();
  let waiting = 0;
  /** What was asked before is not waited for any more: its answer would be that of other filters, or come twice. */
  const query = async (cursor) => {
    asking.abort();
    asking = new AbortController();
    const parameters = new URLSearchParams({limit: String(PAGE)});
    if (state.control.value) {
      parameters.set("state", state.control.value);
    }
    if (model.control.value) {
      parameters.set("model", model.control.value);
    }
    if (cursor) {
      parameters.set("cursor", cursor);
    }
    waiting += 1;
    try {
      return await get(`/v1/jobs?${parameters}`, AbortSignal.any([signal, asking.signal]));
    } finally {
      waiting -= 1;
    }
  };
  let paged = false;
  const first = async () => {
    try {
      const page = await query();
      paged = false;
      table.show(page.jobs);
      if (page.jobs.length === 0) {
        replace(body, nothing(state.control.value || model.control.value));
      } else if (!table.element.isConnected) {
        replace(body, table.element);
      }
      offer(page.nextCursor);
    } catch (failed) {
      if (failed.name !== "AbortError") {
        replace(body, failure(failed, first));
        replace(more);
      }
    }
  };
  const offer = (cursor) => {
    const next = async () => {
      more.querySelector("button").disabled = true;
      try {
        const page = await query(cursor);
        paged = true;
        offer(page.nextCursor);
        table.add(page.jobs);
      } catch (failed) {
        if (failed.name !== "AbortError") {
          replace(more, failure(failed, next));
          more.querySelector("button").focus();
        }
      }
    };
    replace(more, cursor ? h("button", {type: "button", class: "button", onclick: next}, "Show more") : null);
  };
  filters.addEventListener("change", first);
  await first();
  if (signal.aborted) {
    return;
  }
  const timer = setInterval(() => {
    // Somebody who has paged on reads; the list would jump under them.
    if (!paged && waiting === 0 && !document.hidden && ![body, more].some((place) => place.contains(document.activeElement))) {
      first();
    }
  }, REFRESH_MILLIS);
  signal.addEventListener("abort", () => clearInterval(timer));
}

function select(id, label, pairs) {
  const control = h("select", {id}, pairs.map(([value, text]) => h("option", {value}, text)));
  return {control, element: h("div", {class: "field"}, h("label", {for: id}, label), control)};
}

function nothing(filtered) {
  return filtered
    ? empty("No job is like that", h("p", {class: "muted"}, "Choose another state or model."))
    : empty("No jobs yet", h("a", {class: "button primary", href: "#/submit"}, "Submit a photo"));
}

function rows() {
  const body = h("tbody");
  const names = ["Job", "State", "Model", "Depth", "Pointer", "Cost", "Took", "Came"];
  const element = h(
    "div",
    {class: "scroll", tabindex: "0", role: "region", "aria-label": "Jobs"},
    h("table", {class: "jobs"}, h("thead", {}, h("tr", {}, names.map((name) => h("th", {scope: "col"}, name)))), body),
  );
  return {
    element,
    show: (jobs) => replace(body, jobs.map(row)),
    /** The first of them takes the focus. */
    add: (jobs) => {
      const added = jobs.map(row);
      append(body, added);
      added[0]?.querySelector("a").focus();
    },
  };
}

function row(job) {
  const {receipt} = job;
  return h(
    "tr",
    {dataset: {job: job.id}},
    h("td", {}, h("a", {href: `#/jobs/${job.id}`, class: "mono", title: job.id}, job.id.slice(0, 10))),
    h("td", {}, stateChip(job)),
    h("td", {}, modelOf(job)),
    h("td", {}, format.depth(job.depth)),
    h("td", {}, receipt ? pointer(receipt) : "–"),
    h("td", {class: "number"}, receipt ? format.gigaMacs(receipt.gigaMacs) : "–"),
    h("td", {class: "number"}, job.finishedAt ? format.seconds(format.between(job.createdAt, job.finishedAt)) : "–"),
    h("td", {class: "number", title: format.moment(job.createdAt)}, format.ago(job.createdAt)),
  );
}

/** The model that was asked for, and which one it became where that was left to the fleet. */
function modelOf({model, receipt}) {
  return receipt && receipt.model !== model ? `${model} → ${receipt.model}` : model;
}

/** The mean pointer, in the colour of the one it is next to. */
function pointer(receipt) {
  const mean = receipt.meanPointer;
  return chip(Math.max(1, Math.round(mean)), Number.isInteger(mean) ? `P${mean}` : `P${format.fixed(mean, 1)}`);
}
