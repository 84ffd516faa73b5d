// Quality against cost as a drawing: a line for each model, marks for what was measured, and where the traffic is.

import {h, s} from "./dom.js";
import {decibels, fixed, significant} from "./format.js";

const WIDTH = 720;
const HEIGHT = 380;
const MARGIN = {left: 62, right: 22, top: 16, bottom: 46};

/**
 * The drawing.
 *
 * @param lines {name, colour, points: [{x, y, label, title}]}, shallow to deep
 * @param marks {x, y, kind: "traffic" | "reference" | "threshold" | "whatif", title, colour}
 * @param unit of the costs, as the axis has it
 */
export function frontier(lines, marks, unit) {
  const all = [...lines.flatMap((line) => line.points), ...marks];
  // Where nothing costs anything, an axis has an end all the same.
  const x = scale([0, Math.max(...all.map((point) => point.x)) * 1.06 || 1], [MARGIN.left, WIDTH - MARGIN.right]);
  const low = Math.min(...all.map((point) => point.y));
  const high = Math.max(...all.map((point) => point.y));
  const space = Math.max((high - low) * 0.12, 0.05);
  const y = scale([low - space, high + space], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  return s(
    "svg",
    {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": describe(lines, marks, unit)},
    axes(x, y, unit),
    lines.map((line, at) => drawn(line, x, y, at === 0 && lines.length > 1 ? -11 : 19)),
    marks.map((mark) => marked(mark, x, y)),
  );
}

function describe(lines, marks, unit) {
  const ends = lines.map(({name, points}) => `${name}: from ${decibels(points[0].y)} at ${significant(points[0].x)} to ${decibels(points.at(-1).y)} at ${significant(points.at(-1).x)} ${unit}`);
  return `Quality against cost. ${ends.join(". ")}. ${marks.map((mark) => mark.title).join(". ")}`;
}

function scale([from, to], [start, end]) {
  const at = (value) => start + ((value - from) / (to - from)) * (end - start);
  return {at, ...ticks(from, to)};
}

/** Round numbers, five or so, and how many digits tell one from the next. */
function ticks(from, to) {
  const rough = (to - from) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((each) => each * power >= rough);
  const step = factor * power;
  const first = Math.ceil(from / step);
  return {
    ticks: Array.from({length: Math.floor(to / step) - first + 1}, (_, index) => (first + index) * step),
    digits: Math.max(0, (factor === 2.5 ? 1 : 0) - Math.floor(Math.log10(step) + 1e-9)),
  };
}

function axes(x, y, unit) {
  const bottom = HEIGHT - MARGIN.bottom;
  return s(
    "g",
    {class: "axes"},
    y.ticks.map((value) => [
      s("line", {x1: MARGIN.left, x2: WIDTH - MARGIN.right, y1: y.at(value), y2: y.at(value)}),
      s("text", {x: MARGIN.left - 8, y: y.at(value), "text-anchor": "end", "dominant-baseline": "central"}, fixed(value, y.digits)),
    ]),
    x.ticks.map((value) => [
      s("line", {x1: x.at(value), x2: x.at(value), y1: MARGIN.top, y2: bottom}),
      s("text", {x: x.at(value), y: bottom + 18, "text-anchor": "middle"}, significant(value)),
    ]),
    s("text", {x: (MARGIN.left + WIDTH - MARGIN.right) / 2, y: HEIGHT - 6, "text-anchor": "middle", class: "name"}, unit),
    s("text", {x: 14, y: HEIGHT / 2, "text-anchor": "middle", class: "name", transform: `rotate(-90 14 ${HEIGHT / 2})`}, "PSNR, dB"),
  );
}

/** Labels of the first line stand above it, so that they do not meet those of the next. */
function drawn({name, colour, points}, x, y, label) {
  return s(
    "g",
    {class: "curve", dataset: {model: name}, style: {"--curve": `var(${colour})`}},
    s("polyline", {points: points.map((point) => `${x.at(point.x)},${y.at(point.y)}`).join(" ")}),
    points.map((point) => [
      s("circle", {cx: x.at(point.x), cy: y.at(point.y), r: 5, dataset: {x: point.x, y: point.y}}, s("title", {}, point.title)),
      s("text", {x: x.at(point.x), y: y.at(point.y) + label, "text-anchor": "middle"}, point.label),
    ]),
  );
}

function marked({x: cost, y: quality, kind, title, colour}, x, y) {
  const place = {class: `mark ${kind}`, dataset: {x: cost, y: quality}, style: {"--curve": `var(${colour})`}, transform: `translate(${x.at(cost)} ${y.at(quality)})`};
  return s("g", place, shape(kind), s("title", {}, title));
}

function shape(kind) {
  switch (kind) {
    case "traffic":
      return s("path", {d: "M0-11 11 0 0 11-11 0z"});
    case "threshold":
      return s("path", {d: "M0-8 8 6H-8z"});
    case "whatif":
      return s("circle", {r: 10});
    default:
      return s("path", {d: "M-6-6 6 6M-6 6 6-6"});
  }
}

/** What the shapes mean. */
export function shapes() {
  const each = (kind, text) => h("li", {}, s("svg", {class: "shape", viewBox: "-12 -12 24 24", width: 16, height: 16, "aria-hidden": "true"}, s("g", {class: `mark ${kind}`}, shape(kind))), text);
  return h("ul", {class: "legend"}, each("traffic", "last hour"), each("whatif", "what if"), each("threshold", "a threshold that ran"), each("reference", "measured by clients"));
}
