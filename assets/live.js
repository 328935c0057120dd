// Keeps every part of a page with data-live up to date from that address.
// Without it the page is complete; it only grows old.
(() => {
  "use strict";
  // One name is one thing; rows and items go by their link.
  const named = (node) => {
    if (node.nodeType !== 1) return "#";
    const link = node.matches("tr, li") ? node.querySelector("a") : node;
    return node.localName + (node.id || link?.href || "");
  };
  // Makes `old` say what `fresh` says; what stays keeps focus.
  const renew = (old, fresh) => {
    for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
    for (const { name } of [...old.attributes]) if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
    let at = old.firstChild;
    const drop = (end) => { while (at !== end) { const gone = at; at = at.nextSibling; gone.remove(); } };
    for (const child of [...fresh.childNodes]) {
      let same = at;
      while (same && named(same) !== named(child)) same = same.nextSibling;
      if (!same) { old.insertBefore(child, at); continue; }
      drop(same);
      at = same.nextSibling;
      same.nodeType === 1 ? renew(same, child) : same.data = child.data;
    }
    drop(null);
  };
  for (const part of document.querySelectorAll("[data-live]")) {
    let next = null;
    const show = () => {
      // Nothing moves under a finger.
      if (next === null || part.matches(":active")) return;
      const fresh = part.cloneNode(false), at = document.activeElement;
      fresh.innerHTML = next;
      next = null;
      renew(part, fresh);
      // Its link is gone: the focus stays near.
      if (at !== document.activeElement) { part.tabIndex = -1; part.focus({ preventScroll: true }); }
      dispatchEvent(new CustomEvent("renewed", { detail: renew }));
    };
    const source = new EventSource(part.dataset.live);
    source.onmessage = (event) => { next = event.data; show(); };
    addEventListener("pointerup", () => setTimeout(show));
    addEventListener("pagehide", () => source.close());
  }
})();
