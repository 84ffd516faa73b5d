// Line icons, 24 by 24, drawn with the colour of the text beside them.

import {s} from "./dom.js";

const PATHS = {
  submit: ["M12 16V4", "M7 9l5-5 5 5", "M4 16v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3"],
  jobs: ["M4 6h16", "M4 12h16", "M4 18h10"],
  fleet: ["M4 20V10", "M10 20V4", "M16 20v-7", "M22 20H2"],
  quality: ["M3 20h18", "M4 16c4-9 8-11 16-11", "M9 9.5v.01", "M15 6v.01"],
  experiments: ["M10 3v6L4.5 18a2 2 0 0 0 1.8 3h11.4a2 2 0 0 0 1.8-3L14 9V3", "M8 3h8", "M7.5 15h9"],
  costs: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18", "M14.8 9.2A3 3 0 0 0 12 8c-1.7 0-3 .8-3 2s1.3 1.8 3 2 3 .8 3 2-1.3 2-3 2a3 3 0 0 1-2.8-1.2", "M12 6.5v11"],
  key: ["M14.5 9.5a4.5 4.5 0 1 0-4.2 4.5L12 12.300l1.500 1.500 2-2-1.500-1.500", "M8 8v.01"],
  download: ["M12 4v12", "M7 11l5 5 5-5", "M4 20h16"],
};

export function icon(name) {
  return s(
    "svg",
    {
      viewBox: "0 0 24 24",
      width: 20,
      height: 20,
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 1.8,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
      "aria-hidden": "true",
      class: "icon",
    },
    PATHS[name].map((d) => s("path", {d})),
  );
}
