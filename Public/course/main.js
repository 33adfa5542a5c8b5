// The workbench's page. The server tells what is, in parts (state.js); each module shows its own
// parts and sends its own questions. Read them in this order:
//
//     state.js   layout.js   text.js   marks.js   begin.js        what is read
//     chat.js    weather.js  program.js  status.js                what runs
//     wire.js    observation.js   lanes.js   layers.js   bytes.js  what is said
//     checks.js  failure.js  difference.js                        how far it is
//
// In: nothing. Out: the page, alive.

import { beginBegin } from "./begin.js";
import { beginChat } from "./chat.js";
import { beginChecks } from "./checks.js";
import { beginDifference } from "./difference.js";
import { beginLayout } from "./layout.js";
import { beginMarks } from "./marks.js";
import { beginProgram } from "./program.js";
import { on, socket, state } from "./state.js";
import { beginStatus } from "./status.js";
import { beginText } from "./text.js";
import { beginWeather } from "./weather.js";
import { beginWire } from "./wire.js";

for (const begin of [
  beginStatus, beginProgram, beginChat, beginWeather, beginWire, beginChecks, beginDifference,
  beginMarks, beginBegin, beginLayout, beginText,
]) begin();

// The chapter decides what is graded at a save.
function tellReading() {
  if (socket.connected && state.page) socket.emit("read", { stage: state.page.stage }, () => {});
}

on("page", tellReading);
socket.on("connect", tellReading);
