// Keeps every part of a page with data-live up to date from that address.
// Without this script the page is complete; it only grows old until loaded again.
(() => {
  "use strict";
  for (const part of document.querySelectorAll("[data-live]")) {
    let next = null;
    const show = () => {
      // Nothing moves under somebody's finger or keyboard.
      if (next === null || part.matches(":focus-within, :active")) return;
      part.innerHTML = next;
      next = null;
    };
    const source = new EventSource(part.dataset.live);
    source.onmessage = (event) => { next = event.data; show(); };
    part.addEventListener("focusout", () => setTimeout(show));
    addEventListener("pagehide", () => source.close());
  }
})();
