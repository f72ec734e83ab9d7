// Turns each textarea of rich text in the admin into an editor. Without this file, or when the
// bundle does not load, the textarea stays: HTML is typed there and cleaned when it is saved.
//
// The editor is the ProseMirror and Tiptap bundle of django-prose-editor. OpmaakWidget says on
// the textarea where it is, so no import map is needed. What can be made here is what
// kennisdossier/opmaak.py lets through: keep the two the same.

function make(tag, properties = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
}

// What a text can hold

function extensions(lib, open) {
  // Headings, quotes, tables and pictures stand by themselves; the rest also in an item, a
  // quote or a cell.
  const lijf = (name) =>
    lib[name].extend({ group: name === "Paragraph" ? "block lijf" : "block list lijf" });
  const cel = (name) =>
    lib[name].extend({
      content: "lijf+",
      // No merged cells: they are hard to follow for who hears a table.
      addAttributes: () => ({
        colspan: { default: 1, rendered: false, parseHTML: () => 1 },
        rowspan: { default: 1, rendered: false, parseHTML: () => 1 },
        colwidth: { default: null, rendered: false, parseHTML: () => null },
      }),
    });
  const Kop = lib.Heading.extend({
    // Pasted from elsewhere, a heading may be of any level, and anywhere.
    parseHTML() {
      return ["h1", "h2", "h3", "h4", "h5", "h6"].map((tag, number) => ({
        tag,
        getAttrs: (kop) => !kop.closest("li, blockquote, td, th") && { level: number < 3 ? 3 : 4 },
      }));
    },
  });
  const Link = lib.Link.extend({
    addKeyboardShortcuts() {
      return {
        "Mod-k": ({ editor }) => {
          open.link(editor);
          return true;
        },
      };
    },
  });
  const Table = lib.Table.extend({
    addAttributes() {
      return {
        bijschrift: {
          default: "",
          rendered: false,
          parseHTML: (table) => table.querySelector(":scope > caption")?.textContent.trim() ?? "",
        },
      };
    },
    parseHTML() {
      // The title is an attribute here: a table of ProseMirror holds nothing but rows.
      return [{ tag: "table" }, { tag: "caption", ignore: true }];
    },
    renderHTML({ node }) {
      const { bijschrift } = node.attrs;
      const caption = ["caption", { contenteditable: "false" }, bijschrift];
      return ["table", ...(bijschrift ? [caption] : []), ["tbody", 0]];
    },
    addNodeView() {
      return null;
    },
    addKeyboardShortcuts() {
      return {
        ...this.parent?.(),
        // At the last cell Tab goes on to the next field: a table is no trap.
        Tab: ({ editor }) => editor.commands.goToNextCell(),
      };
    },
  });
  const Figuur = lib.Node.create({
    name: "figuur",
    group: "block",
    content: "inline*",
    isolating: true,
    draggable: true,
    addAttributes() {
      return { src: {}, alt: {}, width: { default: null }, height: { default: null } };
    },
    parseHTML() {
      return [
        {
          tag: "figure",
          getAttrs: (figure) => image(figure.querySelector("img")),
          contentElement: (figure) =>
            figure.querySelector("figcaption") ?? document.createElement("figcaption"),
        },
        { tag: "img", getAttrs: image, contentElement: () => document.createElement("figcaption") },
      ];
    },
    renderHTML({ HTMLAttributes }) {
      return ["figure", ["img", HTMLAttributes], ["figcaption", 0]];
    },
    addKeyboardShortcuts() {
      // Behind the caption comes a new paragraph.
      return {
        Enter: ({ editor }) => {
          const { $from } = editor.state.selection;
          if ($from.parent.type.name !== "figuur") return false;
          const after = $from.after();
          return editor
            .chain()
            .insertContentAt(after, { type: "paragraph" })
            .setTextSelection(after + 1)
            .run();
        },
      };
    },
  });
  return [
    lib.Document,
    lijf("Paragraph"),
    lib.Text,
    lib.HardBreak,
    lib.History,
    lib.Dropcursor,
    lib.Gapcursor,
    lib.Bold,
    lib.Italic,
    Kop.configure({ levels: [3, 4] }),
    lijf("BulletList"),
    lijf("OrderedList"),
    lib.ListItem.extend({ content: "paragraph lijf*" }),
    lib.Blockquote.extend({ content: "lijf+" }),
    Link.configure({ autolink: false, defaultProtocol: "https", enableTarget: false }),
    Table.configure({ resizable: false }),
    lib.TableRow,
    cel("TableHeader"),
    cel("TableCell"),
    Figuur,
  ];
}

// Only pictures of this site: their address, whatever the clipboard made of it.
function image(img) {
  if (!img?.alt) return false;
  const address = new URL(img.src, document.baseURI);
  if (address.origin !== location.origin) return false;
  const size = (name) => img.getAttribute(name);
  return { src: address.pathname, alt: img.alt, width: size("width"), height: size("height") };
}

// The buttons

const ALTIJD = [
  ["Kop", (c) => c.toggleHeading({ level: 3 }), ["heading", { level: 3 }], "Control+Alt+3"],
  ["Subkop", (c) => c.toggleHeading({ level: 4 }), ["heading", { level: 4 }], "Control+Alt+4"],
  ["Vet", (c) => c.toggleBold(), ["bold"], "Control+B"],
  ["Cursief", (c) => c.toggleItalic(), ["italic"], "Control+I"],
  ["Lijst", (c) => c.toggleBulletList(), ["bulletList"], "Control+Shift+8"],
  ["Nummers", (c) => c.toggleOrderedList(), ["orderedList"], "Control+Shift+7"],
  ["Citaat", (c) => c.toggleBlockquote(), ["blockquote"], "Control+Shift+B"],
  ["Link", "link", ["link"], "Control+K"],
  [
    "Tabel",
    (c) =>
      c
        .command(({ editor }) => !editor.isActive("table"))
        .insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  ],
  ["Afbeelding", "image"],
  ["Ongedaan maken", (c) => c.undo(), null, "Control+Z"],
  ["Opnieuw", (c) => c.redo(), null, "Control+Shift+Z"],
];
const IN_TABEL = [
  ["Rij erbij", (c) => c.addRowAfter()],
  ["Kolom erbij", (c) => c.addColumnAfter()],
  ["Rij weg", (c) => c.deleteRow()],
  ["Kolom weg", (c) => c.deleteColumn()],
  ["Koprij", (c) => c.toggleHeaderRow()],
  ["Kopkolom", (c) => c.toggleHeaderColumn()],
  ["Tabel weg", (c) => c.deleteTable()],
];

function toolbar(editor, naam, definitions, open) {
  const bar = make("div", { className: "opmaak-knoppen", role: "toolbar", "aria-label": naam });
  for (const [name, action, active, keys] of definitions) {
    const button = make("button", { type: "button", textContent: name, tabIndex: -1 });
    button.dataset.knop = name;
    if (keys) {
      button.setAttribute("aria-keyshortcuts", keys);
      button.title = `${name} (${keys.replace("Control", "Ctrl")})`;
    }
    // The selection in the text stays where it is.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      if (typeof action === "string") open[action](editor);
      else action(editor.chain().focus()).run();
    });
    button.sync = () => {
      if (active) button.setAttribute("aria-pressed", String(editor.isActive(...active)));
      const can = typeof action === "string" || action(editor.can().chain()).run();
      button.setAttribute("aria-disabled", String(!can));
    };
    bar.append(button);
  }
  // One stop for Tab; arrows move inside, as in every toolbar.
  const buttons = [...bar.children];
  buttons[0].tabIndex = 0;
  bar.addEventListener("focusin", ({ target }) => {
    for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
  });
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = {
      ArrowRight: (at + 1) % buttons.length,
      ArrowLeft: (at - 1 + buttons.length) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    }[event.key];
    if (event.key === "Escape") editor.commands.focus();
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[to].focus();
  });
  bar.sync = () => buttons.forEach((button) => button.sync());
  return bar;
}

function tableTools(editor, open) {
  const bar = toolbar(editor, "Tabel", IN_TABEL, open);
  const input = make("input", { type: "text", className: "opmaak-bijschrift" });
  input.addEventListener("input", () =>
    editor.commands.updateAttributes("table", { bijschrift: input.value.trim() }),
  );
  // Enter would save the whole page.
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  const tools = make("div", { className: "opmaak-tabel", hidden: true }, [
    bar,
    make("label", {}, ["Titel van de tabel", input]),
  ]);
  tools.sync = () => {
    tools.hidden = !editor.isActive("table");
    bar.sync();
    if (document.activeElement !== input) {
      input.value = editor.getAttributes("table").bijschrift ?? "";
    }
  };
  return tools;
}

// The dialogs: outside the form of the page, so that Enter in them does not save it.

let dialogs = 0;

function dialog(title, children) {
  const heading = make("h2", { id: `opmaak-dialoog-${++dialogs}`, textContent: title });
  const element = make("dialog", { className: "opmaak-dialoog", "aria-labelledby": heading.id }, [
    heading,
    ...children,
  ]);
  document.body.append(element);
  element.addEventListener("close", () => element.remove());
  element.showModal();
  return element;
}

function cancel() {
  const button = make("button", { type: "button", textContent: "Annuleren" });
  button.addEventListener("click", () => button.closest("dialog").close());
  return button;
}

// The address as an editor means it, or null when it is none; the server has the last word.
function address(typed) {
  const text = typed.trim();
  if (/^(tel:)?\+?[\d ().-]{6,}$/i.test(text)) {
    return `tel:${text.replace(/(\+\d+ ?)\(0\)/, "$1").replace(/[^\d+]/g, "")}`;
  }
  if (/^(https?:\/\/[^/\s]|mailto:[^@\s]+@|\/(?![/\\])|#\S)/i.test(text)) return text;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  return /^[\w-]+(\.[\w-]+)+([/?#]\S*)?$/.test(text) ? `https://${text}` : null;
}

function openLink(editor) {
  const old = editor.getAttributes("link").href ?? "";
  const needsText = editor.state.selection.empty && !old;
  const href = make("input", { type: "text", name: "href", value: old, inputMode: "url" });
  const text = make("input", { type: "text", name: "tekst" });
  const error = make("p", { className: "errornote", role: "alert", hidden: true });
  const remove = make("button", { type: "button", textContent: "Link weghalen", hidden: !old });
  const form = make("form", { method: "dialog", noValidate: true }, [
    error,
    make("label", {}, ["Adres", href]),
    make("p", {
      className: "help",
      textContent: "Bijvoorbeeld https://www.movisie.nl, /aanpakken/abcd/ of 020 123 45 67",
    }),
    ...(needsText ? [make("label", {}, ["Tekst van de link", text])] : []),
    make("div", { className: "opmaak-einde" }, [
      make("button", { type: "submit", className: "default", textContent: "Link opslaan" }),
      remove,
      cancel(),
    ]),
  ]);
  const box = dialog("Link", [form]);
  const chain = () => editor.chain().focus().extendMarkRange("link");
  remove.addEventListener("click", () => {
    box.close();
    chain().unsetLink().run();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const found = address(href.value);
    if (!found) {
      error.textContent = "Dit is geen adres. Het begint met https:// of met /";
      error.hidden = false;
      href.focus();
      return;
    }
    box.close();
    if (needsText) {
      const marks = [{ type: "link", attrs: { href: found } }];
      const words = text.value.trim() || href.value.trim();
      editor.chain().focus().insertContent({ type: "text", text: words, marks }).run();
    } else {
      chain().setLink({ href: found }).run();
    }
  });
  href.focus();
}

function openImages(editor, area) {
  const { afbeeldingen: source, afbeeldingToevoegen: add } = area.dataset;
  const query = make("input", { type: "search", name: "zoek" });
  const status = make("p", { role: "status" });
  const list = make("ul", { className: "opmaak-afbeeldingen" });
  // Django's own window for a related record fills in the number of a new picture here.
  const added = make("input", { type: "hidden", id: "opmaak_afbeelding" });
  const link = make("a", {
    id: "add_opmaak_afbeelding",
    className: "related-widget-wrapper-link",
    href: `${add}?_popup=1`,
    textContent: "Nieuwe afbeelding toevoegen",
    hidden: true,
    "data-popup": "yes",
  });
  const box = dialog("Afbeelding kiezen", [
    make("label", {}, ["Zoek op beschrijving of maker", query]),
    status,
    list,
    added,
    make("div", { className: "opmaak-einde" }, [link, cancel()]),
  ]);

  function insert({ src, alt, maker, width, height }) {
    box.close();
    const content = [{ type: "text", text: maker }];
    const figuur = { type: "figuur", attrs: { src, alt, width, height }, content };
    const { $from } = editor.state.selection;
    const chain = editor.chain().focus();
    // A list or a table has no place for it, and would come apart.
    if ($from.depth > 1) chain.insertContentAt($from.after(1), figuur).run();
    else chain.insertContent(figuur).run();
  }

  async function search(parameters) {
    const response = await fetch(`${source}?${new URLSearchParams(parameters)}`);
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  }

  let asked = 0;
  async function show() {
    const question = ++asked;
    try {
      const { afbeeldingen, meer, toevoegen } = await search({ q: query.value });
      if (question !== asked) return;
      link.hidden = !toevoegen;
      list.replaceChildren(
        ...afbeeldingen.map((found) => {
          const img = { src: found.src, alt: "", width: found.width, height: found.height };
          const picture = make("img", { ...img, loading: "lazy" });
          const words = make("span", { textContent: found.alt });
          const button = make("button", { type: "button" }, [picture, words]);
          button.addEventListener("click", () => insert(found));
          return make("li", {}, [button]);
        }),
      );
      const count = afbeeldingen.length;
      if (!count) status.textContent = "Geen afbeelding gevonden.";
      else if (meer) status.textContent = `De nieuwste ${count}. Zoek om meer te zien.`;
      else status.textContent = count === 1 ? "1 afbeelding" : `${count} afbeeldingen`;
    } catch {
      status.textContent = "De afbeeldingen laden niet. Probeer het opnieuw.";
    }
  }

  let timer;
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 250);
  });
  window.django?.jQuery(added).on("change", async () => {
    const { afbeeldingen } = await search({ id: added.value });
    if (afbeeldingen.length) insert(afbeeldingen[0]);
  });
  show();
  query.focus();
}

// What is pasted

function onlyFiles(data) {
  return data?.files.length && !data.getData("text/html") && !data.getData("text/plain");
}

function slice(lib, view, html, context) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const parser = lib.pm.model.DOMParser.fromSchema(view.state.schema);
  return parser.parseSlice(body, { preserveWhitespace: true, context });
}

// An editor per textarea

async function start(area) {
  const [lib, paste] = await Promise.all([
    import(area.dataset.opmaak),
    import(area.dataset.opmaakPlakken),
  ]);
  if (!area.isConnected || area.dataset.opmaakAan) return;
  area.dataset.opmaakAan = "ja";

  const label = document.querySelector(`label[for="${area.id}"]`);
  const naam = label?.textContent.replace(/:\s*$/, "").trim() || "Tekst";
  const open = { link: openLink, image: (editor) => openImages(editor, area) };
  const text = make("div", { className: "opmaak-tekst" });
  const attributes = {
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": `${naam}. Escape gaat naar de knoppen.`,
  };
  for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
    if (area.hasAttribute(name)) attributes[name] = area.getAttribute(name);
  }
  if (area.required) attributes["aria-required"] = "true";

  let bars = [];
  // What the editor and the textarea last had in common.
  let shared = area.value;
  const says = make("p", { className: "opmaak-melding", role: "status" });
  // Said again when it is the same again.
  function say(words) {
    says.textContent = "";
    setTimeout(() => (says.textContent = words), 50);
  }
  const editor = new lib.Editor({
    element: text,
    editable: !area.disabled && !area.readOnly,
    injectCSS: false,
    extensions: extensions(lib, open),
    content: area.value,
    // Stars and underscores in what is pasted are words, no markup.
    enablePasteRules: false,
    editorProps: {
      attributes,
      transformPastedHTML(html) {
        const found = paste.convert(html);
        say(found.says);
        return found.html;
      },
      clipboardTextParser(words, $context, plain, view) {
        say("");
        return plain ? null : slice(lib, view, paste.convertText(words).html, $context);
      },
      handleDOMEvents: {
        paste: (_view, event) => onlyFiles(event.clipboardData) && refuse(event, event.clipboardData),
        // A browser would leave the page for what is dropped.
        drop: (_view, event) => onlyFiles(event.dataTransfer) && refuse(event, event.dataTransfer),
      },
      handleKeyDown(_view, event) {
        if (event.key !== "Escape") return false;
        bars[0].querySelector("[tabindex='0']").focus();
        return true;
      },
    },
    onTransaction: () => bars.forEach((bar) => bar.sync()),
    onUpdate() {
      shared = area.value = editor.isEmpty ? "" : editor.getHTML();
      area.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  function refuse(event, { files }) {
    event.preventDefault();
    say(paste.saysOfFiles(files));
    return true;
  }
  // What is in the textarea is saved. A browser that goes back or reloads may put there what
  // was typed before, after this began; another script may as well, and says so.
  function follow() {
    if (area.value === shared) return;
    shared = area.value;
    editor.commands.setContent(shared, { emitUpdate: false });
  }
  window.addEventListener("pageshow", follow);
  for (const name of ["input", "change", "opmaak:lees"]) area.addEventListener(name, follow);
  bars = [toolbar(editor, `Opmaak van ${naam}`, ALTIJD, open), tableTools(editor, open)];
  bars.forEach((bar) => bar.sync());
  // Another script set what is in the field: admin-klad.js.
  area.addEventListener("opmaak:lees", () =>
    editor.commands.setContent(area.value, { emitUpdate: false }),
  );

  const box = make("div", { className: "opmaak" }, [...bars, text, says]);
  const busy = document.activeElement === area;
  area.before(box);
  // Hidden, it cannot get focus, so the browser could not say that it is required.
  area.required = false;
  area.hidden = true;
  if (busy) editor.commands.focus("end");
  label?.addEventListener("click", () => editor.commands.focus());
}

function startAll(root) {
  for (const area of root.querySelectorAll("textarea[data-opmaak]")) {
    if (!area.id.includes("__prefix__")) {
      start(area).catch((error) => console.error("De editor start niet:", error));
    }
  }
}

startAll(document);
document.addEventListener("formset:added", (event) => startAll(event.target));
