// A plan is of this browser alone: kept here while somebody types, taken along as a file or in
// the part of an address that no server gets. Without this file the form is still one.

const KEY = "wijkplan";
// An address that is longer gets lost in mail and chat.
const LONGEST_LINK = 8000;
const LARGEST_FILE = 500_000;
const form = document.querySelector("#wijkplan");
const find = (name) => document.querySelector(`[data-${name}]`);
const fields = [...form.elements].filter((field) => field.matches("textarea, [type=text]"));
const path = form.dataset.adres;

// What a file, a link or this browser says, if it is a plan.
function parse(text) {
  try {
    const plan = JSON.parse(text);
    const strings = (list) => list.every((value) => typeof value === "string");
    const { aanpakken, velden } = plan;
    return Array.isArray(aanpakken) && strings(aanpakken) && strings(Object.values(velden))
      ? { aanpakken, velden }
      : null;
  } catch {
    return null;
  }
}

function read() {
  try {
    return parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

// As it is on the page; why an aanpak was picked that is not on it now, is kept too.
function now() {
  const before = Object.entries(read()?.velden ?? {});
  const velden = Object.fromEntries(before.filter(([name]) => name.startsWith("waarom-")));
  for (const { name, value, defaultValue } of fields) {
    // That a reason of the selection was taken out, is kept too.
    if (value.trim() || defaultValue) velden[name] = value;
    else delete velden[name];
  }
  return { aanpakken: new FormData(form).getAll("aanpak"), velden };
}

function store(plan) {
  let kept = true;
  try {
    localStorage.setItem(KEY, JSON.stringify(plan));
  } catch {
    kept = false;
  }
  find("niet-bewaard").hidden = kept;
  return kept;
}

function keep() {
  const plan = now();
  store(plan);
  show(plan);
}

// On paper a field would be cut off where it ends; and the link follows what is written.
function show(plan) {
  for (const field of fields) {
    let paper = field.nextElementSibling;
    if (!paper?.matches(".written")) {
      paper = document.createElement("p");
      paper.className = "written";
      field.after(paper);
    }
    paper.textContent = field.value;
  }
  const link = `${location.origin}${path}#${encode(plan)}`;
  document.querySelector("[data-met-link]").hidden = link.length > LONGEST_LINK;
  document.querySelector("[data-met-link] button").dataset.copy = link;
}

function encode(plan) {
  const bytes = new TextEncoder().encode(JSON.stringify(plan));
  const text = btoa(String.fromCharCode(...bytes.subarray(0, LONGEST_LINK)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decode(text) {
  try {
    const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return parse(new TextDecoder().decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0))));
  } catch {
    return null;
  }
}

const addressOf = ({ aanpakken }) =>
  path + (aanpakken.length ? `?${new URLSearchParams(aanpakken.map((a) => ["aanpak", a]))}` : "");

function fill({ velden }) {
  for (const field of fields) {
    if (Object.hasOwn(velden, field.name)) field.value = velden[field.name];
  }
}

// A plan that came from elsewhere: of which the server shows the aanpakken.
function take(plan) {
  if (store(plan)) location.replace(addressOf(plan));
  else fill(plan);
}

function offer(plan) {
  const kept = read();
  const empty = !kept || !Object.values(kept.velden).some((value) => value.trim());
  if (empty || JSON.stringify(kept.velden) === JSON.stringify(plan.velden)) {
    take(plan);
    return;
  }
  const alert = find("ander-plan");
  alert.hidden = false;
  const button = find("neem-plan");
  button.onclick = () => take(plan);
  button.focus();
}

function fromLink() {
  const plan = location.hash.length > 9 && decode(location.hash.slice(1));
  if (!plan) return;
  history.replaceState(null, "", location.pathname + location.search);
  offer(plan);
}

form.addEventListener("input", keep);
window.addEventListener("hashchange", fromLink);

find("bewaar-plan").addEventListener("click", () => {
  const plan = JSON.stringify({ soort: "wijkplan", ...now() }, null, 2);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([plan], { type: "application/json" }));
  link.download = "wijkplan.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});

document.querySelector("#plan-bestand").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  const plan = file && file.size <= LARGEST_FILE ? parse(await file.text()) : null;
  find("plan-fout").textContent =
    file && !plan ? "Dit bestand is geen wijkplan. Kies een bestand dat je hier bewaarde." : "";
  target.value = "";
  if (plan) offer(plan);
});

find("wis-plan").addEventListener("click", () => {
  if (!confirm("Wil je alles wissen wat je schreef?")) return;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // There was nothing.
  }
  location.replace(path);
});

find("met-js").hidden = false;
const kept = read();
const here = new FormData(form).getAll("aanpak");
if ("terug" in form.dataset) {
  // What the server gives back is what was written.
  keep();
} else if (kept?.aanpakken.length && !here.length && !location.search) {
  location.replace(addressOf(kept) + location.hash);
} else {
  if (kept) fill(kept);
  fromLink();
}
show(now());
