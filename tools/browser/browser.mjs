// A browser for a check: headless, and without any habit of its own.
import { chromium } from "playwright-core";
import { findBrowser } from "./find-browser.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export const launch = () => chromium.launch({ executablePath: findBrowser(), args: FLAGS });

/// A page that tells everything it should not do: errors, words on the console,
/// requests for anything but files.
export async function quietPage(browser, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1500, height: 950 }, ...options });
  const said = [];
  page.on("console", (message) => said.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { said.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("requestfailed", (request) => said.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) said.push(`request: ${request.url()}`);
  });
  return { page, said };
}
