// Submit: photos in, terms chosen, what it will cost before, progress, and the result.

import {models} from "./api.js";
import {announce, append, failure, h, loading, pageTitle, panel, replace} from "./dom.js";
import {estimate, pixelsOf} from "./estimate.js";
import * as format from "./format.js";
import {icon} from "./icons.js";
import {stateChip} from "./jobs.js";
import {submissions, submit} from "./submission.js";

export const title = "Submit";

/** Milliseconds without a change before the scheduler is asked. */
const PAUSE = 250;

const TASKS = {denoise: "Remove noise", jpeg: "Remove JPEG artefacts", "super-resolution": "Raise resolution"};
const DEPTHS = [
  {kind: "automatic", name: "Automatic", says: "As deep as the load of the fleet allows."},
  {kind: "fixed", name: "Pointer", says: "Every part of the image ends at the same stage."},
  {kind: "adaptive", name: "Adaptive", says: "Each part stops when it is good enough."},
];

export async function render(root, _parameters, signal) {
  replace(root, pageTitle(title), loading("Asking which models there are …"));
  const known = await models();
  if (signal.aborted) {
    return;
  }
  const state = {photos: [], models: known};
  const form = terms(state, () => drawEstimate());
  const forecast = h("div", {class: "forecast", "aria-live": "polite"});
  const send = h("button", {type: "submit", class: "button primary wide", disabled: true}, icon("submit"), h("span", {}, "Restore"));
  const photos = h("ul", {class: "photos"});
  let asking = new AbortController();

  const drawEstimate = () => {
    const ready = state.photos.length > 0;
    send.disabled = !ready;
    send.lastChild.textContent = state.photos.length > 1 ? `Restore ${state.photos.length} photos` : "Restore";
    asking.abort();
    asking = new AbortController();
    if (ready) {
      forecastOf(forecast, state, form.read(), AbortSignal.any([signal, asking.signal]));
    } else {
      replace(forecast, h("p", {class: "muted"}, "Choose photos to see what they will cost."));
    }
  };
  const drawPhotos = () => {
    replace(photos, state.photos.map((photo) => chosen(photo, () => drop(photo))));
    drawEstimate();
  };
  const drop = (photo) => {
    URL.revokeObjectURL(photo.preview);
    state.photos = state.photos.filter((other) => other !== photo);
    drawPhotos();
  };
  const add = async (files) => {
    const sizes = [];
    for (const file of files) {
      sizes.push(await pixelsOf(file));
      if (signal.aborted) {
        return;
      }
    }
    // Only now: while they were decoded, others may have been left out or sent.
    state.photos.push(...files.map((file, at) => ({file, preview: URL.createObjectURL(file), size: sizes[at]})));
    announce(`${format.plural(state.photos.length, "photo")} chosen`);
    drawPhotos();
  };

  signal.addEventListener("abort", () => state.photos.forEach((photo) => URL.revokeObjectURL(photo.preview)));
  form.element.prepend(dropZone(add), photos);
  append(form.element, [forecast, send]);
  form.element.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosenTerms = form.read();
    if (chosenTerms.problem) {
      replace(forecast, h("p", {class: "note bad", role: "alert"}, chosenTerms.problem));
      return;
    }
    state.photos.forEach((photo) => submit(photo.file, chosenTerms.terms, photo.preview));
    state.photos = [];
    drawPhotos();
    drawSubmissions(list, signal);
    list.parentElement.scrollIntoView({block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth"});
  });

  const list = h("ul", {class: "submissions"});
  replace(root, pageTitle(title), h("div", {class: "columns"}, h("section", {class: "panel", "aria-label": "New photos"}, form.element), panel("Your photos", list)));
  drawSubmissions(list, signal);
  drawEstimate();
}

function dropZone(add) {
  const input = h("input", {type: "file", id: "files", accept: "image/*", multiple: true, class: "visually-hidden"});
  const zone = h(
    "label",
    {class: "drop", for: "files"},
    icon("submit"),
    h("span", {}, h("b", {}, "Drop photos here"), " or choose them"),
    h("span", {class: "muted"}, "PNG, JPEG, WebP, TIFF or BMP"),
  );
  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = "";
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", kind === "dragover");
    });
  }
  zone.addEventListener("drop", (event) => add([...event.dataTransfer.files]));
  return h("div", {class: "drop-box"}, input, zone);
}

function chosen(photo, drop) {
  const about = photo.size ? `${format.size(photo.size)}, ${format.bytes(photo.file.size)}` : format.bytes(photo.file.size);
  return h(
    "li",
    {},
    photo.size ? h("img", {src: photo.preview, alt: "", class: "thumb"}) : h("span", {class: "thumb"}),
    h("span", {class: "grow"}, h("b", {}, photo.file.name), h("span", {class: "muted"}, about)),
    h("button", {type: "button", class: "button quiet", "aria-label": `Leave ${photo.file.name} out`, onclick: drop}, "✕"),
  );
}

/** The form's terms; read() tells them as a submission has them. */
function terms(state, changed) {
  const model = modelField(state.models);
  const depth = depthField(state, model);
  const deadline = number("deadline", "Deadline", {min: 0.1, max: 31536000, step: "any", placeholder: "none"}, "seconds from now");
  const more = moreFields();
  const element = h("form", {class: "terms"}, field("What is to be done", model, "model"), depth.element, deadline.element, more.element);
  element.addEventListener("input", changed);
  // "input" alone comes before a field's own handler has taken the depth that was chosen.
  element.addEventListener("change", changed);
  model.addEventListener("change", depth.fit);
  const read = () => {
    const wanted = more.read();
    const body = {
      ...(model.value === "auto" ? {} : {model: model.value}),
      depth: depth.read(),
      ...(deadline.read() === undefined ? {} : {deadlineSeconds: deadline.read()}),
      ...wanted,
    };
    return {terms: body, problem: problemOf(body), model: state.models.find((each) => each.name === model.value)};
  };
  return {element, read};
}

/** Why nothing can be sent with these terms; null where it can. */
function problemOf({depth, floor = 1, target}) {
  if (depth.kind === "adaptive" && depth.threshold === undefined) {
    return "Adaptive depth needs a threshold.";
  }
  return target !== undefined && target < floor ? "The target must be at least the floor." : null;
}

function field(label, control, id, ...after) {
  control.id = id;
  return h("div", {class: "field"}, h("label", {for: id}, label), control, ...after);
}

function modelField(all) {
  const groups = Map.groupBy(all, (model) => model.task.kind);
  return h(
    "select",
    {},
    h("option", {value: "auto"}, "Whatever each photo needs"),
    [...groups].map(([kind, group]) =>
      h(
        "optgroup",
        {label: TASKS[kind] ?? kind},
        group.map((model) => h("option", {value: model.name}, `${format.task(model)} (${model.name})`)),
      ),
    ),
  );
}

function depthField(state, model) {
  const deepest = () => state.models.find((each) => each.name === model.value)?.n ?? Math.max(...state.models.map((each) => each.n));
  const pointer = h("input", {type: "range", id: "pointer", min: 1, max: deepest(), step: 1, value: deepest()});
  const reading = h("output", {for: "pointer", class: "reading"}, pointer.value);
  pointer.addEventListener("input", () => {
    reading.textContent = pointer.value;
  });
  const rule = h("select", {}, h("option", {value: "sharpness"}, "sharp enough"), h("option", {value: "payoff"}, "deeper where it pays"));
  const threshold = h("input", {type: "number", min: 0, max: 100, step: "any", required: true, value: 1.05});
  rule.addEventListener("change", () => {
    threshold.value = rule.value === "payoff" ? 0.5 : 1.05;
  });
  const details = {
    automatic: [],
    fixed: [h("div", {class: "field row"}, h("label", {for: "pointer"}, "Pointer"), pointer, reading)],
    adaptive: [h("div", {class: "pair"}, field("Rule", rule, "rule"), field("Threshold", threshold, "threshold"))],
  };
  let kind = "automatic";
  const detail = h("div", {class: "depth-detail"});
  const choose = (wanted) => {
    kind = wanted;
    replace(detail, h("p", {class: "muted"}, DEPTHS.find((each) => each.kind === kind).says), details[kind]);
  };
  const element = h(
    "fieldset",
    {class: "depth"},
    h("legend", {}, "How deep"),
    h(
      "div",
      {class: "segments"},
      DEPTHS.map((each) =>
        h("label", {}, h("input", {type: "radio", name: "depth", value: each.kind, checked: each.kind === kind, onchange: () => choose(each.kind)}), h("span", {}, each.name)),
      ),
    ),
    detail,
  );
  choose(kind);
  const fit = () => {
    pointer.max = deepest();
    reading.textContent = pointer.value;
  };
  const read = () => {
    switch (kind) {
      case "fixed":
        return {kind, pointer: Number(pointer.value)};
      case "adaptive":
        return {kind, rule: rule.value, threshold: threshold.value === "" ? undefined : Number(threshold.value)};
      default:
        return {kind};
    }
  };
  return {element, read, fit};
}

function number(id, label, limits, unit) {
  const input = h("input", {type: "number", ...limits});
  const element = h("div", {class: "field"}, h("label", {for: id}, label, unit ? h("span", {class: "muted"}, `, ${unit}`) : null), input);
  input.id = id;
  return {element, read: () => (input.value === "" ? undefined : Number(input.value))};
}

function moreFields() {
  const floor = number("floor", "Floor", {min: 1, max: 64, placeholder: "1"}, "least pointer");
  const target = number("target", "Target", {min: 1, max: 64, placeholder: "the deepest"}, "deepest pointer");
  const priority = choices([["standard", "standard"], ["interactive", "first among equals"], ["bulk", "last among equals"]]);
  const onMiss = choices([["degrade", "end at the floor"], ["fail", "fail"], ["late", "be late"]]);
  const output = choices([["png", "PNG"], ["jpeg", "JPEG"], ["tiff", "TIFF"], ["bmp", "BMP"], ["same", "as it came"]]);
  const element = h(
    "details",
    {class: "more"},
    h("summary", {}, "More"),
    h("div", {class: "pair"}, floor.element, target.element),
    h("div", {class: "pair"}, field("Priority", priority, "priority"), field("When the deadline cannot be met", onMiss, "on-miss")),
    field("Format of the result", output, "output"),
  );
  const read = () => ({
    ...(floor.read() === undefined ? {} : {floor: floor.read()}),
    ...(target.read() === undefined ? {} : {target: target.read()}),
    priority: priority.value,
    onMiss: onMiss.value,
    output: {container: output.value},
  });
  return {element, read};
}

function choices(pairs) {
  return h("select", {}, pairs.map(([value, text]) => h("option", {value}, text)));
}

/** Asks once nothing has changed for a moment; what was told before stays until then. */
async function forecastOf(place, state, {terms: wanted, problem}, signal) {
  const sizes = state.photos.map((photo) => photo.size).filter(Boolean);
  const unknown = state.photos.length - sizes.length;
  if (problem) {
    replace(place, h("p", {class: "note bad"}, problem));
    return;
  }
  if (sizes.length === 0) {
    replace(place, h("p", {}, "This browser cannot tell the size of these photos, so what they will cost is not known before."));
    return;
  }
  try {
    await moment(signal);
    const told = await estimate(wanted, sizes, signal);
    if (!signal.aborted) {
      replace(place, forecastFigures(told, wanted), unknown > 0 ? notCounted(unknown) : null);
    }
  } catch (failed) {
    if (!signal.aborted) {
      replace(place, failure(failed, () => forecastOf(place, state, {terms: wanted}, signal)));
    }
  }
}

function notCounted(photos) {
  return h("p", {class: "note warn"}, photos === 1 ? "1 photo is not counted: its size is not known." : `${photos} photos are not counted: their size is not known.`);
}

function moment(signal) {
  return new Promise((done, stopped) => {
    const wait = setTimeout(done, PAUSE);
    signal.addEventListener("abort", () => {
      clearTimeout(wait);
      stopped(signal.reason);
    });
  });
}

function forecastFigures(told, {depth, deadlineSeconds}) {
  const figure = (name, key, ...value) => h("div", {}, h("dt", {}, name), h("dd", {dataset: {estimate: key}}, ...value));
  return h(
    "dl",
    {class: "facts"},
    figure(depth.kind === "adaptive" ? "Pointer, at most" : "Likely pointer", "pointer", range(told.pointers, String)),
    told.psnr === undefined ? null : figure("Expected quality", "psnr", format.decibels(told.psnr)),
    figure("Multiply-adds", "gigaMacs", format.gigaMacs(told.gigaMacs)),
    figure("Time of workers", "seconds", format.seconds(told.seconds)),
    figure("Money", "money", `${format.significant(told.money)} ${told.currency}`),
    figure("Done in", "done", told.done ? range(told.done, format.seconds) : "no worker is ready"),
    deadlineSeconds !== undefined && !told.onTime ? h("p", {class: "note warn"}, "The deadline may be missed.") : null,
  );
}

function range([least, most], tell) {
  return least === most ? tell(least) : `${tell(least)} to ${tell(most)}`;
}

function drawSubmissions(list, signal) {
  if (submissions.length === 0) {
    replace(list, h("li", {class: "state empty"}, h("p", {class: "state-title"}, "Nothing sent yet"), h("p", {class: "muted"}, "What you send from this tab shows its progress here. ", h("a", {href: "#/jobs"}, "All jobs"), " has the rest.")));
    return;
  }
  replace(list, submissions.map((one) => submissionCard(one, signal)));
}

function submissionCard(one, signal) {
  const told = h("div", {class: "told"});
  const link = h("a", {class: "button"});
  const body = h("div", {class: "grow"}, told);
  const draw = () => {
    replace(told, submissionBody(one));
    drawLink(body, link, one);
  };
  one.listen(draw, signal);
  draw();
  return h("li", {class: "submission"}, h("img", {src: one.preview, alt: "", class: "thumb large", onerror: (event) => event.target.removeAttribute("src")}), body);
}

/** The link stays while there is a job: made anew with each change, it would lose the focus. */
function drawLink(body, link, {job, problem}) {
  if (!job || problem) {
    link.remove();
    return;
  }
  link.href = `#/jobs/${job.id}`;
  link.textContent = job.state === "succeeded" ? "See before and after" : "Details";
  if (link.parentNode !== body) {
    body.append(link);
  }
}

function submissionBody(one) {
  const {job, problem} = one;
  if (problem) {
    return [h("b", {}, one.name), failure(problem, () => one.run())];
  }
  if (!job) {
    return [h("b", {}, one.name), loading("Sending …")];
  }
  return [
    h("div", {class: "line"}, h("b", {}, one.name), stateChip(job)),
    progress(job),
    one.connection === "lost" ? h("p", {class: "note warn"}, "The connection was lost; reconnecting …") : null,
    job.problem ? h("p", {class: "note bad"}, job.problem.detail) : null,
    job.receipt
      ? h("p", {class: "muted"}, `pointer ${format.significant(job.receipt.meanPointer)} · ${format.gigaMacs(job.receipt.gigaMacs)} · ${format.seconds(format.between(job.createdAt, job.finishedAt))}`)
      : null,
  ];
}

/** How far a job is; nothing once it has ended. */
export function progress(job) {
  if (job.finishedAt) {
    return null;
  }
  const {progress: now} = job;
  const share = now && now.regions > 0 ? now.regionsDone / now.regions : undefined;
  const words = now ? (now.stage > 0 && now.regions > 0 ? `stage ${now.stage}, ${now.regionsDone} of ${now.regions} regions done` : now.phase) : "waiting for a worker";
  return h(
    "div",
    {class: "progress"},
    h("progress", {max: 1, value: share, "aria-label": "Progress of the restoration"}),
    h("span", {class: "muted"}, words),
  );
}
