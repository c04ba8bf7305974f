"use strict";
// What the pages can do beyond being read: search, zoom, and showing a chain.
// Everything that it shows stands in the page already.
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  document.documentElement.classList.add("scripted");

  // Search.
  const search = byId("search");
  const found = byId("found");
  const things = all("[data-name]").map((element) => ({
    element,
    name: element.dataset.name,
    kind: element.dataset.kind,
    href: element.dataset.href || "#" + element.id,
    home: element.closest("section.step, article.workflow"),
  }));
  search.closest("search").hidden = false;
  function find() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (thing) => {
      const text = (thing.kind + " " + thing.name).toLowerCase();
      return words.every((word) => text.includes(word));
    };
    const hits = words.length ? things.filter(fits).slice(0, 40) : [];
    found.replaceChildren(...hits.map((thing) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const kind = document.createElement("small");
      link.href = thing.href;
      link.textContent = thing.name;
      kind.textContent = thing.home && thing.home !== thing.element
        ? thing.kind + ", " + thing.home.dataset.name : thing.kind;
      link.append(kind);
      link.addEventListener("click", () => { found.hidden = true; });
      item.append(link);
      return item;
    }));
    if (words.length && !hits.length) {
      const item = document.createElement("li");
      item.textContent = "Nothing is called so.";
      found.append(item);
    }
    found.hidden = !words.length;
  }
  search.addEventListener("input", find);
  search.addEventListener("keydown", (event) => {
    const links = all("a", found);
    if (event.key === "Enter" && links.length) links[0].click();
    else if (event.key === "ArrowDown" && links.length) links[0].focus();
    else return;
    event.preventDefault();
  });
  found.addEventListener("keydown", (event) => {
    const links = all("a", found);
    const at = links.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    (links[to] || search).focus();
  });

  const frame = byId("board");
  const panel = byId("panel");
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea");
    if (event.key === "Escape") {
      if (!found.hidden || typing) {
        found.hidden = true;
        search.value = "";
        search.blur();
      } else if (frame) select(null);
    } else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  });
  if (!frame) return;

  // Zoom and pan: the part of the board that is looked at.
  const svg = frame.querySelector("svg");
  const whole = svg.viewBox.baseVal;
  const size = { width: whole.width, height: whole.height };
  let scale = 1;
  function zoom(to, x, y) {
    const rect = frame.getBoundingClientRect();
    const at = { x: x ?? rect.width / 2, y: y ?? rect.height / 2 };
    const next = Math.min(3, Math.max(0.08, to));
    const left = (frame.scrollLeft + at.x) / scale;
    const top = (frame.scrollTop + at.y) / scale;
    scale = next;
    svg.setAttribute("width", Math.round(size.width * scale));
    svg.setAttribute("height", Math.round(size.height * scale));
    frame.scrollLeft = left * scale - at.x;
    frame.scrollTop = top * scale - at.y;
  }
  const fit = () => zoom(Math.min(1, frame.clientWidth / size.width));
  const tools = document.createElement("div");
  tools.className = "tools";
  const tool = (text, title, run) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.title = title;
    button.setAttribute("aria-label", title);
    button.addEventListener("click", run);
    tools.append(button);
  };
  tool("+", "Zoom in ( + )", () => zoom(scale * 1.25));
  tool("−", "Zoom out ( − )", () => zoom(scale / 1.25));
  tool("1:1", "Natural size ( 0 )", () => zoom(1));
  tool("Fit", "Fit the width ( f )", fit);
  frame.before(tools);
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const rect = frame.getBoundingClientRect();
    zoom(scale * Math.exp(-event.deltaY / 400), event.clientX - rect.left, event.clientY - rect.top);
  }, { passive: false });
  let drag = null;
  let dragged = false;
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    dragged = false;
    drag = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
  });
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    const by = { x: event.clientX - drag.x, y: event.clientY - drag.y };
    if (Math.abs(by.x) + Math.abs(by.y) > 5) dragged = true;
    if (!dragged) return;
    frame.classList.add("dragged");
    frame.scrollLeft = drag.left - by.x;
    frame.scrollTop = drag.top - by.y;
  });
  addEventListener("pointerup", () => {
    drag = null;
    frame.classList.remove("dragged");
  });
  svg.addEventListener("dragstart", (event) => event.preventDefault());

  // The chain of an element: what its data are made of, and what is made of them.
  const cards = all("a[data-card]", svg);
  const heads = all("a[data-step]", svg);
  const ways = all("path[data-a]", svg);
  const cardOf = new Map(cards.map((card) => [card.dataset.card, card]));
  const owner = (node) => node.closest(".part, .element");
  const dataOf = (id) => {
    const element = byId(id);
    return element ? all("ul.data > li", element).filter((li) => owner(li) === element) : [];
  };
  function walk(start, way) {
    const seen = new Set(start);
    const open = [...start];
    while (open.length) {
      for (const link of all("a." + way, open.pop())) {
        const next = byId(decodeURIComponent(link.hash.slice(1)));
        if (next && !seen.has(next)) {
          seen.add(next);
          open.push(next);
        }
      }
    }
    return seen;
  }
  function chain(id) {
    const own = dataOf(id);
    const lit = new Set([id]);
    for (const way of ["f", "t"]) {
      for (const datum of walk(own, way)) lit.add(owner(datum).id);
    }
    for (const way of ways) {
      if (way.dataset.a === id) lit.add(way.dataset.b);
      if (way.dataset.b === id) lit.add(way.dataset.a);
    }
    return lit;
  }
  function wholes(lit) {
    const more = new Set(lit);
    for (const id of lit) {
      const whole = byId(id) && byId(id).parentElement.closest(".element");
      if (whole) more.add(whole.id);
    }
    return more;
  }
  let selected = null;
  function select(id) {
    const back = selected;
    selected = id;
    for (const part of [...cards, ...ways]) part.classList.remove("lit", "selected");
    svg.classList.toggle("chosen", id !== null);
    if (id === null) {
      panel.hidden = true;
      panel.replaceChildren();
      document.body.classList.remove("split");
      if (back && cardOf.has(back)) cardOf.get(back).focus();
      return;
    }
    const lit = chain(id);
    const shown = wholes(lit);
    for (const card of cards) card.classList.toggle("lit", shown.has(card.dataset.card));
    for (const way of ways) {
      way.classList.toggle("lit", lit.has(way.dataset.a) && lit.has(way.dataset.b));
    }
    cardOf.get(id).classList.add("selected");
    show(id, shown.size);
  }
  function show(id, count) {
    const copy = byId(id).cloneNode(true);
    copy.removeAttribute("id");
    for (const inner of all("[id]", copy)) inner.removeAttribute("id");
    for (const link of all("a.f, a.t", copy)) {
      link.addEventListener("click", (event) => {
        const datum = byId(decodeURIComponent(link.hash.slice(1)));
        if (!datum || !cardOf.has(owner(datum).id)) return;
        event.preventDefault();
        reach(owner(datum).id);
      });
    }
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = "×";
    close.title = "Close ( Escape )";
    close.setAttribute("aria-label", close.title);
    close.addEventListener("click", () => select(null));
    const note = document.createElement("p");
    note.className = "chain";
    const step = byId(id).closest("section.step");
    note.textContent = step.dataset.name + " · " + (count === 1 ? "no chain" : count + " elements in its chain");
    const jump = document.createElement("a");
    jump.href = "#" + id;
    jump.textContent = "In its step";
    note.append(" · ", jump);
    panel.replaceChildren(close, note, copy);
    panel.hidden = false;
    panel.scrollTop = 0;
    document.body.classList.add("split");
  }
  function reach(id) {
    select(id);
    const card = cardOf.get(id);
    card.focus({ preventScroll: true });
    see(card);
  }
  function see(card) {
    const at = card.getBoundingClientRect();
    const rect = frame.getBoundingClientRect();
    if (at.left < rect.left + 20) frame.scrollLeft -= rect.left + 40 - at.left;
    if (at.right > rect.right - 20) frame.scrollLeft += at.right - rect.right + 40;
    if (at.top < rect.top + 10) frame.scrollTop -= rect.top + 20 - at.top;
    if (at.bottom > rect.bottom - 10) frame.scrollTop += at.bottom - rect.bottom + 20;
  }
  svg.addEventListener("click", (event) => {
    if (dragged) {
      event.preventDefault();
      dragged = false;
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const card = event.target.closest("a[data-card]");
    if (card) {
      event.preventDefault();
      select(card.dataset.card);
    } else if (!event.target.closest("a") && selected) select(null);
  });
  // Arrow keys go to the nearest card that way.
  const middle = (card) => {
    const rect = card.getBoundingClientRect();
    return { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 };
  };
  const turns = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") zoom(scale * 1.25);
    else if (event.key === "-") zoom(scale / 1.25);
    else if (event.key === "0") zoom(1);
    else if (event.key === "f") fit();
    else if (turns[event.key]) {
      const [right, down] = turns[event.key];
      const here = event.target.closest("a[data-card], a[data-step]");
      if (!here) return;
      const from = middle(here);
      let best = null;
      for (const card of [...cards, ...heads]) {
        const to = middle(card);
        const [x, y] = [to.x - from.x, to.y - from.y];
        const along = x * right + y * down;
        const aside = Math.abs(x * down) + Math.abs(y * right);
        if (card === here || along < 4) continue;
        const length = along + 2.5 * aside;
        if (!best || length < best.length) best = { card, length };
      }
      if (best) {
        best.card.focus({ preventScroll: true });
        see(best.card);
        if (selected && best.card.dataset.card) select(best.card.dataset.card);
      }
    } else return;
    event.preventDefault();
  });
  frame.addEventListener("focusin", (event) => {
    const card = event.target.closest("a");
    if (card && card.matches(":focus-visible")) see(card);
  });
  // From a definition to its card, and from an address to both.
  function arrive() {
    const id = decodeURIComponent(location.hash.slice(1));
    const element = byId(id);
    const card = element && cardOf.get(element.matches("ul.data > li") ? owner(element).id : id);
    for (const one of all(".here")) one.classList.remove("here");
    if (element) element.classList.add("here");
    if (card) {
      select(card.dataset.card);
      see(card);
    }
  }
  for (const definition of all(".element, .part")) {
    if (!cardOf.has(definition.id)) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "locate";
    button.textContent = "on the board";
    button.addEventListener("click", () => {
      const target = panel.contains(button) ? selected : definition.id;
      frame.scrollIntoView({ block: "start" });
      reach(target);
    });
    definition.firstElementChild.append(button);
  }
  addEventListener("hashchange", arrive);
  if (location.hash) arrive();
})();
