// <button data-passkey="get|create" data-start="URL" data-finish="URL">
// start gives {ceremony, options}; finish takes {ceremony, answer, next}.
(() => {
  "use strict";
  const bytes = (s) =>
    Uint8Array.from(atob(s.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (b) =>
    btoa(String.fromCharCode(...new Uint8Array(b))).replace(/[+/=]/g, (c) => ({ "+": "-", "/": "_" })[c] || "");
  const post = async (url, v) => {
    const headers = { "content-type": "application/json" };
    const reply = await fetch(url, { method: "POST", headers, body: JSON.stringify(v) });
    if (!reply.ok) throw reply;
    return reply.json();
  };

  async function run({ passkey, start, finish }) {
    const forget = document.querySelector("[name=forget]")?.checked || false;
    const { ceremony, options } = await post(start, { forget });
    const key = options.publicKey;
    key.challenge = bytes(key.challenge);
    if (key.user) {
      key.user.id = bytes(key.user.id);
      // Sign-in asks no name: the device knows it.
      Object.assign((key.authenticatorSelection ??= {}), { residentKey: "required", requireResidentKey: true });
    }
    for (const item of key.allowCredentials || key.excludeCredentials || []) item.id = bytes(item.id);
    const { id, rawId, type, response: from } = await navigator.credentials[passkey]({ publicKey: key });
    const response = {};
    for (const name in from) if (from[name] instanceof ArrayBuffer) response[name] = text(from[name]);
    const answer = { id, rawId: text(rawId), type, response };
    const next = document.querySelector("[name=next]")?.value;
    location.assign((await post(finish, { ceremony, answer, next, forget })).next);
  }

  if (!window.PublicKeyCredential) return;
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.hidden = false;
    button.closest("[data-passkey-part]")?.removeAttribute("hidden");
    button.onclick = () => {
      const note = document.getElementById("passkey-note");
      note.textContent = "";
      run(button.dataset).catch(() => {
        note.textContent = "The passkey did not work. Try again or use a password.";
      });
    };
  }
})();
