// The line at the bottom, which always says what is going on, and the small signs at the tabs.
// In: parts "build", "program", "grading", "check", "link". Out: words. Next: main.js.

import { announce, byId, counted, setText } from "./dom.js";
import { t } from "./language.js";
import { showTab } from "./layout.js";
import { programWords, targetName } from "./program.js";
import { on, state } from "./state.js";

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/** What comes first: the build, and when it is good, the program. */
function buildWords() {
  const { build, program } = state;
  const name = targetName();
  if (!program) return ["waiting", t`Waits for the workbench …`];
  if (build && build.state === "building") return ["busy", t`Building ${name} …`];
  if (build && build.state === "errors") {
    const errors = counted(build.diagnostics.length, "error");
    return ["bad", t`${name} does not compile: ${errors}`];
  }
  if (build && build.state === "trouble") return ["bad", t`${name} could not be built`];
  const kind = program.problem || program.state === "failed" ? "bad"
    : program.state === "running" ? "good"
      : program.state === "starting" ? "busy" : "waiting";
  const time = build && build.state === "built" && kind === "good" && build.milliseconds
    ? t`, built in ${seconds(build.milliseconds)}` : "";
  return [kind, programWords() + time];
}

/** How many checks have passed, have failed, are left to run; without those that are left out. */
export function tally(checks) {
  const of = (kind) => checks.filter((check) => check.state === kind).length;
  const left = of("waiting") + of("running");
  const all = checks.length - of("omitted");
  return { passed: of("passed"), failed: of("failed"), left, done: all - left, all };
}

function checksWords() {
  const { grading } = state;
  if (!grading || (grading.checks.length === 0 && !grading.reason)) return ["waiting", ""];
  const { passed, failed, done, all } = tally(grading.checks);
  const ofThem = failed > 0 ? t`, ${failed} failed` : "";
  if (grading.isRunning) {
    return [failed > 0 ? "bad" : "busy", t`Checks: ${done} of ${all}${ofThem}`];
  }
  if (grading.reason) return ["waiting", t`Checks: ${grading.reason}`];
  return [failed > 0 ? "bad" : "good", t`Checks: ${passed} of ${all} passed${ofThem}`];
}

function show(id, [kind, words]) {
  const element = byId(id);
  element.dataset.kind = kind;
  setText(element, words);
  element.title = words;
  element.hidden = words === "";
}

let saidBuild = null;
let saidChecks = null;

/** Said aloud are outcomes only, each once. */
function say([buildKind, buildText], [checksKind, checksText]) {
  const isOutcome = buildKind === "good" || buildKind === "bad";
  const isEnd = checksText !== "" && state.grading && !state.grading.isRunning;
  const said = [];
  if (isOutcome && buildText !== saidBuild) said.push(saidBuild = buildText);
  if (isEnd && checksKind !== "waiting" && checksText !== saidChecks) {
    said.push(saidChecks = checksText);
  }
  if (state.grading && state.grading.isRunning) saidChecks = null;
  if (said.length > 0) announce(said.join(". "));
}

function badge(id, text, kind) {
  const element = byId(id);
  setText(element, text);
  element.dataset.kind = kind;
}

function update() {
  const [build, checks] = [buildWords(), checksWords()];
  show("status-build", build);
  show("status-checks", checks);
  badge("chat-badge", build[0] === "bad" ? "!" : "", "bad");
  const { grading } = state;
  const numbers = grading && grading.checks.length > 0 ? tally(grading.checks) : null;
  badge("checks-badge", numbers ? `${numbers.passed}/${numbers.all}` : "",
    numbers && numbers.failed > 0 ? "bad" : numbers && numbers.left === 0 ? "good" : "");
  say(build, checks);
}

let lost = 0;

function showLink(isConnected) {
  const line = byId("status-link");
  clearTimeout(lost);
  document.body.classList.toggle("is-lost", !isConnected);
  if (isConnected) {
    if (line.textContent !== "") announce(t`The connection to the workbench is back.`);
    setText(line, "");
    return;
  }
  // A connection that is back at once is not worth a word.
  lost = setTimeout(() => {
    setText(line, t`No connection: is “swift run course” still running? Trying again …`);
    announce(t`The connection to the workbench is lost.`);
  }, 700);
}

export function beginStatus() {
  for (const part of ["build", "program", "target", "grading", "check"]) on(part, update);
  on("link", showLink);
  update();
  byId("status-build").addEventListener("click", () => showTab("chat"));
  byId("status-checks").addEventListener("click", () => showTab("checks"));
}
