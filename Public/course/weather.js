// The switches over the visitors: how the network of each one is. They act in the tap, outside of
// the program. In: part "visitors". Out: weather and cut for the server. Next: program.js.

import { button, byId, make } from "./dom.js";
import { t } from "./language.js";
import { ask, on, state } from "./state.js";

const fair = {
  delayToServer: 0, delayToVisitor: 0, isHeld: false, readingRate: null, blocksWebSockets: false,
};
const delays = [[0, t`no delay`], [50, "50 ms"], [200, "200 ms"], [1000, "1 s"], [4000, "4 s"]];
const rates = [
  ["", t`as it comes`], [65536, "64 KiB/s"], [8192, "8 KiB/s"], [512, t`${512} bytes/s`],
];

const area = byId("weather");
const opener = byId("weather-button");
const groups = new Map();

const isFair = (weather) => Object.keys(fair).every((key) => weather[key] === fair[key]);

/** What is on, in words; empty in fair weather. */
export function weatherWords(weather) {
  const words = [];
  const [there, back] = [weather.delayToServer, weather.delayToVisitor];
  if (there > 0 && there === back) words.push(t`${there} ms each way`);
  else {
    if (there > 0) words.push(t`${there} ms to the server`);
    if (back > 0) words.push(t`${back} ms from the server`);
  }
  if (weather.isHeld) words.push(t`held`);
  if (weather.readingRate !== null) words.push(t`reads ${weather.readingRate} bytes/s`);
  if (weather.blocksWebSockets) words.push(t`no WebSockets`);
  return words.join(t`, `);
}

function change(name, values) {
  const visitor = state.visitors.find((other) => other.name === name);
  if (visitor) ask("weather", { visitor: name, weather: { ...visitor.weather, ...values } });
}

/** A value that is not among the choices is offered as well. */
function choose(select, value, words) {
  const text = value === null ? "" : String(value);
  if (![...select.options].some((option) => option.value === text)) {
    select.add(new Option(words, text));
  }
  if (select.value !== text) select.value = text;
}

function makeSelect(choices, act) {
  const select = make("select", null, ...choices.map(([value, words]) => new Option(words, value)));
  select.addEventListener("change", () => act(select.value));
  return select;
}

function makeSwitch(words, act) {
  const box = make("input", { type: "checkbox" });
  box.addEventListener("change", () => act(box.checked));
  return [box, make("label.switch", null, box, words)];
}

function makeGroup(name) {
  const set = (key) => (value) => change(name, { [key]: value });
  const number = (key) => (value) => change(name, { [key]: value === "" ? null : Number(value) });
  const there = makeSelect(delays, number("delayToServer"));
  const back = makeSelect(delays, number("delayToVisitor"));
  const rate = makeSelect(rates, number("readingRate"));
  const [held, heldLabel] = makeSwitch(t`Hold: nothing passes`, set("isHeld"));
  const [blocked, blockedLabel] = makeSwitch(t`WebSockets blocked`, set("blocksWebSockets"));
  const element = make("fieldset", null,
    make("legend", null, t`Visitor ${name}`),
    make("label", null, make("span", null, t`to server`), there),
    make("label", null, make("span", null, t`to visitor`), back),
    make("label", null, make("span", null, t`reads`), rate),
    heldLabel, blockedLabel,
    button(t`Cut now`, () => ask("cut", { visitor: name }), {
      title: t`Breaks the connections off`, "aria-label": t`Cut the connections of ${name} now`,
    }));
  const show = (weather) => {
    choose(there, weather.delayToServer, `${weather.delayToServer} ms`);
    choose(back, weather.delayToVisitor, `${weather.delayToVisitor} ms`);
    choose(rate, weather.readingRate, t`${weather.readingRate} bytes/s`);
    held.checked = weather.isHeld;
    blocked.checked = weather.blocksWebSockets;
  };
  return { element, show };
}

function show(visitors) {
  const names = visitors.map((visitor) => visitor.name);
  for (const [name, group] of groups) {
    if (names.includes(name)) continue;
    group.element.remove();
    groups.delete(name);
  }
  for (const visitor of visitors) {
    if (!groups.has(visitor.name)) {
      groups.set(visitor.name, makeGroup(visitor.name));
      area.append(groups.get(visitor.name).element);
    }
    groups.get(visitor.name).show(visitor.weather);
  }
  byId("fair-button").hidden = visitors.every((visitor) => isFair(visitor.weather));
}

export function beginWeather() {
  opener.addEventListener("click", () => {
    area.hidden = !area.hidden;
    opener.setAttribute("aria-expanded", !area.hidden);
  });
  byId("fair-button").addEventListener("click", () => {
    for (const { name, weather } of state.visitors) {
      if (!isFair(weather)) ask("weather", { visitor: name, weather: fair });
    }
    opener.focus(); // the button that was clicked goes away
  });
  on("visitors", show);
}
