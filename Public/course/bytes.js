// Bytes in hex, which can be marked, pointed at, and walked over with the arrow keys.
// In: shown bytes (base64, and how many there are). Out: an element; calls when a byte is meant.
// Next: layers.js.

import { button, counted, make } from "./dom.js";
import { t } from "./language.js";

const firstShown = 1024;

export const decode = (shown) => Uint8Array.from(atob(shown.bytes), (sign) => sign.charCodeAt(0));

export const hex = (byte) => byte.toString(16).padStart(2, "0");

const letter = (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·");

/** The bytes of the wire, or of the content. */
export class ByteDump {
  /** `perRow` is 8 or 16; `meant` is called with the index of a byte. */
  constructor(title, shown, perRow, meant) {
    this.bytes = decode(shown);
    this.shown = Math.min(this.bytes.length, firstShown);
    this.perRow = perRow;
    this.cells = [];
    this.cursor = -1;
    const size = counted(shown.count, "byte");
    const label = t`${title}: ${size}. Arrow keys move from byte to byte.`;
    this.rows = make("div.rows", { tabindex: "0", role: "group", "aria-label": label });
    this.more = button("", () => {
      this.shown = this.bytes.length;
      this.fill();
    });
    const cut = shown.count > this.bytes.length
      && make("p.muted", null, t`The first ${counted(this.bytes.length, "byte")} are kept.`);
    this.element = make("div.dump", null,
      make("h3", null, title, make("small", null, size)), this.rows, this.more, cut);
    this.fill();
    const point = (event) => {
      const index = event.target.dataset && event.target.dataset.index;
      if (index !== undefined) meant(this.cursor = Number(index));
    };
    this.rows.addEventListener("pointerover", point);
    this.rows.addEventListener("click", point);
    this.rows.addEventListener("keydown", (event) => this.walk(event, meant));
  }

  fill() {
    this.cells = [];
    const rows = [];
    for (let start = 0; start < this.shown; start += this.perRow) rows.push(this.row(start));
    this.rows.replaceChildren(...rows);
    const left = this.bytes.length - this.shown;
    this.more.hidden = left === 0;
    this.more.textContent = t`Show ${counted(left, "byte")} more`;
  }

  row(start) {
    const row = make("div", null, make("span.offset", null, start.toString(16).padStart(4, "0")));
    const end = Math.min(start + this.perRow, this.shown);
    const text = make("span.letters");
    for (let index = start; index < end; index += 1) {
      const cell = make("i", { "data-index": index }, hex(this.bytes[index]));
      const sign = make("i", { "data-index": index }, letter(this.bytes[index]));
      row.append(cell);
      text.append(sign);
      this.cells.push([cell, sign]);
    }
    for (let gap = end; gap < start + this.perRow; gap += 1) row.append(make("i", null, "  "));
    row.append(text);
    return row;
  }

  walk(event, meant) {
    const { perRow } = this;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: perRow, ArrowUp: -perRow }[event.key];
    if (!step) return;
    event.preventDefault();
    const from = this.cursor < 0 ? (step > 0 ? -step : 0) : this.cursor;
    this.cursor = Math.min(this.shown - 1, Math.max(0, from + step));
    meant(this.cursor, true);
    this.cells[this.cursor][0].scrollIntoView({ block: "nearest" });
  }

  /** Marks a range; none with a count of 0. `cursor` is the byte that was meant, or -1. */
  mark(start, count, cursor = -1) {
    for (const name of ["marked", "cursor"]) {
      for (const cell of this.rows.querySelectorAll(`.${name}`)) cell.classList.remove(name);
    }
    for (const pair of this.cells.slice(start, start + count)) {
      for (const cell of pair) cell.classList.add("marked");
    }
    for (const cell of this.cells[cursor] || []) cell.classList.add("cursor");
    if (count > 0 && cursor < 0 && this.cells[start]) {
      const { offsetTop, offsetHeight } = this.cells[start][0];
      const { scrollTop, clientHeight } = this.rows;
      const isSeen = offsetTop >= scrollTop && offsetTop + offsetHeight <= scrollTop + clientHeight;
      if (!isSeen) this.rows.scrollTop = offsetTop - 8;
    }
  }
}
