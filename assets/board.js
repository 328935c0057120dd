// The places of a board, after live.js has brought what changes.
(() => {
  "use strict";
  const now = () => document.querySelector("[data-map]").dataset;
  let places = now().places, waits = false;
  // The tiles of a map: a letter for each, in their order; the key has the words.
  const paint = () => {
    const tiles = document.querySelectorAll("#tiles i"), map = now().map;
    if (map.length !== tiles.length) return;
    const word = (letter) => document.querySelector(".sp-tiles--key .t-" + letter).parentElement.textContent.trim();
    tiles.forEach((tile, i) => {
      const small = map[i].toLowerCase(), name = "t-" + map[i];
      if (tile.className === name) return;
      tile.className = name;
      tile.title = tile.title.split(":")[0] + ": " + word(small) + (map[i] === small ? "" : ", update late");
    });
  };
  addEventListener("renewed", ({ detail: renew }) => {
    if (now().places === places) return paint();
    // It is another list, which is not sent with every change: it is fetched soon
    // after, and not by everybody in the same moment.
    places = now().places;
    if (waits) return;
    waits = true;
    setTimeout(async () => {
      waits = false;
      try {
        const page = await (await fetch(location.href)).text();
        const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("shown");
        if (fresh) renew(document.getElementById("shown"), fresh);
        paint();
      } catch { places = null; }
    }, 200 + Math.random() * 800);
  });
})();
