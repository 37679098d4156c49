// Every page as people with other eyes and other screens get it: 320 px wide, at 200 %, dark, and in
// the colours the system forces.
import type { Page } from "@playwright/test";

import { arrived, dayFromToday, signIn } from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

const town = addresses.towns.seika;
/** Together these have every part that the others are made of. */
const COLOURED = new Set([
  "search with mistakes",
  "facility",
  "room",
  "book with mistakes",
  "confirm",
  "reservation",
]);

test("every page holds at 320 px, at 200 %, dark and in forced colours", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  test.setTimeout(120_000);
  // A scheme that changes in the middle of a view transition breaks it off, which Chromium reports.
  await page.emulateMedia({ reducedMotion: "reduce" });
  const look = (what: string) =>
    test.step(what, async () => {
      await everyWidth(page, what);
      // The colours are CSS alone: once is enough for both ways of making the page.
      if (javaScript && COLOURED.has(what)) await everyScheme(page, accessible);
    });

  await visit(town);
  await look("search");
  await visit(`${town}/?people=abc&date=xx`);
  await look("search with mistakes");
  await visit(`${town}/?people=5000`);
  await look("nothing found");
  await visit(`${town}/facilities/mukunoki?date=${dayFromToday(60)}`);
  await look("facility");
  const slot = await findFree(page, visit, town, "nishi-ground-south", info);
  await look("room");
  await visit(`${town}/rooms/no-such-room`);
  await look("404");
  await visit(`${town}/sign-in/failed?reason=cancelled`);
  await look("sign-in failed");
  await visit(`${town}/sign-in?return_to=%2Freservations`);
  await look("sign-in");

  // Long names with characters outside the everyday sets.
  await signIn(page, "長い氏名と外字");
  await visit(`${town}/profile`);
  await look("profile");

  await visit(formOf(town, slot));
  await look("book");
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await arrived(page, javaScript);
  await expect(page.getByRole("alert")).toBeVisible();
  await look("book with mistakes");
  await page.getByLabel("サッカー").check();
  await page.getByLabel("人数").fill("20");
  await page.getByLabel("連絡事項").fill("長".repeat(200));
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await arrived(page, javaScript);
  await expect(page.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  await look("confirm");
  await page.getByRole("button", { name: "予約を確定する" }).click();
  await arrived(page, javaScript);
  await look("booked");
  const id = new URL(page.url()).pathname.split("/")[2] ?? "";
  await visit(`${town}/reservations/${id}`);
  await look("reservation");
  await visit(`${town}/reservations`);
  await look("reservations");
  await visit(`${town}/reservations/${id}/cancel`);
  await look("cancel");
  await page.getByRole("button", { name: "この予約を取り消す" }).click();
  await expect(page.getByText("予約を取り消しました")).toBeVisible();
});

/** The page as it stands on the narrowest screen, and on a phone at 200 %; leaves it as it was. */
async function everyWidth(page: Page, what: string): Promise<void> {
  const usual = page.viewportSize() ?? { width: 360, height: 740 };
  await page.setViewportSize({ width: 320, height: 640 });
  await fits(page, `${what} at 320 px`);

  // A page at 200 % is laid out on half the width.
  await page.setViewportSize({ width: usual.width / 2, height: usual.height / 2 });
  await fits(page, `${what} at 200 %`);
  await page.setViewportSize(usual);
}

/** The page as it stands in the dark and in the system's colours; leaves it as it was. */
async function everyScheme(page: Page, accessible: () => Promise<void>): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark" });
  await accessible();
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  await accessible();
  await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
}

/** Nothing makes the document wider than the screen. */
async function fits(page: Page, what: string): Promise<void> {
  const [needed, given] = await page
    .locator("html")
    .evaluate((html) => [html.scrollWidth, html.clientWidth] as const);
  expect.soft(needed, `${what}: the document needs ${needed} px of ${given}`).toBeLessThanOrEqual(given);
}
