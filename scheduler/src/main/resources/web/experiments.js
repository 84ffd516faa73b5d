// Experiments: variants beside each other with what is known of them, results to rate, and a new one to start.

import {get, send} from "./api.js";
import {compare} from "./compare.js";
import {empty, failure, h, loading, pageTitle, panel, replace, trouble} from "./dom.js";
import * as format from "./format.js";

export const title = "Experiments";

const REFRESH_MILLIS = 5000;

/** A change is accepted a moment before the scheduler that is asked next has read it. */
const SETTLE_MILLIS = 100;
const SETTLE_TRIES = 50;
const MEASURES = [
  {field: "rating", name: "Rating", tell: (value) => format.fixed(value, 2), range: [1, 5]},
  {field: "psnr", name: "PSNR", tell: format.decibels},
  {field: "gigaMacs", name: "Multiply-adds", tell: format.gigaMacs},
  {field: "seconds", name: "Time", tell: format.seconds},
  {field: "onTime", name: "In time", tell: format.percent, range: [0, 1]},
];
const WAYS = [
  ["as-it-is", "as it is"],
  ["fixed", "pointer"],
  ["load", "policy load, seconds"],
  ["gain", "policy gain"],
  ["slack", "policy slack"],
  ["sharpness", "threshold, sharpness"],
  ["payoff", "threshold, payoff"],
];

/** Jobs that were rated from this tab. */
const rated = new Set();

export async function render(root, _parameters, signal) {
  let latest = new AbortController();
  const draw = async () => {
    latest.abort();
    latest = new AbortController();
    const own = AbortSignal.any([signal, latest.signal]);
    try {
      await drawn(root, changed, own);
    } catch (failed) {
      if (!own.aborted) {
        replace(root, pageTitle(title), failure(failed, draw));
      }
    }
  };
  // With the signal of the page: what else is drawn meanwhile does not end the wait for this change.
  const changed = async (done) => {
    await settled(done, signal);
    draw();
  };
  await draw();
}

/**
 * Draws the experiments as they are, and keeps their figures fresh until the signal is aborted.
 *
 * @param changed waits until all experiments are as told, and draws them anew
 */
async function drawn(root, changed, signal) {
  const list = h("div", {class: "panels"}, loading("Asking for experiments …"));
  replace(root, pageTitle(title), list);
  let names;
  try {
    names = (await experiments(signal)).map((each) => each.name);
  } catch (refused) {
    if (refused.status !== 403) {
      throw refused;
    }
    replace(list, empty("Experiments are for keys with the scope admin", h("p", {class: "muted"}, "They change what everybody's jobs get. Results can be rated on the page of each job.")));
    return;
  }
  const cards = names.map((name) => card(name, changed, signal));
  replace(
    list,
    names.length === 0 ? empty("No experiment yet", h("p", {class: "muted"}, "An experiment gives jobs that leave their depth to the fleet one of several variants, and shows how they compare.")) : cards.map((each) => each.element),
    panel("Start an experiment", starter(changed)),
  );
  await Promise.all(cards.map((each) => each.refresh()));
  if (signal.aborted) {
    return;
  }
  const timer = setInterval(() => cards.forEach((each) => each.refresh()), REFRESH_MILLIS);
  signal.addEventListener("abort", () => clearInterval(timer));
}

async function experiments(signal) {
  return (await get("/v1/experiments", signal)).experiments;
}

/** Waits until all experiments are as told, but not for ever. */
async function settled(done, signal) {
  for (let tries = 0; tries < SETTLE_TRIES && !done(await experiments(signal)); tries++) {
    await new Promise((on) => setTimeout(on, SETTLE_MILLIS));
  }
}

function card(name, changed, signal) {
  const head = h("p", {class: "muted"});
  const table = h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": `Variants of ${name}`}, loading("Adding up …"));
  const said = h("div", {"aria-live": "polite"});
  const lost = h("div");
  const rating = h("div");
  const act = async (what, done) => {
    try {
      await what();
      await changed(done);
    } catch (failed) {
      replace(said, failure(failed));
    }
  };
  const end = h("button", {type: "button", class: "button", onclick: () => act(() => send("DELETE", `/v1/experiments/${name}`), (all) => all.every((each) => each.name !== name))}, "End it");
  const rate = h("button", {type: "button", class: "button", onclick: () => rateOne(name, rating, signal)}, "Rate a result");
  const promote = (variant) =>
    act(() => send("POST", `/v1/experiments/${name}/promotion`, {variant}), (all) => all.some((each) => each.name === name && each.promoted === variant));
  const refresh = async () => {
    try {
      const experiment = await get(`/v1/experiments/${name}`, signal);
      trouble(lost, null);
      replace(head, `${experiment.promoted ? `Won by ${experiment.promoted}` : "Runs"} since ${format.moment(experiment.since)}`);
      if (!table.contains(document.activeElement) || document.activeElement === table) {
        replace(table, variants(experiment, promote));
      }
    } catch (failed) {
      if (!signal.aborted) {
        trouble(lost, failed);
      }
    }
  };
  const element = panel(name, head, lost, table, h("div", {class: "line"}, rate, end), rating, said);
  element.dataset.experiment = name;
  return {element, refresh};
}

function variants(experiment, promote) {
  const bounds = Object.fromEntries(MEASURES.map((measure) => [measure.field, boundsOf(measure, experiment.results)]));
  const head = ["Variant", "Gives", "Jobs", ...MEASURES.map((measure) => measure.name), ""];
  return h(
    "table",
    {class: "variants"},
    h("thead", {}, h("tr", {}, head.map((name) => h(name ? "th" : "td", {scope: name ? "col" : null}, name)))),
    h(
      "tbody",
      {},
      experiment.results.map((result, at) => {
        const variant = experiment.variants[at];
        return h(
          "tr",
          {dataset: {variant: variant.name}},
          h("th", {scope: "row"}, variant.name, experiment.promoted === variant.name ? h("span", {class: "state-chip succeeded"}, "won") : null),
          h("td", {}, gives(variant)),
          h("td", {class: "number", dataset: {measure: "jobs"}}, format.whole(result.jobs)),
          MEASURES.map((measure) => h("td", {dataset: {measure: measure.field}}, estimate(result[measure.field], measure, bounds[measure.field]))),
          h("td", {}, experiment.promoted || variant.shadow ? null : h("button", {type: "button", class: "button small", onclick: () => promote(variant.name), "aria-label": `Promote ${variant.name}`}, "Promote")),
        );
      }),
    ),
  );
}

function boundsOf({field, range}, results) {
  if (range) {
    return range;
  }
  const all = results.map((result) => result[field]).filter(Boolean).flatMap((each) => [each.low ?? each.mean, each.high ?? each.mean, each.mean]);
  const low = Math.min(...all);
  const high = Math.max(...all);
  return high > low ? [low - (high - low) * 0.1, high + (high - low) * 0.1] : [low - 1, high + 1];
}

/** A mean with its interval, in words and drawn. */
function estimate(told, {tell}, [low, high]) {
  if (!told) {
    return "–";
  }
  const at = (value) => `${Math.min(100, Math.max(0, ((value - low) / (high - low)) * 100))}%`;
  const interval = told.low === undefined ? null : h("span", {class: "whisker", style: {left: at(told.low), right: `calc(100% - ${at(told.high)})`}});
  const detail = told.low === undefined ? `of ${format.plural(told.samples, "sample")}` : `${tell(told.low)} to ${tell(told.high)} with 95%, of ${format.plural(told.samples, "sample")}`;
  return h("div", {class: "estimate", title: detail}, h("span", {}, h("b", {}, tell(told.mean)), h("span", {class: "muted small"}, ` (${format.whole(told.samples)})`), h("span", {class: "visually-hidden"}, detail)), h("span", {class: "track", "aria-hidden": "true"}, interval, h("span", {class: "dot", style: {left: at(told.mean)}})));
}

/** What a variant gives its jobs. */
function gives(variant) {
  const {policy} = variant;
  const way = variant.threshold !== undefined
    ? `${variant.rule ?? "sharpness"} ${variant.threshold}`
    : policy
      ? `policy ${policy.kind}${policy.pointer ? ` ${policy.pointer}` : ""}${policy.targetBacklogSeconds ? ` ${policy.targetBacklogSeconds} s` : ""}`
      : "as it is";
  return `${way}${variant.shadow ? ", only reckoned" : ""}${variant.weight !== 1 ? `, weight ${variant.weight}` : ""}`;
}

/** One of the experiment's results, without saying whose it is. */
async function rateOne(name, place, signal) {
  replace(place, loading("Looking for a result …"));
  try {
    const {jobs} = await get("/v1/jobs?state=succeeded&limit=200", signal);
    const next = jobs.find((job) => job.trial?.experiment === name && !job.trial.shadow && !rated.has(job.id));
    if (!next) {
      replace(place, empty("No result of it is left to rate", h("p", {class: "muted"}, "Jobs that leave their depth to the fleet take part: submit some with automatic depth.")));
      return;
    }
    const [whole, images] = await Promise.all([get(`/v1/jobs/${next.id}`, signal), get(`/v1/jobs/${next.id}/images`, signal)]);
    replace(place, compare({...images, download: undefined}, whole.receipt, {blind: true}), ratedBy(whole, () => rateOne(name, place, signal), place));
  } catch (failed) {
    if (!signal.aborted) {
      replace(place, failure(failed));
    }
  }
}

function ratedBy(job, next, place) {
  const rate = async (rating) => {
    try {
      await send("POST", `/v1/jobs/${job.id}/feedback`, {rating});
      rated.add(job.id);
      await next();
    } catch (failed) {
      replace(place, failure(failed));
    }
  };
  return stars(job, rate);
}

/** One to five, each a button: nothing is said before it is chosen. */
export function stars(job, rate) {
  return h(
    "div",
    {class: "line rate", role: "group", "aria-label": "How good is it?", dataset: {job: job.id}},
    h("b", {}, "How good is it?"),
    [1, 2, 3, 4, 5].map((rating) => h("button", {type: "button", class: "button", "aria-label": `${rating} of 5`, onclick: () => rate(rating)}, rating)),
  );
}

function starter(changed) {
  const name = h("input", {id: "experiment-name", required: true, maxlength: 32, pattern: "[A-Za-z0-9][A-Za-z0-9._\\-]*", placeholder: "dial"});
  const rows = h("div", {class: "panels"});
  let count = 0;
  const add = (way, value, label) => {
    count += 1;
    rows.append(variantRow(count, way, value, label));
  };
  add("as-it-is", "", "as-it-is");
  add("sharpness", "1.05", "h105");
  const said = h("div", {"aria-live": "polite"});
  const form = h(
    "form",
    {class: "terms"},
    h("div", {class: "field"}, h("label", {for: "experiment-name"}, "Name"), name),
    rows,
    h(
      "div",
      {class: "line"},
      h("button", {type: "button", class: "button", onclick: () => add("gain", "", "")}, "Another variant"),
      h("button", {type: "submit", class: "button primary"}, "Start"),
    ),
    said,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await send("PUT", `/v1/experiments/${encodeURIComponent(name.value)}`, {variants: [...rows.children].map((row) => row.read())});
      await changed((all) => all.some((each) => each.name === name.value));
    } catch (failed) {
      replace(said, failure(failed));
    }
  });
  return form;
}

function variantRow(number, way, value, label) {
  const field = (id, text, control) => {
    control.id = `variant-${number}-${id}`;
    return h("div", {class: "field"}, h("label", {for: control.id}, text), control);
  };
  const name = h("input", {required: true, maxlength: 32, value: label});
  const kind = h("select", {}, WAYS.map(([each, text]) => h("option", {value: each}, text)));
  kind.value = way;
  const figure = h("input", {type: "number", step: "any", min: 0, value});
  const shadow = h("input", {type: "checkbox"});
  const row = h("div", {class: "variant-row"}, field("name", `Variant ${number}`, name), field("way", "Gives", kind), field("value", "Value", figure), h("label", {class: "switch"}, shadow, "only reckon"));
  const fit = () => {
    figure.disabled = ["as-it-is", "gain", "slack"].includes(kind.value);
    figure.required = !figure.disabled;
    shadow.disabled = !["fixed", "load", "gain", "slack"].includes(kind.value);
  };
  kind.addEventListener("change", fit);
  fit();
  row.read = () => ({name: name.value, weight: 1, ...(shadow.checked && !shadow.disabled ? {shadow: true} : {}), ...wayOf(kind.value, Number(figure.value))});
  return row;
}

function wayOf(kind, value) {
  switch (kind) {
    case "as-it-is":
      return {};
    case "sharpness":
    case "payoff":
      return {threshold: value, rule: kind};
    case "fixed":
      return {policy: {kind, pointer: value}};
    case "load":
      return {policy: {kind, targetBacklogSeconds: value}};
    default:
      return {policy: {kind}};
  }
}
