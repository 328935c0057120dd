// Shows what was sent, opens its page when pressed, and passes on what other
// address the push service gives. Stands at /push.js, registered for /push/,
// where there is no page.
"use strict";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", (event) => {
  const { title, body, lang, dir, tag, url, manage } = event.data.json();
  const actions = manage ? [{ action: "manage", title: manage.title }] : [];
  const data = { url, manage: manage?.url };
  // The newest about an incident takes the place of the one before, and is heard again.
  event.waitUntil(self.registration.showNotification(title, { body, lang, dir, tag, renotify: true, actions, data }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url, manage } = event.notification.data;
  const to = event.action === "manage" ? manage : url;
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const there = open.find((client) => client.url === to);
    return there ? there.focus() : self.clients.openWindow(to);
  })());
});

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil((async () => {
  // Not every browser says what it had, or has asked for another already.
  const kept = await caches.open("push");
  const old = event.oldSubscription?.endpoint ?? (await (await kept.match("/push/"))?.text());
  const key = new URL(self.location).searchParams.get("key");
  const wanted = { userVisibleOnly: true, applicationServerKey: key };
  const given = event.newSubscription ?? (await self.registration.pushManager.subscribe(wanted));
  const { endpoint, keys } = given.toJSON();
  if (!old || old === endpoint) return;
  const body = new URLSearchParams({ old, endpoint, p256dh: keys.p256dh, auth: keys.auth });
  const answer = await fetch("/push/renew", { method: "POST", body });
  if (answer.ok) await kept.put("/push/", new Response(endpoint));
})()));
