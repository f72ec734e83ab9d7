// What a form of the admin has beside Django's own scripts: sections that open where you go,
// the words for fields that its page says once, and names for Select2. Without it every field is
// there, a part is added with a button, and sections are opened by hand.
// See wijkwijzer/redactie/formulier.
(() => {
  const form = document.querySelector("form[data-zoekadres]");
  const jQuery = window.django?.jQuery;
  if (!form || !jQuery) return;

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  const labelOf = (field) => field.labels?.[0];
  const nameOf = (field) => labelOf(field)?.firstChild?.textContent.trim() ?? "";
  // The name of a field in its own form: "bron" of "feiten-0-bron".
  const ownName = (field) => field.name.replace(/^.+-(\d+|__prefix__)-/, "");

  // What the server says once

  function searches(field) {
    const [app, model] = (field.closest(".inline-group") ?? form).dataset.model.split(".");
    Object.assign(field.dataset, {
      appLabel: app,
      modelName: model,
      fieldName: ownName(field),
      theme: "admin-autocomplete",
      placeholder: "",
      allowClear: String(field.options[0]?.value === "" && !field.multiple),
    });
    const ajax = { cache: "true", delay: "250", type: "GET", url: form.dataset.zoekadres };
    for (const [key, value] of Object.entries(ajax)) field.setAttribute(`data-ajax--${key}`, value);
    field.lang = document.documentElement.lang;
  }

  // Django's script opens it in a window of its own, and puts what was made in the list.
  function canMake(field, [address, word]) {
    if (field.parentElement.classList.contains("related-widget-wrapper")) return;
    const wrapper = make("div", { className: "related-widget-wrapper" });
    const link = make("a", {
      className: "related-widget-wrapper-link add-related",
      id: `add_${field.id}`,
      href: `${address}?_to_field=id&_popup=1`,
      textContent: "Nieuw",
      title: `Maak een nieuwe: ${word}`,
    });
    link.dataset.popup = "yes";
    link.setAttribute("aria-label", `Nieuw: ${word}`);
    field.replaceWith(wrapper);
    wrapper.append(field, link);
  }

  function explain(field, group) {
    const help = document.getElementById(`${group.id.replace(/-group$/, "")}-uitleg-${ownName(field)}`);
    if (!help || field.hasAttribute("aria-describedby")) return;
    field.setAttribute("aria-describedby", help.id);
    field.dataset.uitleg = help.id;
  }

  // Under the field where somebody is; it is also in the list above the parts.
  form.addEventListener("focusin", ({ target }) => {
    if (!target.matches("input, select, textarea, .select2-selection")) return;
    const around = target.closest(".velden > div");
    const field = around?.querySelector("[data-uitleg]");
    if (!field || around.querySelector(".help:not(.lengte)")) return;
    const text = document.getElementById(field.dataset.uitleg).textContent;
    const help = make("div", { className: "help", textContent: text });
    help.setAttribute("aria-hidden", "true");
    // Below it: nothing moves away under a click.
    around.append(help);
  });

  // Where an address leads, to look.
  function shows(field) {
    if (!/^https?:\/\/\S+$/.test(field.value) || field.closest("div").querySelector(".bekijk")) return;
    const link = make("a", {
      className: "bekijk",
      href: field.value,
      target: "_blank",
      rel: "noopener",
      textContent: "Bekijk (nieuw venster)",
    });
    field.addEventListener("change", () => (link.href = field.value));
    (field.closest("label") ?? field).after(link);
  }

  function equip(root) {
    for (const field of root.querySelectorAll(".admin-autocomplete:not([data-theme])")) searches(field);
    for (const field of root.querySelectorAll("select, input, textarea")) {
      const group = field.closest(".inline-group");
      const known = JSON.parse((group ?? form).dataset.nieuw || "{}")[ownName(field)];
      if (known && field.localName === "select") canMake(field, known);
      if (group && field.type !== "hidden") explain(field, group);
      if (field.type === "url") shows(field);
    }
  }

  // Select2 names its box by what is chosen in it only.
  function nameBox(field) {
    const label = labelOf(field);
    const box = field.parentElement.querySelector(".select2-selection");
    if (!label || !box) return;
    label.id ||= `${field.id}_label`;
    const chosen = box.querySelector(".select2-selection__rendered");
    box.setAttribute("aria-labelledby", [label.id, chosen?.id].filter(Boolean).join(" "));
    if (field.dataset.uitleg) box.setAttribute("aria-describedby", field.dataset.uitleg);
    if (chosen?.localName === "span") {
      // It is text in a box that has a name, no field of its own.
      chosen.removeAttribute("role");
      chosen.removeAttribute("aria-readonly");
    }
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", nameOf(field));
    for (const list of box.querySelectorAll("ul.select2-selection__rendered")) {
      list.setAttribute("aria-label", `Gekozen: ${nameOf(field)}`);
    }
  }

  function nameBoxes(root) {
    root.querySelectorAll("select.select2-hidden-accessible").forEach(nameBox);
  }

  equip(form);
  // After Django's own, which makes the boxes.
  jQuery(() => nameBoxes(form));
  document.addEventListener("formset:added", ({ target }) => {
    equip(target);
    nameBoxes(target);
    tell(target.closest(".inline-group"));
  });
  jQuery(document).on("select2:open", ({ target }) => {
    const search = document.querySelector(".select2-container--open .select2-search__field");
    search?.setAttribute("aria-label", `Zoek: ${nameOf(target)}`);
    search?.focus();
    document.querySelector(".select2-results__options")?.setAttribute("aria-label", nameOf(target));
  });

  // Sections

  const sections = [...form.querySelectorAll("details.sectie")];
  const anchor = (section) => section.querySelector("[id^=sectie-]")?.id;
  const rows = (group) => group.querySelectorAll(".inline-related:not(.empty-form)");

  function tell(group) {
    const count = group?.querySelector(":scope > summary .aantal");
    if (count) count.textContent = rows(group).length || "nog geen";
  }

  // Where you are is in the address: after saving and reloading you are there again.
  function stay(id) {
    history.replaceState(history.state, "", `#${id}`);
  }

  for (const section of sections) {
    section.querySelector("summary").addEventListener("click", () => {
      // It is still what it was before the click.
      if (section.open) return;
      stay(anchor(section));
      const first = section.matches(".inline-group") && !rows(section).length;
      if (first) setTimeout(() => addFirst(section));
    });
  }

  // Who opens what is empty, comes to fill it.
  function addFirst(group) {
    group.querySelector(".add-row a")?.click();
    const row = rows(group)[0];
    row?.querySelector(".velden > div :is(select, input:not([type=hidden]):not(.plaats), textarea)")?.focus();
  }

  function goTo(id) {
    const target = id && document.getElementById(id);
    if (!target || !form.contains(target)) return false;
    for (let at = target; at && at !== form; at = at.parentElement) {
      if (at.localName === "details") at.open = true;
    }
    target.scrollIntoView({ block: "start" });
    const box = target.closest("div").querySelector(".select2-selection");
    if (target.matches("input, textarea, select")) (box ?? target).focus();
    return true;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".fouten a[href^='#'], nav.secties a");
    if (!link) return;
    const id = link.hash.slice(1);
    const section = document.getElementById(id)?.closest("details.sectie");
    if (!goTo(id)) return;
    event.preventDefault();
    if (link.closest("nav")) {
      stay(id);
      section.querySelector("summary").focus({ preventScroll: true });
      if (section.matches(".inline-group") && !rows(section).length) addFirst(section);
    }
  });

  addEventListener("submit", ({ target, submitter }) => {
    if (target !== form || form.hasAttribute("action")) return;
    // The same form again keeps what is behind the #, another page does not.
    const stays = /^_(continue|publiceren)$/.test(submitter?.name);
    form.action = location.pathname + location.search + (stays ? location.hash : "");
  });
  jQuery(() => {
    const errors = document.querySelector(".fouten");
    if (errors) errors.focus();
    else goTo(location.hash.slice(1));
  });
})();
