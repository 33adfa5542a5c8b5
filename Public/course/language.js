// What the page says, in the language of the document: a template that is English in the code,
// t`Check ${id}`, and, where the document is Chinese, the one of the table in zh-CN.js.
// In: templates, and the words of workbench.html. Out: texts. Next: zh-CN.js.

import { chinese } from "./zh-CN.js";

const table = document.documentElement.lang === "zh-CN" ? chinese : new Map();

/** The format of the language with its values; null, if the language is English. */
export function translation(format, values) {
  const found = table.get(format);
  if (found === undefined) return null;
  return found.replace(/\{(\d)\}/g, (mark, number) => String(values[number - 1]));
}

/** A sentence: t`Check ${id}`. A word that is known at run time only: t(word). */
export function t(strings, ...values) {
  if (typeof strings === "string") return translation(strings, []) || strings;
  const format = strings.reduce((all, part, index) => `${all}{${index}}${part}`);
  return translation(format, values)
    || strings.reduce((all, part, index) => `${all}${values[index - 1]}${part}`);
}

const attributes = ["aria-label", "title", "placeholder"];

/** The words that stand in workbench.html itself; the text has its own language. */
function translate(element) {
  if (["text", "contents"].includes(element.id)) {
    if (element.id === "contents") translateAttributes(element);
    return;
  }
  translateAttributes(element);
  for (const node of element.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE) translate(node);
    const words = node.nodeType === Node.TEXT_NODE ? node.data.trim() : "";
    if (table.has(words)) node.data = node.data.replace(words, () => table.get(words));
  }
}

function translateAttributes(element) {
  for (const name of attributes) {
    const words = element.getAttribute(name);
    if (words && table.has(words)) element.setAttribute(name, table.get(words));
  }
}

if (table.size > 0) translate(document.body);
