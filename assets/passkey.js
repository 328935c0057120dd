// Passkeys: asks the server for a challenge, the device for an answer.
// <button data-passkey="get|create" data-start="URL" data-finish="URL" hidden>
// "start" gives {"ceremony", "options"}; "finish" takes {"ceremony", "answer", "next"}
// and gives {"next": "URL"}.
(() => {
  "use strict";
  const bytes = (s) =>
    Uint8Array.from(atob(s.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (b) =>
    btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const post = async (url, value) => {
    const headers = { "content-type": "application/json" };
    const reply = await fetch(url, { method: "POST", headers, body: JSON.stringify(value) });
    if (!reply.ok) throw new Error(reply.status);
    return reply.json();
  };

  async function run(button) {
    const { passkey, start, finish } = button.dataset;
    const { ceremony, options } = await post(start, {});
    const key = options.publicKey;
    key.challenge = bytes(key.challenge);
    if (key.user) {
      key.user.id = bytes(key.user.id);
      // Signing in asks for no name, so the device must keep whose key it is.
      key.authenticatorSelection = { ...key.authenticatorSelection, residentKey: "required", requireResidentKey: true };
    }
    for (const list of [key.allowCredentials, key.excludeCredentials])
      for (const item of list || []) item.id = bytes(item.id);
    const made = await navigator.credentials[passkey]({ publicKey: key });
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
      if (made.response[name]) response[name] = text(made.response[name]);
    const answer = { id: made.id, rawId: text(made.rawId), type: made.type, response, extensions: {} };
    const next = document.querySelector("input[name=next]")?.value || "";
    location.assign((await post(finish, { ceremony, answer, next })).next);
  }

  if (!window.PublicKeyCredential) return;
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const note = document.getElementById("passkey-note");
      note.textContent = "";
      run(button).catch(() => {
        note.textContent = "The passkey did not work. Try again, or use your password.";
      });
    });
  }
})();
