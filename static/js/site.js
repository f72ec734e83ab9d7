// Enhancements only: every task works without this file.

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => root.querySelectorAll(selector);

// The menu and the filters on phones: links to an anchor become buttons that say their state.
function toggles() {
  for (const link of all("a[data-toggle]")) {
    const panel = document.getElementById(link.dataset.toggle);
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.dataset.toggle = panel.id;
    button.textContent = link.textContent;
    button.setAttribute("aria-controls", panel.id);
    link.replaceWith(button);
    set(panel, location.hash === `#${panel.id}`);
    button.addEventListener("click", () => set(panel, !panel.classList.contains("open")));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && panel.classList.contains("open")) close(panel);
    });
  }
}

function set(panel, open) {
  panel.classList.toggle("open", open);
  one(`[data-toggle="${panel.id}"]`).setAttribute("aria-expanded", String(open));
}

function close(panel) {
  set(panel, false);
  one(`[data-toggle="${panel.id}"]`).focus();
}

document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-close]");
  if (closer) {
    event.preventDefault();
    close(document.getElementById(closer.dataset.close));
  }

  const printer = event.target.closest("[data-print]");
  if (printer) window.print();

  const copier = event.target.closest("[data-copy]");
  if (copier) copy(copier);
});

// What a button is called while it says what it did, and when it gets its name back.
const names = new WeakMap();
const clocks = new WeakMap();

async function copy(button) {
  clearTimeout(clocks.get(button));
  if (!names.has(button)) names.set(button, button.textContent);
  // Emptied first: the same words a second time are announced too.
  spoken.textContent = "";
  let said = "Gekopieerd";
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    said = "Kopiëren lukt niet";
  }
  button.textContent = spoken.textContent = said;
  clearTimeout(clocks.get(button));
  clocks.set(
    button,
    setTimeout(() => {
      button.textContent = names.get(button);
      spoken.textContent = "";
    }, 2500),
  );
}

// A link to a selection says only what was chosen.
document.addEventListener("formdata", ({ formData }) => {
  for (const [key, value] of [...formData]) if (value === "") formData.delete(key);
});

// Says to a screen reader what a button did: it must be there before that.
const spoken = document.createElement("p");
spoken.className = "visually-hidden";
spoken.setAttribute("aria-live", "polite");
if (one("[data-copy]")) one("main").append(spoken);

toggles();
for (const button of all("button[hidden]")) button.hidden = false;
