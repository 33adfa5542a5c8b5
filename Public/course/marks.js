// What the text shows of the learner's own work: which blocks a file has, how the checks stand.
// In: parts "page", "files", "grading", "check". Out: marks and buttons in the text.
// Next: begin.js; checks.js for the checks themselves.

import { byId, copy, make, setText } from "./dom.js";
import { t } from "./language.js";
import { on, state } from "./state.js";
import { showCheck } from "./checks.js";

const text = byId("text");

/** Every code block can be copied; the blocks that go into a file have room for a mark. */
function addCopyButtons() {
  for (const figure of text.querySelectorAll("figure.code")) {
    const code = figure.querySelector("pre code");
    const act = (event) => copy(code.textContent.replace(/^\n/, ""), event.currentTarget);
    const caption = figure.querySelector("figcaption");
    const place = caption ? caption.textContent.trim() : code.textContent.trim().split("\n")[0];
    const label = t`Copy the code: ${place.slice(0, 60)}`;
    const button = make("button.copy",
      { type: "button", click: act, "aria-label": label }, t`Copy`);
    if (caption) caption.append(make("span.has", { role: "img" }));
    (caption || figure).append(button);
  }
}

/** The key of each block: stage, step, and its number within the step. */
function blocks() {
  const counts = new Map();
  return [...text.querySelectorAll("figure.code.goes")].map((figure) => {
    const step = `${figure.dataset.stage}.${figure.dataset.step}`;
    counts.set(step, (counts.get(step) || 0) + 1);
    return [`${step}.${counts.get(step)}`, figure];
  });
}

function showFiles() {
  const known = (state.files && state.files.blocks) || {};
  const all = blocks();
  let had = 0;
  for (const [key, figure] of all) {
    const has = known[key] === true;
    if (has) had += 1;
    figure.classList.toggle("is-in-file", has);
    const mark = figure.querySelector(".has");
    setText(mark, has ? "✓" : "");
    mark.hidden = !has;
    mark.setAttribute("aria-label", t`your file has this`);
    mark.title = t`Your file has this`;
  }
  const title = state.page ? state.page.title : "";
  byId("where").replaceChildren(make("span", null, title));
  if (state.files && state.target.isOwn && all.length > 0) {
    byId("where").append(make("small", null, t`${had} of ${all.length} in your files`));
  }
  showReached();
}

/** In the list of contents: which stages all checks have passed. */
function showReached() {
  const reached = (state.files && state.files.reached) || 0;
  for (const link of byId("contents").querySelectorAll("a[href*='stage-']")) {
    const match = /stage-(\d+)\.html$/.exec(link.pathname);
    let mark = link.querySelector(".reached");
    const isReached = match && Number(match[1]) <= reached;
    if (mark && !isReached) mark.remove();
    if (!mark && isReached) {
      mark = make("span.reached", null, "✓", make("span.hidden", null, t` passed`));
      link.append(mark);
    }
  }
}

const signs = { passed: "✓", failed: "✕", running: "…", skipped: "–", omitted: "–" };

function showCheckRow(row) {
  const id = row.dataset.check;
  const check = state.grading && state.grading.checks.find((other) => other.id === id);
  const kind = check ? check.state : "unknown";
  if (row.dataset.state === kind) return;
  row.dataset.state = kind;
  const sign = signs[kind] || "";
  const words = make("button.check-state", {
    type: "button", click: () => showCheck(id),
    "aria-label": check ? t`Check ${id}: ${t(kind)}` : t`Check ${id}`,
  }, id, sign && make("span", { "aria-hidden": "true" }, ` ${sign}`));
  row.lastElementChild.replaceChildren(words);
}

function showChecks() {
  for (const row of text.querySelectorAll("tr[data-check]")) showCheckRow(row);
}

export function beginMarks() {
  on("page", () => {
    addCopyButtons();
    showFiles();
    showChecks();
  });
  on("files", showFiles);
  on("grading", showChecks);
  on("check", (check) => {
    const row = text.querySelector(`tr[data-check="${CSS.escape(check.id)}"]`);
    if (row) showCheckRow(row);
  });
}
