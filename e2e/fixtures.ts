// What every spec stands on. A page is opened with `visit`, which first proves that its islands
// live: with dead wasm most pages still work, and a test would not notice.
import { test as base, expect, type Page, type Response } from "@playwright/test";

import { accessible } from "./accessibility.ts";

export { expect } from "@playwright/test";
export { addresses } from "./addresses.ts";

interface Fixtures {
  /** Whether this project's browser runs JavaScript. */
  javaScript: boolean;
  /** Opens an address and waits until its islands, if it has any, have come alive. */
  visit: (address: string) => Promise<Response>;
  /** Asserts that the page as it stands keeps WCAG 2.2 AA. */
  accessible: () => Promise<void>;
  /** Fails a test during which the browser complained. */
  complaints: string[];
}

export const test = base.extend<Fixtures>({
  javaScript: async ({ javaScriptEnabled }, use) => {
    await use(javaScriptEnabled ?? true);
  },

  visit: async ({ page, javaScript }, use) => {
    await use(async (address) => {
      const response = await page.goto(address);
      expect(response, `no answer from ${address}`).not.toBeNull();
      await hydrated(page, javaScript);
      return response as Response;
    });
  },

  accessible: async ({ browser, page, javaScript }, use) => {
    await use(() => accessible(browser, page, javaScript));
  },

  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => {
        if (!DROPPED_TRANSITIONS.includes(error.message)) complaints.push(String(error));
      });
      page.on("console", (message) => {
        if (message.type() === "error" && !refusal(message.text())) {
          complaints.push(`${message.text()} (${message.location().url})`);
        }
      });
      await use(complaints);
      expect(complaints, "what the browser complained about").toEqual([]);
    },
    { auto: true },
  ],
});

/**
 * What Chromium says when it drops the transition to another page. A link that turns out to be a file
 * leads to no page, or to the viewer's, which takes no part in transitions; which of the two is said
 * depends on who is faster.
 */
const DROPPED_TRANSITIONS = [
  "Transition was skipped",
  "Transition was aborted because of invalid state. ViewTransition opt-in disabled",
];

/** Whether the project of the running test has JavaScript: for what has no fixtures at hand. */
export function runsScripts(): boolean {
  return base.info().project.use.javaScriptEnabled ?? true;
}

/** A page that says no answers 4xx on purpose; Chromium logs that as an error. */
function refusal(text: string): boolean {
  return /status of 4(01|03|04|09|22)/.test(text);
}

/**
 * Waits until every island of the page is alive. The browser crate sets `data-hydrated` on
 * `<html>` once the wasm module runs.
 */
export async function hydrated(page: Page, javaScript: boolean): Promise<void> {
  const islands = await page.locator("leptos-island").count();
  if (javaScript && islands > 0) {
    await expect(page.locator("html"), "the wasm module does not run").toHaveAttribute(
      "data-hydrated",
      /.*/,
    );
  }
}
