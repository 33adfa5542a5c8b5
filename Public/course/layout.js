// The window: tabs, the divider between text and workspace, the drawer with the contents.
// In: clicks and keys. Out: what is shown; width and tab are remembered. Next: text.js.

import { byId, memory } from "./dom.js";
import { set, state } from "./state.js";

const tabs = [...document.querySelectorAll("[role=tab]")];
const narrow = matchMedia("(max-width: 60rem)");

// ── Tabs

const panel = (tab) => byId(tab.getAttribute("aria-controls"));
const isShown = (tab) => narrow.matches || tab.id !== "tab-text";

/** Shows a tab by its name: "text", "chat", "wire", "checks", "difference". */
export function showTab(name) {
  let chosen = byId(`tab-${name}`) || byId("tab-chat");
  if (!isShown(chosen)) chosen = byId("tab-chat");
  for (const tab of tabs) {
    const isChosen = tab === chosen;
    tab.setAttribute("aria-selected", isChosen);
    tab.tabIndex = isChosen ? 0 : -1;
    panel(tab).hidden = !isChosen && (narrow.matches || tab.id !== "tab-text");
  }
  byId("workspace").hidden = chosen.id === "tab-text";
  // Where the text is hidden, its heading is: the name of the chapter above stands for it.
  const stand = byId("text").hidden ? { role: "heading", "aria-level": "1" } : {};
  for (const name of ["role", "aria-level"]) {
    if (stand[name]) byId("where").setAttribute(name, stand[name]);
    else byId("where").removeAttribute(name);
  }
  memory.set("tab", chosen.id.slice(4));
  set("tab", chosen.id.slice(4));
}

/** In a narrow window the text may be hidden: a link within the page shows it. */
export function showText() {
  if (narrow.matches) showTab("text");
}

function moveTab(event) {
  const shown = tabs.filter(isShown);
  const here = shown.indexOf(document.activeElement);
  const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: -1 }[event.key];
  if (here < 0 || to === undefined) return;
  event.preventDefault();
  const tab = shown[(to + shown.length) % shown.length];
  showTab(tab.id.slice(4));
  tab.focus();
}

// ── Divider

const divider = byId("divider");
const [least, most] = [25, 70];
let width = Number(memory.get("width")) || 48;

function setWidth(percent) {
  width = Math.min(most, Math.max(least, Math.round(percent * 10) / 10));
  document.body.style.setProperty("--text-width", `${width}%`);
  divider.setAttribute("aria-valuenow", Math.round(width));
  memory.set("width", width);
}

function moveDivider(event) {
  const to = {
    ArrowLeft: width - 2, ArrowRight: width + 2, Home: least, End: most, Enter: 48,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  setWidth(to);
}

function drag(event) {
  event.preventDefault();
  divider.setPointerCapture(event.pointerId);
  document.body.classList.add("dragging"); // the frames would take the pointer
  const move = (moved) => setWidth(moved.clientX / innerWidth * 100);
  divider.addEventListener("pointermove", move);
  divider.addEventListener("lostpointercapture", () => {
    divider.removeEventListener("pointermove", move);
    document.body.classList.remove("dragging");
  }, { once: true });
}

// ── Contents

const contents = byId("contents");
const contentsButton = byId("contents-button");

export function showContents(isOpen) {
  contents.classList.toggle("open", isOpen);
  contentsButton.setAttribute("aria-expanded", isOpen);
  if (!isOpen) return;
  const here = contents.querySelector("[aria-current]") || contents.querySelector("a");
  if (here) here.focus();
}

const isContentsOpen = () => contents.classList.contains("open");

export function beginLayout() {
  divider.setAttribute("aria-valuemin", least);
  divider.setAttribute("aria-valuemax", most);
  setWidth(width);
  divider.addEventListener("pointerdown", drag);
  divider.addEventListener("keydown", moveDivider);
  divider.addEventListener("dblclick", () => setWidth(48));
  for (const tab of tabs) tab.addEventListener("click", () => showTab(tab.id.slice(4)));
  tabs[0].parentElement.addEventListener("keydown", moveTab);
  showTab(memory.get("tab") || (narrow.matches ? "text" : "chat"));
  narrow.addEventListener("change", () => showTab(narrow.matches ? "text" : state.tab));
  contentsButton.addEventListener("click", () => showContents(!isContentsOpen()));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isContentsOpen()) return;
    showContents(false);
    contentsButton.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!contents.contains(event.target) && !contentsButton.contains(event.target)) {
      showContents(false);
    }
  });
}
