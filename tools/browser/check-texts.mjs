// Reads every Markdown page and every feature file below the folders that are
// named with the real Mermaid and the real Gherkin parser. Prints what they
// refuse, a line each; ends with 1 if there is anything.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AstBuilder, GherkinClassicTokenMatcher, Parser } from "@cucumber/gherkin";
import { IdGenerator } from "@cucumber/messages";
import { launch, quietPage } from "./browser.mjs";

const files = process.argv.slice(2).flatMap((folder) =>
  readdirSync(folder, { recursive: true }).map((file) => join(folder, file)));
const wrong = [];
let charts = 0;
let features = 0;

const browser = await launch();
try {
  const { page } = await quietPage(browser);
  const here = dirname(fileURLToPath(import.meta.url));
  await page.addScriptTag({ path: join(here, "node_modules/mermaid/dist/mermaid.min.js") });
  await page.evaluate(() => window.mermaid.initialize({ startOnLoad: false, securityLevel: "strict" }));
  for (const file of files.filter((file) => file.endsWith(".md"))) {
    for (const [, chart] of readFileSync(file, "utf8").matchAll(/^```mermaid\n([^]*?)\n```$/gm)) {
      charts += 1;
      const refused = await page.evaluate(async ([chart, id]) => {
        try {
          await window.mermaid.parse(chart);
          await window.mermaid.render(id, chart);
          return null;
        } catch (error) {
          return String(error.message ?? error);
        }
      }, [chart, `chart${charts}`]);
      if (refused) wrong.push(`${file}: Mermaid refuses it: ${refused}`);
    }
  }
} finally {
  await browser.close();
}
for (const file of files.filter((file) => file.endsWith(".feature"))) {
  features += 1;
  const text = readFileSync(file, "utf8");
  try {
    const parser = new Parser(new AstBuilder(IdGenerator.incrementing()), new GherkinClassicTokenMatcher());
    const { feature } = parser.parse(text);
    const scenarios = feature.children.filter((child) => child.scenario);
    const told = text.split("\n").filter((line) => line.startsWith("  Scenario: ")).length;
    if (feature.children.length !== told || scenarios.length !== told) {
      wrong.push(`${file}: ${told} scenarios are read as ${feature.children.length} parts`);
    }
    for (const { scenario } of scenarios) {
      const steps = scenario.steps.map((step) => step.keyword.trim()).join(" ");
      if (steps !== "Given When Then" || scenario.steps.some((step) => step.dataTable || step.docString)) {
        wrong.push(`${file}: the scenario “${scenario.name}” has the steps ${steps}`);
      }
    }
  } catch (error) {
    wrong.push(`${file}: Gherkin refuses it: ${error.message}`);
  }
}
console.log(`${charts} charts, ${features} features`);
for (const line of wrong) console.log(line);
process.exitCode = wrong.length || charts + features === 0 ? 1 : 0;
