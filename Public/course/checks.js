// The checks: grouped by stage, as they come. In: parts "grading", "check". Out: the list; grade
// and hint for the server. Next: failure.js for what a failed check shows.

import { byId, make, prose, setText } from "./dom.js";
import { failureView } from "./failure.js";
import { t } from "./language.js";
import { showTab } from "./layout.js";
import { ask, on, state } from "./state.js";
import { tally } from "./status.js";

const list = byId("checks-list");
const signs = {
  passed: "✓", failed: "✕", running: "◌", waiting: "·", skipped: "–", omitted: "–",
};

const items = new Map();     // id → element
const groups = new Map();    // stage → { element, count }
const opened = new Set();    // ids of the failed checks that are open
const unfolded = new Map();  // stage → what a click has made of it
const failures = new Map();  // id → how it failed last

/** "Stage 5 · Nicknames", from the list of contents. */
function stageTitle(stage) {
  const link = byId("contents").querySelector(`a[href$="stage-${stage}.html"]`);
  if (!link) return t`Stage ${stage}`;
  const words = [...link.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
  return `${t`Stage ${stage}`} · ${words.map((node) => node.textContent.trim()).join("")}`;
}

// ── One check

function head(check) {
  const { id, title, kind, points, milliseconds } = check;
  const kinds = { edge: t`edge case`, wire: t`protocol` };
  const time = check.state === "passed" || check.state === "failed" ? `${milliseconds} ms` : "";
  return [
    make("span.mark", { "aria-hidden": "true" }, signs[check.state] || "·"),
    make("span.id", null, id, make("span.hidden", null, ` ${t(check.state)}: `)),
    make("span.title", null, title,
      check.reason && make("small", null, check.reason) || ""),
    kinds[kind] ? make("span.kind", null, kinds[kind]) : "",
    make("span.points", { title: points ? t`points` : "" }, points ? t`${points} p` : ""),
    make("span.duration", null, time),
  ];
}

/** What is shown of a check: as long as it stays the same, the item stays. */
const signature = (check) => JSON.stringify([check.state, check.milliseconds, check.reason,
  check.hints.length, check.hasMoreHints, check.failure && check.failure.arrived]);

function fill(item, check) {
  if (item.shown === signature(check)) return;
  item.shown = signature(check);
  item.dataset.state = check.state;
  if (check.failure) failures.set(check.id, check);
  if (check.state === "passed") failures.delete(check.id);
  // While it runs again, one can go on reading how it failed before.
  const again = check.state === "waiting" || check.state === "running";
  const before = again && opened.has(check.id) ? failures.get(check.id) : null;
  const shown = check.failure ? check : before;
  if (!shown) return item.replaceChildren(make("div.check-head", null, ...head(check)));
  const summary = make("summary.check-head", null, ...head(check));
  const view = () => failureView(shown, () => askForHint(check));
  const hadFocus = item.contains(document.activeElement) ? document.activeElement.dataset : null;
  const details = make("details", { open: opened.has(check.id) }, summary,
    opened.has(check.id) && view());
  details.classList.toggle("is-old", again);
  details.addEventListener("toggle", () => {
    if (details.open) opened.add(check.id);
    else opened.delete(check.id);
    if (details.open && details.childElementCount === 1) details.append(view());
  });
  item.replaceChildren(details);
  if (hadFocus) (item.querySelector(`[data-act="${hadFocus.act}"]`) || summary).focus();
}

async function askForHint(check) {
  const { ok, hints, hasMoreHints } = await ask("hint", { check: check.id });
  if (!ok) return;
  showOne(Object.assign(check, { hints, hasMoreHints }));
  const last = items.get(check.id).querySelector(".hints li:last-child");
  if (last) last.focus();
}

// ── All of them

function makeGroup(stage, checks) {
  const count = make("span.count");
  const rows = checks.map((check) => {
    const item = make("li", { id: `check-${check.id}` });
    items.set(check.id, item);
    return item;
  });
  const summary = make("summary", null, make("span.title", null, stageTitle(stage)), count);
  const element = make("details.stage-checks", null, summary, make("ol", null, ...rows));
  summary.addEventListener("click", () => unfolded.set(stage, !element.open));
  groups.set(stage, { element, count });
  return element;
}

function showGroup(stage) {
  const checks = state.grading.checks.filter((check) => check.stage === stage);
  const { passed, failed, left, all } = tally(checks);
  const { element, count } = groups.get(stage);
  setText(count, t`${passed} of ${all}`);
  element.dataset.state = failed > 0 ? "failed" : left > 0 ? "running" : "passed";
  const isWorkedAt = failed > 0 || stage === state.grading.stage;
  const isOpen = unfolded.has(stage) ? unfolded.get(stage) : isWorkedAt;
  if (element.open !== isOpen) element.open = isOpen;
}

function showSummary() {
  const { isRunning, stage, checks, points, maxPoints, reason, next, seed } = state.grading;
  const { passed, done, all } = tally(checks);
  const result = all > 0
    ? t`Stage ${stage}: ${passed} of ${all} passed, ${points} of ${maxPoints} points` : "";
  const words = isRunning ? t`Running: ${done} of ${all}` : reason ? t`It ${reason}.` : result;
  byId("checks-words").replaceChildren(make("strong", null, words || t`No check has run yet.`));
  const progress = byId("checks-progress");
  progress.max = Math.max(1, all);
  progress.value = done;
  progress.classList.toggle("is-running", isRunning);
  setText(byId("checks-run"), isRunning ? t`Begin again` : t`Run the checks`);
  let outcome = byId("checks-outcome");
  if (!outcome) outcome = make("div", { id: "checks-outcome" });
  outcome.replaceChildren(next ? make("p", null, ...prose(next)) : "",
    make("p.muted", null, t`Seed ${seed}`));
  outcome.hidden = isRunning || all === 0;
  list.classList.toggle("is-empty", all === 0);
  if (list.firstElementChild !== outcome) list.prepend(outcome);
}

function show(grading) {
  if (!grading) return;
  const { checks } = grading;
  if (checks.map(({ id }) => id).join() !== [...items.keys()].join()) {
    items.clear();
    groups.clear();
    const stages = [...new Set(checks.map((check) => check.stage))].sort((a, b) => a - b);
    const of = (stage) => checks.filter((check) => check.stage === stage);
    list.replaceChildren(...stages.map((stage) => makeGroup(stage, of(stage))));
  }
  for (const check of checks) fill(items.get(check.id), check);
  for (const stage of groups.keys()) showGroup(stage);
  showSummary();
}

function showOne(check) {
  const item = items.get(check.id);
  if (!item) return;
  fill(item, check);
  showGroup(check.stage);
  showSummary();
}

/** Shows one check, wherever it is asked for. */
export function showCheck(id) {
  showTab("checks");
  const item = items.get(id);
  if (!item) return;
  const check = state.grading.checks.find((other) => other.id === id);
  unfolded.set(check.stage, true);
  if (check.failure) {
    opened.add(id);
    item.shown = null;
  }
  showOne(check);
  item.scrollIntoView({ block: "start" });
  const target = item.querySelector("summary") || item;
  if (target === item) item.tabIndex = -1;
  target.focus({ preventScroll: true });
}

/** The stages that there are, from the list of contents. */
function fillStages() {
  const select = byId("checks-stage");
  if (select.options.length > 0) return;
  select.add(new Option(t`as far as I am`, ""));
  for (const link of byId("contents").querySelectorAll("a[href*='stage-']")) {
    const match = /stage-(\d+)\.html$/.exec(link.pathname);
    // The page that is read has links to its sections there, too.
    if (match && !link.hash) select.add(new Option(match[1], match[1]));
  }
}

export function beginChecks() {
  on("page", fillStages);
  on("grading", show);
  on("check", showOne);
  byId("checks-run").addEventListener("click", () => {
    const stage = byId("checks-stage").value;
    ask("grade", stage ? { stage: Number(stage) } : {});
  });
}
