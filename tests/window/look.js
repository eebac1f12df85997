// Run in the page of the real window. `look.breaks()` says in sentences what is laid out wrong; `look.outline()` gives the coarse boxes
// of what a person finds their way by; `look.scheme(name)` paints the page light or dark, and as the system wants it when given nothing.
window.look ??= (() => {
  const CONTROL = "button, a[href], input, select, textarea, summary, [role=tab], [role=menuitem], [role=switch], [role=checkbox]";
  const FIELD = "input:not([type=checkbox], [type=radio]), select, textarea";
  const SMALLEST_CONTROL = 24;
  const SMALLEST_TEXT = 11;
  // An address or a digest may be broken to fit, a plain word stays whole.
  const MOST_LINES_OF_A_WORD = 3;
  const LEAST_LETTERS_OF_A_LINE = 8;
  const PLAIN = /^\p{L}{2,18}[.,;:?!]?$/u;
  // Lines of text may touch: a letter's box is higher than the letter.
  const TOUCH = 0.3;

  const all = (within, what) => [...within.querySelectorAll(what)];
  const style = (it) => getComputedStyle(it);
  const seen = (it) => it.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const heardOnly = (it) => it.closest(".heard, .skip:not(:focus)") || (it.closest("thead") && style(it.closest("thead")).clipPath !== "none");
  const words = (it) => (it.textContent ?? "").replace(/\s+/g, " ").trim();
  const short = (it) => (it.length > 60 ? `${it.slice(0, 60)} …` : it);
  // Behind an open dialog lies a page that nobody can use until it is closed.
  const page = () => all(document, "[role=dialog], [role=alertdialog]").filter(seen).pop() ?? document.body;

  /** The part of a box that the frames around it let be seen. The page itself is a frame that everything can be scrolled into. */
  const shown = (box, from) => {
    let { left, top, right, bottom } = box;
    for (let frame = from; frame && frame !== document.body; frame = frame.parentElement) {
      if (frame.matches("main, nav")) continue;
      const how = style(frame);
      if (how.overflowX === "visible" && how.overflowY === "visible") continue;
      const edge = frame.getBoundingClientRect();
      [left, right, top, bottom] = [Math.max(left, edge.left), Math.min(right, edge.right), Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
    }
    return right - left > 1 && bottom - top > 1 ? { left, top, right, bottom } : undefined;
  };
  const lies = (it, how) => {
    for (let at = it; at; at = at.parentElement) if (style(at).position === how) return at;
    return null;
  };

  /** Every piece of text that is painted, line by line. */
  const texts = (within) => {
    const found = [];
    const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const owner = node.parentElement;
      if (!node.data.trim() || !owner || owner.closest("script, style, title, select, option, textarea") || !seen(owner) || heardOnly(owner)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((it) => it.width > 0.5 && it.height > 0.5);
      if (boxes.length) found.push({ node, owner, boxes, says: short(node.data.trim()) });
    }
    return found;
  };

  const overlap = (one, other) => {
    const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    return wide > 2 && high > 2 && high > TOUCH * Math.min(one.bottom - one.top, other.bottom - other.top);
  };

  /** Two things; where only one of them lies in the page that scrolls in its frame, that one as far as the frame shows it. */
  const beside = (one, other) => {
    const room = one.it.closest("main") ?? other.it.closest("main");
    if (!room || one.it.closest("main") === other.it.closest("main") || style(room).overflowY === "visible") return [one, other];
    const edge = room.getBoundingClientRect();
    return [one, other].map((it) => (room.contains(it.it) ? { ...it, top: Math.max(it.top, edge.top), bottom: Math.min(it.bottom, edge.bottom) } : it));
  };

  const overlapping = (within, written) => {
    const things = [];
    for (const { owner, boxes, says } of written) {
      for (const box of boxes) {
        const part = shown(box, owner);
        if (part) things.push({ it: owner, text: true, says: `“${says}”`, ...part });
      }
    }
    for (const it of all(within, CONTROL)) {
      if (!seen(it) || heardOnly(it)) continue;
      const part = shown(it.getBoundingClientRect(), it.parentElement);
      if (part) things.push({ it, text: false, says: named(it), ...part });
    }
    things.sort((one, other) => one.top - other.top);
    const said = new Set();
    for (let i = 0; i < things.length; i++) {
      for (let j = i + 1; j < things.length && things[j].top < things[i].bottom; j++) {
        const [one, other] = beside(things[i], things[j]);
        if (one.it === other.it && one.text && other.text) continue;
        if (!overlap(one, other)) continue;
        // A control holds its own words, and so does the label around a field.
        if (one.it.contains(other.it) || other.it.contains(one.it)) { if (!(one.text && other.text)) continue; }
        // What stays in sight while the page moves under it lies over the page.
        if (lies(one.it, "sticky") !== lies(other.it, "sticky") || lies(one.it, "fixed") !== lies(other.it, "fixed")) continue;
        said.add(`${one.says} and ${other.says} lie over each other`);
      }
    }
    return [...said];
  };

  const clipped = (written) => {
    const said = new Set();
    for (const { owner } of written) {
      for (let it = owner; it && it !== document.body; it = it.parentElement) {
        const how = style(it);
        const hides = (side) => how[side] === "hidden" || how[side] === "clip";
        const dotted = how.textOverflow === "ellipsis" && (it.title || it.closest("[title]") || it.querySelector("[title]"));
        if (hides("overflowX") && it.scrollWidth > it.clientWidth + 1 && !dotted) said.add(`“${short(words(it))}” is cut off at its side`);
        if (hides("overflowY") && it.scrollHeight > it.clientHeight + 1) said.add(`“${short(words(it))}” is cut off below`);
      }
    }
    return [...said];
  };

  /** What a person hits: the control, or the label around it. */
  const target = (it) => (it.matches("[type=checkbox], [type=radio]") ? (it.closest("label") ?? document.querySelector(`label[for="${it.id}"]`) ?? it) : it);
  const inline = (it) => style(it).display.startsWith("inline") && words(it.parentElement) !== words(it) && it.matches("a, .link");
  const controls = (within) => {
    const said = [];
    for (const it of all(within, CONTROL)) {
      if (!seen(it) || heardOnly(it) || it.closest("svg")) continue;
      const box = target(it).getBoundingClientRect();
      if (!shown(box, it.parentElement)) continue;
      const scrolls = (at) => at && at !== document.body && (["auto", "scroll"].includes(style(at).overflowX) && at.scrollWidth > at.clientWidth && !at.matches("main") ? true : scrolls(at.parentElement));
      if ((box.right > innerWidth + 0.5 || box.left < -0.5) && !scrolls(it.parentElement)) said.push(`${named(it)} lies outside the window`);
      const small = box.width < SMALLEST_CONTROL - 0.5 || box.height < SMALLEST_CONTROL - 0.5;
      if (small && !inline(it)) said.push(`${named(it)} is only ${Math.round(box.width)} by ${Math.round(box.height)}`);
    }
    return said;
  };

  const lettering = (written) => {
    const said = [];
    for (const { node, owner, boxes, says } of written) {
      const drawn = owner.closest("svg") ? owner.getScreenCTM().a : 1;
      const size = parseFloat(style(owner).fontSize) * drawn;
      if (size < SMALLEST_TEXT - 0.1) said.push(`“${says}” is only ${size.toFixed(1)} px high`);
      if (boxes.length === 1) continue;
      for (const word of node.data.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].filter((it) => it.width > 0.5).map((it) => Math.round(it.top)));
        const letters = [...word[0]].length;
        const torn = PLAIN.test(word[0]) ? lines.size > 1 : lines.size > MOST_LINES_OF_A_WORD && letters < LEAST_LETTERS_OF_A_LINE * lines.size;
        if (torn) said.push(`“${short(word[0])}” is broken over ${lines.size} lines`);
      }
    }
    return said;
  };

  const wider = () => {
    const wide = [document.documentElement, document.querySelector("main")].find((it) => it && it.scrollWidth > it.clientWidth);
    if (!wide) return [];
    const edge = wide.getBoundingClientRect().left + wide.clientLeft + wide.clientWidth;
    const over = all(wide, "*").filter((it) => it.getBoundingClientRect().right > edge + 0.5);
    return [`the page is wider than the window by ${wide.scrollWidth - wide.clientWidth}: ${over.slice(0, 5).map((it) => `${it.tagName} “${short(words(it))}”`).join(", ")}`];
  };

  /** A picture may be larger than its frame; words that have to be scrolled sideways are read by nobody. */
  const sideways = (within) =>
    all(within, "*")
      .filter((it) => ["auto", "scroll"].includes(style(it).overflowX) && it.scrollWidth > it.clientWidth + 1)
      .filter((it) => seen(it) && !it.matches("main, input, textarea") && !it.querySelector("svg"))
      .map((it) => `“${short(it.ariaLabel || words(it))}” has to be scrolled sideways`);

  const breaks = () => {
    const within = page();
    const written = texts(within);
    return [...wider(), ...overlapping(within, written), ...clipped(written), ...controls(within), ...lettering(written), ...sideways(within)];
  };

  // -- what a person finds their way by

  const MONTHS = /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December|Mon|Tue|Wed|Thu|Fri|Sat|Sun|ene|feb|mar|abr|jun|jul|ago|sept|oct|nov|dic|lun|mié|jue|vie|sáb|dom)\b[.,]?/g;
  /** Words without what differs from day to day and from run to run. */
  const lasting = (text) => text.replace(MONTHS, "#").replace(/\S*\d\S*/g, "#").replace(/#(?: #)+/g, "#").replace(/\s+/g, " ").trim();
  const told = (it) => {
    const copy = it.cloneNode(true);
    for (const rest of all(copy, "select, textarea, .said")) rest.remove();
    for (const day of all(copy, "time")) day.replaceWith("0");
    return words(copy);
  };
  const name = (it) => {
    const by = (it.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)).filter(Boolean);
    const label = it.getAttribute("aria-label") || by.map(told).join(" ") || [...(it.labels ?? [])].map((one) => {
      const copy = one.cloneNode(true);
      for (const rest of all(copy, "small, .hint, .quiet, select, textarea")) rest.remove();
      return words(copy);
    }).join(" ");
    if (label) return label;
    if (it.matches("table")) return it.caption ? told(it.caption) : all(it, "thead th").map(told).join(", ");
    return it.matches("nav, main, header, aside, section, form, [role=dialog]") ? "" : told(it);
  };
  const KINDS = [["dialog", "[role=dialog], [role=alertdialog]"], ["problem", "[role=alert]"], ["header", "body header"], ["nav", "nav"], ["main", "main"], ["aside", "aside"], ["section", "section[aria-label], section[aria-labelledby]"], ["heading", "h1, h2, h3, h4"], ["table", "table"], ["field", FIELD], ["choice", "[type=checkbox], [type=radio]"], ["tab", "[role=tab]"], ["entry", "[role=menuitem]"], ["fold", "summary"], ["button", "button, a[href]"]];
  const kind = (it) => KINDS.find(([, what]) => it.matches(what))?.[0];
  function named(it) {
    return `the ${kind(it) ?? "control"} “${short(name(it))}”`;
  }

  /** The nearest box whose width comes from the page and not from the words in it, which every machine sets in other letters. */
  const frame = (it) => {
    const WHOLE = ["block", "flex", "grid", "table", "list-item", "flow-root"];
    const around = (at) => (at.parentElement && style(at.parentElement).display === "contents" ? around(at.parentElement) : at.parentElement);
    for (let at = it.matches("button, a") ? around(it) : it; at && at !== document.body; at = around(at)) {
      const table = at.parentElement.closest("table");
      if (table && style(table).display === "table") at = table;
      const how = style(around(at));
      const inRow = how.display.includes("flex") && !how.flexDirection.startsWith("column");
      if (!inRow && WHOLE.includes(style(at).display)) return at.getBoundingClientRect();
    }
    return document.body.getBoundingClientRect();
  };

  const TOLD_OF_A_LIST = 3;
  /** Of a list or a table the first rows say how each is laid out; how many there are is no matter of layout. */
  const repeated = (it) => {
    const row = it.parentElement.closest("li, tbody tr");
    return row && !row.closest("nav") && ([...row.parentElement.children].indexOf(row) >= TOLD_OF_A_LIST || repeated(row));
  };

  const outline = () => {
    const within = page();
    const lines = [];
    let above;
    for (const it of [within, ...all(within, KINDS.map(([, what]) => what).join(", "))]) {
      const what = kind(it);
      if (!what || !seen(it) || heardOnly(it) || it.closest("svg") || repeated(it)) continue;
      const box = it.getBoundingClientRect();
      if (!shown(box, it.parentElement)) continue;
      const column = frame(it);
      const percent = (n) => Math.round((100 * n) / innerWidth);
      let where = "";
      if (!["button", "tab", "choice"].includes(what) && above && !above.it.contains(it)) {
        const both = Math.min(box.bottom, above.box.bottom) - Math.max(box.top, above.box.top);
        where = both > 0.5 * Math.min(box.height, above.box.height) ? "beside" : box.top >= above.box.top ? "below" : "above";
      }
      if (!["button", "tab", "choice"].includes(what)) above = { it, box };
      const deep = it.matches("h1, h2, h3, h4") ? `${what} ${it.tagName[1]}` : what;
      const line = [`${deep} “${lasting(name(it)).slice(0, 60)}”`, percent(column.left), percent(column.width), where].join("\t").trimEnd();
      lines.push(line);
    }
    return lines;
  };

  // -- light and dark

  const asked = [];
  const scheme = (wanted) => {
    if (!asked.length) {
      for (const sheet of document.styleSheets) {
        for (const rule of sheet.cssRules) {
          if (rule.media?.mediaText.includes("prefers-color-scheme")) asked.push([rule, rule.media.mediaText]);
        }
      }
    }
    for (const [rule, media] of asked) rule.media.mediaText = !wanted ? media : media.includes(wanted) ? "all" : "not all";
    document.documentElement.style.colorScheme = wanted ?? "";
    return asked.length;
  };

  return { breaks, outline, scheme };
})();
