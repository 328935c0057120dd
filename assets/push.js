// <form id="device" data-key="KEY" hidden>: asks the browser to take
// notifications and sends what it gave. Stays hidden where the browser cannot.
(() => {
  "use strict";
  const form = document.getElementById("device");
  if (!form || !navigator.serviceWorker || !window.PushManager || !window.Notification) return;
  const note = form.querySelector("[role=alert]");
  const wanted = { userVisibleOnly: true, applicationServerKey: form.dataset.key };

  const active = (registration) => new Promise((done) => {
    const worker = registration.installing || registration.waiting;
    if (registration.active || !worker) return done(registration);
    worker.onstatechange = () => worker.state === "activated" && done(registration);
  });

  async function subscription() {
    const url = `/push.js?key=${form.dataset.key}`;
    const { pushManager } = await active(await navigator.serviceWorker.register(url, { scope: "/push/" }));
    return pushManager.subscribe(wanted).catch(async (error) => {
      // It has one for another key, which is of no use any more.
      if (error.name !== "InvalidStateError") throw error;
      await (await pushManager.getSubscription()).unsubscribe();
      return pushManager.subscribe(wanted);
    });
  }

  async function ask() {
    // First of all: some browsers ask only right after a press.
    if ((await Notification.requestPermission()) !== "granted") return "denied";
    const { endpoint, keys } = (await subscription()).toJSON();
    // For the worker, should the push service give another address.
    await (await caches.open("push")).put("/push/", new Response(endpoint));
    form.endpoint.value = endpoint;
    form.p256dh.value = keys.p256dh;
    form.auth.value = keys.auth;
    form.submit();
  }

  form.onsubmit = async (event) => {
    event.preventDefault();
    note.textContent = "";
    note.textContent = note.dataset[await ask().catch(() => "failed")] || "";
  };
  form.hidden = false;
})();
