(() => {
  "use strict";
  const notice = NOTICE;
  const after = document.currentScript;
  const make = (name, text, style) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    Object.assign(made.style, style);
    return made;
  };
  const box = make("section", "", {
    border: "2px solid #212b32", borderInlineStart: "8px solid #d5281b", background: "#fff", color: "#212b32",
    padding: "16px", margin: "16px 0", font: "16px/1.5 Arial, sans-serif", textAlign: "start",
  });
  box.lang = notice.lang;
  box.dir = notice.dir;
  box.setAttribute("aria-label", notice.label);
  box.append(make("p", notice.label, { margin: "0 0 4px", fontSize: "14px" }));
  box.append(make("p", notice.answer, { margin: "0 0 8px", fontSize: "22px", fontWeight: "bold", lineHeight: "1.3" }));
  for (const text of notice.rest) box.append(make("p", text, { margin: "0 0 8px" }));
  const more = make("a", notice.more, { color: "#005eb8" });
  more.href = notice.url;
  const last = make("p", "", { margin: "0" });
  last.append(more);
  box.append(last, make("p", notice.checked, { margin: "8px 0 0", fontSize: "14px" }));
  const place = () => (after && after.parentNode && after.parentNode !== document.head ? after.after(box) : document.body.prepend(box));
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place);
})();
