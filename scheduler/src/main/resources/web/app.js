// The shell: which page is shown, and whose key it asks with.

import {forgetKey, get, hasKey, useKey, whenUnauthorised} from "./api.js";
import * as costs from "./costs.js";
import {announce, failure, h, loading, pageTitle, replace} from "./dom.js";
import * as experiments from "./experiments.js";
import * as fleet from "./fleet.js";
import {icon} from "./icons.js";
import * as job from "./job.js";
import * as jobs from "./jobs.js";
import * as quality from "./quality.js";
import {forgetSubmissions} from "./submission.js";
import * as submit from "./submit.js";

/** In the order of the tabs. */
const TABS = [
  {name: "submit", label: "Submit", page: submit},
  {name: "jobs", label: "Jobs", page: jobs},
  {name: "fleet", label: "Fleet", page: fleet},
  {name: "quality", label: "Quality", page: quality},
  {name: "experiments", label: "Experiments", page: experiments},
  {name: "costs", label: "Costs", page: costs},
];

const main = document.getElementById("main");
const who = document.getElementById("who");
let showing = new AbortController();

function route() {
  const [name, ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  if (name === "jobs" && rest[0]) {
    return {tab: "jobs", page: job, parameters: rest};
  }
  const found = TABS.find((tab) => tab.name === name) ?? TABS[0];
  return {tab: found.name, page: found.page, parameters: rest};
}

function drawTabs(current) {
  replace(
    document.getElementById("tabs"),
    h(
      "ul",
      {},
      TABS.map((tab) =>
        h(
          "li",
          {},
          h("a", {href: `#/${tab.name}`, "aria-current": tab.name === current ? "page" : null}, icon(tab.name), h("span", {}, tab.label)),
        ),
      ),
    ),
  );
}

async function show({keepFocus = false} = {}) {
  showing.abort();
  showing = new AbortController();
  const {signal} = showing;
  const {tab, page, parameters} = route();
  drawTabs(tab);
  document.title = `${page.title} · FlexIR fleet`;
  const root = h("div", {class: `page page-${tab}`});
  replace(main, root);
  try {
    await page.render(root, parameters, signal);
  } catch (failed) {
    if (!signal.aborted && failed.status !== 401) {
      replace(root, pageTitle(page.title), failure(failed, () => show()));
    }
  }
  if (!keepFocus && !signal.aborted) {
    main.querySelector("h1")?.focus({preventScroll: true});
    announce(document.title);
  }
}

function askForKey(problem) {
  showing.abort();
  replace(who);
  replace(document.getElementById("tabs"));
  document.title = "Key · FlexIR fleet";
  const field = h("input", {id: "key", type: "password", autocomplete: "off", required: true, spellcheck: "false", placeholder: "flexir_…"});
  const form = h(
    "form",
    {class: "panel gate"},
    h("h1", {tabindex: "-1"}, "Which key may this page use?"),
    h("p", {}, "The fleet answers to those who hold a key. It stays in this tab and is forgotten with it."),
    problem && hasKey() ? h("p", {class: "note bad", role: "alert"}, problem.status === 403 ? "This key may not read: it lacks the scope." : "The fleet does not know this key.") : null,
    h("label", {for: "key"}, "API key"),
    field,
    h("button", {type: "submit", class: "button primary"}, icon("key"), "Use this key"),
    h("p", {class: "muted"}, h("code", {}, "ops/flexir up"), " prints one, ", h("code", {}, "ops/flexir keys create"), " makes others."),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    useKey(field.value);
    start();
  });
  replace(main, form);
  field.focus();
}

/** The key, and what was sent with it. */
function forget() {
  forgetKey();
  forgetSubmissions();
}

function drawTenant(tenant) {
  const leave = () => {
    forget();
    askForKey();
  };
  replace(
    who,
    h("span", {class: "tenant", title: "The tenant whose key this is"}, tenant.name),
    hasKey() ? h("button", {type: "button", class: "button quiet", onclick: leave}, "Forget key") : null,
  );
}

async function start() {
  replace(main, loading("Asking the scheduler …"));
  try {
    drawTenant(await get("/v1/tenant"));
    await show();
  } catch (failed) {
    if (failed.status === 403) {
      askForKey(failed);
    } else if (failed.status !== 401) {
      replace(main, failure(failed, start));
    }
  }
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", () => show());
whenUnauthorised((problem) => {
  askForKey(problem);
  forget();
});
start();
