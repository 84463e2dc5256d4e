// Runs before the first paint: the chosen theme, or the system's where none was chosen.
(() => {
  const system = matchMedia("(prefers-color-scheme: light)");
  const chosen = () => {
    try { return localStorage.getItem("reeve-theme") ?? "system"; } catch { return "system"; }
  };
  const apply = () => {
    const choice = chosen();
    document.documentElement.dataset.theme = choice === "system" ? (system.matches ? "light" : "dark") : choice;
    for (const button of document.querySelectorAll("[data-theme-choice]"))
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
    document.dispatchEvent(new Event("reeve-theme"));
  };
  system.addEventListener("change", apply);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-theme-choice]");
    if (!button) return;
    try { localStorage.setItem("reeve-theme", button.dataset.themeChoice); } catch { /* private mode: this page only */ }
    apply();
  });
  document.addEventListener("toggle", (event) => { if (event.target.matches?.("[popover]")) apply(); }, true);
  apply();
})();
