// Where each region of an image ended: drawn over it, counted, and as a table.

import {h, s} from "./dom.js";
import {fixed, percent, size} from "./format.js";

/** Past so many, the table shows the first ones alone. */
const TABLE_ROWS = 400;

/** A pointer's colour is the same everywhere; past the sixth they share the last one. */
export function colour(pointer) {
  return `var(--p${Math.min(pointer, 6)})`;
}

function ink(pointer) {
  return `var(--p${Math.min(pointer, 6)}-ink)`;
}

/** A pointer as a coloured chip. */
export function chip(pointer, text = `P${pointer}`) {
  return h("span", {class: "pointer", style: {background: colour(pointer), color: ink(pointer)}}, text);
}

/** Share of the area by pointer, the shallowest first. */
export function shares(regions) {
  const all = regions.reduce((sum, region) => sum + region.width * region.height, 0);
  const byPointer = new Map();
  for (const region of regions) {
    byPointer.set(region.pointer, (byPointer.get(region.pointer) ?? 0) + (region.width * region.height) / all);
  }
  return [...byPointer].sort(([a], [b]) => a - b).map(([pointer, share]) => ({pointer, share}));
}

/** The map, in pixels of the input, to be laid over the image. */
export function exitMap(receipt) {
  const {inputSize, regions} = receipt;
  return s(
    "svg",
    {
      class: "exits",
      viewBox: `0 0 ${inputSize.width} ${inputSize.height}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": `Map of exits: ${shares(regions)
        .map(({pointer, share}) => `${percent(share)} of the image ended at pointer ${pointer}`)
        .join(", ")}`,
    },
    regions.map((region) => cell(region)),
  );
}

function cell(region) {
  const {x, y, width, height, pointer, score} = region;
  const letters = Math.min(width, height) / 4;
  return s(
    "g",
    {dataset: {pointer, x, y, width, height}},
    s("title", {}, `Pointer ${pointer}${score === undefined ? "" : `, score ${fixed(score, 3)}`}`),
    s("rect", {x, y, width, height, style: {fill: colour(pointer)}}),
    s(
      "text",
      {x: x + width / 2, y: y + height / 2, "text-anchor": "middle", "dominant-baseline": "central", style: {"font-size": `${Math.min(letters, 48)}px`}},
      pointer,
    ),
  );
}

export function legend(regions) {
  return h(
    "ul",
    {class: "legend", "aria-label": "Share of the image by pointer"},
    shares(regions).map(({pointer, share}) => h("li", {dataset: {pointer}}, chip(pointer), ` ${percent(share)}`)),
  );
}

/** Every region with its score. */
export function regionTable(receipt) {
  const {regions} = receipt;
  const rows = regions.slice(0, TABLE_ROWS).map((region) =>
    h(
      "tr",
      {},
      h("td", {}, `${region.x}, ${region.y}`),
      h("td", {}, size(region)),
      h("td", {}, chip(region.pointer)),
      h("td", {}, region.score === undefined ? "–" : fixed(region.score, 3)),
    ),
  );
  return h(
    "details",
    {class: "regions"},
    h("summary", {}, `Regions and their scores (${regions.length})`),
    h(
      "div",
      {class: "scroll", tabindex: "0", role: "region", "aria-label": "Regions"},
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, ["At (x, y)", "Pixels", "Ended at", "Score"].map((name) => h("th", {scope: "col"}, name)))),
        h("tbody", {}, rows),
      ),
    ),
    regions.length > TABLE_ROWS ? h("p", {class: "muted"}, `The first ${TABLE_ROWS}; the API has all of them.`) : null,
  );
}
