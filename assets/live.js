// Keeps every part of a page with data-live up to date from that address.
// Without this script the page is complete; it only grows old until loaded again.
(() => {
  "use strict";
  // Whether two nodes are the same thing, said anew: rows and items go by their link.
  const named = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return "#" + node.nodeType;
    const link = node.matches("tr, li") ? node.querySelector("a[href]") : node;
    return node.localName + " " + (node.id || link?.getAttribute("href") || "");
  };
  // Makes `old` say what `fresh` says and keeps the nodes that stay, so that focus,
  // what is folded out and where a box is scrolled to stay as well.
  const renew = (old, fresh) => {
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    for (const { name } of [...old.attributes]) if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
    let at = old.firstChild;
    for (const child of [...fresh.childNodes]) {
      let same = at;
      while (same && named(same) !== named(child)) same = same.nextSibling;
      if (!same) { old.insertBefore(child, at); continue; }
      while (at !== same) { const gone = at; at = at.nextSibling; gone.remove(); }
      at = same.nextSibling;
      if (same.nodeType === Node.ELEMENT_NODE) renew(same, child);
      else if (same.data !== child.data) same.data = child.data;
    }
    while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
  };
  // The tiles of a map: a letter for each, in their order; the key has the words.
  const paint = (map) => {
    const tiles = document.querySelectorAll("#tiles i");
    if (map.length !== tiles.length) return;
    const word = (letter) => document.querySelector(".sp-tiles--key .t-" + letter)?.parentElement.textContent.trim() ?? "";
    tiles.forEach((tile, i) => {
      const letter = map[i], name = "t-" + letter;
      if (tile.className === name) return;
      tile.className = name;
      const small = letter.toLowerCase();
      tile.title = tile.title.split(":")[0] + ": " + word(small) + (letter === small ? "" : ", update late");
    });
  };
  // The list of places is not sent with every change: it is fetched when it is
  // another one, soon after, and not by everybody in the same moment.
  let fetching = null;
  const again = () => {
    fetching ??= setTimeout(async () => {
      fetching = null;
      try {
        const page = await (await fetch(location.href)).text();
        const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("shown");
        if (fresh) renew(document.getElementById("shown"), fresh);
        paint(document.querySelector("[data-map]").dataset.map);
      } catch { /* Away: the next change tries again. */ }
    }, 200 + Math.random() * 800);
  };
  for (const part of document.querySelectorAll("[data-live]")) {
    let next = null;
    const map = () => part.querySelector("[data-map]")?.dataset;
    const show = () => {
      // Nothing moves under somebody's finger.
      if (next === null || part.matches(":active")) return;
      const fresh = part.cloneNode(false), before = map()?.places, at = document.activeElement;
      fresh.innerHTML = next;
      next = null;
      renew(part, fresh);
      // What had the focus is gone: it goes to the part, and not to the top of the page.
      if (at !== document.activeElement) { part.tabIndex = -1; part.focus({ preventScroll: true }); }
      if (!map()) return;
      if (map().places === before) paint(map().map); else again();
    };
    const source = new EventSource(part.dataset.live);
    source.onmessage = (event) => { next = event.data; show(); };
    addEventListener("pointerup", () => setTimeout(show));
    addEventListener("pagehide", () => source.close());
  }
})();
