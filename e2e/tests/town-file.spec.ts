// The manager tries a town file before it is put in force: 使用料の見直し and 設定の変更の影響.
import type { Locator } from "@playwright/test";

import { arrived, dayFromToday, giveUp, post, reservationOf, signInAt } from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { signInStaff } from "../journey/staff.ts";
import { addresses, expect, test } from "../fixtures.ts";

const town = addresses.towns.seika;

/** Puts a whole file in at once: typed in, it takes the browser longer than anybody's patience. */
async function paste(into: Locator, text: string): Promise<void> {
  await into.evaluate((area, value) => {
    (area as HTMLTextAreaElement).value = value;
  }, text);
}

test("a manager sees what a new tariff would have brought in", async ({
  page,
  visit,
  accessible,
  javaScript,
}) => {
  await signInStaff(page, town, "鈴木 健", "/manage/study");
  await expect(page.getByRole("heading", { level: 1, name: "使用料の見直し" })).toBeVisible();
  const file = page.getByLabel("見直し案の町ファイル");
  const inForce = await file.inputValue();
  expect(inForce).toContain("精華町");
  await accessible();

  // Nothing that can be read: nothing is lost, and it is said where.
  const compare = page.getByRole("button", { name: "試算する" });
  await file.fill("name = ");
  expect((await post(page, compare)).status()).toBe(422);
  await arrived(page, javaScript);
  await expect(page.getByRole("main")).toContainText("1行目");
  await expect(file).toHaveValue("name = ");
  await accessible();

  // The dojo at 400円 an hour instead of 310円: the town's own example no longer comes out.
  const dearer = inForce.replaceAll("yen = 310", "yen = 400").replaceAll("sum_yen = 310", "sum_yen = 400");
  await paste(file, dearer);
  expect((await post(page, compare)).status()).toBe(422);
  await arrived(page, javaScript);
  await expect(page.getByRole("main")).toContainText("1,240円");
  await expect(page.getByRole("main")).toContainText("1,600円");

  // Put right, over the days around today.
  await paste(file, dearer.replaceAll("total_yen = 1240", "total_yen = 1600"));
  await page.getByLabel("はじめの日").fill(dayFromToday(-40));
  await page.getByLabel("終わりの日").fill(dayFromToday(60));
  const answer = await post(page, compare);
  expect(answer.status()).toBe(200);
  await arrived(page, javaScript);
  await expect(page.getByRole("heading", { name: "試算の結果" })).toBeVisible();
  await expect(page.getByRole("table", { name: "部屋別" })).toContainText("格技場");
  await accessible();
});

test("scenario 38: a new holiday shows which bookings it touches before it counts", async ({
  browser,
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  test.slow();
  // Somebody has a morning in 川越町, which rests on the weekday after a Monday that is a holiday.
  const hall = addresses.towns.kawagoe;
  const other = await browser.newContext();
  const resident = await other.newPage();
  await signInAt(resident, hall, "伊藤 美咲");
  const slot = await findFree(resident, (address) => resident.goto(address), hall, "tenjin-tatami", info);
  await resident.goto(formOf(hall, slot));
  await resident.getByLabel("囲碁・将棋").check();
  await resident.getByLabel("人数").fill("8");
  await resident.getByRole("button", { name: "この時間で予約する" }).click();
  await expect(resident.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  const own = reservationOf(resident);

  await signInStaff(page, hall, "鈴木 健", "/manage/town/preview");
  await expect(page.getByRole("heading", { level: 1, name: "設定の変更の影響" })).toBeVisible();
  const file = page.getByLabel("新しい町ファイル");
  const inForce = await file.inputValue();
  await accessible();
  const preview = page.getByRole("button", { name: "影響を確かめる" });
  await preview.click();
  await arrived(page, javaScript);
  await expect(page.getByRole("main")).toContainText("影響はありません。");

  // That day becomes a holiday, and the hall rests on holidays.
  const holiday = `\n[[holiday]]\ndate = "${slot.date}"\nname = "町制記念日"\n`;
  const mondays = 'weekdays = ["mon"]';
  await paste(file, inForce.replaceAll(mondays, `${mondays}\nholidays = true`) + holiday);
  await preview.click();
  await arrived(page, javaScript);
  const touched = page.getByRole("table", { name: "影響を受ける予約" });
  await expect(touched).toContainText("天神地区公民館");
  await expect(page.getByRole("main")).toContainText("影響があります。");
  await accessible();

  // A file that cannot be read is told line by line.
  await file.fill("name = ");
  expect((await post(page, preview)).status()).toBe(422);
  await expect(page.getByRole("main")).toContainText("1行目");
  await accessible();

  await giveUp(resident, own);
  await other.close();
});
