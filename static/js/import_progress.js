// Looks again how far the work on an import has come. Without this script the page has a link for it.
"use strict";
const EVERY = 3000;
const look = async () => {
  const busy = document.querySelector("[data-import-busy]");
  if (!busy) return;
  try {
    const answer = await fetch(window.location.href, { credentials: "same-origin" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const work = fresh.querySelector("[data-import-busy]");
    if (!work) {
      window.location.reload();
      return;
    }
    busy.replaceWith(work);
  } catch {
    // The portal may be restarting: look again later.
  }
  window.setTimeout(look, EVERY);
};
window.setTimeout(look, EVERY);
