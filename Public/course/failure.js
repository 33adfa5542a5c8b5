// What a failed check shows: expected, arrived, the likely cause, who said what, the hints.
// In: a check. Out: an element; grade for the server. Next: lanes.js.

import { button, make, prose } from "./dom.js";
import { laneHeads, laneRow, lanesOf, lifelines } from "./lanes.js";
import { t } from "./language.js";
import { ask, state } from "./state.js";

function fact(name, words) {
  return words ? [make("dt", null, name), make("dd", null, ...[].concat(words))] : [];
}

/** The run as a small chart; the line at fault is marked. */
function transcript(lines) {
  if (!lines || lines.length === 0) return "";
  const clients = [...new Set(lines.map((line) => line.client))];
  const lanes = lanesOf(clients);
  const rows = lines.map(({ time, client, way, text, isFault }) => {
    const [sender, receiver] = way === "toVisitor" ? ["server", client] : [client, "server"];
    const row = make("li.plain", null,
      ...laneRow(lanes, { time, visitor: client, way, words: text, sender, receiver }));
    if (!isFault) return row;
    row.classList.add("is-bad");
    row.append(make("span.hidden", null, t` Here it went wrong.`));
    return row;
  });
  return make("div.transcript", { role: "group", tabindex: "0", "aria-label": t`Who said what` },
    make("div.lanes-head", { "aria-hidden": "true" }, ...laneHeads(lanes, t`server`)),
    make("div.lanes", null,
      make("div.lifelines", { "aria-hidden": "true" }, ...lifelines(lanes)),
      make("ol", null, ...rows)));
}

function hints(check, more) {
  const words = check.hints.length === 0 ? t`A hint` : t`One more hint`;
  const rungs = check.hints.map((rung) => make("li", { tabindex: "-1" }, ...prose(rung)));
  return make("div.hints", null,
    rungs.length > 0 && make("ol", null, ...rungs),
    check.hasMoreHints && button(words, more, { "data-act": "hint" }));
}

/** `more` asks for one hint more. */
export function failureView(check, more) {
  const { expected, arrived, cause, anchor, transcript: lines } = check.failure;
  const { stage: graded, seed } = state.grading;
  const again = () => ask("grade", { stage: graded, check: check.id, seed });
  const stage = /^#stage-(\d+)/.exec(anchor || "");
  return make("div.failure", null,
    make("dl", null, ...fact(t`Expected`, expected), ...fact(t`Arrived`, arrived),
      ...fact(t`Likely cause`, cause && prose(cause))),
    transcript(lines),
    hints(check, more),
    make("div.actions", null,
      button(t`Run again`, again, {
        "data-act": "again", title: t`This check alone, with seed ${seed}`,
      }),
      stage && make("a", { href: `/stage-${stage[1]}.html` }, t`Read chapter ${stage[1]}`)));
}
