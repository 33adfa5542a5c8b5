// The learner's files against what the tutorial has after this chapter, or at the end.
// It gives answers away, so it is folded until it is asked for.
// In: parts "page", "files". Out: lines. Next: main.js.

import { button, byId, counted, make, setText } from "./dom.js";
import { t } from "./language.js";
import { ask, on, state } from "./state.js";

const area = byId("difference-files");
const against = byId("difference-against");
const show = byId("difference-show");
const around = 3; // so many unchanged lines stay beside a change
let isShown = false;
let latest = 0;

const stage = () => (state.page && state.page.stage) || (state.grading && state.grading.stage) || 1;

function row({ kind, text, mine, theirs }) {
  const sign = { same: " ", mine: "−", theirs: "+" }[kind];
  const said = { same: "", mine: t`only yours: `, theirs: t`only the tutorial’s: ` }[kind];
  return make(`div.line.${kind}`, null,
    make("span.at", null, String(mine || "")),
    make("span.at", null, String(theirs || "")),
    make("span.sign", { "aria-hidden": "true" }, sign), make("span.hidden", null, said),
    make("span.text", null, text));
}

/** Lines, with long runs of unchanged ones folded. */
function rows(lines) {
  const result = [];
  let index = 0;
  while (index < lines.length) {
    let end = index;
    while (end < lines.length && lines[end].kind === "same") end += 1;
    const before = index === 0 ? 0 : around;
    const after = end === lines.length ? 0 : around;
    if (end - index > before + after + 2) {
      result.push(...lines.slice(index, index + before).map(row));
      result.push(fold(lines.slice(index + before, end - after)));
      result.push(...lines.slice(end - after, end).map(row));
    } else {
      result.push(...lines.slice(index, end).map(row));
    }
    index = end;
    if (index < lines.length) result.push(row(lines[index++]));
  }
  return result;
}

function fold(lines) {
  const opener = button(`⋯ ${counted(lines.length, "unchanged line")}`, () => {
    const [first, ...others] = lines.map(row);
    opener.replaceWith(first, ...others);
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  }, { class: "quiet fold" });
  return opener;
}

function file({ file: name, lines }) {
  const changed = lines.filter((line) => line.kind !== "same").length;
  const words = changed === 0 ? t`no difference` : counted(changed, "line");
  return make("details.compared", { open: changed > 0 },
    make("summary", null, make("code", null, name), make("small", null, words)),
    make("div.lines", { tabindex: "0", role: "group", "aria-label": t`Difference of ${name}` },
      make("div.lines-inner", null, ...rows(lines))));
}

function showWords(...words) {
  area.replaceChildren(make("div.empty", null, ...words.map((text) => make("p", null, text))));
}

async function load() {
  const request = ++latest;
  const reply = await ask("difference", { against: against.value, stage: stage() });
  if (request !== latest) return;
  if (!reply.ok) return showWords(reply.error);
  isShown = true;
  setText(show, t`Hide`);
  const place = area.scrollTop;
  area.replaceChildren(...reply.files.map(file));
  area.scrollTop = place;
}

function hide() {
  latest += 1;
  isShown = false;
  setText(show, t`Show`);
  showWords(t`What differs between your two files and the tutorial’s.`,
    t`It gives the solution away: try a hint of a failed check first.`);
}

function update() {
  const chosen = against.value;
  against.replaceChildren(
    new Option(t`the end of stage ${stage()}`, "chapter"),
    new Option(t`the finished stage ${stage()}`, "finished"));
  if (chosen) against.value = chosen;
  const isOwn = !state.target || state.target.isOwn;
  for (const control of [against, show]) control.disabled = !isOwn;
  if (!isOwn) showWords(t`With --command there is nothing of the tutorial's to compare with.`);
}

export function beginDifference() {
  hide();
  show.addEventListener("click", () => (isShown ? hide() : load()));
  against.addEventListener("change", () => { if (isShown) load(); });
  on("page", () => {
    hide();
    update();
  });
  on("target", update);
  on("files", () => { if (isShown) load(); });
}
