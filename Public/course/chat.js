// The visitors: frames with the learner's page, each a browser of its own for the program.
// In: parts "visitors", "program", "build", "reload". Out: frames, or words why there is none.
// Next: weather.js; program.js.

import { button, byId, make, memory, setText } from "./dom.js";
import { t } from "./language.js";
import { ask, on, state } from "./state.js";
import { sentence, targetName } from "./program.js";
import { weatherWords } from "./weather.js";

const area = byId("visitors");
const third = byId("third-button");
const visitors = new Map();

const address = (visitor) => `http://127.0.0.1:${visitor.port}/`;

// The page may run its scripts and open windows; it may not lead the workbench elsewhere.
const allowed = "allow-scripts allow-same-origin allow-forms allow-modals allow-popups "
  + "allow-popups-to-escape-sandbox";

/** One visitor: a bar, and under it a frame or words. */
class Visitor {
  constructor({ name }) {
    this.name = name;
    this.frame = null;
    this.link = make("a", { target: "_blank", rel: "noopener" });
    this.weather = make("p.weather-words");
    this.phone = button(t`Phone`, () => this.setPhone(!this.isPhone), {
      "aria-label": t`${name} in the size of a phone`, title: t`The size of a phone`,
    });
    this.again = button("↻", () => this.reload(), {
      "aria-label": t`Reload ${name}`, title: t`Reload`,
    });
    this.words = make("p.placeholder");
    this.stage = make("div.stage", null, this.words);
    this.element = make("section.visitor", { "aria-label": t`Visitor ${name}` },
      make("div.visitor-bar", null, make("b", null, name), this.link,
        make("span.gap"), this.phone,
        this.again),
      this.weather, this.stage);
    new ResizeObserver(() => this.fit()).observe(this.stage);
    this.setPhone(memory.get(`phone ${name}`) === "true");
  }

  show(visitor) {
    this.visitor = visitor;
    this.link.href = address(visitor);
    setText(this.link, `127.0.0.1:${visitor.port}`);
    this.link.title = t`Opens ${visitor.name} in a window of its own`;
    const words = weatherWords(visitor.weather);
    setText(this.weather, words);
    if (this.frame && this.frame.src !== address(visitor)) this.reload();
    this.showProgram();
  }

  /** A frame begins with the first program that runs. Later it stays: what a page does without
      its server is worth seeing. */
  showProgram() {
    const isRunning = state.program && state.program.state === "running";
    if (isRunning && !this.frame) this.reload();
    if (!this.frame) setText(this.words, placeholder());
    this.again.disabled = !this.frame;
    this.element.classList.toggle("is-away", Boolean(this.frame) && !isRunning);
  }

  /** A new frame: a changed address would be a step in the history of the window. */
  reload() {
    if (!this.visitor) return;
    if (!this.frame && !(state.program && state.program.state === "running")) return;
    const frame = make("iframe", {
      title: t`The page of visitor ${this.name}`, sandbox: allowed, src: address(this.visitor),
    });
    this.stage.replaceChildren(frame);
    this.frame = frame;
    this.fit();
  }

  setPhone(isPhone) {
    this.isPhone = isPhone;
    memory.set(`phone ${this.name}`, isPhone);
    this.phone.setAttribute("aria-pressed", isPhone);
    this.element.classList.toggle("is-phone", isPhone);
    this.fit();
  }

  /** A phone is 375 × 667 points; a smaller place shows it smaller. */
  fit() {
    if (!this.frame) return;
    const { clientWidth, clientHeight } = this.stage;
    const scale = Math.min(1, (clientWidth - 16) / 375, (clientHeight - 16) / 667);
    this.frame.style.transform = this.isPhone ? `translate(-50%, -50%) scale(${scale})` : "";
  }
}

/** Why there is no page. */
function placeholder() {
  const { program, build } = state;
  if (!program) return t`Waits for the workbench …`;
  const name = targetName();
  if (build && build.state === "building") return t`${name} is being built …`;
  if (build && build.state === "errors") return t`${name} does not compile: the errors are below.`;
  if (build && build.state === "trouble") return t`${name} could not be built: see below.`;
  const words = {
    none: t`${name} has not been started yet.`,
    starting: t`${name} is starting …`,
    running: "",
    ended: t`${name} has ended.`,
    stopped: t`${name} was stopped. “Start” starts it again.`,
    failed: t`${name} does not run.`,
  };
  return program.problem ? sentence(program.problem) : words[program.state];
}

function show(list) {
  const names = list.map((visitor) => visitor.name);
  for (const [name, visitor] of visitors) {
    if (names.includes(name)) continue;
    visitor.element.remove();
    visitors.delete(name);
  }
  for (const description of list) {
    if (!visitors.has(description.name)) {
      visitors.set(description.name, new Visitor(description));
      area.append(visitors.get(description.name).element);
    }
    visitors.get(description.name).show(description);
  }
  third.setAttribute("aria-pressed", names.includes("C"));
}

function showProgram() {
  for (const visitor of visitors.values()) visitor.showProgram();
}

export function beginChat() {
  third.addEventListener("click", () => {
    ask("visitor", { name: "C", isShown: !visitors.has("C") });
  });
  on("visitors", show);
  on("program", showProgram);
  on("build", showProgram);
  on("reload", ({ visitors: names }) => {
    for (const name of names) if (visitors.has(name)) visitors.get(name).reload();
  });
}
