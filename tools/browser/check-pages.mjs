// Looks at every page below the folders that are named, in a real browser.
// Prints what is wrong, a line each; ends with 1 if there is anything.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, quietPage } from "./browser.mjs";

const wrong = [];
let looked = { pages: 0, cards: 0, chains: 0 };

/// What lies on a board, with everything that is on something else.
function overlaps() {
  const svg = document.querySelector("svg.board");
  const box = (element) => {
    const at = element.getBBox();
    return { left: at.x, top: at.y, right: at.x + at.width, bottom: at.y + at.height };
  };
  const things = [
    ...[...svg.querySelectorAll("a.head > rect, a.card > rect")].map((rect) => [rect.parentNode.id, box(rect)]),
    ...[...svg.querySelectorAll("g.leaps text")].map((text, index) => [`words ${index}`, box(text)]),
  ];
  const found = [];
  things.sort((one, other) => one[1].left - other[1].left);
  for (let i = 0; i < things.length; i += 1) {
    for (let j = i + 1; j < things.length && things[j][1].left < things[i][1].right; j += 1) {
      const [one, other] = [things[i][1], things[j][1]];
      if (one.top < other.bottom && other.top < one.bottom) found.push(`${things[i][0]} lies on ${things[j][0]}`);
    }
  }
  // Words stay inside their card.
  for (const text of svg.querySelectorAll("a.card text, a.chip text, a.head text")) {
    const [inner, outer] = [box(text), box(text.parentNode.querySelector("rect"))];
    if (inner.left < outer.left || inner.right > outer.right || inner.top < outer.top || inner.bottom > outer.bottom) {
      found.push(`the words “${text.textContent}” leave ${text.parentNode.id}`);
    }
  }
  // Parts lie in their card, and on no other part.
  const cards = [...svg.querySelectorAll("a.card > rect")].map(box);
  const chips = [...svg.querySelectorAll("a.chip > rect")].map((rect) => [rect.parentNode.id, box(rect)]);
  for (const [id, chip] of chips) {
    const within = cards.some((card) => card.left < chip.left && chip.right < card.right && card.top < chip.top && chip.bottom < card.bottom);
    if (!within) found.push(`${id} is in no card`);
    for (const [other, place] of chips) {
      if (id < other && chip.left < place.right && place.left < chip.right && chip.top < place.bottom && place.top < chip.bottom) {
        found.push(`${id} lies on ${other}`);
      }
    }
  }
  const all = box(svg);
  const view = svg.viewBox.baseVal;
  if (all.left < 0 || all.top < 0 || all.right > view.width || all.bottom > view.height) found.push("something leaves the board");
  return found;
}

/// Links within the page that lead nowhere, and anchors that are there twice.
function anchors() {
  const ids = new Set();
  const found = [];
  for (const { id } of document.querySelectorAll("[id]")) {
    if (ids.has(id)) found.push(`the anchor ${id} is there twice`);
    ids.add(id);
  }
  for (const link of document.querySelectorAll("a[href^='#']")) {
    const id = decodeURIComponent(link.getAttribute("href").slice(1));
    if (!ids.has(id)) found.push(`a link leads to no ${id}`);
  }
  return found;
}

async function workflow(page, name) {
  const problems = await page.evaluate(overlaps);
  wrong.push(...problems.map((problem) => `${name}: ${problem}`));
  const cards = await page.$$eval("svg.board a[data-card]", (cards) => cards.map((card) => card.dataset.card));
  looked.cards += cards.length;
  if (!cards.length) return;

  // Every card can be reached with the Tab key alone.
  await page.keyboard.press("Escape");
  const order = await page.evaluate(() => {
    const reachable = [...document.querySelectorAll("a[href], button, input, summary, [tabindex]")];
    return reachable.filter((element) => element.tabIndex >= 0 && element.dataset.card).length;
  });
  assert.equal(order, cards.length, `${name}: a card is not reached by Tab`);

  // Enter shows the definition and lights the chain; Escape takes both away.
  await page.focus(`svg.board a[data-card="${cards[0]}"]`);
  await page.keyboard.press("Enter");
  assert.ok(await page.isVisible("#panel"), `${name}: Enter shows no definition`);
  assert.ok(await page.$(`svg.board .selected.lit`), `${name}: nothing is lit`);
  await page.keyboard.press("Escape");
  assert.ok(!(await page.isVisible("#panel")), `${name}: Escape leaves the definition`);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.card), cards[0]);

  // Arrow keys come to every card from any.
  const seen = await page.evaluate((first) => {
    const card = (id) => document.querySelector(`svg.board a[data-card="${id}"]`) || document.querySelector(`svg.board a[data-step="${id}"]`);
    const frame = document.getElementById("board");
    const seen = new Set([first]);
    const open = [first];
    while (open.length) {
      const from = open.pop();
      for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
        card(from).focus({ preventScroll: true });
        card(from).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
        const at = document.activeElement.dataset.card || document.activeElement.dataset.step;
        if (at && !seen.has(at)) { seen.add(at); open.push(at); }
      }
    }
    return [...seen];
  }, cards[0]);
  const unseen = cards.filter((card) => !seen.includes(card));
  if (unseen.length > 0) wrong.push(`${name}: arrow keys never come to ${unseen.join(", ")}`);

  // A click shows the chain that the definitions tell.
  for (const id of cards.slice(0, 60)) {
    await page.evaluate((id) => document.querySelector(`svg.board a[data-card="${id}"]`).dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })), id);
    const chain = await page.evaluate((id) => {
      const owner = (node) => node.closest(".part, .element").id;
      const own = [...document.getElementById(id).querySelectorAll("ul.data > li")].filter((li) => owner(li) === id);
      const ends = own.flatMap((li) => [...li.querySelectorAll("a.f, a.t")]);
      const near = ends.map((link) => owner(document.getElementById(decodeURIComponent(link.hash.slice(1)))));
      const lit = [...document.querySelectorAll("svg.board a.lit")].map((card) => card.dataset.card);
      return { near, lit, shown: document.querySelector("#panel h4, #panel h5").textContent, name: document.getElementById(id).dataset.name };
    }, id);
    for (const near of chain.near) {
      if (!chain.lit.includes(near)) wrong.push(`${name}: the chain of ${id} does not light ${near}`);
    }
    if (!chain.shown.includes(chain.name)) wrong.push(`${name}: a click on ${id} shows ${chain.shown}`);
    if (chain.near.length) looked.chains += 1;
  }
  await page.keyboard.press("Escape");

  // Zoom keeps the board whole.
  const width = () => page.$eval("svg.board", (svg) => Number(svg.getAttribute("width")));
  const natural = await width();
  await page.click('.tools button:has-text("+")');
  assert.ok((await width()) > natural, `${name}: the board does not grow`);
  await page.click('.tools button:has-text("1:1")');
  assert.equal(await width(), natural, `${name}: the board does not shrink back`);
}

async function search(page, name) {
  const wanted = await page.$$eval("[data-name]", (all) => all.map((one) => one.dataset.name).filter((one) => one.trim()));
  if (!wanted.length) return;
  for (const thing of [wanted[0], wanted[wanted.length - 1]]) {
    await page.keyboard.press("/");
    await page.fill("#search", thing);
    const found = await page.$$eval("#found a", (links) => links.map((link) => link.firstChild.textContent));
    if (!found.includes(thing)) wrong.push(`${name}: the search does not find “${thing}”`);
    await page.keyboard.press("Escape");
    assert.ok(!(await page.isVisible("#found")), `${name}: Escape leaves what was found`);
  }
  await page.keyboard.press("/");
  await page.keyboard.type(wanted[0]);
  await page.keyboard.press("Enter");
}

const browser = await launch();
try {
  for (const folder of process.argv.slice(2)) {
    const workflows = readdirSync(join(folder, "workflows")).filter((file) => file.endsWith(".html"));
    for (const file of ["index.html", ...workflows.map((file) => join("workflows", file))]) {
      const name = join(folder, file);
      const address = pathToFileURL(name).href;
      const { page, said } = await quietPage(browser);
      await page.goto(address);
      wrong.push(...(await page.evaluate(anchors)).map((problem) => `${name}: ${problem}`));
      if (file !== "index.html") await workflow(page, name);
      await search(page, name);
      wrong.push(...said.map((what) => `${name}: ${what}`));
      await page.close();
      // Without the script everything is there to be read.
      const plain = await quietPage(browser, { javaScriptEnabled: false });
      await plain.page.goto(address);
      if (file !== "index.html") {
        assert.equal(await plain.page.locator("svg.board").count(), 1);
        const hidden = await plain.page.locator("section.step:not(:visible), article.element:not(:visible)").count();
        if (hidden > 0) wrong.push(`${name}: ${hidden} definitions are hidden without the script`);
      }
      wrong.push(...plain.said.map((what) => `${name}, without script: ${what}`));
      await plain.page.close();
      looked.pages += 1;
    }
  }
} finally {
  await browser.close();
}
console.log(`${looked.pages} pages, ${looked.cards} cards, ${looked.chains} chains`);
for (const line of wrong) console.log(line);
process.exitCode = wrong.length || !looked.pages ? 1 : 0;
