// Puts the parts of a record in order: with two buttons, or by dragging. Without this file the
// numbers are typed; wijkwijzer/wholes/admin/volgorde.py counts them anew in either case.

const ROW = ".inline-related:not(.empty-form)";

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function rowsOf(group) {
  return [...group.querySelectorAll(ROW)].filter((row) => row.querySelector("input.plaats"));
}

function number(group) {
  rowsOf(group).forEach((row, i) => {
    const input = row.querySelector("input.plaats");
    if (input.value !== String(i + 1)) {
      input.value = i + 1;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}

function nameOf(row, place) {
  const fields = row.querySelectorAll("input[type=text], textarea, select");
  for (const field of fields) {
    const text = field.selectedOptions ? field.selectedOptions[0]?.text : field.value;
    if (field.value && text) return text.trim().slice(0, 40);
  }
  return `rij ${place}`;
}

function move(group, row, to) {
  const rows = rowsOf(group);
  const from = rows.indexOf(row);
  if (to < 0 || to >= rows.length || to === from) return;
  rows[to][to < from ? "before" : "after"](row);
  number(group);
  group.querySelector(".plaats-gezegd").textContent =
    `${nameOf(row, to + 1)}: nu ${to + 1} van ${rows.length}`;
}

// Listened to on the document: a row that moves would let go of the pointer.
function drag(group, row, grip) {
  const follow = (event) => {
    const rows = rowsOf(group);
    const under = rows.findIndex((other) => {
      const box = other.getBoundingClientRect();
      return other !== row && event.clientY > box.top && event.clientY < box.bottom;
    });
    if (under >= 0) move(group, row, under);
  };
  grip.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    row.classList.add("sleept");
    const ended = new AbortController();
    const end = () => {
      row.classList.remove("sleept");
      ended.abort();
    };
    document.addEventListener("pointermove", follow, { signal: ended.signal });
    document.addEventListener("pointerup", end, { signal: ended.signal });
    document.addEventListener("pointercancel", end, { signal: ended.signal });
  });
}

function equip(group, row) {
  const input = row.querySelector("input.plaats");
  if (!input || row.querySelector(".plaats-knoppen")) return;
  const button = (text, step, words) => {
    const own = make("button", { type: "button", textContent: text });
    const tell = () => {
      const rows = rowsOf(group);
      own.setAttribute("aria-label", `${nameOf(row, rows.indexOf(row) + 1)} ${words}`);
    };
    own.addEventListener("focus", tell);
    row.addEventListener("input", tell);
    own.addEventListener("click", () => {
      move(group, row, rowsOf(group).indexOf(row) + step);
      own.focus();
    });
    tell();
    return own;
  };
  const grip = make("span", { className: "greep", textContent: "⠿", title: "Sleep naar zijn plaats" });
  grip.setAttribute("aria-hidden", "true");
  input.hidden = true;
  input.after(
    make("span", { className: "plaats-knoppen" }, grip, button("↑", -1, "hoger"), button("↓", 1, "lager")),
  );
  drag(group, row, grip);
}

function start(group) {
  if (!group.querySelector("input.plaats")) return;
  group.append(make("p", { className: "plaats-gezegd", role: "status" }));
  rowsOf(group).forEach((row) => equip(group, row));
}

document.querySelectorAll(".inline-group").forEach(start);

for (const name of ["formset:added", "formset:removed"]) {
  document.addEventListener(name, (event) => {
    const group = event.target.closest?.(".inline-group") ??
      document.getElementById(`${event.detail.formsetName}-group`);
    if (!group?.querySelector("input.plaats")) return;
    rowsOf(group).forEach((row) => equip(group, row));
    number(group);
  });
}
