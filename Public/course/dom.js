// Small tools for the page. What comes from a program or a visitor becomes text here, never markup:
// no module of the page sets innerHTML. Next: state.js.

import { t, translation } from "./language.js";

export const byId = (id) => document.getElementById(id);

/**
 * An element: make("button.quiet", { type: "button", click: act }, "Text", child).
 * A function is a listener; true is an attribute without a value; null and false are left out.
 */
export function make(name, attributes, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter((child) => child || child === 0));
  return element;
}

/** Words of ours, in which `this` is code. */
export function prose(text) {
  return text.split("`").map((part, index, all) => (
    index % 2 === 1 && index < all.length - 1 ? make("code", null, part) : part));
}

export function button(words, act, attributes) {
  return make("button.quiet", { type: "button", click: act, ...attributes }, words);
}

/** "1 error", "2 errors", "12,000 lines". */
export function counted(number, word) {
  const [shown, plural] = [number.toLocaleString("en"), number === 1 ? "" : "s"];
  return translation(`{1} ${word}`, [shown]) || `${shown} ${word}${plural}`;
}

/** Sets a text only if it is another one: a live region would repeat it. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

let announcement = 0;

/** Says something to those who listen to the page; of several in a row, the last. */
export function announce(text) {
  clearTimeout(announcement);
  announcement = setTimeout(() => setText(byId("announcer"), text), 400);
}

/** Shows a sentence about something that did not work. */
export function complain(text) {
  const notice = byId("notice");
  notice.replaceChildren(make("p", null, text), button(t`Close`, () => { notice.hidden = true; }));
  notice.hidden = false;
}

/** What this browser remembers; a browser that keeps nothing is fine. */
export const memory = {
  get(key) {
    try { return localStorage.getItem(`workbench ${key}`); } catch (error) { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(`workbench ${key}`, value); } catch (error) { /* not kept */ }
  },
};

/** Copies a text, and says so on the button for a moment. */
export async function copy(text, from) {
  const words = from.textContent;
  try {
    await navigator.clipboard.writeText(text);
    from.textContent = t`Copied`;
    announce(t`Copied`);
  } catch (error) {
    complain(t`The browser did not let the page copy: select the text and copy it by hand.`);
    return;
  }
  setTimeout(() => { from.textContent = words; }, 1500);
}

/** Calls work once in the next picture, however often it is asked for. */
export function once(work) {
  let isPlanned = false;
  return () => {
    if (isPlanned) return;
    isPlanned = true;
    // A hidden tab draws no pictures: then a timer.
    const plan = document.hidden ? (next) => setTimeout(next, 100) : requestAnimationFrame;
    plan(() => { isPlanned = false; work(); });
  };
}

/** Whether an area is scrolled to its end, so that it should follow what is appended. */
export const isAtEnd = (area) => area.scrollHeight - area.scrollTop - area.clientHeight < 30;
