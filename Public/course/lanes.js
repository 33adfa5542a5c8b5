// Rows of a sequence chart: a lane for each visitor and one for the server, time running down.
// In: names of the lanes; what is said between them. Out: elements. Next: wire.js, checks.js.

import { make } from "./dom.js";
import { t } from "./language.js";

/** The lanes from left to right: the server stands behind the first visitor. */
export function lanesOf(visitors) {
  const names = [...visitors];
  names.splice(1, 0, "server");
  return names;
}

/** Where a lane is, in percent of the width. */
function place(lanes, name) {
  const [first, last] = [4, 96];
  const index = Math.max(0, lanes.indexOf(name));
  return lanes.length < 2 ? first : first + index * (last - first) / (lanes.length - 1);
}

export function lifelines(lanes) {
  return lanes.map((name) => {
    const line = make("i");
    line.style.left = `${place(lanes, name)}%`;
    return line;
  });
}

/** The names over the lanes. */
export function laneHeads(lanes, serverName) {
  return lanes.map((name, index) => {
    const head = make("span", null, make("b", null, name === "server" ? serverName : name));
    head.classList.toggle("first", index === 0);
    head.classList.toggle("last", index === lanes.length - 1);
    head.style.left = `${place(lanes, name)}%`;
    return head;
  });
}

/**
 * What fills a row. `way` is "toServer", "toVisitor", or null for what happens at a visitor.
 * `sign` is put in front of the words; its class says the colour.
 */
export function laneRow(lanes, { time, visitor, way, words, sign, sender, receiver }) {
  const [from, to] = way === "toVisitor" ? ["server", visitor] : [visitor, "server"];
  const [start, end] = [place(lanes, from), place(lanes, to)];
  const label = make("span.words", null, sign || "", sign ? " " : "", words);
  const names = way ? t`${sender} to ${receiver}: ` : `${visitor}: `;
  const lane = make("span.lane", null, make("span.hidden", null, names), label);
  lane.style.marginLeft = `${Math.min(start, end)}%`;
  lane.style.width = `${Math.abs(end - start)}%`;
  // The rest of the row is free: long words may go on there, to the side that has more of it.
  const [toRight, toLeft] = [96 - Math.min(start, end), Math.max(start, end) - 4];
  const isLeftward = way ? toLeft > toRight : start > end;
  lane.classList.toggle("leftward", isLeftward);
  label.style.maxWidth = `${100 * (isLeftward ? toLeft : toRight) / Math.abs(end - start)}%`;
  if (way) lane.classList.add(end > start ? "right" : "left");
  else lane.classList.add(start > end ? "at-end" : "at-start");
  if (way) lane.append(make("span.line", { "aria-hidden": "true" }));
  return [make("span.time", null, `${seconds(time)} `), make("span.field", null, lane)];
}

/** Milliseconds as "12.034". */
export const seconds = (milliseconds) => (milliseconds / 1000).toFixed(3);
