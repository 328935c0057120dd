// Keeps the waiting room screen new, and says how old it is when it cannot.
// Without this script the page loads itself again every minute.
(() => {
  "use strict";
  const shown = () => document.getElementById("answer");
  if (!shown()) return;
  let failed = false;

  // The clock of the screen may be wrong: count from when the page came.
  let cameAt = performance.now();
  let ageThen = Math.max(0, Date.now() - Date.parse(shown().dataset.checked));
  if (!(ageThen < 3600000)) ageThen = 0;

  function say() {
    const age = document.getElementById("age");
    if (!age) return;
    const minutes = Math.floor((ageThen + performance.now() - cameAt) / 60000);
    const ages = JSON.parse(shown().dataset.ages);
    const old = ages[Math.min(minutes, ages.length - 1)];
    const checked = document.querySelector(".checked").textContent.trim();
    const text = failed ? age.dataset.offline + " " + (minutes < ages.length ? old : checked) : "";
    if (age.textContent !== text) age.textContent = text;
    // It stands at the bottom whatever else is there: room for it.
    shown().style.paddingBottom = text ? age.offsetHeight + "px" : "";
    // After an hour nobody knows whether it is still so.
    if (failed && minutes >= ages.length - 1) doubt();
  }

  function doubt() {
    if (shown().className === "screen screen--unknown") return;
    shown().className = "screen screen--unknown";
    document.querySelectorAll("[data-old]").forEach((it) => { it.textContent = it.dataset.old; });
    document.querySelectorAll("[data-old-hides]").forEach((it) => { it.hidden = true; });
  }

  async function look() {
    try {
      const reply = await fetch(location.pathname, { cache: "no-cache", signal: AbortSignal.timeout(8000) });
      if (!reply.ok) throw new Error(reply.status);
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const fresh = page.getElementById("answer");
      if (!fresh) throw new Error("another page");
      shown().replaceWith(document.adoptNode(fresh));
      failed = false;
      cameAt = performance.now();
      ageThen = Math.min(3600000, Math.max(0, Date.parse(reply.headers.get("date")) - Date.parse(fresh.dataset.checked) || 0));
    } catch {
      failed = true;
    }
    say();
  }

  const every = Number(new URLSearchParams(location.search).get("every")) || 20;
  setInterval(look, Math.max(2, every) * 1000);
  setInterval(say, 5000);
  addEventListener("offline", () => { failed = true; say(); });
  addEventListener("online", look);
})();
