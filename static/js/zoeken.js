// Searching: suggestions while typing, and a list that follows its filters. Enhancements
// only: without this file every form works with its button.

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

function create(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// Waits until someone stops typing. No two requests leave within GAP of each other, however
// fast the keys come and whoever asks.
const GAP = 160;
let free = 0;

function debounce(run) {
  let timer;
  const fire = () => {
    const rest = free - performance.now();
    if (rest > 0) {
      timer = setTimeout(fire, rest);
    } else {
      run();
      free = performance.now() + GAP;
    }
  };
  return {
    after(milliseconds) {
      clearTimeout(timer);
      timer = setTimeout(fire, milliseconds);
    },
    cancel: () => clearTimeout(timer),
  };
}

// Suggestions: the combobox of the ARIA practices, list autocomplete with manual selection.

// As many as the server needs for a half word (KORTSTE_VOORVOEGSEL).
const FEWEST_LETTERS = 3;

function combobox(input) {
  const list = create("div", {
    class: "suggestions",
    id: `${input.id}-suggesties`,
    role: "listbox",
    "aria-label": "Suggesties",
    hidden: "",
  });
  const spoken = create("p", { class: "visually-hidden", "aria-live": "polite" });
  let options = [];
  let about = ""; // The text that the options are for.
  let active = -1;
  let request;

  for (const [key, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
    autocomplete: "off",
  })) {
    input.setAttribute(key, value);
  }
  input.parentElement.append(list, spoken);

  const choose = (index) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    options[active]?.setAttribute("aria-selected", "true");
    options[active]?.scrollIntoView({ block: "nearest" });
    if (options[active]) input.setAttribute("aria-activedescendant", options[active].id);
    else input.removeAttribute("aria-activedescendant");
  };

  const open = (yes) => {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) choose(-1);
  };

  const stop = () => {
    ask.cancel();
    request?.abort();
    open(false);
  };

  const typed = () => input.value.trim();

  // Options are links, so that a reader can open one in another tab.
  const fill = (text, suggestions) => {
    choose(-1);
    about = text;
    options = suggestions.map(({ tekst, soort, url }, index) =>
      create(
        "a",
        {
          id: `${list.id}-${index}`,
          role: "option",
          "aria-selected": "false",
          tabindex: "-1",
          href: url,
        },
        `${tekst} `,
        create("span", { class: "note" }, soort),
      ),
    );
    list.replaceChildren(...options);
    open(options.length > 0);
    const word = options.length === 1 ? "suggestie" : "suggesties";
    spoken.textContent = `${options.length || "Geen"} ${word}`;
  };

  const forget = () => {
    stop();
    about = "";
    options = [];
    spoken.textContent = "";
  };

  const ask = debounce(async () => {
    request?.abort();
    const { signal } = (request = new AbortController());
    const text = typed();
    const query = new URLSearchParams({ q: text });
    try {
      const answer = await fetch(`${input.dataset.suggesties}?${query}`, { signal });
      const { suggesties } = await answer.json();
      if (!signal.aborted && document.activeElement === input) fill(text, suggesties);
    } catch {
      // Nobody misses a suggestion that does not come.
      if (!signal.aborted) forget();
    }
  });

  input.addEventListener("input", () => {
    if (typed().length < FEWEST_LETTERS) forget();
    else ask.after(150);
  });
  input.addEventListener("blur", stop);
  input.form.addEventListener("submit", stop);
  window.addEventListener("pageshow", stop);

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    // A closed list opens again for the same text only; a script may have changed that.
    const last = list.hidden && about !== typed() ? -1 : options.length - 1;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && last >= 0) {
      event.preventDefault();
      open(true);
      if (event.key === "ArrowDown") choose(active < last ? active + 1 : 0);
      else choose(active > 0 ? active - 1 : last);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      stop();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      options[active].click();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      choose(-1); // The key moves the cursor in the text.
    }
  });

  // The focus stays in the text while the list is clicked.
  list.addEventListener("mousedown", (event) => event.preventDefault());
}

// A list that follows its filters: fetch the page that the form asks for, and put its parts
// in the place of ours.

const SLOW = 8000;
const PARTS = ["#aantal", ".filter-toggle", "#verborgen", "#resultaten"];

function liveList(form) {
  const results = one("#resultaten");
  const heading = () => one("#kop-resultaten");
  const count = create("span", { class: "note", "aria-hidden": "true" });
  const problem = create("p", { class: "alert", role: "alert", hidden: "" });
  let request;
  let shown = location.pathname + location.search;
  let way = "replaceState";

  one(".filter-bar", form).prepend(problem);
  one(".filter-bar .button", form).after(count);

  async function update(url, { write, failed, then }) {
    soon.cancel();
    request?.abort();
    const mine = (request = new AbortController());
    const clock = setTimeout(() => mine.abort(), SLOW);
    results.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { signal: mine.signal });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (request !== mine) return;
      if (!isThisList(answer, page)) {
        // The browser shows what came: a login of the network, a page that moved.
        if (write) location.assign(url);
        else location.reload();
        return;
      }
      if (write) history[write](null, "", url);
      shown = location.pathname + location.search;
      show(page, write !== "replaceState");
      say("");
      then?.();
    } catch {
      // A newer request is on its way.
      if (request === mine) failed();
    } finally {
      clearTimeout(clock);
      if (request === mine) results.removeAttribute("aria-busy");
    }
  }

  // Not everything that answers 200 is the site, nor this version of this page.
  function isThisList(answer, page) {
    const values = (root) => [...choices(root).keys()].sort().join();
    const fresh = one(".catalog-form", page);
    return (
      new URL(answer.url).pathname === location.pathname &&
      PARTS.every((part) => one(part, page)) &&
      fresh &&
      values(form) === values(fresh)
    );
  }

  function show(page, overwrite) {
    for (const part of PARTS) one(part).replaceChildren(...one(part, page).childNodes);
    for (const button of all("button[hidden]", results)) button.hidden = false;
    count.textContent = one("#aantal").textContent;
    document.title = page.title;
    showForm(one(".catalog-form", page), overwrite);
  }

  // The checkboxes of a form by what they ask.
  const choices = (root) =>
    new Map(all(".checkbox input", root).map((field) => [`${field.name}=${field.value}`, field]));

  // A value that was folded away and can be chosen now comes out, to its place among the
  // others. What has no result any more stays: nothing else moves under the pointer.
  function unfold(fresh) {
    const after = choices(fresh);
    for (const [index, group] of all("fieldset", form).entries()) {
      const back = ([key, field]) => field.closest(".folded") && !after.get(key).disabled;
      if (![...choices(group)].some(back)) continue;
      const { open } = one(".folded", group);
      const focus = document.activeElement;
      const had = group.contains(focus);
      group.replaceChildren(...all("fieldset", fresh)[index].cloneNode(true).childNodes);
      if (one(".folded", group)) one(".folded", group).open = open;
      if (had) choices(group).get(`${focus.name}=${focus.value}`)?.focus();
    }
  }

  // Field by field: focus, open groups and what is under the pointer stay where they are.
  function showForm(fresh, overwrite) {
    const place = () => document.activeElement.getBoundingClientRect().top;
    const before = place();
    unfold(fresh);
    const after = choices(fresh);
    for (const [key, field] of choices(form)) {
      const other = after.get(key);
      const [label, its] = [field, other].map((box) => box.closest("label"));
      field.checked = other.checked;
      field.disabled = other.disabled && field !== document.activeElement;
      label.classList.toggle("off", field.disabled);
      one(".count", label).replaceChildren(...one(".count", its).childNodes);
    }
    const titles = all(".facet > summary", fresh);
    for (const [index, summary] of all(".facet > summary", form).entries()) {
      summary.replaceChildren(...titles[index].childNodes);
    }
    if (form.contains(document.activeElement)) scrollBy({ top: place() - before, behavior: "instant" });
    for (const order of all("select", form)) {
      const other = fresh.elements[order.name];
      const { value } = other;
      if (order.length !== other.length) order.replaceChildren(...other.children);
      order.value = value;
    }
    for (const field of all("[type=search], [type=number]", form)) {
      const typing = field === document.activeElement && !overwrite;
      if (!typing) field.value = fresh.elements[field.name].value;
    }
  }

  function say(text) {
    problem.textContent = text;
    problem.hidden = !text;
  }

  const address = () => {
    const query = new URLSearchParams(new FormData(form)).toString();
    return location.pathname + (query && `?${query}`);
  };

  const failed = () =>
    say(
      "Bijwerken lukt nu niet. Je ziet nog de vorige resultaten. " +
        "Kies “Toon resultaten” om het opnieuw te proberen.",
    );

  const soon = debounce(() => {
    const write = way;
    way = "replaceState";
    update(address(), { write, failed });
  });

  // An answer on its way is about an older choice, so nobody waits for it any more.
  function changed(milliseconds, write = way) {
    way = write;
    request?.abort();
    request = null;
    soon.after(milliseconds);
  }

  const typed = (field) => field.matches("[type=search], [type=number]");
  form.addEventListener("input", ({ target }) => typed(target) && changed(300));
  form.addEventListener("change", ({ target }) => typed(target) || changed(200, "pushState"));

  form.addEventListener("submit", (event) => {
    // After a failure the button loads the page, as it does without this file.
    if (!problem.hidden) return;
    event.preventDefault();
    const url = address();
    update(url, {
      write: url === shown ? "replaceState" : "pushState",
      failed,
      then() {
        one("[data-toggle=filters][aria-expanded=true]")?.click();
        toResults();
      },
    });
  });

  function toResults() {
    heading().focus({ preventScroll: true });
    one(".list-head").scrollIntoView();
  }

  // Chips, pages and other links to this same list.
  results.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return;
    if (link.pathname !== location.pathname || link.closest(".share")) return;
    event.preventDefault();
    const chip = all(".chips .pill").indexOf(link);
    update(link.href, {
      write: "pushState",
      failed: () => location.assign(link.href),
      then() {
        const left = all(".chips .pill");
        if (chip >= 0 && left.length) left[Math.min(chip, left.length - 1)].focus();
        else toResults();
      },
    });
  });

  window.addEventListener("popstate", () => {
    // A jump within the page changes only what comes after the #.
    if (location.pathname + location.search === shown) return;
    update(location.href, { failed: () => location.reload() });
  });
}

for (const input of all("input[data-suggesties]")) combobox(input);
const form = one(".catalog-form");
if (form) liveList(form);
