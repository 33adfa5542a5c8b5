// The text: chapters change without a new page, so that the frames beside it go on.
// In: clicks on links, the way back. Out: title, contents and text of another page; part "page".
// Next: marks.js.

import { announce, byId, complain } from "./dom.js";
import { t } from "./language.js";
import { showContents, showText } from "./layout.js";
import { set } from "./state.js";

const text = byId("text");
let shown = location.pathname;
let latest = 0; // the newest request for a page; an older one that arrives late is dropped

/** What page this is: its name, its stage or null, its title. */
function tellPage(body) {
  const name = body.dataset.page || shown.replace(/^.*\//, "").replace(/\.html$/, "") || "index";
  const match = /^stage-(\d+)$/.exec(name);
  const stage = Number(body.dataset.stage) || (match ? Number(match[1]) : null);
  const heading = text.querySelector("h1");
  const title = heading ? heading.firstChild.textContent.trim() : document.title;
  set("page", { name, stage, title });
}

/** Scrolls to what the hash names, or to the beginning. */
function scrollToHash(hash) {
  const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
  for (const old of text.querySelectorAll(".target")) old.classList.remove("target");
  if (!target || target === text) {
    text.scrollTop = 0;
    return;
  }
  target.classList.add("target"); // :target does not follow pushState
  const folded = target.closest("details");
  if (folded) folded.open = true;
  target.scrollIntoView();
}

async function load(url) {
  const request = ++latest;
  text.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url.pathname, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(t`the workbench answered ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (request !== latest) return false;
    document.title = page.title;
    for (const id of ["contents", "text"]) {
      byId(id).replaceChildren(...page.getElementById(id).childNodes);
    }
    shown = url.pathname;
    tellPage(page.body);
    return true;
  } catch (error) {
    if (request === latest) {
      complain(t`${url.pathname} could not be shown: ${error.message}. \
Is swift run course still running?`);
    }
    return false;
  } finally {
    if (request === latest) text.removeAttribute("aria-busy");
  }
}

/** Goes to an address of the course; true when it is shown. */
export async function go(address) {
  const url = new URL(address, location.href);
  keepPlace();
  const isHere = url.pathname === shown;
  if (!isHere && !await load(url)) return;
  history.pushState({}, "", url);
  showContents(false);
  showText();
  scrollToHash(url.hash);
  text.focus({ preventScroll: true });
  if (!isHere) announce(document.title);
}

/** The place in the text belongs to the entry of the history. */
function keepPlace() {
  clearTimeout(planned);
  history.replaceState({ ...history.state, scroll: text.scrollTop }, "");
}

let planned = 0;

async function comeBack(event) {
  clearTimeout(planned);
  const place = event.state && event.state.scroll;
  if (location.pathname !== shown && !await load(location)) return;
  if (place === undefined || place === null) scrollToHash(location.hash);
  else text.scrollTop = place;
}

function follow(event) {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a[href]");
  if (!link || link.target || link.origin !== location.origin) return;
  // A skip link moves the focus, and pictures and other files are opened as ever.
  if (link.classList.contains("skip") || !/(\.html|\/)$/.test(link.pathname)) return;
  event.preventDefault();
  go(link.href);
}

export function beginText() {
  history.scrollRestoration = "manual";
  document.addEventListener("click", follow);
  addEventListener("popstate", comeBack);
  text.addEventListener("scroll", () => {
    clearTimeout(planned);
    planned = setTimeout(keepPlace, 200);
  }, { passive: true });
  tellPage(document.body);
  if (history.state && history.state.scroll) text.scrollTop = history.state.scroll;
  else scrollToHash(location.hash);
}
