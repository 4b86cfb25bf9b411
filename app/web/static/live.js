// Live updates: says when they pause, catches up when they are back, and leaves open forms open.
(() => {
  "use strict";
  const BEAT_MISSED_MS = 40000; // the server sends something every 15 s
  const RETRY_MS = 3000;
  let watchdog;
  let wasPaused = false;
  let isFirst = false;

  htmx.registerExtension("keep", {
    // What somebody opened stays open when the page is brought up to date.
    htmx_before_morph_attr: (element, { attrName }) => !(attrName === "open" && element.matches("details, dialog")),
  });

  const live = () => document.getElementById("live");

  function paused(is) {
    const state = document.getElementById("live-state");
    wasPaused ||= is || !navigator.onLine;
    if (state) state.hidden = !(is || !navigator.onLine);
  }

  function catchUp() {
    wasPaused = false;
    htmx.trigger(live(), "everything");
  }

  function heard() {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => paused(true), BEAT_MISSED_MS);
  }

  function startAgain() {
    paused(true);
    setTimeout(() => live() && htmx.process(live(), true), RETRY_MS);
  }

  const isLive = (event) => event.target === live();
  document.addEventListener("htmx:sse:before:connection", (event) => {
    if (event.detail.connection.attempt > 0 && !document.hidden) paused(true);
  });
  document.addEventListener("htmx:sse:after:connection", () => { isFirst = true; });
  document.addEventListener("htmx:sse:before:message", (event) => {
    heard();
    paused(false);
    if (!isFirst) return;
    isFirst = false; // from here on nothing is missed; what came since the page was made may have been
    if (wasPaused || event.detail.message.data !== live().dataset.state) catchUp();
  });
  document.addEventListener("htmx:sse:error", () => paused(true));
  window.addEventListener("offline", () => paused(true));
  window.addEventListener("online", () => { paused(false); catchUp(); });
  document.addEventListener("htmx:error", (event) => { if (isLive(event)) startAgain(); }); // the first try failed
  document.addEventListener("htmx:response:error", (event) => { if (isLive(event)) startAgain(); });
})();
