// What the server has told: its parts by name, and the listeners to each. The connection, too.
// In: events of the server. Out: calls of the listeners; questions to the server. Next: main.js.

import { io } from "/socket.io/socket.io.esm.js";
import { complain } from "./dom.js";
import { t } from "./language.js";

/** The parts, as the server's `state` event has them. */
export const state = {
  target: null, program: null, build: null, visitors: [], grading: null, files: null,
};

const listeners = new Map();

/** Calls a listener whenever this part has changed; for output and wire, with what is new. */
export function on(part, listener) {
  if (!listeners.has(part)) listeners.set(part, []);
  listeners.get(part).push(listener);
}

function tell(part, ...values) {
  for (const listener of listeners.get(part) || []) listener(...values);
}

/** A change within the page: the chapter, the tab. */
export function set(part, value) {
  state[part] = value;
  tell(part, value);
}

export const socket = io();

// A state is everything: what was shown before is replaced.
socket.on("state", (parts) => {
  for (const part of ["target", "program", "build", "visitors", "grading", "files"]) {
    set(part, parts[part]);
  }
  tell("output", parts.output, true);
  tell("wire", parts.wire, true);
});

for (const part of ["target", "program", "build", "visitors", "grading", "files"]) {
  socket.on(part, (value) => set(part, value));
}
for (const part of ["output", "wire"]) {
  socket.on(part, (added) => tell(part, added, false));
}
socket.on("wire cleared", () => tell("wire", [], true));
socket.on("output cleared", () => tell("output", [], true));
socket.on("reload", (value) => tell("reload", value));
socket.on("check", (check) => {
  const checks = state.grading ? state.grading.checks : [];
  const index = checks.findIndex((other) => other.id === check.id);
  if (index >= 0) checks[index] = check;
  tell("check", check);
});
for (const event of ["connect", "disconnect", "connect_error"]) {
  socket.on(event, () => tell("link", socket.connected));
}

const patience = 30000;

/** Asks the server for something. A refusal is shown, and comes back as the answer. */
export async function ask(event, argument) {
  const reply = await answer(event, argument);
  if (!reply.ok) complain(reply.error);
  return reply;
}

async function answer(event, argument) {
  const refuse = (error) => ({ ok: false, error: t`${error}: is swift run course still running?` });
  // It would be kept and sent later, when it is no longer meant.
  if (!socket.connected) return refuse(t`There is no connection to the workbench`);
  try {
    return await socket.timeout(patience).emitWithAck(event, argument);
  } catch (error) {
    return refuse(t`The workbench has not answered within ${patience / 1000} seconds`);
  }
}
