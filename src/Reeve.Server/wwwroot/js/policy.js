// The editor of the Policy page: line numbers, marks, and the text, which stays in this tab of the browser while one moves between pages.

const KEY = "reeve-policy";
const PAUSE = 300;
// Of a file no more than this is put into the editor.
const MOST_OF_FILE = (1 << 20) + 1;
const MOST_MARKS = 500;

// Where the browser keeps nothing, the text is there as long as the page is.
const keep = (text) => { try { sessionStorage.setItem(KEY, text); } catch { /* as above */ } };
const kept = () => { try { return sessionStorage.getItem(KEY) ?? ""; } catch { return ""; } };

const box = (frame) => frame.querySelector("textarea");
const lineHeight = (frame) => parseFloat(getComputedStyle(box(frame)).lineHeight);

function number(frame) {
  const lines = box(frame).value.split("\n").length;
  const gutter = frame.querySelector(".editor-numbers");
  if (gutter.childElementCount === 0) gutter.append(document.createElement("pre"));
  if (frame.lines !== lines) {
    frame.lines = lines;
    gutter.firstElementChild.textContent = Array.from({ length: lines }, (_, i) => i + 1).join("\n");
  }
  follow(frame);
}

// Numbers and marks lie beside and below the text and move with it.
function follow(frame) {
  const { scrollTop } = box(frame);
  for (const layer of frame.querySelectorAll(".editor-numbers > pre, .editor-marks > div")) layer.style.transform = `translateY(${-scrollTop}px)`;
}

/** Makes the editor work and puts back what stood in it. */
export function attach(frame, component) {
  // A person may have gone on to another page before this came.
  if (!frame?.isConnected) return;
  const text = box(frame);
  let timer = 0;
  frame.tell = () => {
    clearTimeout(timer);
    keep(text.value);
    component.invokeMethodAsync("Changed", text.value.length).catch(() => { /* the page is gone */ });
  };
  text.addEventListener("input", () => {
    number(frame);
    clearTimeout(timer);
    timer = setTimeout(frame.tell, PAUSE);
  });
  text.addEventListener("scroll", () => follow(frame), { passive: true });
  text.addEventListener("keydown", (event) => {
    // A new line begins where the one before it did.
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const before = text.value.slice(0, text.selectionStart);
    const indent = before.slice(before.lastIndexOf("\n") + 1).match(/^ */)[0];
    if (indent && document.execCommand("insertText", false, `\n${indent}`)) event.preventDefault();
  });
  frame.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
  frame.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take(frame, event.dataTransfer.files[0]);
  });
  frame.querySelector("input[type=file]").addEventListener("change", (event) => {
    if (event.target.files.length) take(frame, event.target.files[0]);
    event.target.value = "";
  });
  text.value = kept() || text.value;
  // Until now what was typed would have been lost.
  text.readOnly = false;
  number(frame);
  frame.tell();
}

async function take(frame, file) {
  put(frame, (await file.slice(0, 4 * MOST_OF_FILE).text()).slice(0, MOST_OF_FILE));
}

/** What stands in the editor, or in another box, as bytes: text of any size passes in pieces. */
export const text = (frame) => new TextEncoder().encode((frame.matches("textarea") ? frame : box(frame)).value);

// As if it were pasted, so that the browser can undo it. What had the focus keeps it.
function replace(text, value) {
  const focused = document.activeElement;
  text.focus({ preventScroll: true });
  text.select();
  // Chromium takes seconds for insertText of a thousand lines and no time for insertHTML; where a box takes none, insertText is fast.
  const escaped = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  if (value === "") document.execCommand("delete");
  else if (!document.execCommand("insertHTML", false, escaped)) document.execCommand("insertText", false, value);
  if (text.value !== value.replace(/\r\n?/g, "\n")) text.value = value;
  if (focused !== text) focused?.focus({ preventScroll: true });
}

export function put(frame, value) {
  const text = box(frame);
  replace(text, value);
  text.scrollTop = text.scrollLeft = 0;
  text.setSelectionRange(0, 0);
  number(frame);
  frame.tell();
}

/** Marks lines: a list of first and last line and of a kind. */
export function mark(frame, marks) {
  const height = lineHeight(frame);
  const layer = frame.querySelector(".editor-marks");
  const inner = document.createElement("div");
  for (const { first, last, kind } of marks.slice(0, MOST_MARKS)) {
    const line = document.createElement("span");
    line.className = `mark ${kind}`;
    line.style.top = `${(Math.max(1, first) - 1) * height}px`;
    line.style.height = `${(Math.max(first, last) - Math.max(1, first) + 1) * height}px`;
    inner.append(line);
  }
  layer.replaceChildren(inner);
  follow(frame);
}

/** Goes to a line and a column, both from 1. */
export function goTo(frame, line, column) {
  const text = box(frame);
  const lines = text.value.split("\n");
  const at = Math.min(Math.max(line, 1), lines.length);
  const start = lines.slice(0, at - 1).reduce((sum, each) => sum + each.length + 1, 0) + Math.min(Math.max(column, 1) - 1, lines[at - 1].length);
  text.focus({ preventScroll: true });
  text.setSelectionRange(start, start);
  text.scrollTop = (at - 1) * lineHeight(frame) - text.clientHeight / 3;
  frame.scrollIntoView({ block: "nearest" });
}

export const copyFrom = (frame) => navigator.clipboard.writeText(box(frame).value);

export const downloadFrom = (frame, name) => download(name, box(frame).value);

export function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
