// One selection: in the address, and in this browser only. The header says how many.
// Without this file a selection stands in its address alone.

const KEY = "selectie";
const header = document.querySelector("header [data-mijn-selectie]");
const page = document.querySelector("[data-andere-selectie]");

function read() {
  try {
    return new URLSearchParams(localStorage.getItem(KEY) ?? "");
  } catch {
    return new URLSearchParams();
  }
}

function keep(query) {
  try {
    if (query.has("aanpak")) localStorage.setItem(KEY, query.toString());
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is off: the address still has it all.
  }
  show();
}

function show() {
  const kept = read();
  const number = kept.getAll("aanpak").length;
  for (const link of document.querySelectorAll("[data-mijn-selectie]")) {
    link.search = number ? `?${kept}` : "";
  }
  const shown = header.querySelector(".number");
  shown.hidden = !number;
  shown.textContent = number;
  header.querySelector(".visually-hidden").textContent = number
    ? `Selectie: ${number} ${number === 1 ? "aanpak" : "aanpakken"}`
    : "Selectie";
}

// What is kept, with what is added; a reason that is given anew wins.
function withMore(more) {
  const all = read();
  for (const [key, value] of more) {
    if (key !== "aanpak") all.set(key, value);
    else if (!all.getAll(key).includes(value)) all.append(key, value);
  }
  return all;
}

function open(query) {
  keep(query);
  location.assign(`${header.pathname}?${query}`);
}

// What the server cannot know: whether this is what the browser keeps.
function tell() {
  const kept = read();
  const here = new URLSearchParams(page.dataset.andereSelectie);
  const own = `${kept}` === `${here}`;
  const show = (what, when) => document.querySelector(what)?.toggleAttribute("hidden", !when);
  show("[data-onthouden]", own);
  show("[data-bewaard]", kept.has("aanpak"));
  page.hidden = own || !here.has("aanpak");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-selecteer]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    open(withMore(new URL(link.href).searchParams));
  }
  if (event.target.closest("[data-neem-over]")) {
    keep(new URLSearchParams(page.dataset.andereSelectie));
    tell();
  }
});

document.addEventListener("submit", (event) => {
  if (!event.submitter?.matches("button[data-selecteer]")) return;
  event.preventDefault();
  open(withMore(new URLSearchParams(new FormData(event.target))));
});

// A link from somebody else does not replace what a reader keeps, nor does a page of before
// in another tab. What follows from the page of what is kept, is kept.
if (page) {
  const asked = new URLSearchParams(location.search);
  // As the site has it: a changed slug is the new one, and what is gone is left out.
  const here = new URLSearchParams(page.dataset.andereSelectie);
  const kept = read();
  const isKept = (query) => query.toString() === kept.toString();
  const from = new URL(document.referrer || location.origin);
  const followed = from.origin === location.origin && from.pathname === location.pathname;
  const own =
    !kept.has("aanpak") || isKept(asked) || isKept(here) || (followed && isKept(from.searchParams));
  if (own) {
    keep(here);
    const query = String(here) && `?${here}`;
    if (`${asked}` !== `${here}`) history.replaceState(null, "", location.pathname + query);
  }
  tell();
}

show();
window.addEventListener("storage", show);
window.addEventListener("pageshow", show);
