// Quality against cost: what each depth is worth, where the traffic sits, and what the last hour would have cost at another depth.

import {get} from "./api.js";
import {empty, h, loading, pageTitle, panel, replace, trouble} from "./dom.js";
import * as format from "./format.js";
import {frontier, shapes} from "./frontier.js";
import {atPointer, atThreshold, whatIf} from "./whatif.js";

export const title = "Quality against cost";

const REFRESH_MILLIS = 10000;
const TASKS = {denoise: "Noise", jpeg: "JPEG artefacts", "super-resolution": "Resolution"};
const COLOURS = ["--p6", "--p2", "--p4", "--p1", "--p3"];
const AXES = [
  {unit: "gigaMacs", name: "GMACs", axis: "GMACs a megapixel"},
  {unit: "seconds", name: "Seconds", axis: "seconds of a worker a megapixel"},
  {unit: "joules", name: "Joules", axis: "joules a megapixel"},
  {unit: "money", name: "Money", axis: "a megapixel"},
];

export async function render(root, _parameters, signal) {
  replace(root, pageTitle(title), loading("Adding up the last hour …"));
  const state = {quality: await get("/v1/quality", signal), task: undefined, axis: AXES[0], kind: "pointer", pointer: undefined, dial: undefined};
  state.task = busiest(state.quality.models);
  const drawing = frontierBoard();
  const answer = answerBoard();
  const lost = h("div");
  const dial = h("div", {class: "dial"});
  const models = () => state.quality.models.filter((model) => model.task.kind === state.task);
  const draw = () => {
    const choose = choice(state);
    drawing.draw(models(), state, choose);
    answer.draw(models(), state, choose);
  };
  let fitRange;
  const fit = () => {
    fitRange = drawDial(dial, state, models, draw, fit);
    draw();
  };
  const kinds = [...new Set(state.quality.models.map((model) => model.task.kind))];
  replace(
    root,
    pageTitle(title),
    h(
      "div",
      {class: "filters"},
      segments("Task", "task", kinds.map((kind) => [kind, TASKS[kind] ?? kind]), state.task, (kind) => {
        state.task = kind;
        state.pointer = undefined;
        state.dial = undefined;
        fit();
      }),
      segments("Cost in", "axis", AXES.map(({unit, name}) => [unit, unit === "money" ? state.quality.currency : name]), state.axis.unit, (unit) => {
        state.axis = AXES.find((axis) => axis.unit === unit);
        draw();
      }),
    ),
    h(
      "div",
      {class: "columns wide-left"},
      panel("The frontier", drawing.element, shapes(), h("p", {class: "muted small"}, "Lines: mean PSNR on each model's calibration images, by fixed pointer. Seconds, joules and money are those of the last hour's images, had they run to it.")),
      panel("What if", h("p", {class: "muted"}, "The last hour's images, at another depth:"), dial, answer.element, lost),
    ),
  );
  fit();
  const timer = setInterval(async () => {
    try {
      const news = await get("/v1/quality", signal);
      const same = told(news) === told(state.quality);
      state.quality = news;
      trouble(lost, null);
      if (!same) {
        fitRange();
        draw();
      }
    } catch (failed) {
      if (!signal.aborted) {
        trouble(lost, failed);
      }
    }
  }, REFRESH_MILLIS);
  signal.addEventListener("abort", () => clearInterval(timer));
}

/** What is told, whenever it is told. */
function told({from, to, ...rest}) {
  return JSON.stringify(rest);
}

/** The task with most traffic, or the first. */
function busiest(models) {
  return models.toSorted((one, other) => other.traffic.images - one.traffic.images)[0].task.kind;
}

function segments(label, name, pairs, chosen, choose) {
  return h(
    "fieldset",
    {},
    h("legend", {}, label),
    h(
      "div",
      {class: "segments"},
      pairs.map(([value, text]) => h("label", {}, h("input", {type: "radio", name, value, checked: value === chosen, onchange: () => choose(value)}), h("span", {}, text))),
    ),
  );
}

/** Rules and thresholds that any of the models has run with, and the chosen one, however long ago that ran. */
function dials(models, chosen) {
  const all = [...models.flatMap((model) => model.adaptive.map(({rule, threshold}) => ({rule, threshold}))), ...(chosen ? [chosen] : [])];
  const distinct = new Map(all.map((each) => [`${each.rule} ${each.threshold}`, each]));
  return [...distinct.values()].sort((one, other) => one.rule.localeCompare(other.rule) || one.threshold - other.threshold);
}

/** A model's cost and quality at what is chosen; undefined where nothing can be chosen. */
function choice(state) {
  if (state.kind === "pointer") {
    return (model) => atPointer(model, state.pointer);
  }
  const {dial} = state;
  return dial && ((model) => atThreshold(model, dial.rule, dial.threshold));
}

/** Draws the dial; what it returns fits its range to the models as they are by then. */
function drawDial(place, state, models, draw, again) {
  const byPointer = state.kind === "pointer";
  const slider = h("input", {type: "range", id: "what-if", step: 1});
  const reading = h("output", {for: "what-if", class: "reading"});
  let known = [];
  const read = () => {
    if (byPointer) {
      state.pointer = Number(slider.value);
      reading.textContent = `P${state.pointer}`;
    } else {
      state.dial = known[Number(slider.value)];
      reading.textContent = state.dial ? `${state.dial.rule} ${state.dial.threshold}` : "–";
    }
    slider.setAttribute("aria-valuetext", reading.textContent);
  };
  const span = (least, most, value) => {
    slider.min = least;
    slider.max = most;
    slider.value = value;
    read();
  };
  const fit = () => {
    if (byPointer) {
      const deepest = Math.max(...models().map((model) => model.fixed.length));
      span(1, deepest, state.pointer ?? Math.ceil(deepest / 2));
      return;
    }
    const {dial} = state;
    known = dials(models(), dial);
    slider.disabled = known.length === 0;
    const at = known.findIndex((each) => each.rule === dial?.rule && each.threshold === dial?.threshold);
    span(0, Math.max(known.length - 1, 0), Math.max(at, 0));
  };
  slider.addEventListener("input", () => {
    read();
    draw();
  });
  fit();
  const kinds = segments("By", "what-if-kind", [["pointer", "Pointer"], ["threshold", "Threshold"]], state.kind, (kind) => {
    state.kind = kind;
    again();
    document.querySelector(`input[name=what-if-kind][value=${kind}]`).focus();
  });
  replace(place, kinds, h("div", {class: "field row"}, h("label", {for: "what-if"}, byPointer ? "Pointer" : "Threshold"), slider, reading));
  return fit;
}

function noThreshold() {
  return empty("No image has run with a threshold", h("p", {class: "muted"}, "What a threshold costs depends on the images: submit one with an adaptive depth, or start an experiment."));
}

/** The answer. Its sentence alone is read out, and only when it is another one. */
function answerBoard() {
  const sentence = h("p", {class: "lead", id: "verdict", "aria-live": "polite"});
  const figures = h("div");
  const element = h("div", {class: "answer"}, sentence, figures);
  const draw = (models, state, choose) => {
    const answer = choose ? answered(models, choose, state) : {sentence: "", figures: noThreshold()};
    if (sentence.textContent !== answer.sentence) {
      sentence.textContent = answer.sentence;
    }
    sentence.hidden = answer.sentence === "";
    replace(figures, answer.figures);
  };
  return {element, draw};
}

function answered(models, choose, state) {
  const {rows, images, was, would} = whatIf(models, choose);
  if (images === 0) {
    return {sentence: "", figures: empty("No image in the last hour", h("p", {class: "muted"}, "There is nothing to compare for this task."), h("a", {class: "button primary", href: "#/submit"}, "Submit a photo"))};
  }
  const money = (value) => `${format.significant(value)} ${state.quality.currency}`;
  const lines = [
    ["Multiply-adds", "gigaMacs", format.gigaMacs],
    ["Time of workers", "seconds", format.seconds],
    ["Energy", "joules", format.joules],
    ["Money", "money", money],
  ];
  const unknown = rows.filter((row) => !row.known);
  const figures = [
    h(
      "table",
      {class: "compare"},
      h("thead", {}, h("tr", {}, h("td"), ["was", "would be", "change"].map((name) => h("th", {scope: "col", class: "number"}, name)))),
      h(
        "tbody",
        {},
        lines.map(([name, unit, tell]) =>
          h(
            "tr",
            {dataset: {unit}},
            h("th", {scope: "row"}, name),
            h("td", {class: "number", dataset: {side: "was"}}, tell(was.cost[unit])),
            h("td", {class: "number", dataset: {side: "would"}}, tell(would.cost[unit])),
            h("td", {class: "number"}, change(was.cost[unit], would.cost[unit])),
          ),
        ),
        h(
          "tr",
          {dataset: {unit: "psnr"}},
          h("th", {scope: "row"}, "PSNR, expected"),
          h("td", {class: "number", dataset: {side: "was"}}, format.decibels(was.psnr)),
          h("td", {class: "number", dataset: {side: "would"}}, format.decibels(would.psnr)),
          h("td", {class: "number"}, signed(would.psnr - was.psnr, format.decibels)),
        ),
      ),
    ),
    h("p", {class: "muted small"}, `${format.plural(images, "image")} since ${format.moment(state.quality.from)}. Expected: what calibration gives the pointers where regions end.`),
    unknown.length > 0 ? h("p", {class: "note warn"}, `${unknown.map((row) => row.name).join(" and ")} has not run with this threshold and stays as it was.`) : null,
  ];
  return {sentence: verdict(was, would, money), figures};
}

function verdict(was, would, money) {
  const difference = would.psnr - was.psnr;
  const worth = Math.abs(difference) < 0.005 ? "the same quality" : `${format.decibels(Math.abs(difference))} ${difference > 0 ? "more" : "less"}`;
  return `It would have cost ${money(would.cost.money)} instead of ${money(was.cost.money)}, with ${worth}.`;
}

function change(was, would) {
  return was > 0 ? signed(would / was - 1, (share) => format.percent(share)) : "–";
}

function signed(value, tell) {
  return `${value > 0 ? "+" : ""}${tell(value)}`;
}

/** Cost of a megapixel; undefined where the last hour does not tell. */
function each(model, cost, axis) {
  return model.traffic.megapixels > 0 ? cost[axis.unit] / model.traffic.megapixels : undefined;
}

/** The frontier and its table: what is unfolded or scrolled stays so when it is drawn anew. */
function frontierBoard() {
  const names = h("ul", {class: "legend"});
  const plot = h("div", {class: "frontier", tabindex: "0", role: "group", "aria-label": "Quality against cost, drawn"});
  const rows = h("tbody");
  const table = tableOf(rows);
  const element = h("div", {class: "drawing"});
  const draw = (models, state, choose) => {
    const {axis} = state;
    const {lines, marks} = linesAndMarks(models, axis, choose);
    if (lines.length === 0) {
      replace(element, empty("The last hour does not tell", h("p", {class: "muted"}, `What a megapixel takes in ${axis.name.toLowerCase()} is known once images of this task have been restored.`)));
      return;
    }
    if (plot.parentNode !== element) {
      replace(element, names, plot, table);
    }
    replace(names, lines.map(({name, colour}) => h("li", {}, h("span", {class: "swatch", style: {"--swatch": `var(${colour})`}}), name)));
    replace(plot, frontier(lines, marks, axis.unit === "money" ? `${state.quality.currency} ${axis.axis}` : axis.axis));
    replace(rows, rowsOf(models));
  };
  return {element, draw};
}

function linesAndMarks(models, axis, choose) {
  const lines = [];
  const marks = [];
  models.forEach((model, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const points = model.fixed
      .map((at) => ({
        x: axis.unit === "gigaMacs" ? at.gigaMacsPerMegapixel : each(model, at.cost, axis),
        y: at.psnr,
        label: `P${at.pointer}`,
        title: `${model.name}, pointer ${at.pointer}: ${format.decibels(at.psnr)}`,
      }))
      .filter((point) => point.x !== undefined);
    if (points.length > 0) {
      lines.push({name: model.name, colour, points});
    }
    marks.push(...marksOf(model, points, axis, colour, choose).filter((mark) => mark.x !== undefined));
  });
  return {lines, marks};
}

function marksOf(model, points, axis, colour, choose) {
  const marks = [];
  const {traffic} = model;
  model.fixed.forEach((at, index) => {
    if (at.reference && points[index]) {
      marks.push({kind: "reference", colour, x: points[index].x, y: at.reference.psnr, title: `${model.name}, pointer ${at.pointer}, measured by clients: ${format.decibels(at.reference.psnr)}`});
    }
  });
  model.adaptive.forEach((at) => {
    marks.push({
      kind: "threshold",
      colour,
      x: at.traffic.cost[axis.unit] / at.traffic.megapixels,
      y: at.reference?.psnr ?? at.traffic.expectedPsnr,
      title: `${model.name}, ${at.rule} ${at.threshold}: ${format.decibels(at.reference?.psnr ?? at.traffic.expectedPsnr)} ${at.reference ? "measured" : "expected"}`,
    });
  });
  if (traffic.images > 0) {
    const other = choose?.(model);
    if (other) {
      marks.push({kind: "whatif", colour, x: each(model, other.cost, axis), y: other.psnr, title: `${model.name}, what if: ${format.decibels(other.psnr)}`});
    }
    marks.push({kind: "traffic", colour, x: each(model, traffic.cost, axis), y: traffic.expectedPsnr, title: `${model.name}, last hour: ${format.plural(traffic.images, "image")}, ${format.decibels(traffic.expectedPsnr)} expected`});
  }
  return marks;
}

function rowsOf(models) {
  return models.flatMap((model) =>
    model.fixed.map((at) =>
      h(
        "tr",
        {dataset: {model: model.name, pointer: at.pointer}},
        h("th", {scope: "row"}, model.name),
        h("td", {class: "number"}, `P${at.pointer}`),
        h("td", {class: "number", dataset: {column: "psnr"}}, format.decibels(at.psnr)),
        h("td", {class: "number", dataset: {column: "gigaMacs"}}, format.significant(at.gigaMacsPerMegapixel)),
        h("td", {class: "number", dataset: {column: "reference"}}, at.reference ? `${format.decibels(at.reference.psnr)} (${at.reference.samples})` : "–"),
      ),
    ),
  );
}

function tableOf(rows) {
  return h(
    "details",
    {class: "as-table"},
    h("summary", {}, "As a table"),
    h(
      "div",
      {class: "scroll", tabindex: "0", role: "region", "aria-label": "Quality and cost by pointer"},
      h("table", {}, h("thead", {}, h("tr", {}, ["Model", "Pointer", "PSNR", "GMACs a megapixel", "Measured"].map((name, at) => h("th", {scope: "col", class: at > 0 ? "number" : null}, name)))), rows),
    ),
  );
}
