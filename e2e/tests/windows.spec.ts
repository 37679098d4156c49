// From when a time can be booked: by the reading of 「3か月前から」, and for whom.
import type { Page } from "@playwright/test";

import { daysOfMonth, firstOfMonth, inWords, secondSaturday } from "../journey/months.ts";
import { giveUp, HOME, reservationOf, signInAt, signInWith, somebody } from "../journey/resident.ts";
import { findFreeOn, formOf, ownShare } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

const town = addresses.towns.kawagoe;

/** Asks for a morning that cannot be booked yet, and reads from when it can and by which article. */
async function tooEarly(
  page: Page,
  visit: (address: string) => Promise<{ status(): number }>,
  { room, date, opens }: { room: string; date: string; opens: string },
): Promise<void> {
  const words = `${inWords(opens)}9:00 に始まります`;
  await visit(`${town}/rooms/${room}?date=${date}`);
  await expect(page.getByRole("main")).toContainText(words);
  await expect(page.getByRole("main")).toContainText("いま予約できる空き");
  const refused = await visit(formOf(town, { room, date, start: "09:00", end: "12:00" }));
  expect(refused.status(), room).toBe(422);
  const told = page.getByRole("alert");
  await expect(told).toContainText(words);
  await expect(told).toContainText("始まってから予約してください（見本（公民館の利用規則））");
  await expect(page.getByRole("link", { name: "ほかの時間を選ぶ" })).toBeVisible();
}

test("scenario 3: a resident books as soon as the month of use is counted in, and no earlier", async ({
  page,
  visit,
  accessible,
}, info) => {
  await signInAt(page, town, "伊藤 美咲");
  const room = "takamatsu-tatami";
  const date = secondSaturday(3);
  await tooEarly(page, visit, { room, date, opens: firstOfMonth(1) });
  await accessible();

  const slot = await findFreeOn(page, visit, town, room, ownShare(daysOfMonth(2), info));
  await visit(formOf(town, slot));
  await page.getByLabel("囲碁・将棋").check();
  await page.getByLabel("人数").fill("8");
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await expect(page.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  await giveUp(page, reservationOf(page));
});

test("scenario 4: where the month of use is not counted in, the same day is open a month sooner", async ({
  page,
  visit,
}) => {
  await signInAt(page, town, "伊藤 美咲");
  const open = secondSaturday(3);
  await tooEarly(page, visit, { room: "takamatsu-tatami", date: open, opens: firstOfMonth(1) });
  const room = "kita-fukusaki-tatami";
  const form = await visit(formOf(town, { room, date: open, start: "09:00", end: "12:00" }));
  expect(form.status()).toBe(200);
  await expect(page.getByRole("heading", { name: "使い方を入力する" })).toBeVisible();
  const date = secondSaturday(4);
  await tooEarly(page, visit, { room, date, opens: firstOfMonth(1) });
});

test("scenario 5: a day that February has not opens as the town says", async ({ page, visit }) => {
  await signInAt(page, town, "伊藤 美咲");
  const { date, lastDay, next } = endOfMay();
  await tooEarly(page, visit, { room: "kamiyoshi-tatami", date, opens: lastDay });
  await tooEarly(page, visit, { room: "kamesaki-shinden-tatami", date, opens: next });
});

/** A day at the end of the next May whose booking has not opened, not a Monday; its two openings. */
function endOfMay(): { date: string; lastDay: string; next: string } {
  const now = new Date();
  const lastOf = (year: number) => new Date(Date.UTC(year, 2, 0));
  let year = now.getUTCFullYear();
  if (lastOf(year) <= now) year += 1;
  const MONDAY = 1;
  const day = new Date(Date.UTC(year, 4, 31)).getUTCDay() === MONDAY ? 30 : 31;
  return {
    date: `${year}-05-${day}`,
    lastDay: lastOf(year).toISOString().slice(0, 10),
    next: `${year}-03-01`,
  };
}

test("scenario 6: while residents come first, somebody from elsewhere is told when they can", async ({
  page,
  visit,
  accessible,
}) => {
  const room = "takamatsu-big";
  const date = secondSaturday(2);
  await signInWith(page, town, somebody(HOME.elsewhere));
  await tooEarly(page, visit, { room, date, opens: firstOfMonth(1) });
  await accessible();

  await page.context().clearCookies();
  await signInAt(page, town, "伊藤 美咲");
  await visit(`${town}/rooms/${room}?date=${date}`);
  await expect(page.getByRole("main")).not.toContainText("に始まります");
});
