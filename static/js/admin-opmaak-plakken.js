// What is pasted, made into what a text can hold before the editor reads it: Word writes lists
// as paragraphs, Google Docs puts all in one <b>, mails are laid out with tables. No word is
// lost; what else cannot come along is counted, for the line that says so.
//
// Styles are read as text: our policy keeps a browser from applying them, also in here.

const set = (words) => new Set(words.split(" "));
const BLOCKS = set(
  "address article aside center dd details dialog div dl dt fieldset figcaption figure footer " +
    "form header hgroup legend main nav p pre section summary",
);
const OTHER_BLOCKS = "br, hr, ul, ol, li, table, blockquote, h1, h2, h3, h4, h5, h6, img";
const UNSEEN = set("head script style template noscript title meta link datalist source track");
// How each is called: one, more.
const LEFT_OUT = {
  img: ["afbeelding", "afbeeldingen"],
  video: ["video", "video’s"],
  audio: ["geluidsfragment", "geluidsfragmenten"],
  iframe: ["ingevoegd venster", "ingevoegde vensters"],
  bestand: ["bestand", "bestanden"],
  form: ["formulier", "formulieren"],
  input: ["invulveld", "invulvelden"],
  hr: ["scheidingslijn", "scheidingslijnen"],
  opmerking: ["opmerking", "opmerkingen"],
  link: ["link zonder goed adres", "links zonder goed adres"],
  binnen: ["link binnen het document", "links binnen het document"],
};
const ALSO = { svg: "img", canvas: "img", object: "iframe", embed: "iframe" };
const FIELDS = set("input select textarea meter progress");

const SPACE = "[ \\t\\n\\r\\f\\u00a0]";
const BULLET = new RegExp(`^${SPACE}*[•·▪◦‣●○■\\uf0b7]${SPACE}+`);
// Without the style that says so, as webmail leaves it: a mark, and room behind it.
const MARK = new RegExp(`^${SPACE}*(?:[•·▪◦§o\\uf0b7]|\\(?(?:\\d+|[a-z])[.)])${SPACE}{2,}`);
const NUMBER = /^\(?(?:[\d.]+\.)?(\d+|[a-z]|[ivxlc]+)[.)]?$/i;
const RAISED = Object.fromEntries([..."0123456789+-()n"].map((c, n) => [c, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ"][n]]));
const LOWERED = Object.fromEntries([..."0123456789+-()"].map((c, n) => [c, [..."₀₁₂₃₄₅₆₇₈₉₊₋₍₎"][n]]));
const WINGDINGS = { à: "→", ß: "←", ü: "✓", J: "☺" };

// Addresses

// As kennisdossier/opmaak.py has it, but a paste knows no place on a page of ours.
const ADDRESS =
  /^(?:https?:\/\/(?:[\p{L}\p{N}_-]+\.)*[\p{L}\p{N}_-]+(?::\d{1,5})?(?![^/?#])|mailto:[^@#]+@[^@]|tel:\+?[\d().-]*\d[\d().-]*$|\/(?![/\\]))[^#]*(?:#[^#]*)?$/iu;
const BARE = /(?<![\w@./-])(?:https?:\/\/|www\.)[^\s<>"“”‘’]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;

// Where a link leads, also when a mail or a search engine put its own address before it.
export function address(href) {
  let found = href.trim();
  if (/^\/\/[^/\\]/.test(found)) found = `https:${found}`;
  if (/^www\./i.test(found)) found = `https://${found}`;
  if (URL.canParse(found)) {
    const { hostname, pathname, searchParams } = new URL(found);
    const safelink = hostname.endsWith(".safelinks.protection.outlook.com");
    const google = /^(www\.)?google\.\w+$/.test(hostname) && pathname === "/url";
    if (safelink || google) found = searchParams.get("url") ?? searchParams.get("q") ?? found;
  }
  if (/^tel:/i.test(found)) {
    // Who calls from abroad leaves the (0) out.
    found = found.replace(/(?:\s|%20|\/)+/g, "").replace(/(\+\d+)\(0\)/, "$1");
  }
  return ADDRESS.test(found) ? found : null;
}

// What stands behind an address in a sentence is not of it.
function withoutPunctuation(bare) {
  const end = /[.,;:!?'’]*(?:\)[.,;:!?'’]*)?$/.exec(bare)[0];
  const keep = end.startsWith(")") && bare.includes("(") ? end.length - 1 : end.length;
  return keep ? bare.slice(0, -keep) : bare;
}

// Styles

function styles(element) {
  const found = {};
  for (const rule of (element.getAttribute("style") ?? "").split(";")) {
    const [name, ...value] = rule.split(":");
    found[name.trim().toLowerCase()] = value.join(":").trim().toLowerCase();
  }
  return found;
}

function isBold(element, css, inherited) {
  const weight = css["font-weight"];
  if (/^bold/.test(weight) || parseInt(weight, 10) >= 600) return true;
  if (/^(?:normal|lighter|initial)/.test(weight) || parseInt(weight, 10) < 600) return false;
  return inherited || ["b", "strong"].includes(element.localName);
}

function isItalic(element, css, inherited) {
  const style = css["font-style"];
  if (/^(?:italic|oblique)/.test(style)) return true;
  if (/^(?:normal|initial)/.test(style)) return false;
  return inherited || ["i", "em", "cite", "dfn", "var"].includes(element.localName);
}

function headingLevel(element, css) {
  const { localName: name, className } = element;
  if (/^h[1-6]$/.test(name)) return Number(name[1]);
  if (element.getAttribute("role") === "heading") return Number(element.ariaLevel) || 2;
  if (name !== "p") return 0;
  if (/(?:^|\s)(?:x_)?MsoTitle(?:\s|$)/.test(className)) return 1;
  return Number(/MsoHeading(\d)/.exec(className)?.[1] ?? css["mso-outline-level"]) || 0;
}

// Lists of Word: which level, and whether it counts

function wordItem(element, css) {
  const [, level] = /level(\d+)/.exec(css["mso-list"] ?? "") ?? [];
  const mark = [...element.querySelectorAll("span")].find((span) =>
    /^ignore/.test(styles(span)["mso-list"] ?? ""),
  );
  if (level) {
    const says = mark?.textContent.replaceAll("\u00a0", " ").trim() ?? "";
    mark?.remove();
    return { level: Number(level), ...counted(says) };
  }
  const list = /MsoList/.test(element.className);
  const found = (list ? MARK : BULLET).exec(element.textContent) ?? BULLET.exec(element.textContent);
  if (!found) return null;
  cut(element, found[0].length);
  const indent = parseFloat(css["margin-left"]) * (/in$/.test(css["margin-left"]) ? 72 : 1);
  const says = found[0].replaceAll("\u00a0", " ").trim();
  return { level: list ? Math.max(1, Math.round(indent / 36) || 1) : 1, ...counted(says) };
}

// "o" is a bullet of Word; a letter that counts has a sign behind it.
function counted(mark) {
  const [, last] = (/[\d.)]/.test(mark) && NUMBER.exec(mark)) || [];
  if (last === undefined) return { ordered: false };
  const number = Number(last) || (last.length === 1 ? last.toLowerCase().charCodeAt(0) - 96 : 0);
  return { ordered: true, number };
}

function cut(element, length) {
  const texts = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let left = length; left && texts.nextNode(); ) {
    const { currentNode: text } = texts;
    const here = Math.min(left, text.length);
    text.deleteData(0, here);
    left -= here;
  }
}

// The conversion: a walk through what is pasted, that writes blocks as it goes

class Conversion {
  constructor(source) {
    this.doc = source;
    this.out = document.implementation.createHTMLDocument("");
    // Where blocks go now, and which lists of Word are open there.
    this.place = { element: this.out.body, kind: "text", lists: [] };
    this.line = [];
    this.heading = 0;
    this.headings = [];
    this.left = new Map();
    this.names = new Map();
    this.notes = new Set();
    this.forms = new Set();
    // From an editor like ours: there a # leads somewhere.
    this.slice = source.querySelector("[data-pm-slice]");
    // A few words of a sentence, with the spaces around them.
    this.loose = !source.body.querySelector(`${[...BLOCKS].join()},${OTHER_BLOCKS}`);
  }

  run() {
    this.inside(this.doc.body, {});
    this.close();
    this.level();
    const { children } = this.out.body;
    if (this.loose && children.length === 1 && children[0].localName === "p") {
      children[0].setAttribute("data-pm-slice", "1 1 []");
    }
    return this;
  }

  make(tag, ...children) {
    const element = this.out.createElement(tag);
    element.append(...children);
    return element;
  }

  inside(element, state) {
    for (const child of [...element.childNodes]) this.visit(child, state);
  }

  block(element, state) {
    this.close();
    this.inside(element, state);
    this.close();
  }

  visit(node, state) {
    if (node.nodeType === Node.TEXT_NODE) return this.text(node.data, state);
    if (node.nodeType !== Node.ELEMENT_NODE || UNSEEN.has(node.localName)) return;
    const css = styles(node);
    if (this.leaveOut(node, css)) return;
    const now = this.state(node, css, state);
    const level = headingLevel(node, css);
    if (level) return this.head(node, now, level);
    switch (node.localName) {
      case "br":
        if (node.className !== "Apple-interchange-newline") this.line.push({ end: true });
        return;
      case "ul":
      case "ol":
        return this.list(node, now);
      case "table":
        return this.table(node, now);
      case "blockquote":
        return this.quote(node, now);
      case "figure":
        return this.figure(node, now);
      case "q":
        this.text("“", now);
        this.inside(node, now);
        return this.text("”", now);
      case "p":
      case "div":
        return this.paragraph(node, css, now);
    }
    if (BLOCKS.has(node.localName)) this.block(node, now);
    else this.inside(node, now);
  }

  state(node, css, before) {
    const bold = isBold(node, css, before.bold) || ["dt", "summary"].includes(node.localName);
    const now = { ...before, bold, italic: isItalic(node, css, before.italic) };
    const { localName: name } = node;
    if (name === "sup" || css["vertical-align"] === "super") now.script = RAISED;
    if (name === "sub" || css["vertical-align"] === "sub") now.script = LOWERED;
    if (name === "pre" || /^(?:pre|break-spaces)/.test(css["white-space"])) now.lines = true;
    if (/^"?wingdings/.test(css["font-family"])) now.wingdings = true;
    const struck = ["s", "strike", "del"].includes(name);
    if ((struck || /line-through/.test(css["text-decoration"])) && node.textContent.trim()) {
      this.notes.add("Doorgehaalde tekst staat er nu zonder streep.");
    }
    if (name === "a" && node.hasAttribute("href")) now.href = this.link(node);
    return now;
  }

  link(node) {
    const href = node.getAttribute("href");
    const found = this.slice && /^#./.test(href) ? href : address(href);
    const words = node.textContent.replace(/\s+/g, " ").trim();
    if (!found && words) {
      const kind = href.startsWith("#") ? "binnen" : "link";
      this.count(kind);
      if (kind === "link") this.names.set(kind, [...(this.names.get(kind) ?? []), words]);
    }
    return found;
  }

  // What cannot come along

  count(kind) {
    this.left.set(kind, (this.left.get(kind) ?? 0) + 1);
  }

  leaveOut(node, css) {
    const name = ALSO[node.localName] ?? node.localName;
    if (css["mso-element"] === "comment-list") return true;
    if (/MsoCommentReference/.test(node.className)) {
      this.count("opmerking");
      return true;
    }
    if (FIELDS.has(name)) {
      const form = node.closest("form");
      if (node.type !== "hidden" && !this.forms.has(form)) this.count(form ? "form" : "input");
      if (form) this.forms.add(form);
      return true;
    }
    if (name === "form" || !(name in LEFT_OUT)) return false;
    if (name === "hr") this.close();
    if (name !== "img") {
      if (!/^mso/.test(node.className)) this.count(name);
    } else if (this.isOurs(node)) {
      this.close();
      this.put(this.make("figure", this.picture(node)));
    } else if (/^[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\ufe0f]+$/u.test(node.alt ?? "")) {
      this.text(node.alt, {});
    } else if (!(node.width <= 3 && node.hasAttribute("width")) && node.ariaRoleDescription !== "checkbox") {
      this.count("img");
    }
    return true;
  }

  isOurs(img) {
    if (!img.alt || !img.getAttribute("src") || this.place.kind !== "text") return false;
    return new URL(img.getAttribute("src"), location).origin === location.origin;
  }

  picture(img) {
    const copy = this.make("img");
    copy.setAttribute("src", new URL(img.getAttribute("src"), location).pathname);
    for (const name of ["alt", "width", "height"]) {
      if (img.hasAttribute(name)) copy.setAttribute(name, img.getAttribute(name));
    }
    return copy;
  }

  figure(node, state) {
    const img = node.querySelector("img");
    if (!img || !this.isOurs(img)) return this.block(node, state);
    this.close();
    const caption = this.make("figcaption");
    this.within({ element: caption, kind: "caption" }, () => {
      for (const child of node.querySelectorAll("figcaption")) this.inside(child, state);
    });
    caption.replaceChildren(...[...caption.children].flatMap((block) => [...block.childNodes, " "]));
    this.put(this.make("figure", this.picture(img), caption));
  }

  // Words

  text(data, { script, lines, wingdings, bold, italic, href }) {
    let words = data.replace(/[\u0000-\u0008\u000b\u000e-\u001f\u200b\ufeff]/g, "");
    if (script && [...words.trim()].every((sign) => sign in script)) {
      words = [...words].map((sign) => script[sign] ?? sign).join("");
    }
    if (wingdings) words = WINGDINGS[words.trim()] ?? words;
    const parts = lines && /\S/.test(words) ? words.split(/\r\n?|\n/) : [words];
    parts.forEach((part, number) => {
      if (number) this.line.push({ end: true });
      const last = this.line.at(-1);
      const same = last && !last.end && !bold === !last.bold && !italic === !last.italic;
      if (same && (href ?? null) === (last.href ?? null)) last.words += part;
      else if (part) this.line.push({ words: part, bold, italic, href });
    });
  }

  // The line that was read becomes a paragraph or a heading; two ends of a line, two of them.
  close() {
    const line = this.line;
    this.line = [];
    let part = [];
    const parts = [part];
    line.forEach((piece, number) => {
      const empty = !piece.end && !/[^\s\u00a0]/.test(piece.words);
      const next = line.slice(number + 1).find((other) => other.end || /[^\s\u00a0]/.test(other.words));
      if (piece.end && next?.end) parts.push((part = []));
      else if (this.loose || part.length || (!piece.end && !empty)) part.push(piece);
    });
    for (const pieces of parts) this.closeOne(pieces);
  }

  closeOne(pieces) {
    const isEmpty = ({ end, words }) => end || !/[^\s\u00a0]/.test(words);
    while (!this.loose && pieces.length && isEmpty(pieces.at(-1))) pieces.pop();
    if (pieces.every(isEmpty)) return;
    const bare = this.place.kind === "text" ? "h3" : "p";
    const block = this.make(this.heading ? bare : "p");
    let space = !this.loose;
    pieces.forEach((piece, number) => {
      if (piece.end) {
        block.append(this.make("br"));
        space = true;
        return;
      }
      let words = piece.words.replace(/[ \t\n\r\f\u00a0]{2,}|[ \t\n\r\f]/g, " ");
      if (space) words = words.replace(/^[ \u00a0]+/, "");
      const next = pieces[number + 1];
      if (next?.end || (!next && !this.loose)) words = words.replace(/[ \u00a0]+$/, "");
      if (!words) return;
      space = words.endsWith(" ");
      block.append(...this.marked(words, piece));
    });
    if (this.heading && bare === "h3") this.headings.push([block, this.heading]);
    this.put(block);
  }

  marked(words, { bold, italic, href }) {
    const wrap = (text, link) => {
      let node = this.out.createTextNode(text);
      if (italic) node = this.make("em", node);
      if (this.heading ? this.place.kind !== "text" : bold) node = this.make("strong", node);
      if (link) node = this.make("a", node);
      if (link) node.setAttribute("href", link);
      return node;
    };
    if (href) return [wrap(words, href)];
    const nodes = [];
    let from = 0;
    for (const { 0: found, index } of words.matchAll(BARE)) {
      const bare = withoutPunctuation(found);
      const mail = /^[^/]+@/.test(bare);
      const link = address(mail ? `mailto:${bare}` : bare);
      if (!link) continue;
      if (index > from) nodes.push(wrap(words.slice(from, index)));
      nodes.push(wrap(bare, link));
      from = index + bare.length;
    }
    if (from < words.length) nodes.push(wrap(words.slice(from)));
    return nodes;
  }

  // Blocks

  put(element) {
    this.place.element.append(element);
    this.place.lists = [];
  }

  within(place, fill) {
    this.close();
    const { place: before, heading } = this;
    this.place = { lists: [], ...place };
    this.heading = 0;
    fill();
    this.close();
    this.place = before;
    this.heading = heading;
  }

  paragraph(node, css, state) {
    const one = node.localName === "p" || !node.querySelector(`p, div, ${OTHER_BLOCKS}`);
    const item = one ? wordItem(node, css) : null;
    if (item) return this.item(item, () => this.inside(node, state));
    const open = this.place.lists.at(-1)?.list.lastElementChild;
    if (open && /MsoList/.test(node.className)) {
      return this.within({ element: open, kind: "item" }, () => this.inside(node, state));
    }
    this.block(node, state);
  }

  head(node, state, level) {
    this.close();
    this.heading = level;
    this.block(node, state);
    this.heading = 0;
  }

  quote(node, state) {
    if (this.place.kind !== "text") return this.block(node, state);
    const element = this.make("blockquote");
    this.within({ element, kind: "quote" }, () => this.inside(node, state));
    if (element.hasChildNodes()) this.put(element);
  }

  // An item of a list that says its level itself.
  item({ level, ordered, number = 0 }, fill) {
    this.close();
    const { lists, element: root } = this.place;
    while (lists.length && lists.at(-1).level > level) lists.pop();
    const same = lists.at(-1)?.level === level ? lists.at(-1) : null;
    if (same && (same.ordered !== ordered || (number && number <= same.number))) lists.pop();
    if (lists.at(-1)?.level !== level) {
      const list = this.make(ordered ? "ol" : "ul");
      if (number > 1) list.start = number;
      (lists.at(-1)?.list.lastElementChild ?? root).append(list);
      lists.push({ level, ordered, list });
    }
    lists.at(-1).number = number;
    const element = this.make("li");
    lists.at(-1).list.append(element);
    this.within({ element, kind: "item" }, fill);
    if (!element.hasChildNodes()) element.remove();
    if (!lists.at(-1).list.hasChildNodes()) lists.pop().list.remove();
  }

  list(node, state) {
    this.close();
    const ordered = node.localName === "ol";
    const list = this.make(node.localName);
    if (node.start > 1) list.start = node.start;
    for (const child of [...node.childNodes]) {
      const element = child.nodeType === Node.ELEMENT_NODE;
      if (!element && !child.data?.trim()) continue;
      const level = element && Number(child.dataset.ariaLevel);
      if (level) {
        // Word in a browser: every item is in a list of its own.
        const number = ordered ? Number(child.dataset.ariaPosinset) || 0 : 0;
        this.item({ level, ordered, number }, () => this.visitItem(child, state));
        continue;
      }
      // A list or words directly in a list are of the item before it.
      const isItem = child.localName === "li";
      const item = (!isItem && list.lastElementChild) || list.appendChild(this.make("li"));
      this.within({ element: item, kind: "item" }, () =>
        isItem ? this.visitItem(child, state) : this.visit(child, state),
      );
      if (!item.hasChildNodes()) item.remove();
    }
    if (list.hasChildNodes()) this.put(list);
  }

  visitItem(item, state) {
    this.inside(item, this.state(item, styles(item), state));
  }

  // Tables

  table(node, state) {
    const rows = [...node.rows];
    const titles = [...node.children].filter(({ localName }) => localName === "caption");
    const heads = rows.some((row) => row.querySelector("th"));
    const wide = Math.max(0, ...rows.map((row) => row.cells.length));
    const layout =
      ["presentation", "none"].includes(node.getAttribute("role")) ||
      node.querySelector("table") ||
      (!heads && (wide < 2 || rows.length < 2));
    if (this.place.kind !== "text" && !layout) {
      this.notes.add("Een tabel kan niet in een lijst of citaat en werd gewone tekst.");
    }
    if (layout || this.place.kind !== "text") {
      const parts = [...titles, ...rows.flatMap((row) => [...row.cells])];
      for (const part of parts) this.block(part, this.state(part, styles(part), state));
      return;
    }
    this.close();
    let grid = this.grid(rows, state).filter((row) => row.some((cell) => cell.textContent));
    const used = (at) => grid.some((row) => row[at].textContent);
    grid = grid.map((row) => row.filter((_cell, at) => used(at)));
    if (!grid.length) return;
    if (!heads) grid = this.headed(grid, rows[0].closest("thead"));
    const title = titles.map((caption) => caption.textContent.replace(/\s+/g, " ").trim()).join(" ");
    const table = this.make("table", ...grid.map((row) => this.make("tr", ...row)));
    if (title) table.prepend(this.make("caption", title));
    this.put(table);
  }

  // Rows of as many cells: a cell of several becomes one with its words and empty ones.
  grid(rows, state) {
    const grid = rows.map(() => []);
    rows.forEach((row, y) => {
      for (const cell of row.cells) {
        let x = 0;
        while (grid[y][x]) x += 1;
        const high = Math.min(cell.rowSpan || rows.length, rows.length - y);
        if (cell.colSpan > 1 || high > 1) this.notes.add("Samengevoegde cellen zijn gesplitst.");
        for (let down = 0; down < high; down += 1) {
          for (let right = 0; right < Math.min(cell.colSpan, 50); right += 1) {
            grid[y + down][x + right] ??= this.make(cell.localName);
          }
        }
        const place = { element: grid[y][x], kind: "cell" };
        this.within(place, () => this.inside(cell, this.state(cell, styles(cell), state)));
        if (cell.localName === "th") unwrap(grid[y][x], "strong");
      }
    });
    const wide = Math.max(...grid.map((row) => row.length));
    return grid.map((row) => Array.from({ length: wide }, (_, x) => row[x] ?? this.make("td")));
  }

  // Word knows no headings of a table: a first row that is bold, or comes back on each page.
  headed([first, ...rest], isHead) {
    const bold = first.filter((cell) => cell.textContent);
    if (!isHead && !bold.every((cell) => strip(cell) === [...cell.querySelectorAll("strong")].map(strip).join(""))) {
      this.notes.add("Een tabel heeft nog geen koppen: zet de cursor erin en kies Koprij.");
      return [first, ...rest];
    }
    const heads = first.map((cell) => this.make("th", ...cell.childNodes));
    for (const cell of heads) unwrap(cell, "strong");
    return [heads, ...rest];
  }

  // The highest heading that was pasted is a Kop, what is below it a Subkop.
  level() {
    const highest = Math.min(...this.headings.map(([, level]) => level));
    let begun = false;
    for (const [block, level] of this.headings) {
      begun ||= level === highest;
      if (begun && level > highest) block.replaceWith(this.make("h4", ...block.childNodes));
    }
  }
}

const strip = (element) => element.textContent.replace(/\s+/g, "");

function unwrap(element, tag) {
  for (const inner of element.querySelectorAll(tag)) inner.replaceWith(...inner.childNodes);
}

// What was left out, in a sentence

function summary({ left, names, notes }) {
  const parts = Object.entries(LEFT_OUT).flatMap(([kind, [one, more]]) => {
    const number = left.get(kind);
    if (!number) return [];
    const named = (names.get(kind) ?? []).slice(0, 3).map((name) => `“${name.slice(0, 40)}”`);
    return [`${number} ${number === 1 ? one : more}${named.length ? ` (${named.join(", ")})` : ""}`];
  });
  const said = parts.length ? [`Weggelaten: ${parts.join(", ")}.`] : [];
  if (left.has("img")) said.push("Voeg afbeeldingen toe met de knop Afbeelding.");
  return [...said, ...notes].join(" ");
}

// The two ways in

export function convert(html) {
  const fragment = html
    .replace(/\s+(?=<!--StartFragment-->)/, "")
    .replace(/(<!--EndFragment-->)[\s\0]+/, "$1");
  const source = new DOMParser().parseFromString(fragment, "text/html");
  const done = new Conversion(source).run();
  const says = summary(done);
  // It is right already, and says how it fits.
  return { html: done.slice && !says ? html : done.out.body.innerHTML, says };
}

export function convertText(text) {
  const page = document.implementation.createHTMLDocument("");
  for (const line of text.split(/(?:\r\n?|\n)+/)) {
    const paragraph = page.createElement("p");
    paragraph.textContent = line;
    page.body.append(paragraph);
  }
  return convert(page.body.innerHTML);
}

// Of files that are pasted or dropped.
export function saysOfFiles(files) {
  const left = new Map();
  for (const { type } of files) {
    const kind = type.startsWith("image/") ? "img" : "bestand";
    left.set(kind, (left.get(kind) ?? 0) + 1);
  }
  return summary({ left, names: new Map(), notes: [] });
}
