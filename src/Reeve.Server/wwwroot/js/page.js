// What the pages need from the browser and the server cannot do: keys, popovers' places, the clipboard.

/** The browser's time zone: an IANA name, and minutes east of UTC where the server does not know the name. */
export const timeZone = () => ({
  name: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
  offset: -new Date().getTimezoneOffset(),
});

export const copy = (text) => navigator.clipboard.writeText(text);

export const scrollToTop = (element) => element?.scrollTo({ top: 0 });

/** Tells the table when its scroll position leaves or reaches the top. */
export function watchTop(element, table) {
  let top = true;
  // A person may have gone on to another page before this came.
  element?.addEventListener("scroll", () => {
    const now = element.scrollTop < 40;
    if (now !== top) {
      top = now;
      table.invokeMethodAsync("TopReached", top);
    }
  }, { passive: true });
}

function rowKeys(event) {
  const row = event.target.closest("tr.row");
  if (!row) return false;
  const rows = [...row.parentElement.querySelectorAll("tr.row")];
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 12, PageUp: -12 }[event.key];
  if (!step) return false;
  const next = rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(row) + step))];
  next.querySelector("a").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  if (document.querySelector(".panel")) next.querySelector("a").click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (rowKeys(event)) return event.preventDefault();
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "Escape" && !typing && !document.querySelector(":popover-open"))
    document.querySelector("[data-close]")?.click();
  if (event.key === "/" && !typing) {
    const box = document.querySelector("[data-filter]");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  }
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr.row");
  if (row && !event.target.closest("a") && !getSelection()?.toString()) row.querySelector("a").click();
  const secret = event.target.closest("[data-show]");
  if (secret) {
    const input = document.getElementById(secret.dataset.show);
    const show = input.type === "password";
    input.type = show ? "text" : "password";
    secret.setAttribute("aria-pressed", String(show));
    secret.textContent = show ? "Hide" : "Show";
  }
  // A link inside an open popover is a choice made: the menu has done its work.
  event.target.closest("a")?.closest(":popover-open")?.hidePopover();
});

document.addEventListener("submit", (event) => event.target.closest(":popover-open")?.hidePopover());

// Popovers open below the button that opened them, inside the window.
document.addEventListener("toggle", (event) => {
  const popover = event.target;
  if (event.newState !== "open" || !popover.matches?.("[popover]")) return;
  const button = document.querySelector(`[popovertarget="${popover.id}"]`)?.getBoundingClientRect();
  if (!button) return;
  const left = Math.min(button.left, innerWidth - popover.offsetWidth - 8);
  popover.style.left = `${Math.max(8, left)}px`;
  popover.style.top = `${Math.min(button.bottom + 6, Math.max(8, innerHeight - popover.offsetHeight - 8))}px`;
}, true);
