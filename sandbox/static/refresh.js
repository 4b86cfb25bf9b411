// Keeps the timeline current without touching the forms beside it, so what is being typed stays.
const timeline = document.querySelector("[data-refresh]");
let last = null;

async function refresh() {
  const answer = await fetch(timeline.dataset.refresh);
  if (!answer.ok) return;
  const fragment = await answer.text();
  // Left alone while nothing changed, and while somebody stands in it with the keyboard.
  if (fragment === last || timeline.contains(document.activeElement)) return;
  timeline.innerHTML = fragment; // escaped by the server
  last = fragment;
}

setInterval(() => {
  if (!document.hidden) refresh().catch(() => {}); // the network may be restarting; the next round tells
}, 3000);
