// Picked aanpakken stay picked when the list changes or turns a page, until the tab closes.
// An enhancement only: without this file the bar sends what is ticked on this page.

const KEY = "gekozen";
const results = document.getElementById("resultaten");
const boxes = () => [...results.querySelectorAll(".picks [name=aanpak]")];

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

let picked = read();

function keep(slugs) {
  picked = slugs;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(picked));
  } catch {
    // Storage is off: the ticks on this page still count.
  }
  show();
}

function show() {
  const form = document.getElementById("keuze");
  if (!form) return;
  const here = new Set(boxes().map((box) => box.value));
  for (const box of boxes()) box.checked = picked.includes(box.value);
  for (const old of form.querySelectorAll("[type=hidden], [type=button]")) old.remove();
  form.classList.toggle("some", picked.length > 0);
  form.said ??= form.querySelector("p").textContent;
  form.querySelector("p").textContent = picked.length ? `${picked.length} gekozen` : form.said;
  if (!picked.length) return;
  for (const slug of picked) {
    if (!here.has(slug)) form.append(input("hidden", "aanpak", slug));
  }
  const clear = input("button", "", "Wis keuze");
  clear.className = "button quiet";
  clear.addEventListener("click", () => {
    keep([]);
    boxes()[0]?.focus();
  });
  form.append(clear);
}

function input(type, name, value) {
  return Object.assign(document.createElement("input"), { type, name, value });
}

results.addEventListener("change", ({ target }) => {
  if (target.name !== "aanpak") return;
  keep([...picked.filter((slug) => slug !== target.value), ...(target.checked ? [target.value] : [])]);
});
new MutationObserver(show).observe(results, { childList: true });
window.addEventListener("pageshow", () => {
  picked = read();
  show();
});
