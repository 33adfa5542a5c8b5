// "Begin at this chapter": asks first, says what is kept where, brings kept folders back.
// In: parts "page", "target", "files". Out: begin and restore for the server. Next: chat.js.

import { announce, button, byId, make } from "./dom.js";
import { t } from "./language.js";
import { ask, on, state } from "./state.js";

const dialog = byId("begin-dialog");
const opener = byId("begin-button");

/** Those behind it begin with a program of their own each. */
const lastOfCourse = 8;

const code = (words) => make("code", null, words);

function showOpener() {
  const stage = state.page && state.page.stage;
  opener.hidden = !(stage && state.target && state.target.isOwn);
}

/** What the dialog says after something was done. */
function showOutcome(title, ...sentences) {
  dialog.replaceChildren(
    make("h2", { id: "begin-title" }, title),
    ...sentences.map((words) => make("p", null, ...words)),
    make("div.actions", null, button(t`Close`, () => dialog.close(), { autofocus: true })));
  announce(title);
}

const keptWords = (kept) => (kept
  ? [t`What was there is kept in `, code(kept), t`.`]
  : [t`There was nothing of yours to be kept.`]);

async function begin(stage) {
  const reply = await ask("begin", { stage });
  if (!reply.ok) return dialog.close();
  showOutcome(t`You begin at stage ${stage}`, keptWords(reply.kept),
    [t`Your files are now those at the beginning of this chapter, with marks where to work.`]);
}

async function restore(folder) {
  const reply = await ask("restore", { folder });
  if (!reply.ok) return dialog.close();
  showOutcome(t`Your files are back`, [code(folder), t` is what you work with again.`],
    keptWords(reply.kept));
}

function keptList() {
  const kept = (state.files && state.files.kept) || [];
  if (kept.length === 0) return [];
  return [
    make("h3", null, t`Kept folders`),
    make("p", null, t`What you have now is kept, too, when one of them comes back.`),
    make("ul.kept", null, ...kept.map((folder) => make("li", null, code(folder),
      button(t`Bring back`, () => restore(folder), { "aria-label": t`Bring back ${folder}` })))),
  ];
}

function open() {
  const { stage, title } = state.page;
  dialog.replaceChildren(
    make("h2", { id: "begin-title" }, t`Begin at ${title}?`),
    make("p", null, code("Steps/MyChat/main.swift"), t` and `, code("Public/mychat/index.html"),
      stage > lastOfCourse ? t` become the new program that this chapter begins with, with marks.`
        : stage > 1 ? t` become what the tutorial has at the end of stage ${stage - 1}, with marks.`
          : t` become the almost empty files of the beginning.`),
    make("p", null, t`What you have written is not lost: both files are kept in a folder \
of their own beside MyChat, and you can bring them back here.`),
    make("div.actions", null,
      button(t`Cancel`, () => dialog.close(), { autofocus: true }),
      make("button", { type: "button", click: () => begin(stage) }, t`Begin at stage ${stage}`)),
    ...keptList());
  dialog.showModal();
}

export function beginBegin() {
  opener.addEventListener("click", open);
  on("page", showOpener);
  on("target", showOpener);
}
