// Before and after in one frame, with a line between them that is dragged or moved by the arrow keys.

import {failure, h, replace} from "./dom.js";
import {exitMap, legend} from "./exits.js";
import {icon} from "./icons.js";

const ZOOMS = [
  {name: "Fit", factor: 0},
  {name: "1:1", factor: 1},
  {name: "2:1", factor: 2},
];

/** Milliseconds for which the address of the download is taken to work; how long it does, a scheduler's settings say. */
const FRESH_MILLIS = 60000;

/**
 * @param images addresses of input and result
 * @param receipt says how large they are, and where regions ended
 * @param blind leaves out what would tell how it was done
 */
export function compare(images, receipt, {blind = false} = {}) {
  const notes = h("div", {class: "viewer-notes", "aria-live": "polite"});
  const after = picture(images.result, "The restored image", "after", () => note(notes, "The restored image cannot be shown: it may be kept no longer, or have a format that browsers do not show."));
  const before = images.input
    ? picture(images.input, "The image as it came", "before", () => {
        stage.classList.add("no-before");
        note(notes, "The original cannot be shown: it may be kept no longer, or have a format that browsers do not show.");
      })
    : null;
  const line = h("div", {class: "divider", "aria-hidden": "true"});
  const range = h("input", {
    type: "range",
    min: 0,
    max: 100,
    step: 1,
    value: 50,
    class: "wipe",
    "aria-label": "Line between before and after, in percent from the left",
  });
  const map = blind ? null : exitMap(receipt);
  const stage = h(
    "div",
    {class: "stage", style: {"aspect-ratio": `${receipt.outputSize.width} / ${receipt.outputSize.height}`, "--ratio": receipt.outputSize.width / receipt.outputSize.height}},
    after,
    before,
    map,
    line,
    h("span", {class: "side left", "aria-hidden": "true"}, "before"),
    h("span", {class: "side right", "aria-hidden": "true"}, "after"),
    range,
  );
  if (before === null) {
    stage.classList.add("no-before");
    note(notes, "The original lies where this key may not look.");
  }
  const wipe = () => stage.style.setProperty("--wipe", `${range.value}%`);
  range.addEventListener("input", wipe);
  wipe();
  const frame = h("div", {class: "frame", tabindex: "0", role: "group", "aria-label": "Before and after"}, stage);
  return h("div", {class: "viewer"}, frame, tools(stage, frame, receipt, images, notes, blind), notes);
}

function picture(address, alt, side, gone) {
  return h("img", {src: address, alt, class: side, draggable: "false", onerror: gone});
}

function note(notes, text) {
  replace(notes, h("p", {class: "note"}, text));
}

function tools(stage, frame, receipt, images, notes, blind) {
  if (blind) {
    return h("div", {class: "viewer-tools"}, zooms(stage, frame, receipt.outputSize));
  }
  const exits = h("input", {type: "checkbox", id: "show-exits"});
  const key = legend(receipt.regions);
  exits.addEventListener("change", () => stage.classList.toggle("show-exits", exits.checked));
  return h(
    "div",
    {class: "viewer-tools"},
    h("label", {class: "switch", for: "show-exits"}, exits, "Map of exits"),
    key,
    h("div", {class: "spacer"}),
    zooms(stage, frame, receipt.outputSize),
    images.download ? downloadOf(images, notes) : null,
  );
}

/** Addresses work for a while only: one that is not fresh is asked for again. The viewer's clock may be wrong, so it is not asked. */
function downloadOf(images, notes) {
  let fetched = performance.now();
  const link = h("a", {class: "button primary", href: images.download, download: ""}, icon("download"), "Download");
  link.addEventListener("click", async (event) => {
    if (performance.now() - fetched < FRESH_MILLIS) {
      return;
    }
    event.preventDefault();
    try {
      link.href = (await images.renew()).download;
      fetched = performance.now();
      link.click();
    } catch (failed) {
      replace(notes, failure(failed));
    }
  });
  return link;
}

function zooms(stage, frame, output) {
  const choose = (factor) => {
    frame.classList.toggle("zoomed", factor > 0);
    stage.style.width = factor > 0 ? `${(output.width * factor) / devicePixelRatio}px` : "";
  };
  return h(
    "fieldset",
    {class: "segments"},
    h("legend", {class: "visually-hidden"}, "Size on the screen"),
    ZOOMS.map(({name, factor}, at) =>
      h(
        "label",
        {},
        h("input", {type: "radio", name: "zoom", checked: at === 0, onchange: () => choose(factor)}),
        h("span", {}, name),
      ),
    ),
  );
}
