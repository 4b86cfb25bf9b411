// Words that are not saved yet: they survive refreshes, and nobody signs past them.
(() => {
  "use strict";
  const areas = (root = document) => [...root.querySelectorAll(".panel textarea")];
  const isUnsaved = (area) => area.hasAttribute("data-changed") || area.value !== area.defaultValue;

  function keyOf(area) {
    const base = area.form.elements.based_on;
    return area.dataset.keep ? `sayso:${area.dataset.keep}:${base ? base.value : ""}` : null;
  }

  // A region with unsaved words is left alone by refreshes; signing waits until they are saved or cleared.
  function show(region) {
    const unsaved = areas(region).some(isUnsaved);
    region.toggleAttribute("hx-morph-skip", unsaved);
    const text = areas(region).some((area) => area.name === "text" && isUnsaved(area));
    for (const button of region.querySelectorAll("[data-sign] button")) button.disabled = text;
    for (const hint of region.querySelectorAll(".unsaved")) hint.hidden = !text;
    guardAnswer();
    tellOfNewerDraft();
  }

  // Changing the answer replaces what the words stand on: nobody loses words that way.
  function guardAnswer() {
    const typed = areas().some((area) => area.name === "text" && isUnsaved(area));
    for (const button of document.querySelectorAll("[data-match]")) button.disabled = typed;
    for (const hint of document.querySelectorAll(".unsaved-match")) hint.hidden = !typed;
  }

  function tellOfNewerDraft() {
    const form = document.getElementById("form-edit");
    const draft = document.querySelector("[data-fingerprint]");
    const notice = document.getElementById("newer-draft");
    if (!notice) return;
    notice.hidden = !(form && draft && areas(form).some(isUnsaved)
      && form.elements.based_on.value !== draft.dataset.fingerprint);
  }

  const regionOf = (area) => area.closest("[data-region]");

  function restore() {
    for (const area of areas()) {
      const kept = keyOf(area) && sessionStorage.getItem(keyOf(area));
      if (kept && kept !== area.value && !area.hasAttribute("data-changed")) {
        area.value = kept;
        area.closest("details").open = true;
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (regionOf(area)) show(regionOf(area));
    }
  }

  document.addEventListener("input", (event) => {
    const area = event.target;
    if (!area.matches?.(".panel textarea")) return;
    area.removeAttribute("data-changed");
    if (keyOf(area)) sessionStorage.setItem(keyOf(area), area.value);
    if (regionOf(area)) show(regionOf(area));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("action") === "/sign-out") sessionStorage.clear();
    if (form.dataset.sent) { event.preventDefault(); return; } // a second press of the same button
    if (form.method === "post") form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
    restore();
  });
  document.addEventListener("sayso:found", guardAnswer);
  document.addEventListener("htmx:after:swap", () => { tellOfNewerDraft(); guardAnswer(); });
})();
