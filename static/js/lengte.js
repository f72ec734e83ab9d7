// Says of a field, of editors or of a wijkplan, by how much it is too long. Nothing is cut: the
// server refuses what is too long, with the same count (wijkwijzer/core/lengte.py).

const lines = new WeakMap();

// As the server counts: without spaces around, an emoji is one, the end of a line is two.
function length({ value, localName }) {
  const text = value.trim();
  return [...(localName === "textarea" ? text.replace(/\n/g, "\r\n") : text)].length;
}

// There before it speaks, so that it is heard.
function line(field) {
  if (!lines.has(field)) {
    const element = document.createElement("div");
    element.className = "help lengte";
    element.id = `${field.id || field.name}_lengte`;
    element.setAttribute("role", "status");
    (field.closest(".flex-container, label") ?? field).after(element);
    lines.set(field, { element, invalid: field.getAttribute("aria-invalid") });
  }
  return lines.get(field);
}

function check(field) {
  const most = Number(field.dataset.hoogstens);
  const now = length(field);
  const over = now > most;
  if (!over && !lines.has(field)) return;
  const { element, invalid } = line(field);
  const fits = element.textContent ? `${now} van ${most} tekens.` : "";
  const words = over ? `${now} van ${most} tekens: ${now - most} te veel.` : fits;
  element.classList.toggle("te-veel", over);
  if (over || invalid) field.setAttribute("aria-invalid", over ? "true" : invalid);
  else field.removeAttribute("aria-invalid");
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ");
  const described = others.filter((id) => id && id !== element.id);
  if (words) described.push(element.id);
  if (described.length) field.setAttribute("aria-describedby", described.join(" "));
  else field.removeAttribute("aria-describedby");
  if (element.textContent !== words) element.textContent = words;
}

const waiting = new Map();

document.addEventListener("focusin", ({ target }) => {
  if (target.dataset?.hoogstens) line(target);
});
for (const name of ["input", "change"]) {
  document.addEventListener(name, ({ target }) => {
    if (!target.dataset?.hoogstens) return;
    // Once somebody stops typing: not every letter is worth a word.
    clearTimeout(waiting.get(target));
    waiting.set(target, setTimeout(check, 200, target));
  });
}
// What came back refused, and what the browser put back.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("[data-hoogstens]").forEach(check);
});
