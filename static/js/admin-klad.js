// Keeps what is typed in a form of the admin in this browser, until the server says it was saved;
// offers it after a crash, a closed tab or a failed save. A draft is of a user, an address and an
// opened form (_klad), and holds what differs from what the server sent. See docs/adr/0017.
(() => {
  const VOOR = "klad:";
  const BEWAAR = 30 * 24 * 3600 * 1000;
  const RUIMTE = 3e6;
  const VAST =
    /^(_klad|_wie|_popup|_to_field|_selected_action|action|index|select_across|csrfmiddlewaretoken)$/;
  const BEHEER = /-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|-\d+-id$|_old$|__prefix__/;
  const ANDERS = /^(submit|button|reset|image|file|password|fieldset|output)$/;

  let opslag;
  try {
    opslag = localStorage;
  } catch {
    // A browser may refuse it.
  }
  const sleutels = () =>
    opslag ? Object.keys(opslag).filter((sleutel) => sleutel.startsWith(VOOR)) : [];

  function lees(sleutel) {
    try {
      const klad = JSON.parse(opslag.getItem(sleutel));
      return klad?.op && klad.velden ? klad : null;
    } catch {
      return null;
    }
  }

  // What is old goes, then what there is no room for.
  function ruimOp(eigen) {
    const oud = Date.now() - BEWAAR;
    const alle = sleutels().map((sleutel) => [sleutel, lees(sleutel)?.op ?? 0]);
    alle.sort((een, ander) => ander[1] - een[1]);
    let totaal = 0;
    for (const [sleutel, op] of alle) {
      totaal += opslag.getItem(sleutel).length;
      if (sleutel !== eigen && (op < oud || totaal > RUIMTE)) opslag.removeItem(sleutel);
    }
  }

  // What the server says

  // Whether all of one draft is in another.
  const bevat = (groot, klein) =>
    Object.entries(klein.velden).every(
      ([naam, waarde]) => JSON.stringify(groot.velden[naam]) === JSON.stringify(waarde),
    );

  // Also those of the same place that were saved with it: one of a try before that failed.
  function vergeet(bewaard) {
    const sleutel = sleutels().find((een) => een.endsWith(`:${bewaard}`));
    const klad = sleutel && lees(sleutel);
    if (!sleutel) return;
    const plek = sleutel.slice(0, -bewaard.length);
    for (const ander of sleutels().filter((een) => een.startsWith(plek))) {
      const oud = lees(ander);
      if (ander === sleutel || (klad && oud && bevat(klad, oud))) opslag.removeItem(ander);
    }
  }

  for (const { dataset } of document.querySelectorAll("[data-bewaard], [data-uitgelogd]")) {
    if (dataset.bewaard) vergeet(dataset.bewaard);
    for (const sleutel of dataset.uitgelogd ? sleutels() : []) {
      if (sleutel.split(":")[1] === dataset.uitgelogd) opslag.removeItem(sleutel);
    }
  }
  if (opslag) ruimOp();

  const merk = document.querySelector("form input[name=_klad]");
  if (!merk) return;
  const { form } = merk;
  const plek = `${VOOR}${merk.dataset.gebruiker}:${location.pathname}:`;
  const eigen = plek + merk.value;
  // An answer to a post: it shows what was typed, which is not what is saved.
  const open = "open" in merk.dataset;

  // The fields

  const velden = () =>
    [...form.elements].filter(
      (veld) =>
        veld.name && !ANDERS.test(veld.type) && !VAST.test(veld.name) && !BEHEER.test(veld.name),
    );
  const aan = (veld) => veld.type === "checkbox" || veld.type === "radio";
  const naamVan = (veld) => (aan(veld) ? `${veld.name}\0${veld.value}` : veld.name);
  const isKeuze = (veld) => veld.tagName === "SELECT";
  const paren = (opties) => [...opties].map((optie) => [optie.value, optie.text]);
  const waarden = (keuzes) => keuzes.map(([waarde]) => waarde).sort().join("\0");

  function nu(veld) {
    if (aan(veld)) return veld.checked;
    if (isKeuze(veld)) return paren(veld.selectedOptions);
    return veld.value;
  }

  function volgensServer(veld) {
    if (aan(veld)) return veld.defaultChecked;
    if (!isKeuze(veld)) return veld.defaultValue;
    const gekozen = [...veld.options].filter((optie) => optie.defaultSelected);
    if (!gekozen.length && veld.type === "select-one") gekozen.push(...[...veld.options].slice(0, 1));
    return paren(gekozen);
  }

  // Here the page itself forgets what the server sent.
  const begin = new Map();
  for (const veld of velden()) {
    if (veld.type === "hidden") begin.set(naamVan(veld), volgensServer(veld));
  }

  function gelijk(een, ander) {
    return Array.isArray(een) && Array.isArray(ander)
      ? waarden(een) === waarden(ander)
      : een === ander;
  }

  function getypt(veld) {
    const was =
      veld.type === "hidden" ? begin.get(naamVan(veld)) ?? nu(veld) : volgensServer(veld);
    return !gelijk(nu(veld), was);
  }

  const aantal = (deel, wat = "TOTAL") => Number(form.elements[`${deel}-${wat}_FORMS`]?.value);
  const rijenVan = (deel) => [...Array(aantal(deel)).keys()];
  const delen = () =>
    [...form.elements]
      .filter(({ name }) => name.endsWith("-TOTAL_FORMS"))
      .map(({ name }) => name.replace(/-TOTAL_FORMS$/, ""));
  const idVan = (deel, rij) => form.elements[`${deel}-${rij}-id`]?.value ?? "";

  function klad() {
    const gevonden = velden();
    const typt = gevonden.filter((veld) => !veld.name.startsWith("_") && (open || getypt(veld)));
    const ids = (deel) => rijenVan(deel).map((rij) => idVan(deel, rij));
    return {
      op: Date.now(),
      velden: Object.fromEntries(typt.map((veld) => [naamVan(veld), nu(veld)])),
      // Such as the version that was edited.
      vast: Object.fromEntries(
        gevonden.filter(({ name }) => name.startsWith("_")).map((veld) => [veld.name, veld.value]),
      ),
      rijen: Object.fromEntries(delen().map((deel) => [deel, ids(deel)])),
    };
  }

  // Keeping it

  let laatst = "";
  function schrijf() {
    if (!opslag) return;
    const { op, ...wat } = klad();
    const tekst = JSON.stringify(wat);
    if (tekst === laatst) return;
    laatst = tekst;
    try {
      if (Object.keys(wat.velden).length) opslag.setItem(eigen, JSON.stringify({ op, ...wat }));
      else opslag.removeItem(eigen);
      ruimOp(eigen);
    } catch {
      // No room.
      laatst = "";
      const [oudste] = sleutels()
        .filter((sleutel) => sleutel !== eigen)
        .sort((een, ander) => (lees(een)?.op ?? 0) - (lees(ander)?.op ?? 0));
      if (!oudste) return;
      opslag.removeItem(oudste);
      schrijf();
    }
  }

  let straks;
  let weg = false;
  function binnenkort() {
    weg = false;
    clearTimeout(straks);
    straks = setTimeout(schrijf, 1000);
  }
  // What Select2 changes, only jQuery hears of. Pages with plain fields have none.
  const jQuery = globalThis.django?.jQuery;
  const tekens = ["input", "change", "click", "focusin", "formset:added", "formset:removed"];
  if (jQuery) jQuery(document).on(tekens.join(" "), binnenkort);
  else for (const teken of tekens) document.addEventListener(teken, binnenkort);
  document.addEventListener("visibilitychange", () => document.hidden && schrijf());
  if (open) schrijf();
  // Typed before this file was there, on a slow connection.
  else if (velden().some(getypt)) binnenkort();

  // Leaving

  addEventListener("submit", (event) => {
    if (event.target !== form || event.defaultPrevented) return;
    schrijf();
    weg = true;
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) weg = false;
  });
  addEventListener("beforeunload", (event) => {
    if (weg || !(open || velden().some(getypt))) return;
    schrijf();
    event.preventDefault();
  });

  // Putting it back

  // From a name in a draft to the name here. What was in a row that is new or gone gets a new row;
  // when none can be made, there is no name.
  function vertaler(rijen, maak) {
    const gevonden = {};
    const bezet = new Set();
    function nieuweRij(deel) {
      for (const rij of rijenVan(deel).slice(aantal(deel, "INITIAL"))) {
        const vol = velden().some((v) => v.name.startsWith(`${deel}-${rij}-`) && getypt(v));
        if (!vol && !bezet.has(`${deel}-${rij}`)) return rij;
      }
      const voor = aantal(deel);
      if (maak) document.querySelector(`#${CSS.escape(deel)}-group .add-row a`)?.click();
      return aantal(deel) > voor ? voor : null;
    }
    function zoek(deel, id) {
      const rij =
        rijenVan(deel).find((rij) => id && idVan(deel, rij) === id) ?? nieuweRij(deel);
      bezet.add(`${deel}-${rij}`);
      return rij;
    }
    return (naam) => {
      const [, deel, rij, rest] = naam.match(/^(.+)-(\d+)-([^]+)$/) ?? [];
      if (!deel || !rijen[deel] || isNaN(aantal(deel))) return naam;
      const sleutel = `${deel}-${rij}`;
      if (!(sleutel in gevonden)) gevonden[sleutel] = zoek(deel, rijen[deel][rij]);
      return gevonden[sleutel] === null ? null : `${deel}-${gevonden[sleutel]}-${rest}`;
    };
  }

  // [name in the draft, field here or nothing, what was typed]
  function inDezeVorm({ velden: toen, rijen }, maak) {
    const vertaal = vertaler(rijen ?? {}, maak);
    const namen = Object.entries(toen).map(([naam, waarde]) => [naam, vertaal(naam), waarde]);
    const hier = new Map(velden().map((veld) => [naamVan(veld), veld]));
    return namen.map(([naam, nieuw, waarde]) => [naam, hier.get(nieuw), waarde]);
  }

  function kies(veld, keuzes) {
    for (const optie of veld.options) optie.selected = false;
    for (const [waarde, tekst] of keuzes) {
      const optie = [...veld.options].find(({ value }) => value === waarde);
      if (optie) optie.selected = true;
      else veld.add(new Option(tekst, waarde, false, true));
    }
  }

  function zet(veld, waarde) {
    if (aan(veld)) veld.checked = waarde;
    else if (isKeuze(veld)) kies(veld, waarde);
    else veld.value = waarde;
  }

  // Returns what found no place.
  function zetTerug(klad) {
    const alles = inDezeVorm(klad, true);
    const raak = alles.filter(([, veld]) => veld);
    for (const [, veld, waarde] of raak) {
      zet(veld, waarde);
      // Nothing is put back out of sight.
      const sectie = veld.closest("details.sectie");
      if (sectie) sectie.open = true;
    }
    for (const [, veld] of raak) {
      if (jQuery) jQuery(veld).trigger("change");
      else veld.dispatchEvent(new Event("change", { bubbles: true }));
    }
    // Again: Django's script made an address of the name.
    for (const [, veld, waarde] of raak) {
      zet(veld, waarde);
      veld.dispatchEvent(new Event("opmaak:lees"));
    }
    for (const [naam, waarde] of Object.entries(klad.vast ?? {})) {
      const veld = form.elements[naam];
      if (veld?.type === "hidden") veld.value = waarde;
    }
    return alles.filter(([, veld]) => !veld);
  }

  // The offer

  function maak(tag, eigenschappen = {}, kinderen = []) {
    const element = Object.assign(document.createElement(tag), eigenschappen);
    element.append(...kinderen);
    return element;
  }

  function zeg(vak, kinderen) {
    vak.replaceChildren(...kinderen);
    vak.tabIndex = -1;
    vak.focus();
  }

  const tijd = new Intl.DateTimeFormat("nl-NL", { dateStyle: "long", timeStyle: "short" });

  function bied(sleutel, gevonden, aantal) {
    const terug = maak("button", { type: "button", className: "button", textContent: "Terugzetten" });
    const gooi = maak("button", { type: "button", className: "button", textContent: "Weggooien" });
    const velden = aantal === 1 ? "1 veld" : `${aantal} velden`;
    // Browsers write 21:11; our pages write 21.11.
    const toen = tijd.format(gevonden.op).replace(/(\d):(\d)/, "$1.$2");
    const zin = `Op ${toen} typte je hier iets dat niet is opgeslagen (${velden}).`;
    const vak = maak("section", { className: "klad" }, [maak("p", { textContent: zin }), terug, gooi]);
    vak.setAttribute("aria-label", "Niet opgeslagen");
    terug.addEventListener("click", () => {
      const over = zetTerug(gevonden);
      const tekst = "Teruggezet. Er is nog niets opgeslagen.";
      const meer = over.map(([naam, , waarde]) =>
        maak("pre", { textContent: `${naam.split("\0")[0]}: ${[waarde].flat(2).join(" ")}` }),
      );
      if (over.length) meer.unshift(maak("p", { textContent: "Dit past hier niet meer:" }));
      zeg(vak, [maak("p", { textContent: tekst }), ...meer]);
      schrijf();
      // What found no place stays on offer.
      if (!over.length) opslag.removeItem(sleutel);
    });
    gooi.addEventListener("click", () => {
      opslag.removeItem(sleutel);
      zeg(vak, [maak("p", { textContent: "Weggegooid." })]);
    });
    form.before(vak);
  }

  const hier = sleutels().filter((sleutel) => sleutel.startsWith(plek) && sleutel !== eigen);
  const kladden = hier.map((sleutel) => [sleutel, lees(sleutel)]);
  kladden.sort(([, een], [, ander]) => (ander?.op ?? 0) - (een?.op ?? 0));
  // Not what is wholly in another: after Back, browsers fill in a part themselves.
  const over = new Map(kladden.filter(([, gevonden]) => gevonden));
  for (const [sleutel, gevonden] of kladden) {
    const anders = gevonden
      ? inDezeVorm(gevonden, false).filter(([, veld, waarde]) => !veld || !gelijk(nu(veld), waarde))
      : [];
    over.delete(sleutel);
    // The rows of another page of a list, or of other filters: they wait for that.
    if (form.id === "changelist-form" && anders.every(([, veld]) => !veld) && anders.length) continue;
    const dubbel = [...over.values()].some((ander) => bevat(ander, gevonden));
    if (anders.length && !dubbel) {
      bied(sleutel, gevonden, anders.length);
      over.set(sleutel, gevonden);
    } else opslag.removeItem(sleutel);
  }
})();
