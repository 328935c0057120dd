// Looks for a newer page every minute (or data-every seconds) and when the
// reader comes back to it. Without this script the page is complete; it only
// grows old until it is loaded again.
(() => {
  "use strict";
  const note = document.getElementById("refresh-note");
  const body = () => document.getElementById("answer");
  if (!note || !body()) return;
  const every = (Number(body().dataset.every) || 60) * 1000;
  let last = Date.now();

  // The page brings the words, in its own language.
  const say = (name) => {
    const text = note.dataset[name] || "";
    if (note.textContent !== text) note.textContent = text;
  };

  async function look() {
    if (document.hidden || Date.now() - last < every / 3) return;
    last = Date.now();
    try {
      const reply = await fetch(location.pathname + location.search, { cache: "no-cache" });
      if (!reply.ok) throw new Error(reply.status);
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const fresh = page.getElementById("answer");
      if (!fresh) return;
      const differs = fresh.dataset.facts !== body().dataset.facts;
      // Nothing moves under somebody's finger or keyboard.
      if (body().contains(document.activeElement)) {
        if (differs) say("reload");
        return;
      }
      const open = [...body().querySelectorAll("details[open]")].map((d) => d.id);
      document.title = page.title;
      body().replaceWith(document.adoptNode(fresh));
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      say(differs ? "changed" : "");
    } catch {
      say("offline");
    }
  }

  setInterval(look, every);
  document.addEventListener("visibilitychange", look);
})();
