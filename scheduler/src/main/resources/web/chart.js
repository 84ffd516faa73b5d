// Charts over time: uPlot, in the page's colours, with a reading of what is pointed at and a table for whoever cannot see it.

import uPlot from "./vendor/uplot.js";
import {h, replace} from "./dom.js";

const TABLE_ROWS = 30;

/** A colour of the style sheet, as the canvas needs it. */
function ink(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("en", {hour: "2-digit", minute: "2-digit", hourCycle: "h23"});
}

function exactly(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("en", {hourCycle: "h23"});
}

/**
 * A chart whose series share one axis of time.
 *
 * @param series {label, colour: name in the style sheet, dash}
 * @param stacked draws bars, each series upon those before it
 * @param tell a value as text
 * @param range of the values; what they need when left out
 */
export function chart({title, series, stacked = false, tell, range, height = 190}, signal) {
  const reading = h("p", {class: "reading-line", "aria-hidden": "true"}, " ");
  const canvas = h("div", {class: "canvas", role: "img", "aria-label": title});
  const rows = h("tbody");
  const table = h(
    "details",
    {class: "as-table"},
    h("summary", {}, "As a table"),
    h(
      "div",
      {class: "scroll", tabindex: "0", role: "region", "aria-label": `${title}, as a table`},
      h("table", {}, h("thead", {}, h("tr", {}, h("th", {scope: "col"}, "At"), series.map(({label}) => h("th", {scope: "col", class: "number"}, label)))), rows),
    ),
  );
  const element = h("figure", {class: "chart"}, h("figcaption", {}, h("h3", {}, title), legend(series)), canvas, reading, table);
  let data = {times: [], values: series.map(() => []), from: 0, to: 1};
  let plot;

  const show = (index) => {
    const at = index ?? data.times.length - 1;
    const parts = series.map(({label}, one) => `${label} ${told(data.values[one][at], tell)}`);
    reading.textContent = at < 0 ? " " : `${exactly(data.times[at])}  ${parts.join(" · ")}`;
  };
  const draw = () => {
    plot?.destroy();
    plot = new uPlot(options({series, stacked, tell, range, height, width: canvas.clientWidth || 300, show, bounds: () => [data.from, data.to]}), drawn(), canvas);
  };
  const drawn = () => [data.times, ...(stacked ? heaped(data.values) : data.values)];
  const update = (times, values, from, to) => {
    data = {times, values, from, to};
    if (plot) {
      plot.setData(drawn());
    } else if (canvas.isConnected) {
      draw();
    }
    show();
    canvas.setAttribute("aria-label", `${title}. ${reading.textContent}`);
    if (table.open) {
      fill();
    }
  };
  const fill = () =>
    replace(
      rows,
      data.times.slice(-TABLE_ROWS).map((time, at, shown) => {
        const index = data.times.length - shown.length + at;
        return h("tr", {}, h("td", {}, exactly(time)), data.values.map((column) => h("td", {class: "number"}, told(column[index], tell))));
      }),
    );
  table.addEventListener("toggle", fill);

  const observer = new ResizeObserver(() => {
    if (!plot) {
      draw();
    } else if (canvas.clientWidth > 0 && canvas.clientWidth !== plot.width) {
      plot.setSize({width: canvas.clientWidth, height});
    }
  });
  observer.observe(canvas);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", draw);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    scheme.removeEventListener("change", draw);
    plot?.destroy();
  });
  return {element, update};
}

function told(value, tell) {
  return value === null || value === undefined ? "–" : tell(value);
}

function legend(series) {
  return h(
    "ul",
    {class: "legend"},
    series.map(({label, colour, dash}) => h("li", {}, h("span", {class: dash ? "swatch dashed" : "swatch", style: {"--swatch": `var(${colour})`}}), label)),
  );
}

/** Each series on top of those before it; the topmost is drawn first. */
function heaped(values) {
  const sums = [];
  values.forEach((column, one) => {
    sums.push(column.map((value, at) => (value ?? 0) + (one > 0 ? sums[one - 1][at] : 0)));
  });
  return sums.reverse();
}

function options({series, stacked, tell, range, height, width, show, bounds}) {
  const axis = {stroke: ink("--muted"), grid: {stroke: ink("--line"), width: 1}, ticks: {show: false}, font: "12px system-ui, sans-serif"};
  const styled = series.map(({label, colour, dash}) => ({
    label,
    stroke: ink(colour),
    fill: stacked ? ink(colour) : undefined,
    width: stacked ? 0 : 2,
    dash: dash ? [6, 4] : undefined,
    paths: stacked ? uPlot.paths.bars({size: [0.86, 60], align: 1}) : undefined,
    points: stacked ? {show: false} : {size: 5},
    spanGaps: false,
  }));
  return {
    width,
    height,
    legend: {show: false},
    cursor: {y: false, drag: {x: false, y: false}, ...(stacked ? {points: {show: false}} : {})},
    hooks: {setCursor: [(plot) => show(plot.cursor.idx ?? undefined)]},
    scales: {x: {time: true, range: bounds}, y: {range: range ? () => range : (_, least, most) => [0, most > 0 ? most * 1.1 : 1]}},
    axes: [
      {...axis, values: (_, splits) => splits.map(clock), space: 70, size: 30},
      {...axis, values: (_, splits) => splits.map(tell), size: 58},
    ],
    series: [{}, ...(stacked ? styled.reverse() : styled)],
  };
}
