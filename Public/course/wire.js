// The wire: every message between the visitors and the program, as a chart that grows.
// In: observations, in batches. Out: rows; of very many, the last few hundred.
// Next: observation.js, layers.js.

import { byId, copy, counted, isAtEnd, make, once, setText } from "./dom.js";
import { laneHeads, laneRow, lanesOf, lifelines, seconds } from "./lanes.js";
import { t } from "./language.js";
import { closeMessage, isMessageOpen, showMessage } from "./layers.js";
import {
  isBad, line, newest, protocol, receiver, sender, serverName, signs, whose, words,
} from "./observation.js";
import { ask, on, state } from "./state.js";

const pageSize = 300;
const [list, chart, filter] = [byId("wire-list"), byId("wire-chart"), byId("wire-filter")];

let kept = [];       // all observations, the oldest first
let added = [];      // those that have no row yet
let limit = pageSize; // so many rows at most
let isPaused = false;
let lanes = [];
let selected = null; // the number of the message that is open or has the focus
let epoch = 0;       // the time of the first observation

const timeOf = (observation) => observation.time - epoch;
const lineOf = (observation) => line(observation, timeOf(observation));

function matches(observation) {
  if (observation.isHeartbeat && !byId("wire-heartbeats").checked) return false;
  const wanted = filter.value.trim().toLowerCase();
  return wanted === "" || lineOf(observation).toLowerCase().includes(wanted);
}

// ── Rows

function row(observation) {
  const kind = protocol(observation);
  const { number, visitor, way } = observation;
  const text = words(observation);
  const item = make(`li.${kind}`, {
    role: "option", tabindex: "-1", "data-number": number, title: text,
    "aria-selected": String(number === selected),
  }, ...laneRow(lanes, {
    time: timeOf(observation), visitor, way, words: text,
    sign: way ? make(`span.sign.${kind}`, null, signs[kind]) : null,
    sender: sender(observation), receiver: receiver(observation),
  }));
  item.classList.toggle("is-bad", isBad(observation));
  item.classList.toggle("by-polling", observation.kind !== "frame");
  return item;
}

function updateLanes() {
  const names = new Set(state.visitors.map((visitor) => visitor.name));
  for (const { visitor } of kept) names.add(visitor);
  const wanted = lanesOf([...names].sort());
  byId("wire-lanes").replaceChildren(...laneHeads(wanted, serverName()));
  if (wanted.join() === lanes.join()) return false;
  lanes = wanted;
  chart.querySelector(".lifelines").replaceChildren(...lifelines(lanes));
  return true;
}

/** All rows anew. */
function render() {
  added = [];
  updateLanes();
  const shown = kept.filter(matches);
  list.replaceChildren(...shown.slice(-limit).map(row));
  finish(shown.length);
}

/** Rows for what is new. */
function append() {
  if (isPaused) return update();
  const follows = isAtEnd(chart);
  if (updateLanes() || added.length > limit) {
    render();
  } else {
    list.append(...added.filter(matches).map(row));
    added = [];
    const most = follows ? limit : limit + 1000; // who reads further up is not disturbed
    while (list.childElementCount > most) list.firstElementChild.remove();
    finish(kept.filter(matches).length);
  }
  if (follows) chart.scrollTop = chart.scrollHeight;
}

function finish(all) {
  const earlier = all - list.childElementCount;
  const more = byId("wire-earlier");
  more.hidden = earlier <= 0;
  setText(more, t`${counted(earlier, "earlier one")}: show ${Math.min(earlier, pageSize)}`);
  list.hidden = list.childElementCount === 0;
  setFocusable();
  update(all);
}

function update(all) {
  const empty = byId("wire-empty");
  empty.hidden = !list.hidden;
  setText(empty, kept.length === 0
    ? t`Nothing has crossed the wire yet. Say something in your chat, and watch it here.`
    : t`No message matches: change the filter, or show heartbeats.`);
  if (all !== undefined) {
    const sum = counted(kept.length, "message");
    const shown = all.toLocaleString("en");
    setText(byId("wire-count"), all === kept.length ? sum : t`${shown} of ${sum}`);
  }
  const goOn = added.length > 0 ? t`Go on (${added.length} new)` : t`Go on`;
  setText(byId("wire-pause"), isPaused ? goOn : t`Pause`);
  const problems = kept.filter((observation) => observation.problems.length > 0).length;
  setText(byId("wire-badge"), problems > 0 ? "!" : "");
  byId("wire-badge").dataset.kind = "bad";
}

const plan = once(append);

function add(observations, isWhole) {
  if (isWhole) {
    [kept, added, limit] = [[], [], pageSize];
    closeMessage();
    list.replaceChildren();
  }
  if (kept.length === 0 && observations.length > 0) epoch = observations[0].time;
  kept = newest(kept.concat(observations));
  added = newest(added.concat(observations));
  plan();
}

// ── Selecting and opening

const rowOf = (number) => list.querySelector(`[data-number="${number}"]`);
const find = (number) => kept.find((observation) => observation.number === number);

/** One row can be reached with Tab: the selected one, or the last. */
function setFocusable() {
  const chosen = rowOf(selected) || list.lastElementChild;
  for (const other of list.querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
  if (chosen) chosen.tabIndex = 0;
}

function select(item) {
  const before = rowOf(selected);
  if (before) before.setAttribute("aria-selected", "false");
  selected = Number(item.dataset.number);
  item.setAttribute("aria-selected", "true");
  setFocusable();
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function open(number) {
  const observation = find(number);
  if (!observation) return;
  if (rowOf(number)) select(rowOf(number));
  const title = `${whose(observation)}, ${seconds(timeOf(observation))} s`;
  const answer = kept.find((other) => other.answers === number);
  showMessage(observation, title, { open, find, answer, close });
  if (rowOf(number)) rowOf(number).scrollIntoView({ block: "nearest" });
}

function close() {
  closeMessage();
  const item = rowOf(selected) || list.lastElementChild;
  if (item) item.focus();
}

function move(event) {
  const here = event.target.closest("[role=option]");
  if (!here) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    return open(Number(here.dataset.number));
  }
  if (event.key === "Escape" && isMessageOpen()) return close();
  const to = {
    ArrowDown: here.nextElementSibling, ArrowUp: here.previousElementSibling,
    Home: list.firstElementChild, End: list.lastElementChild,
  }[event.key];
  if (!to) return;
  event.preventDefault();
  select(to);
  if (isMessageOpen()) open(selected);
}

export function beginWire() {
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) open(Number(item.dataset.number));
  });
  list.addEventListener("keydown", move);
  filter.addEventListener("input", once(render));
  byId("wire-heartbeats").addEventListener("change", render);
  byId("wire-pause").addEventListener("click", (event) => {
    isPaused = !isPaused;
    event.currentTarget.setAttribute("aria-pressed", isPaused);
    append();
  });
  byId("wire-copy").addEventListener("click", (event) => {
    copy(kept.filter(matches).map(lineOf).join("\n"), event.currentTarget);
  });
  byId("wire-clear").addEventListener("click", () => ask("clear", { what: "wire" }));
  byId("wire-earlier").addEventListener("click", () => {
    const fromEnd = chart.scrollHeight - chart.scrollTop;
    limit += pageSize;
    render();
    chart.scrollTop = chart.scrollHeight - fromEnd;
    if (byId("wire-earlier").hidden) list.firstElementChild.focus();
  });
  on("wire", add);
  on("visitors", plan);
  on("target", once(render));
  on("tab", (tab) => { if (tab === "wire") chart.scrollTop = chart.scrollHeight; });
}
