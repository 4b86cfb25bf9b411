// Every decision by keyboard. An element says its key in data-key; nothing happens while somebody types.
(() => {
  "use strict";
  const PLACES = { q: "/queue?role=agent", l: "/queue?role=legal", f: "/knowledge", s: "/sending" };
  let waitsForPlace = false;

  const isField = (at) => at.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit]), [contenteditable]");
  const help = () => document.getElementById("help");

  function move(step) {
    const rows = [...document.querySelectorAll("[data-row]")];
    if (!rows.length) return false;
    const at = rows.indexOf(document.activeElement);
    const to = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
    rows[to].focus();
    rows[to].scrollIntoView({ block: "nearest" });
    return true;
  }

  function openPanel(panel) {
    panel.open = true;
    const field = panel.querySelector("textarea, input[type=search], button");
    field.focus();
    if (field.matches("textarea")) field.setSelectionRange(field.value.length, field.value.length);
    panel.scrollIntoView({ block: "nearest" });
  }

  function closePanel() {
    const open = [...document.querySelectorAll("details.panel[open]")];
    open.forEach((panel) => { panel.open = false; });
    if (open.length) open[0].querySelector("summary").focus();
    return open.length > 0;
  }

  function press(letter) {
    const all = document.querySelectorAll(`[data-key="${CSS.escape(letter)}"]`);
    const element = all[all.length - 1]; // of several replies the last is meant
    if (!element) return false;
    if (element.matches("details")) openPanel(element); else element.click();
    return true;
  }

  function whileTyping(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
    } else if (event.key === "ArrowDown" && event.target.matches("[data-list]")) {
      if (move(1)) event.preventDefault();
    } else if (event.key === "Escape") {
      event.target.blur();
      closePanel();
    }
  }

  function act(letter) {
    if (waitsForPlace) {
      waitsForPlace = false;
      if (PLACES[letter]) location.href = PLACES[letter];
      return Boolean(PLACES[letter]);
    }
    if (letter === "g") { waitsForPlace = true; setTimeout(() => { waitsForPlace = false; }, 1500); return true; }
    if (letter === "?") { help()?.showModal(); return Boolean(help()); }
    if (letter === "j" || letter === "k") return move(letter === "j" ? 1 : -1);
    if (letter === "Escape") return closePanel();
    if (document.activeElement?.closest("details.panel[open]") && letter !== "u") return false; // words meant for a form
    if (letter === "u" && closePanel()) return true;
    return press(letter);
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat && !"jk".includes(event.key)) return;
    if (isField(event.target)) { whileTyping(event); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || help()?.open) return;
    if (event.key.startsWith("Arrow") && event.target.matches?.("[data-row]")) {
      if (move(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
      return;
    }
    if ((event.key.length === 1 || event.key === "Escape") && act(event.key)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-help]")) help().showModal();
    if (event.target.closest?.("[data-close]")) help().close();
  });
  for (const button of document.querySelectorAll("[data-help]")) button.hidden = false;
})();
