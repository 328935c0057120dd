// Looks for a newer page once a minute and when the reader comes back to it.
// Without this script the page is complete; it only grows old until reloaded.
(() => {
  "use strict";
  const note = document.getElementById("refresh-note");
  const body = () => document.getElementById("answer");
  let last = Date.now();
  let changed = null;

  const say = (text) => {
    if (note && note.textContent !== text) note.textContent = text;
  };

  async function look() {
    if (document.hidden || Date.now() - last < 20000) return;
    last = Date.now();
    try {
      const reply = await fetch(location.pathname, { headers: { accept: "text/html" } });
      if (!reply.ok) throw new Error("not ok");
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const fresh = page.getElementById("answer");
      if (!fresh || !body()) return;
      const differs = fresh.dataset.facts !== body().dataset.facts;
      const open = [...document.querySelectorAll("#answer details[open]")].map((d) => d.id);
      body().replaceWith(document.adoptNode(fresh));
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      if (differs) changed = "This page has changed.";
      say(changed || "");
    } catch {
      say("We could not check for changes. Your device may be offline.");
    }
  }

  setInterval(look, 60000);
  document.addEventListener("visibilitychange", look);
})();
