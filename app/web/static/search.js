// Looks entries up while somebody types. Listens on the document: a refresh of the page cannot swallow a search.
(() => {
  "use strict";
  const PAUSE_MS = 200;
  let waiting;
  let asked;

  async function search(form) {
    clearTimeout(waiting);
    asked?.abort();
    asked = new AbortController();
    const address = `${form.dataset.entries}?${new URLSearchParams(new FormData(form))}`;
    const headers = { "HX-Request": "true" }; // whose sign-in ended is sent to sign in, not shown a form in a list
    try {
      const answer = await fetch(address, { headers, signal: asked.signal });
      const found = document.getElementById("found");
      if (answer.status === 401) location.reload();
      else if (found) found.innerHTML = answer.ok ? await answer.text() : "The search did not work. Try again.";
      document.dispatchEvent(new Event("sayso:found"));
    } catch (error) {
      if (error.name !== "AbortError") document.getElementById("found").textContent = "The search did not work. Try again.";
    }
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("[data-entries]");
    if (!form) return;
    form.closest("details").toggleAttribute("hx-morph-skip", event.target.value !== ""); // stays while it is used
    clearTimeout(waiting);
    waiting = setTimeout(() => search(form), PAUSE_MS);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-entries]")) return;
    event.preventDefault();
    search(event.target);
  });
})();
