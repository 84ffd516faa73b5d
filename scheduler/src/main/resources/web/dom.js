// Small helpers over the DOM. Text is always set as text: nothing from the API becomes markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element: h("p", {class: "muted", onclick: f}, "text", child). Children that are null are left out. */
export function h(tag, attributes, ...children) {
  return build(document.createElement(tag), attributes, children);
}

/** The same in SVG. */
export function s(tag, attributes, ...children) {
  return build(document.createElementNS(SVG, tag), attributes, children);
}

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    set(element, name, value);
  }
  append(element, children);
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) {
    return;
  }
  if (name.startsWith("on")) {
    element.addEventListener(name.slice(2), value);
  } else if (name === "style") {
    // By property: a style attribute would be markup, which the page's policy forbids.
    Object.entries(value).forEach(([property, text]) => element.style.setProperty(property, text));
  } else if (name === "dataset") {
    Object.assign(element.dataset, value);
  } else if (name === "value") {
    element.value = value;
  } else {
    element.setAttribute(name, value === true ? "" : String(value));
  }
}

export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child instanceof Node ? child : String(child));
    }
  }
  return element;
}

/** Makes these the element's only children. */
export function replace(element, ...children) {
  element.replaceChildren();
  return append(element, children);
}

/** Tells a screen reader, politely. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}

/** A heading that takes the focus when its page is opened. */
export function pageTitle(text, ...beside) {
  return h("div", {class: "page-title"}, h("h1", {tabindex: "-1"}, text), ...beside);
}

/** A panel with a heading. */
export function panel(title, ...children) {
  const id = `panel-${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
  return h("section", {class: "panel", "aria-labelledby": id}, h("h2", {id}, title), ...children);
}

/** Pairs of words and figures; pairs without a figure are left out. */
export function facts(pairs) {
  return h(
    "dl",
    {class: "facts"},
    pairs
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value, fact]) => h("div", {}, h("dt", {}, name), h("dd", {dataset: fact ? {fact} : {}}, value))),
  );
}

/** What is shown where there is nothing to show, with what to do about it. */
export function empty(title, ...advice) {
  return h("div", {class: "state empty"}, h("p", {class: "state-title"}, title), ...advice);
}

/** What is shown while something is on its way. */
export function loading(what) {
  return h("div", {class: "state loading", role: "status"}, h("span", {class: "spinner", "aria-hidden": "true"}), what);
}

/** What is shown when something was refused or failed. */
export function failure(problem, again) {
  return h(
    "div",
    {class: "state error", role: "alert"},
    h("p", {class: "state-title"}, problem.title ?? "That did not work"),
    problem.message ? h("p", {}, problem.message) : null,
    problem.fields?.length
      ? h("ul", {}, problem.fields.map((each) => h("li", {}, h("code", {}, each.field), ` ${each.problem}`)))
      : null,
    again ? h("button", {type: "button", class: "button", onclick: again}, "Try again") : null,
  );
}

/** A place for what a refresh fails with: empty while it does not, and not told again while it is the same. */
export function trouble(place, problem) {
  const told = problem ? [failure(problem)] : [];
  if (place.textContent !== told.map((each) => each.textContent).join("")) {
    replace(place, told);
  }
}
