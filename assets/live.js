// Keeps every part of a page with data-live up to date from that address.
// Without this script the page is complete; it only grows old until loaded again.
(() => {
  "use strict";
  // The tiles of a map: a letter for each, in their order.
  const paint = (map) => {
    const tiles = document.querySelectorAll("#tiles i");
    if (map.length !== tiles.length) return;
    tiles.forEach((tile, i) => {
      const name = "t-" + map[i];
      if (tile.className === name) return;
      tile.className = name;
      // What it said before is not true any more.
      tile.title = tile.title.split(":")[0];
    });
  };
  for (const part of document.querySelectorAll("[data-live]")) {
    let next = null;
    const show = () => {
      // Nothing moves under somebody's finger or keyboard.
      if (next === null || part.matches(":focus-within, :active")) return;
      // What is the same stays, with whoever stands in it.
      const fresh = document.createElement("template");
      fresh.innerHTML = next;
      if (fresh.innerHTML.trim() === part.innerHTML.trim()) { next = null; return; }
      part.innerHTML = next;
      next = null;
      const map = part.querySelector("[data-map]");
      if (map) paint(map.dataset.map);
    };
    const source = new EventSource(part.dataset.live);
    source.onmessage = (event) => { next = event.data; show(); };
    part.addEventListener("focusout", () => setTimeout(show));
    addEventListener("pagehide", () => source.close());
  }
})();
