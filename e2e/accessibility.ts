// axe on a page as it stands, in a browser with or without JavaScript.
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Page } from "@playwright/test";

/** What axe calls WCAG 2.2 AA. */
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Asserts that nothing on the page breaks WCAG 2.2 AA. */
export async function accessible(browser: Browser, page: Page, javaScript: boolean): Promise<void> {
  const told = javaScript ? await violations(page) : await violationsOfCopy(browser, page);
  expect(told, `axe on ${page.url()}`).toEqual([]);
}

async function violations(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  return violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })),
  }));
}

/**
 * axe is JavaScript. Where the page may run none, a second context gets the same markup at the
 * same address, with the page's own scripts still kept away.
 */
async function violationsOfCopy(browser: Browser, page: Page) {
  const markup = await page.content();
  // Everything else is inherited from the project.
  const context = await browser.newContext({
    javaScriptEnabled: true,
    storageState: await page.context().storageState(),
  });
  try {
    const copy = await context.newPage();
    await copy.route("**/*", async (route) => {
      const type = route.request().resourceType();
      if (type === "document") {
        const body = markup.replaceAll(/<script\b[\s\S]*?<\/script>/g, "");
        await route.fulfill({ contentType: "text/html; charset=utf-8", body });
      } else if (type === "script" || type === "fetch") {
        await route.abort();
      } else {
        await route.continue();
      }
    });
    await copy.goto(page.url());
    return await violations(copy);
  } finally {
    await context.close();
  }
}
