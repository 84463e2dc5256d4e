// The filter box completes field names while they are typed: an ARIA combobox over the catalogue the server hands in.

const word = (input) => {
  const end = input.selectionStart ?? input.value.length;
  const start = input.value.slice(0, end).search(/[^\s()!,-][^\s()!,]*$/);
  return start < 0 ? { start: end, end, text: "" } : { start, end, text: input.value.slice(start, end) };
};

function matching(fields, text) {
  const typed = text.toLowerCase();
  const starts = fields.filter((f) => [f.name, f.path, f.falco].some((name) => name.toLowerCase().startsWith(typed)));
  const contains = fields.filter((f) => !starts.includes(f) && f.name.toLowerCase().includes(typed));
  return [...starts, ...contains].slice(0, 12);
}

export function attach(input, list, fields) {
  // A person may have gone on to another page before this came.
  if (!input || !list) return;
  let chosen = -1;
  let shown = [];

  const close = () => {
    shown = [];
    chosen = -1;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = () => {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
    if (chosen >= 0) {
      input.setAttribute("aria-activedescendant", list.children[chosen].id);
      list.children[chosen].scrollIntoView({ block: "nearest" });
    }
  };
  const take = (field) => {
    const at = word(input);
    input.setRangeText(`${field.name}:`, at.start, at.end, "end");
    close();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  };
  const open = (all) => {
    const at = word(input);
    if (!all && (at.text === "" || at.text.includes(":") || at.text.includes('"'))) return close();
    shown = matching(fields, at.text);
    chosen = -1;
    list.replaceChildren(...shown.map((field, i) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${i}`;
      item.setAttribute("role", "option");
      const name = Object.assign(document.createElement("span"), { className: "name", textContent: field.name });
      const about = Object.assign(document.createElement("span"), { className: "about", textContent: field.about });
      item.append(name, about);
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(field); });
      return item;
    }));
    input.setAttribute("aria-expanded", String(shown.length > 0));
    mark();
  };

  input.addEventListener("input", () => open(false));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === " " && event.ctrlKey) { event.preventDefault(); return open(true); }
    if (event.key === "Escape") { if (shown.length) { event.preventDefault(); close(); } return; }
    if (event.key === "ArrowDown" && !shown.length && input.value === "") { event.preventDefault(); return open(true); }
    if (!shown.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length;
      mark();
    } else if (event.key === "Tab" || (event.key === "Enter" && chosen >= 0)) {
      event.preventDefault();
      take(shown[Math.max(0, chosen)]);
    }
  });
  // Enter runs the filter; what is still listed is no longer wanted.
  input.form?.addEventListener("submit", close);
}
