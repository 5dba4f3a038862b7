"use strict";
// The page of a report. Documents and counts stand in it as JSON; everything that is shown is made of them as
// text, never as HTML.
(() => {
  const pageLength = 10;
  const firstRelations = 14;
  const qualifiers = ["time", "place", "recipient", "source", "org"];
  const labels = {
    ORG: "Organisation", PER: "Person", LOC: "Place", TITLE: "Post or title", WORK: "Work", EVENT: "Event",
  };
  // Above the text, where a role may be two characters wide.
  const marks = { subject: "subj", relation: "rel", object: "obj", recipient: "to" };
  const find = (id) => document.getElementById(id);
  const number = (value) => value.toLocaleString("en");
  const plural = (count, one, many = one + "s") => `${number(count)} ${count === 1 ? one : many}`;

  // An element with a class and children, which are elements or texts.
  function make(name, className, ...children) {
    const element = document.createElement(name);
    if (className) element.className = className;
    for (const child of children) if (child !== null && child !== undefined) element.append(child);
    return element;
  }

  // MARK: Data

  // The index in JavaScript's string of each position in the unit of the record.
  function positions(text, unit) {
    if (unit === "utf16") return (position) => position;
    const starts = [];
    let index = 0;
    for (const character of text) {
      const code = character.codePointAt(0);
      const width = unit === "scalar" ? 1 : code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      for (let i = 0; i < width; i++) starts.push(index);
      index += character.length;
    }
    return (position) => (position < starts.length ? starts[position] : index);
  }

  function read(element, index) {
    const { text, record } = JSON.parse(element.textContent);
    element.remove();
    const at = positions(text, record.offsets);
    const place = (item) => ({ ...item, from: at(item.start), to: at(item.end) });
    const entities = new Map(record.entities.map((entity) => [entity.id, entity]));
    const spans = [
      ...record.mentions.map((item) => ({ ...place(item), kind: "name", about: entities.get(item.entity) })),
      ...record.times.map((item) => ({ ...place(item), kind: "time" })),
      ...record.quantities.map((item) => ({ ...place(item), kind: "quantity", measured: item.kind })),
    ].sort((a, b) => a.from - b.from);
    const facts = record.triples.map((fact) => {
      const roles = ["subject", "relation", "object", ...qualifiers]
        .filter((name) => fact[name])
        .map((name) => {
          const slot = fact[name];
          return { name, slot, ...(slot.start === undefined ? {} : { from: at(slot.start), to: at(slot.end) }) };
        });
      const from = at(fact.sentence.start);
      return {
        ...fact, roles, from,
        relationName: fact.relation.type || fact.relation.text,
        types: new Set(roles.map(({ slot }) => slot.entity && entities.get(slot.entity).type).filter(Boolean)),
        words: (roles.map(({ slot }) => slot.text + " " + (slot.value || "")).join(" ")
          + " " + text.slice(from, at(fact.sentence.end))).toLowerCase(),
      };
    });
    const words = [record.id, record.title || "", record.origin, text].join("\n").toLowerCase();
    return { index, text, record, spans, facts, words, types: new Set(record.mentions.map((item) => item.type)),
      repairs: record.repairs.map(place) };
  }

  const counts = JSON.parse(find("counts").textContent);
  const documents = [...document.querySelectorAll("script.document")].map(read);

  // MARK: State

  const chosen = { type: new Set(), relation: new Set(), status: new Set() };
  let query = "";
  let page = 0;
  let selected = null;  // { item, fact, button }
  let matching = [];

  function passes(item, fact) {
    if (chosen.relation.size && !chosen.relation.has(fact.relationName)) return false;
    if (chosen.status.size && !chosen.status.has(fact.status)) return false;
    if (chosen.type.size && ![...chosen.type].some((type) => fact.types.has(type))) return false;
    return !query || fact.words.includes(query);
  }

  // The documents with what is left of their facts; one without any stays where only its text was asked for.
  function filter() {
    const asksForFacts = chosen.relation.size + chosen.status.size > 0;
    matching = [];
    for (const item of documents) {
      const facts = item.facts.filter((fact) => passes(item, fact));
      const isNamed = [...chosen.type].every((type) => item.types.has(type));
      const holds = asksForFacts ? false : isNamed && (!query || item.words.includes(query));
      if (facts.length || holds) matching.push({ item, facts });
    }
  }

  const isFiltered = () => query !== "" || Object.values(chosen).some((set) => set.size > 0);

  // MARK: Counts and filters

  function showTotals() {
    const total = Object.fromEntries(counts.total.map(({ name, count }) => [name, count]));
    const tiles = [
      ["Documents", counts.documents], ["Facts", total.facts, "main"], ["Things", total.entities],
      ["Mentions", total.mentions], ["Times", total.times], ["Quantities", total.quantities],
    ];
    find("totals").append(...tiles.map(([name, count, className]) =>
      make("div", className, make("span", "number", number(count || 0)), make("span", "what", name))));
  }

  function showFacets() {
    const list = find("facet-list");
    const facet = (title, key, items, name) => {
      if (!items.length) return;
      const box = make("section", "facet");
      const note = key === "relation" && counts.relations > firstRelations ? make("small", "", number(counts.relations)) : null;
      box.append(make("h2", "", title, note));
      const most = Math.max(...items.map(({ count }) => count));
      const buttons = items.map((item) => {
        const button = make("button", "choice " + (key === "type" ? item.name : ""),
          make("span", "", name(item.name)), make("span", "count", number(item.count)));
        button.type = "button";
        button.title = item.name;
        button.style.setProperty("--share", (100 * item.count / most).toFixed(1) + "%");
        button.setAttribute("aria-pressed", "false");
        button.addEventListener("click", () => {
          const set = chosen[key];
          if (!set.delete(item.name)) set.add(item.name);
          button.setAttribute("aria-pressed", set.has(item.name));
          update();
        });
        return button;
      });
      if (key === "relation" && items.length > firstRelations) {
        const input = make("input");
        input.type = "search";
        input.placeholder = "Find a relation";
        input.setAttribute("aria-label", "Find a relation");
        const more = make("button", "more");
        more.type = "button";
        let all = false;
        const show = () => {
          const wanted = input.value.trim().toLowerCase();
          buttons.forEach((button, index) => {
            const isPressed = button.getAttribute("aria-pressed") === "true";
            button.hidden = !isPressed
              && (wanted ? !items[index].name.toLowerCase().includes(wanted) : !all && index >= firstRelations);
          });
          more.hidden = wanted !== "";
          more.textContent = all ? "Show fewer" : items.length === counts.relations
            ? `Show all ${number(items.length)}` : `Show ${items.length} of ${number(counts.relations)}`;
        };
        input.addEventListener("input", show);
        more.addEventListener("click", () => { all = !all; show(); });
        show();
        box.append(input, ...buttons, more);
      } else {
        box.append(...buttons);
      }
      list.append(box);
    };
    facet("Names", "type", counts.type, (name) => labels[name] || name);
    if (counts.documents) {
      list.append(make("p", "legend facet", make("span", "time", "time"), make("span", "quantity", "quantity"),
        make("span", "fact", make("span", "carry", "carried over"))));
    }
    facet("Status", "status", counts.status, (name) => name);
    facet("Relations", "relation", counts.relation, (name) => name);
    if (matchMedia("(max-width: 1100px)").matches) find("facets").open = false;
  }

  // MARK: Text

  // The characters of a paragraph as pieces, each with all that covers it: names, roles of the chosen fact, hits.
  function showText(paragraph, view) {
    const { item, from, to } = view;
    const { text } = item;
    const roles = selected && selected.item === item
      ? selected.fact.roles.filter((role) => role.from !== undefined && role.from < to && role.to > from) : [];
    const spans = item.spans.filter((span) => span.from < to && span.to > from);
    const repairs = item.repairs.filter((span) => span.from < to && span.to > from);
    const hits = [];
    if (query) {
      const lower = text.slice(from, to).toLowerCase();
      // A few letters change their length in lower case; then no hit is marked.
      if (lower.length === to - from) {
        for (let at = lower.indexOf(query); at >= 0; at = lower.indexOf(query, at + query.length)) {
          hits.push({ from: from + at, to: from + at + query.length });
        }
      }
    }
    const borders = new Set([from, to]);
    for (const span of [...roles, ...spans, ...repairs, ...hits]) {
      borders.add(Math.max(from, span.from));
      borders.add(Math.min(to, span.to));
    }
    const sorted = [...borders].sort((a, b) => a - b);
    const pieces = [];
    for (let index = 0; index + 1 < sorted.length; index++) {
      const [start, end] = [sorted[index], sorted[index + 1]];
      const covers = (span) => span.from <= start && span.to >= end;
      const span = spans.find(covers);
      const role = roles.filter(covers).sort((a, b) => (a.to - a.from) - (b.to - b.from))[0];
      const repair = repairs.find(covers);
      const classes = [];
      if (span) {
        classes.push(span.kind, span.kind === "name" ? span.type : "");
        if (start === span.from) classes.push("first");
        if (end === span.to) classes.push("last");
      }
      if (role) {
        classes.push("role", ["subject", "relation", "object"].includes(role.name) ? role.name : "qualifier");
        if (role.slot.carried) classes.push("carried");
      }
      if (repair) classes.push("repair");
      if (hits.some(covers)) classes.push("hit");
      if (!classes.length) {
        pieces.push(text.slice(start, end));
        continue;
      }
      const piece = make("span", classes.filter(Boolean).join(" "), text.slice(start, end));
      if (role && role.from === start) {
        piece.dataset.role = (role.slot.carried ? "↑" : "") + (marks[role.name] || role.name);
      }
      if (span || repair) {
        if (span && start === span.from) piece.tabIndex = -1;
        piece.about = () => aboutSpan(span, repair);
      }
      pieces.push(piece);
    }
    paragraph.replaceChildren(...pieces);
    const first = paragraph.querySelector("[tabindex]");
    if (first) first.tabIndex = 0;
  }

  function aboutSpan(span, repair) {
    const lines = [];
    if (span && span.kind === "name") {
      const subtype = span.subtype ? ` · ${span.subtype}` : "";
      lines.push(make("div", "", make("b", "", span.about.name), ` ${labels[span.type] || span.type}${subtype}`));
      const others = [...new Set(span.about.aliases)].filter((alias) => alias !== span.about.name);
      if (others.length) lines.push(make("div", "", "also " + others.join(", ")));
      if (span.about.completed) lines.push(make("div", "", "completed with " + span.about.completed));
      lines.push(make("code", "", span.rule));
    } else if (span && span.kind === "time") {
      const mod = span.mod ? ` · ${span.mod}` : "";
      lines.push(make("div", "", make("b", "", span.value || "no value"), ` time${mod}`));
    } else if (span) {
      const value = [span.mod === "=" ? "" : span.mod, span.value || "no value", span.unit || span.measure || ""];
      lines.push(make("div", "", make("b", "", value.filter(Boolean).join(" ")), ` ${span.measured}`));
      if (span.of) lines.push(make("div", "", "of " + span.of));
      if (span.rule) lines.push(make("code", "", span.rule));
    }
    if (repair) lines.push(make("div", "", `read as ${repair.read} · ${repair.kind}`));
    return lines;
  }

  // MARK: Facts

  function slotText(role) {
    if (!role) return make("span", "none", "–");
    return make("span", role.slot.carried ? "carry" : "", role.slot.text);
  }

  function showFact(item, fact, views) {
    const role = (name) => fact.roles.find((each) => each.name === name);
    const say = make("span", "say", slotText(role("subject")), " ", make("span", "rel", fact.relation.text), " ",
      slotText(role("object")));
    if (fact.status !== "asserted") say.append(make("span", "status " + fact.status, fact.status));
    const rest = fact.roles.filter(({ name }) => qualifiers.includes(name));
    const more = rest.map(({ name, slot }) => {
      const value = slot.value ? ` = ${slot.value}` : "";
      return make("span", "", make("b", "", name + " "), make("span", slot.carried ? "carry" : "", slot.text), value);
    });
    const button = make("button", "fact", say, more.length ? make("span", "more-roles", ...more) : null,
      make("span", "rule", fact.rule));
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    button.about = () => {
      const lines = [make("div", "", make("b", "", fact.relationName), ` · ${fact.status} · ${fact.id}`
        + (fact.group ? ` · with ${fact.group}` : ""))];
      const carried = fact.roles.filter(({ slot }) => slot.carried).map(({ name }) => name);
      if (carried.length) lines.push(make("div", "", carried.join(", ") + " carried over from an earlier place"));
      lines.push(make("code", "", fact.rule));
      return lines;
    };
    button.addEventListener("click", () => select({ item, fact, button, views }));
    return button;
  }

  function select(next) {
    const old = selected;
    selected = next && old && old.fact === next.fact ? null : next;
    for (const each of [old, selected]) {
      if (!each) continue;
      each.button.setAttribute("aria-pressed", each === selected);
      for (const view of each.views) {
        view.paragraph.classList.toggle("chosen", each === selected);
        showText(view.paragraph, view);
      }
    }
    if (!selected) return;
    // What lies outside of the window is brought into it, if it is not far from the fact.
    const marked = selected.views.flatMap((view) => [...view.paragraph.querySelectorAll(".role.relation")])[0];
    if (marked) marked.scrollIntoView({ block: "nearest" });
  }

  // MARK: Documents

  function showDocument({ item, facts }) {
    const { record, text } = item;
    const article = make("article", "doc");
    article.id = `d${item.index + 1}`;
    const title = make("h2", "", record.title || record.id);
    if (record.title) title.lang = "zh";
    const about = make("div", "about");
    if (record.title) about.append(make("span", "", record.id));
    if (record.date) about.append(make("span", "", record.date));
    about.append(make("span", "", record.origin));
    about.append(make("span", "", facts.length === item.facts.length ? plural(facts.length, "fact")
      : `${number(facts.length)} of ${plural(item.facts.length, "fact")}`));
    article.append(make("header", "", title, about));

    // A row a paragraph, its facts beside it.
    const views = [];
    let rest = facts;
    for (let from = 0; from <= text.length;) {
      const line = text.indexOf("\n", from);
      const to = line < 0 ? text.length : line;
      const next = line < 0 ? Infinity : line + 1;
      const own = rest.filter((fact) => fact.from < next);
      rest = rest.filter((fact) => fact.from >= next);
      if (own.length || text.slice(from, to).trim()) {
        const paragraph = make("p");
        paragraph.lang = "zh";
        const view = { item, from, to, paragraph };
        views.push(view);
        const row = make("div", own.length ? "row" : "row quiet", make("div", "text", paragraph));
        if (own.length) {
          const side = make("ul", "side");
          side.lang = "zh";
          side.setAttribute("aria-label", "Facts");
          side.append(...own.map((fact) => make("li", "", showFact(item, fact, views))));
          row.append(side);
        }
        article.append(row);
        showText(paragraph, view);
      }
      if (line < 0) break;
      from = line + 1;
    }
    if (!views.length) article.append(make("p", "text none", "The document is empty."));

    const below = make("div", "below");
    const fold = (name, list) => below.append(make("details", "", make("summary", "", name), list));
    if (record.entities.length) {
      fold(plural(record.entities.length, "thing"), make("ul", "things", ...record.entities.map((entity) => {
        const aliases = entity.aliases.length ? make("small", "", ` = ${entity.aliases.join(", ")}`) : null;
        const times = entity.mentions.length > 1 ? make("small", "", ` × ${entity.mentions.length}`) : null;
        const thing = make("li", entity.type, entity.name, aliases, times);
        thing.lang = "zh";
        return thing;
      })));
    }
    if (record.repairs.length) {
      fold(plural(record.repairs.length, "repair"), make("ul", "remarks", ...item.repairs.map((repair) =>
        make("li", "", make("code", "", repair.kind), ` ${text.slice(repair.from, repair.to)} read as ${repair.read}`))));
    }
    if (record.diagnostics.length) {
      fold(plural(record.diagnostics.length, "remark"), make("ul", "remarks", ...record.diagnostics.map((remark) => {
        const candidates = remark.candidates ? `: ${remark.candidates.join(", ")}` : "";
        return make("li", "", make("code", "", remark.kind), ` ${remark.message}${candidates}`);
      })));
    }
    if (below.childElementCount) article.append(below);
    return article;
  }

  function showPage() {
    selected = null;
    hideTip();
    const pages = Math.max(1, Math.ceil(matching.length / pageLength));
    page = Math.min(Math.max(page, 0), pages - 1);
    const shown = matching.slice(page * pageLength, (page + 1) * pageLength);
    find("documents").replaceChildren(...(shown.length ? shown.map(showDocument)
      : [make("p", "empty", counts.documents ? "No document and no fact fits these filters." : "The run had no documents.")]));
    for (const pager of document.querySelectorAll(".pager")) {
      const step = (name, by) => {
        const button = make("button", "plain", name);
        button.type = "button";
        button.disabled = page + by < 0 || page + by >= pages;
        button.addEventListener("click", () => {
          page += by;
          showPage();
          scrollTo(0, 0);
          find("documents").focus({ preventScroll: true });
        });
        return button;
      };
      pager.replaceChildren(...(pages < 2 ? [] : [step("Previous", -1), `${page + 1} of ${pages}`, step("Next", 1)]));
    }
  }

  function update() {
    page = 0;
    filter();
    const facts = matching.reduce((sum, { facts }) => sum + facts.length, 0);
    const held = counts.shown < counts.documents
      ? ` This page holds the first ${number(counts.shown)} of ${number(counts.documents)} documents; the counts are of all.` : "";
    find("state").textContent = (isFiltered()
      ? `${plural(facts, "fact")} in ${plural(matching.length, "document")}.` : `${plural(matching.length, "document")}.`) + held;
    find("clear").hidden = !isFiltered();
    showPage();
  }

  function clear() {
    query = find("query").value = "";
    for (const set of Object.values(chosen)) set.clear();
    for (const button of document.querySelectorAll(".choice")) button.setAttribute("aria-pressed", "false");
    update();
  }

  // MARK: What is said about what one points at

  const tip = find("tip");
  let tipOwner = null;

  function hideTip() {
    tip.hidden = true;
    if (tipOwner) tipOwner.removeAttribute("aria-describedby");
    tipOwner = null;
  }

  function showTip(element) {
    if (element === tipOwner) return;
    hideTip();
    tipOwner = element;
    tip.replaceChildren(...element.about());
    tip.hidden = false;
    element.setAttribute("aria-describedby", "tip");
    const box = element.getClientRects()[0] || element.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    // Over the end of a fact it hides least of the facts above.
    const wanted = element.classList.contains("fact") ? box.right - tip.offsetWidth : box.left;
    const left = Math.min(Math.max(12, wanted), width - tip.offsetWidth - 12);
    const above = box.top - tip.offsetHeight - 8;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(above > 60 ? above : box.bottom + 8) + scrollY}px`;
  }

  const owner = (target) => {
    for (let each = target; each && each !== document.body; each = each.parentElement) if (each.about) return each;
    return null;
  };
  for (const event of ["mouseover", "focusin"]) {
    document.addEventListener(event, ({ target }) => {
      const element = owner(target);
      if (element) showTip(element);
      else if (event === "mouseover") hideTip();
    });
  }
  document.addEventListener("focusout", hideTip);

  // MARK: Keys

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "Escape") {
      if (!tip.hidden) hideTip();
      if (target === find("query") && query) clear();
      else if (selected) select(null);
      return;
    }
    if (target.tagName === "INPUT") return;
    if (key === "/") {
      event.preventDefault();
      find("query").focus();
    }
    // Arrows go from fact to fact and from name to name.
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
    if (!step) return;
    const isFact = target.classList.contains("fact");
    const isName = target.parentElement && target.parentElement.tagName === "P" && target.hasAttribute("tabindex");
    if (!(isFact ? key.endsWith("Down") || key.endsWith("Up") : isName)) return;
    const all = [...target.closest(".doc").querySelectorAll(isFact ? ".fact" : ".text p [tabindex]")];
    const next = all[all.indexOf(target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  // MARK: Beginning

  function store(theme) {
    try {
      if (theme) localStorage.setItem("guanxi-theme", theme);
      return localStorage.getItem("guanxi-theme");
    } catch {
      return null;  // Some browsers keep nothing for files.
    }
  }
  const theme = store();
  if (theme) document.documentElement.dataset.theme = theme;
  find("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    store(root.dataset.theme);
  });
  let waiting = 0;
  find("query").addEventListener("input", ({ target }) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      query = target.value.trim().toLowerCase();
      update();
    }, 120);
  });
  find("clear").addEventListener("click", clear);
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll(".below details")) each.open = true;
  });

  showTotals();
  showFacets();
  const engines = new Set(documents.map(({ record: { engine } }) =>
    `Guanxi ${engine.version}, ICU ${engine.icu}, knowledge ${engine.knowledge.slice(0, 19)}`));
  const characters = (counts.total.find(({ name }) => name === "characters") || { count: 0 }).count;
  find("foot").textContent = [plural(characters, "character"), ...engines].join(" · ");
  update();
  // A link to one document: #d12.
  const wanted = /^#d(\d+)$/.exec(location.hash);
  if (wanted) {
    page = Math.floor((wanted[1] - 1) / pageLength);
    showPage();
    const article = find(wanted[0].slice(1));
    if (article) article.scrollIntoView();
  }
})();
