// 利用回数の上限: how much one may have in a month.
import type { Page } from "@playwright/test";

import { daysOfMonth, firstOfMonth, inWords } from "../journey/months.ts";
import {
  arrived,
  giveUp,
  HOME,
  post,
  reservationOf,
  signInWith,
  somebody,
} from "../journey/resident.ts";
import { findFreeOn, formOf, ownRoomShare, type Slot } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

const town = addresses.towns.kawagoe;
const ROOMS = ["toyoda-isshiki-tatami", "toyoda-isshiki-small"] as const;

async function fill(page: Page, slot: Slot): Promise<void> {
  await page.goto(formOf(town, slot));
  await page.getByLabel(/^会議/).check();
  await page.getByLabel("人数").fill("8");
}

test("scenario 10: the fifth slot of a month is told the limit and the next day", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  test.slow();
  await signInWith(page, town, somebody(HOME.kawagoe));
  const [room, month] = ownRoomShare(ROOMS, daysOfMonth(1), info);
  const book = page.getByRole("button", { name: "この時間で予約する" });
  const held: string[] = [];

  // A whole day is three slots, a morning is the fourth.
  const day = await findFreeOn(page, visit, town, room, month, 3);
  const later = month.filter((date) => date > day.date);
  const morning = await findFreeOn(page, visit, town, room, later, 2);
  for (const slot of [{ ...day, start: "09:00", end: "21:00" }, morning]) {
    await fill(page, slot);
    await book.click();
    await expect(page.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
    held.push(reservationOf(page));
  }

  const fifth = await findFreeOn(page, visit, town, room, [morning.date]);
  await fill(page, fifth);
  await page.getByLabel("連絡事項").fill("いすを8脚使います");
  expect((await post(page, book)).status()).toBe(422);
  await arrived(page, javaScript);
  const told = page.getByRole("alert");
  await expect(told).toContainText("「豊田一色地区公民館 月4コマまで」の上限に達しています");
  await expect(told).toContainText("上限 4コマ、予約済み 4");
  await expect(told).toContainText("見本（公民館の利用規則）");
  await expect(told).toContainText("次にできること");
  await expect(told).toContainText(`${inWords(firstOfMonth(2))}以降の日を選んでください。`);
  await expect(told).toContainText("使わない予約があれば、取り消してください。");
  await expect(page.getByLabel("連絡事項")).toHaveValue("いすを8脚使います");
  await accessible();

  // What is given up makes room.
  for (const reservation of held) await giveUp(page, reservation);
  await fill(page, fifth);
  await book.click();
  await expect(page.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  await giveUp(page, reservationOf(page));
});
