// One message: its layers as boxes inside each other, beside them the bytes, each linked with the
// other. In: an observation. Out: the area below the chart. Next: bytes.js.

import { announce, button, byId, make, setText } from "./dom.js";
import { ByteDump, decode, hex } from "./bytes.js";
import { t } from "./language.js";

const area = byId("message");
const fewBytes = 8;

/** Of a layer: pages know it by its name, and a person by its label, in the course's language. */
const nameOf = ({ name, label }) => label || name;

export const isMessageOpen = () => !area.hidden;

export function closeMessage() {
  area.hidden = true;
  area.replaceChildren();
}

/** What a box stands for, and which bytes. */
class MessageView {
  constructor(observation) {
    this.observation = observation;
    this.fields = []; // [layer, element], the outer ones first
    this.dumps = {};
    this.reading = make("p.byte");
  }

  /** What the wire carries is put into the box of what carries it. */
  boxes() {
    const { layers } = this.observation;
    const outer = layers.filter((layer) => layer.place === "wire");
    const inner = layers.filter((layer) => layer.place === "content");
    const carrier = outer.length > 0 && outer[outer.length - 1].layers
      .find((layer) => layer.name === "payload" || layer.name === "body");
    const boxes = outer.map((layer) => this.box(layer, carrier, inner));
    return carrier ? boxes : [...boxes, ...inner.map((layer) => this.box(layer))];
  }

  box(layer, carrier, carried) {
    const field = make("button.field", { type: "button" },
      make("span.name", null, nameOf(layer)),
      layer.count <= fewBytes && layer !== carrier && make("code", null, this.some(layer)),
      make("span.meaning", null, layer.meaning));
    for (const event of ["pointerenter", "focus", "click"]) {
      field.addEventListener(event, () => this.mark(layer));
    }
    const element = make(`div.layer.${layer.place}`, null, field);
    this.fields.push([layer, element]);
    element.append(...layer.layers.map((child) => this.box(child, carrier, carried)));
    if (carrier && layer === carrier) element.append(...carried.map((child) => this.box(child)));
    return element;
  }

  /** The bytes of a short field. */
  some({ place, start, count }) {
    const shown = this.observation[place];
    if (!shown) return "";
    this.decoded = this.decoded || {};
    const bytes = this.decoded[place] = this.decoded[place] || decode(shown);
    return [...bytes.slice(start, start + count)].map(hex).join(" ");
  }

  dump(place, title, perRow) {
    const shown = this.observation[place];
    if (!shown || shown.count === 0) return [];
    const dump = new ByteDump(title, shown, perRow, (index, isByKey) => {
      this.markByte(place, index, isByKey);
    });
    this.dumps[place] = dump;
    return [dump.element];
  }

  /** A field is meant: its bytes are marked. */
  mark(layer, cursor = -1) {
    for (const [other, element] of this.fields) element.classList.toggle("marked", other === layer);
    for (const [place, dump] of Object.entries(this.dumps)) {
      if (layer && place === layer.place) dump.mark(layer.start, layer.count, cursor);
      else dump.mark(0, 0);
    }
  }

  /** A byte is meant: the innermost field that it belongs to is marked, and by keyboard said. */
  markByte(place, index, isByKey) {
    const around = this.fields.filter(([layer]) => layer.place === place
      && index >= layer.start && index < layer.start + layer.count);
    const last = around[around.length - 1];
    const words = last ? [nameOf(last[0]), last[0].meaning].filter(Boolean).join(": ") : "";
    const byte = hex(this.dumps[place].bytes[index]);
    setText(this.reading, t`Byte ${index}: ${byte} ${words}`);
    if (isByKey) announce(this.reading.textContent);
    this.mark(last ? last[0] : null, index);
    if (!last) return this.dumps[place].mark(index, 1, index);
    last[1].firstElementChild.scrollIntoView({ block: "nearest" });
  }
}

/** Words about the message as a whole, and ways to those that belong to it. */
function remarks(observation, { open, find, answer }) {
  const way = (other, words) => other && button(words, () => open(other.number));
  return [
    ...observation.problems.map((problem) => make("p.problem", null, problem)),
    observation.isChanged && make("p.muted", null, t`The workbench has sent on another head, so \
that the page can be shown in a frame. Here is what the program sent.`),
    way(find(observation.answers), t`Its request`),
    way(answer, t`Its response`),
    way(find(observation.belongsTo), t`Its packet`),
  ].filter(Boolean);
}

/** Shows a message. `acts` opens another one, and closes this. */
export function showMessage(observation, title, acts) {
  const view = new MessageView(observation);
  area.hidden = false;
  const perRow = area.clientWidth > 900 ? 16 : 8;
  const { content, summary } = observation;
  const name = observation.kind === "frame" ? t`Content, without its mask` : t`Content: the body`;
  const dumps = [
    ...view.dump("wire", t`On the wire`, perRow),
    ...(content ? view.dump("content", name, perRow) : []),
  ];
  const boxes = view.boxes();
  area.replaceChildren(
    make("div.bar", null,
      make("h2", null, title), make("span.summary", { title: summary }, summary),
      button("✕", acts.close, { "aria-label": t`Close the message`, title: t`Close` })),
    ...remarks(observation, acts),
    make("div.halves", null,
      make("div.boxes", { role: "group", "aria-label": t`Layers` }, ...boxes,
        boxes.length === 0 && make("p.muted", null, t`This step carries no bytes.`)),
      dumps.length > 0 && make("div.dumps", null, ...dumps, view.reading)));
  area.onkeydown = (event) => {
    if (event.key === "Escape") acts.close();
  };
}
