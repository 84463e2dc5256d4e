// The page that reads what is pasted or dropped. Large text never goes into the box: it is handed over like a file.

const LARGE = 100_000;

function handOver(files) {
  const input = document.querySelector(".read-box input[type=file]");
  if (!input || input.disabled || !files.length) return;
  input.files = files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function asFile(text) {
  const files = new DataTransfer();
  files.items.add(new File([text], "what was pasted"));
  return files.files;
}

/** Takes files dropped anywhere on the page, and text too long for the box. */
export function attach(box, frame) {
  // A person may have gone on to another page before this came.
  if (!box || !frame) return;
  const page = frame.closest(".read-page");
  let inside = 0;
  const mark = (change) => { inside = Math.max(0, inside + change); page.classList.toggle("dropping", inside > 0); };
  page.addEventListener("dragenter", (event) => { event.preventDefault(); mark(1); });
  page.addEventListener("dragleave", () => mark(-1));
  page.addEventListener("dragover", (event) => event.preventDefault());
  page.addEventListener("drop", (event) => {
    event.preventDefault();
    inside = 0;
    mark(0);
    if (event.dataTransfer.files.length) return handOver(event.dataTransfer.files);
    const text = event.dataTransfer.getData("text/plain");
    if (text) handOver(asFile(text));
  });
  box.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (event.clipboardData.files.length) { event.preventDefault(); handOver(event.clipboardData.files); }
    else if (text.length > LARGE) { event.preventDefault(); handOver(asFile(text)); }
    else if (!box.value) setTimeout(() => readNow(frame));
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); readNow(frame); }
  });
}

const readNow = (frame) => frame.querySelector(".button.primary")?.click();

/** What stands in the box, as bytes: text of any size passes in pieces. */
export const typed = (box) => new TextEncoder().encode(box.value);

export const show = (box, text) => { box.value = text; };
