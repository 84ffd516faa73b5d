// Costs: money, time, energy and multiply-adds by tenant, task or pointer, beside what other depths would have cost.

import {get, pause} from "./api.js";
import {empty, failure, h, loading, pageTitle, panel, replace} from "./dom.js";
import {chip} from "./exits.js";
import * as format from "./format.js";

export const title = "Costs";

const GROUPS = [["task", "Task"], ["tenant", "Tenant"], ["pointer", "Pointer"]];
const SPANS = [["3600", "Hour"], ["86400", "Day"], ["604800", "Week"]];

/** Milliseconds until sums that still grow are asked for again. */
const AGAIN_MILLIS = 2000;

export async function render(root, _parameters, signal) {
  const state = {by: "task", span: "86400"};
  const body = h("div", {class: "panels"}, loading("Adding up …"));
  let asking = new AbortController();
  const show = async () => {
    // What was asked before is of other choices.
    asking.abort();
    asking = new AbortController();
    const own = AbortSignal.any([signal, asking.signal]);
    try {
      const from = new Date(Date.now() - Number(state.span) * 1000).toISOString();
      const costs = await get(`/v1/costs?${new URLSearchParams({by: state.by, from})}`, own);
      replace(body, report(costs));
      if (!costs.complete) {
        // Not awaited: the page is there, and its figures grow.
        pause(AGAIN_MILLIS, own).then(() => own.aborted || show());
      }
    } catch (failed) {
      if (!own.aborted) {
        replace(body, failure(failed, show));
      }
    }
  };
  const segments = (label, field, pairs) =>
    h(
      "fieldset",
      {},
      h("legend", {}, label),
      h(
        "div",
        {class: "segments"},
        pairs.map(([value, text]) =>
          h(
            "label",
            {},
            h("input", {
              type: "radio",
              name: field,
              value,
              checked: value === state[field],
              onchange: () => {
                state[field] = value;
                show();
              },
            }),
            h("span", {}, text),
          ),
        ),
      ),
    );
  replace(root, pageTitle(title), h("div", {class: "filters"}, segments("By", "by", GROUPS), segments("Of the last", "span", SPANS)), body);
  await show();
}

function report(costs) {
  const {total, prices} = costs;
  const money = (value) => `${format.significant(value)} ${prices.currency}`;
  const range = h("p", {class: "muted small"}, `From ${format.moment(costs.from)} to ${format.moment(costs.to)}, whole quarters of an hour. `, priceWords(prices));
  if (total.images === 0) {
    return [...notes(costs), nothing(costs.complete), range];
  }
  return [
    ...notes(costs),
    h(
      "div",
      {class: "tiles"},
      tile("Money", "money", money(total.money), `${money(total.money / total.images)} an image`),
      tile("Images", "images", format.whole(total.images), "restored"),
      tile("Time of workers", "seconds", format.seconds(total.seconds), `${format.seconds(total.seconds / total.images)} an image`),
      tile("Energy", "joules", format.joules(total.joules), estimated(total)),
      tile("Multiply-adds", "gigaMacs", format.gigaMacs(total.gigaMacs), `${format.gigaMacs(total.gigaMacs / total.images)} an image`),
      tile("At full depth", "full-depth", money(total.fullDepth.money), saved(total)),
    ),
    panel(`By ${costs.by}`, byGroup(costs, money)),
    panel("Had every image run to the same pointer", atPointers(total, money)),
    range,
  ];
}

/** What these sums may lack. */
function notes({complete, from, heldSince}) {
  return [
    complete ? null : h("p", {class: "note warn", role: "status"}, "The scheduler has just started and still reads what was before: these sums grow yet."),
    new Date(heldSince) > new Date(from) ? h("p", {class: "note"}, `What was restored before ${format.moment(heldSince)} is not known any more, and not in these sums.`) : null,
  ];
}

function nothing(known) {
  return known
    ? empty("Nothing was restored in this time", h("a", {class: "button primary", href: "#/submit"}, "Submit a photo"))
    : empty("What was restored in this time is not known yet");
}

function tile(name, fact, value, detail) {
  return h("section", {class: "panel tile"}, h("h2", {}, name), h("p", {class: "figure", dataset: {fact}}, value), h("p", {class: "muted small"}, detail));
}

function estimated(total) {
  const share = total.joules > 0 ? total.joulesEstimated / total.joules : 0;
  return share === 0 ? "measured" : share === 1 ? "estimated" : `${format.percent(share)} of it estimated`;
}

function saved(total) {
  if (total.fullDepth.money === 0) {
    return "–";
  }
  const share = 1 - total.money / total.fullDepth.money;
  return share >= 0 ? `${format.percent(share)} was saved` : `${format.percent(-share)} was paid on top`;
}

function priceWords(prices) {
  const hours = Object.entries(prices.workerHour).map(([device, price]) => `${price} ${prices.currency} an hour of ${device === "*" ? "any worker" : `a ${device} worker`}`);
  const rest = [prices.gigaMac > 0 ? `${prices.gigaMac} a GMAC` : null, prices.kilowattHour > 0 ? `${prices.kilowattHour} a kWh` : null];
  return `Prices: ${[...hours, ...rest].filter(Boolean).join(", ")}.`;
}

function byGroup(costs, money) {
  const dearest = Math.max(...costs.rows.map((row) => row.money));
  const names = [costs.by[0].toUpperCase() + costs.by.slice(1), "", "Money", "Images", "Time", "Energy", "Multiply-adds", "At full depth"];
  return h(
    "div",
    {class: "scroll", tabindex: "0", role: "region", "aria-label": `Costs by ${costs.by}`},
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, names.map((name, at) => h(name ? "th" : "td", {scope: name ? "col" : null, class: at > 1 ? "number" : null}, name)))),
      h("tbody", {}, costs.rows.map((row) => groupRow(row, costs.by, dearest, money))),
    ),
  );
}

function groupRow(row, by, dearest, money) {
  const cell = (column, text) => h("td", {class: "number", dataset: {column}}, text);
  return h(
    "tr",
    {dataset: {group: row.group}},
    h("th", {scope: "row"}, by === "pointer" ? chip(Number(row.group)) : row.group),
    h("td", {class: "bar wide"}, h("span", {style: {width: `${dearest > 0 ? (row.money / dearest) * 100 : 0}%`}})),
    cell("money", money(row.money)),
    cell("images", format.whole(row.images)),
    cell("seconds", format.seconds(row.seconds)),
    cell("joules", format.joules(row.joules)),
    cell("gigaMacs", format.gigaMacs(row.gigaMacs)),
    cell("full-depth", money(row.fullDepth.money)),
  );
}

function atPointers(total, money) {
  return [
    h(
      "div",
      {class: "scroll", tabindex: "0", role: "region", "aria-label": "Costs at fixed pointers"},
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, ["Pointer", "Money", "Time", "Energy", "Multiply-adds", "Than it was"].map((name, at) => h("th", {scope: "col", class: at > 0 ? "number" : null}, name)))),
        h(
          "tbody",
          {},
          total.fixed.map((at) =>
            h(
              "tr",
              {dataset: {pointer: at.pointer}},
              h("th", {scope: "row"}, chip(at.pointer)),
              h("td", {class: "number", dataset: {column: "money"}}, money(at.money)),
              h("td", {class: "number"}, format.seconds(at.seconds)),
              h("td", {class: "number"}, format.joules(at.joules)),
              h("td", {class: "number"}, format.gigaMacs(at.gigaMacs)),
              h("td", {class: "number"}, difference(at.money, total.money)),
            ),
          ),
        ),
      ),
    ),
    h("p", {class: "muted small"}, "What that would have been worth is on ", h("a", {href: "#/quality"}, "Quality against cost"), "."),
  ];
}

function difference(would, was) {
  if (was === 0) {
    return "–";
  }
  const share = would / was - 1;
  return `${share > 0 ? "+" : ""}${format.percent(share)}`;
}
