// Under the visitors: how the learner's program is, what it prints, and what the compiler says.
// In: parts "program", "build", "target", "output". Out: kill, start, restart, clear.
// Next: status.js.

import { byId, counted, isAtEnd, make, once, prose, setText } from "./dom.js";
import { t } from "./language.js";
import { ask, on, state } from "./state.js";

const output = byId("output");
const errors = byId("errors");
const mostLines = 1000;

export const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** What the program is called, at the beginning of a sentence. */
export const targetName = () => sentence(state.target ? state.target.name : t`the program`);

/** How the program is, in a few words. */
export function programWords() {
  const { program } = state;
  if (!program) return "";
  const name = targetName();
  const words = {
    none: t`${name} has not been started yet`,
    starting: t`${name} is starting …`,
    running: t`${name} is running on port ${program.port}`,
    ended: t`${name} has ended`,
    stopped: t`${name} was stopped`,
    failed: t`${name} does not run`,
  };
  return program.problem ? t`${name}: ${program.problem}` : words[program.state];
}

function showProgram() {
  const { program } = state;
  if (!program) return;
  setText(byId("program-words"), programWords());
  byId("program-words").title = programWords();
  byId("program-state").dataset.state = program.problem ? "failed" : program.state;
  const isUp = program.state === "running" || program.state === "starting";
  byId("kill-button").hidden = !isUp;
  byId("restart-button").hidden = !isUp;
  byId("start-button").hidden = isUp;
}

// ── Output

let waiting = [];

function showLines() {
  const follows = isAtEnd(output);
  const lines = waiting.slice(-mostLines).map(({ kind, text }) => {
    const sign = kind === "err" && make("span.hidden", null, t`error output: `);
    return make(`div.${kind}`, null, sign, text || "\u200B");
  });
  waiting = [];
  output.append(...lines);
  while (output.childElementCount > mostLines) output.firstElementChild.remove();
  if (follows) output.scrollTop = output.scrollHeight;
}

const planLines = once(showLines);

function addOutput(lines, isWhole) {
  if (isWhole) {
    output.replaceChildren();
    waiting = [];
  }
  waiting = waiting.concat(lines).slice(-mostLines);
  planLines();
}

// ── Errors

function diagnostic({ file, line, column, message, lines }) {
  return make("article", null,
    make("h3", null, make("code", null, `${file}:${line}${column ? `:${column}` : ""}`)),
    make("p.message", null, message),
    lines && lines.length > 0 && make("pre", { tabindex: "0" }, lines.join("\n")));
}

function showErrors() {
  const { build } = state;
  const isBad = build && (build.state === "errors" || build.state === "trouble");
  // While it is built again, the errors stay: they may be what one is working at.
  if (build && build.state === "building" && !errors.hidden) {
    errors.classList.add("is-old");
    return;
  }
  errors.classList.remove("is-old");
  errors.hidden = !isBad;
  if (!isBad) return errors.replaceChildren();
  const { diagnostics, words, advice } = build;
  const count = counted(diagnostics.length, "error");
  const title = build.state === "errors"
    ? t`It does not compile: ${count}` : t`It could not be built`;
  errors.replaceChildren(
    make("h2", null, title),
    ...diagnostics.map(diagnostic),
    ...(words ? [make("pre", { tabindex: "0" }, words)] : []),
    ...(advice ? [make("p.advice", null, ...prose(advice))] : []));
}

export function beginProgram() {
  on("program", showProgram);
  on("target", showProgram);
  on("build", showErrors);
  on("output", addOutput);
  on("tab", (tab) => { if (tab === "chat") output.scrollTop = output.scrollHeight; });
  for (const action of ["kill", "start", "restart"]) {
    byId(`${action}-button`).addEventListener("click", async () => {
      await ask("program", { action });
      if (document.activeElement === document.body) output.focus();
    });
  }
  byId("output-clear").addEventListener("click", () => ask("clear", { what: "output" }));
}
