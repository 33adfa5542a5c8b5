// What the tap has seen, in words: who says it, by which protocol, what is wrong with it.
// In: an observation. Out: words. Next: lanes.js.

import { seconds } from "./lanes.js";
import { t } from "./language.js";
import { state } from "./state.js";

const contains = (layers, name) => layers.some((layer) => (
  layer.name === name || contains(layer.layers, name)));

export const signs = { http: "HTTP", ws: "WS", sio: "SIO", tcp: "TCP" };

/** By which protocol it speaks: the innermost one that was found in it. */
export function protocol(observation) {
  const { kind, layers, belongsTo } = observation;
  if (contains(layers, "Socket.IO packet") || typeof belongsTo === "number") return "sio";
  if (kind === "frame") return "ws";
  return ["request", "response", "upgrade"].includes(kind) ? "http" : "tcp";
}

export const serverName = () => (state.target ? state.target.name : t`server`);
export const sender = ({ way, visitor }) => (way === "toVisitor" ? serverName() : visitor);
export const receiver = ({ way, visitor }) => (way === "toVisitor" ? visitor : serverName());
export const whose = (observation) => (observation.way
  ? `${sender(observation)} → ${receiver(observation)}` : observation.visitor);

const plain = {
  opened: t`connected`, refused: t`could not reach the server`, ended: t`sends no more (FIN)`,
  reset: t`breaks the connection off (RST)`,
};

/** One line of what it says. */
export function words(observation) {
  const { kind, summary, problems } = observation;
  return [summary || plain[kind] || kind, ...problems.map((problem) => `⚠ ${problem}`)].join(" ");
}

/** The same for a copy; `time` is in milliseconds. */
export function line(observation, time) {
  const who = whose(observation);
  const sign = signs[protocol(observation)];
  return `${seconds(time)}  ${who}  ${sign}  ${words(observation)}`;
}

/** Whether something was wrong with it. */
export const isBad = ({ problems, kind }) => (
  problems.length > 0 || kind === "undecodable" || kind === "refused");

const [mostKept, mostLetters] = [5000, 32e6];

/** As many of the last ones as are kept: not too many, and not too many bytes. */
export function newest(all) {
  let [index, letters] = [all.length, 0];
  while (index > 0 && all.length - index < mostKept && letters < mostLetters) {
    index -= 1;
    const { wire, content } = all[index];
    letters += wire.bytes.length + (content ? content.bytes.length : 0);
  }
  return all.slice(index);
}
