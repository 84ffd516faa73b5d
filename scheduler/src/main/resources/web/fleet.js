// Fleet: what is to be done, who does it, how deep it went, and whether it was in time. Live.

import {follow} from "./api.js";
import {chart} from "./chart.js";
import {announce, empty, h, loading, pageTitle, panel, replace} from "./dom.js";
import * as format from "./format.js";
import {policy} from "./reasons.js";

export const title = "Fleet";

const SPANS = [
  {name: "10 minutes", seconds: 600},
  {name: "1 hour", seconds: 3600},
];

/** Milliseconds without an event after which the connection counts as lost: there is one each second. */
const SILENCE = 10000;

export async function render(root, _parameters, signal) {
  const connection = h("span", {class: "connection", role: "status"}, "connecting …");
  const body = h("div", {}, loading("Asking how the fleet stands …"));
  replace(root, pageTitle(title, connection), body);
  const slices = new Map();
  let board;
  let fleet;
  let span = SPANS[0].seconds;
  const draw = () => board.draw(fleet, [...slices.values()], span);
  const heard = (_, news) => {
    fleet = news;
    remember(slices, news);
    if (!board) {
      board = layout(signal, (seconds) => {
        span = seconds;
        draw();
      }, deepest(news));
      replace(body, board.element);
    }
    draw();
  };
  const state = (now) => {
    connection.textContent = now === "open" ? "live" : "reconnecting …";
    connection.classList.toggle("open", now === "open");
    if (now === "lost") {
      announce("The connection to the fleet was lost; reconnecting");
    }
  };
  follow("/v1/fleet/events", {event: heard, state}, signal, SILENCE).catch((refused) => {
    connection.textContent = "not live";
    replace(body, empty(refused.title, h("p", {}, refused.message)));
  });
}

function remember(slices, news) {
  news.slices.forEach((slice) => slices.set(slice.from, slice));
  const oldest = new Date(news.at) - 3600 * 1000;
  for (const from of slices.keys()) {
    if (new Date(from) < oldest) {
      slices.delete(from);
    }
  }
}

/** The pointers that there are: six, or as many as were seen. */
function deepest(fleet) {
  return Math.max(6, ...fleet.slices.flatMap((slice) => [...Object.keys(slice.granted), ...Object.keys(slice.used)].map(Number)));
}

function layout(signal, choose, pointers) {
  const tiles = h("div", {class: "tiles"});
  const stack = Array.from({length: pointers}, (_, at) => ({label: `P${at + 1}`, colour: `--p${Math.min(at + 1, 6)}`}));
  const images = (value) => format.fixed(value, value % 1 ? 1 : 0);
  const charts = {
    granted: chart({title: "Pointers granted", series: stack, stacked: true, tell: images}, signal),
    used: chart({title: "Pointers used", series: stack, stacked: true, tell: images}, signal),
    backlog: chart({title: "Backlog in worker-seconds", series: [{label: "at full depth", colour: "--p6"}, {label: "at the floor", colour: "--p2"}], tell: format.significant}, signal),
    quality: chart({title: "Deadlines kept, jobs degraded", series: [{label: "deadlines kept", colour: "--good"}, {label: "degraded", colour: "--warn", dash: true}], tell: format.percent, range: [0, 1.02]}, signal),
  };
  const workers = workerList();
  const spans = h(
    "fieldset",
    {class: "segments"},
    h("legend", {class: "visually-hidden"}, "Time that the charts show"),
    SPANS.map(({name, seconds}, at) =>
      h("label", {}, h("input", {type: "radio", name: "span", checked: at === 0, onchange: () => choose(seconds)}), h("span", {}, name)),
    ),
  );
  const element = h(
    "div",
    {class: "panels"},
    tiles,
    h(
      "section",
      {class: "panel", "aria-label": "Charts"},
      h("div", {class: "line apart"}, h("h2", {}, "Lately"), spans),
      h("div", {class: "charts"}, charts.granted.element, charts.used.element, charts.backlog.element, charts.quality.element),
      h("p", {class: "muted small"}, "Images restored in each 20 seconds, by the pointer that was granted and by where their regions ended."),
    ),
    panel("Workers", workers.element),
  );
  const draw = (fleet, slices, span) => {
    replace(tiles, tilesOf(fleet, slices));
    drawCharts(charts, stack.length, fleet, slices, span);
    workers.draw(fleet);
  };
  return {element, draw};
}

function drawCharts(charts, pointers, fleet, slices, span) {
  const step = fleet.sliceSeconds;
  const to = Math.ceil(new Date(fleet.at) / 1000 / step) * step;
  const from = to - span;
  const known = new Map(slices.map((slice) => [new Date(slice.from) / 1000, slice]));
  const times = Array.from({length: span / step}, (_, at) => from + at * step);
  const at = (tell) => times.map((time) => (known.has(time) ? tell(known.get(time)) : null));
  const by = (field) => Array.from({length: pointers}, (_, index) => at((slice) => slice[field][index + 1] ?? 0));
  charts.granted.update(times, by("granted"), from, to);
  charts.used.update(times, by("used"), from, to);
  charts.backlog.update(times, [at((slice) => slice.backlog?.secondsAtFullDepth ?? null), at((slice) => slice.backlog?.secondsAtFloor ?? null)], from, to);
  charts.quality.update(times, [at((slice) => share(slice.onTime, slice.withDeadline)), at((slice) => share(slice.degraded, slice.restored))], from, to);
}

function share(part, all) {
  return all > 0 ? part / all : null;
}

function sumOf(all, field) {
  return all.reduce((sum, each) => sum + each[field], 0);
}

function tilesOf(fleet, slices) {
  const {work} = fleet;
  const kept = share(sumOf(slices, "onTime"), sumOf(slices, "withDeadline"));
  const degraded = share(sumOf(slices, "degraded"), sumOf(slices, "restored"));
  const pools = Object.values(fleet.pools);
  const ready = pools.length > 0 ? sumOf(pools, "readyWorkers") : fleet.workers.filter((worker) => worker.state === "ready" && !worker.silent).length;
  return [
    tile("Backlog", "backlog-full", format.seconds(work.secondsAtFullDepth), ["of work at full depth, ", h("b", {dataset: {fact: "backlog-floor"}}, format.seconds(work.secondsAtFloor)), " at the floor"]),
    tile("Jobs", "queued", format.whole(work.queued), ["wait, ", h("b", {dataset: {fact: "out"}}, format.whole(work.out)), " are at workers"]),
    tile("Deadlines kept", "deadlines", kept === null ? "–" : format.percent(kept), `of ${format.plural(sumOf(slices, "withDeadline"), "job")} that had one, last hour`),
    tile("Degraded", "degraded", degraded === null ? "–" : format.percent(degraded), `of ${format.plural(sumOf(slices, "restored"), "image")}, last hour`),
    tile("Workers", "ready", format.whole(ready), [`ready of ${format.whole(fleet.workerCount)}`, pools.length > 0 ? `, ${format.whole(sumOf(pools, "desiredWorkers"))} wanted` : ""]),
    tile("Policy", "policy", fleet.policy.version.split("@")[0], policyWords(fleet.policy)),
  ];
}

function tile(name, fact, value, detail) {
  return h("section", {class: "panel tile"}, h("h2", {}, name), h("p", {class: "figure", dataset: {fact}}, value), h("p", {class: "muted small"}, detail));
}

function policyWords(now) {
  switch (policy(now.version).kind) {
    case "load":
      return now.level > 0 ? `lets automatic jobs go to pointer ${now.level}` : "has not seen the load yet";
    case "gain":
      return `a worker-second is worth ${format.significant(now.pricePerWorkerSecond)} dB`;
    case "slack":
      return "as deep as each deadline allows";
    default:
      return "whatever waits";
  }
}

/** The workers. Only rows are made anew with each event: the table keeps how far it is scrolled, and the focus. */
function workerList() {
  const names = ["Worker", "State", "Device", "Busy", "Models and their speed", "Heard"];
  const rows = h("tbody");
  const table = h(
    "div",
    {class: "scroll", tabindex: "0", role: "region", "aria-label": "List of workers"},
    h("table", {}, h("thead", {}, h("tr", {}, names.map((name) => h("th", {scope: "col"}, name)))), rows),
  );
  const rest = h("p", {class: "muted"});
  const nobody = empty("No worker is there", h("p", {class: "muted"}, "Jobs wait until one comes: ", h("code", {}, "ops/flexir worker"), "."));
  const element = h("div");
  const draw = (fleet) => {
    const shown = fleet.workers.length === 0 ? nobody : table;
    if (shown.parentNode !== element) {
      replace(element, shown, rest);
    }
    replace(rows, fleet.workers.map((worker) => workerRow(worker, fleet.at)));
    rest.hidden = fleet.workerCount <= fleet.workers.length;
    rest.textContent = `The first ${fleet.workers.length} of ${format.whole(fleet.workerCount)}.`;
  };
  return {element, draw};
}

function workerRow(worker, now) {
  const busy = worker.slots - worker.freeSlots;
  return h(
    "tr",
    {dataset: {worker: worker.id}},
    h("th", {scope: "row"}, worker.id),
    h("td", {}, h("span", {class: `state-chip ${worker.silent ? "silent" : worker.state}`}, worker.silent ? "silent" : worker.state)),
    h("td", {}, worker.device.name, h("span", {class: "muted"}, ` · ${worker.device.kind}, ${format.plural(worker.device.threads, "thread")}`)),
    h("td", {}, h("meter", {min: 0, max: worker.slots, value: busy, "aria-label": `${busy} of ${worker.slots} slots busy`}), ` ${busy} of ${worker.slots}`),
    h("td", {class: "wrap"}, worker.models.length === 0 ? "none yet" : worker.models.map((model) => h("span", {class: "tag"}, `${model.name} ${format.significant(model.gigaMacsPerSecond)} GMAC/s`))),
    h("td", {class: "number"}, `${format.fixed(Math.max(0, format.between(worker.heardAt, now)), 0)} s ago`),
  );
}

