// What a use costs: by the simulation, for everybody, and on the way to a booking.
import type { Page } from "@playwright/test";

import { arrived, dayFromToday, signInAt } from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

const { seika, kawagoe, miyoshi, masuda } = addresses.towns;

/** Asks for the fee of what the form says; with JavaScript it has come by itself. */
async function reckon(page: Page, javaScript: boolean): Promise<void> {
  if (!javaScript) await page.getByRole("button", { name: "この使い方の料金を見る" }).click();
}

test("scenario 16: anybody learns that the gym with light costs 800円 for two hours", async ({
  page,
  visit,
  accessible,
  javaScript,
}) => {
  await visit(seika);
  await page.getByRole("link", { name: "料金", exact: true }).click();
  await arrived(page, javaScript);
  await expect(page.getByRole("heading", { level: 1, name: "料金を調べる" })).toBeVisible();
  await accessible();
  await page.getByRole("link", { name: "体育館（全面）" }).first().click();
  await arrived(page, javaScript);
  const answer = page.locator("#quote");
  await expect(answer).toContainText("400円");
  await accessible();

  await page.getByLabel("人数").fill("12");
  await page.getByRole("checkbox", { name: /照明/ }).check();
  await reckon(page, javaScript);
  await expect(answer.locator(".sum")).toHaveText("800円");
  const lines = answer.getByRole("row");
  await expect(lines.filter({ hasText: "体育館 1時間200円" })).toContainText("400円");
  await expect(lines.filter({ hasText: "体育館照明 1時間200円" })).toContainText("400円");
  await accessible();

  // The light for one of the two hours.
  await page.getByLabel("照明を使う時間").selectOption("1時間だけ");
  await reckon(page, javaScript);
  await expect(answer.locator(".sum")).toHaveText("600円");

  // The address can be passed on, and leads on to the booking with the same answers.
  await page.getByRole("button", { name: "この使い方の料金を見る" }).click();
  await arrived(page, javaScript);
  await visit(page.url());
  await expect(answer.locator(".sum")).toHaveText("600円");
  await expect(page.getByLabel("人数")).toHaveValue("12");
  await page.getByRole("link", { name: "この時間で予約する" }).click();
  await arrived(page, javaScript);
  const held = page.getByRole("heading", { name: "使い方を入力する" });
  if (await held.isVisible()) {
    await expect(page.getByLabel("人数")).toHaveValue("12");
    await expect(page.getByRole("checkbox", { name: /照明/ })).toBeChecked();
    await expect(page.locator("#quote")).toContainText("600円");
  }
});

test("scenario 16: a resident sees 800円 with its articles before booking", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  await signInAt(page, seika, "山田 花子");
  const slot = await findFree(page, visit, seika, "nishi-gym", info);
  await visit(formOf(seika, slot));
  await page.getByLabel("バスケットボール").check();
  await page.getByLabel("人数").fill("12");
  await page.getByRole("checkbox", { name: /照明/ }).check();
  if (!javaScript) await page.getByRole("button", { name: "料金を計算しなおす" }).click();
  await expect(page.locator("#quote")).toContainText("800円");
  await accessible();
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await arrived(page, javaScript);
  await expect(page.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  const lines = page.getByRole("table").getByRole("row");
  await expect(lines.filter({ hasText: "学校施設の開放 使用料（体育館 1時間200円）" })).toContainText("400円");
  await expect(lines.filter({ hasText: "照明（2時間）" })).toContainText("400円");
  await expect(lines.last()).toContainText("800円");
  await accessible();
  // Given back, for the next one.
  await page.getByRole("link", { name: "予約をやめる" }).click();
  await arrived(page, javaScript);
  await page.getByRole("button", { name: "この予約を取り消す" }).click();
  await expect(page.getByText("予約を取り消しました")).toBeVisible();
});

test("scenario 17: the price of a combination is its own and no product", async ({
  page,
  visit,
  accessible,
  javaScript,
}) => {
  // 三次市: 2倍・3倍・両方なら5倍.
  const use = { room: "meeting", date: dayFromToday(30), start: "09:00", end: "12:00", people: "10" };
  await visit(`${miyoshi}/fees?${new URLSearchParams(use).toString()}`);
  const sum = page.locator("#quote .sum");
  await expect(sum).toHaveText("800円");
  const outside = page.getByLabel("町外（市外）");
  const commercial = page.getByLabel("営利・宣伝を目的として利用する");
  await commercial.check();
  await reckon(page, javaScript);
  await expect(sum).toHaveText("2,400円");
  await outside.check();
  await reckon(page, javaScript);
  await expect(sum).toHaveText("4,000円");
  await expect(page.locator("#quote")).toContainText("市外居住者の営利（5倍）");
  await expect(page.locator("#quote")).not.toContainText("営利（3倍）");
  await accessible();
  await commercial.uncheck();
  await reckon(page, javaScript);
  await expect(sum).toHaveText("1,600円");
});

test("scenario 18: the sum is rounded once to 1,040円", async ({
  page,
  visit,
  accessible,
  javaScript,
}) => {
  const use = { room: "arena-half", date: dayFromToday(30), start: "10:00", end: "11:00", people: "10" };
  await visit(`${masuda}/fees?${new URLSearchParams(use).toString()}`);
  await page.getByLabel(/高校生/).check();
  await page.getByRole("checkbox", { name: /照明 200ルクス/ }).check();
  for (const each of [/^シャワー/, /^ロッカー/]) await page.getByLabel(each).selectOption("1");
  await reckon(page, javaScript);
  const answer = page.locator("#quote");
  await expect(answer.locator(".sum")).toHaveText("1,040円");
  for (const line of ["361円", "412円", "165円", "103円"]) await expect(answer).toContainText(line);
  await accessible();
});

test("people from elsewhere see what they would pay", async ({ page, visit, accessible, javaScript }) => {
  const use = { room: "takamatsu-big", date: dayFromToday(30), people: "10" };
  await visit(`${kawagoe}/fees?${new URLSearchParams(use).toString()}`);
  const sum = page.locator("#quote .sum");
  const inTown = await sum.innerText();
  await page.getByLabel("町外（市外）").check();
  await reckon(page, javaScript);
  await expect(sum).not.toHaveText(inTown);
  await expect(page.locator("#quote")).toContainText("町外利用 加算（10割）");
  await accessible();
});

test("what cannot be reckoned is said where it is asked, and nothing typed is lost", async ({
  page,
  visit,
  accessible,
  javaScript,
}) => {
  const use = { room: "nishi-gym", date: dayFromToday(30), start: "18:00", end: "20:00", people: "たくさん" };
  await visit(`${seika}/fees?${new URLSearchParams(use).toString()}`);
  await page.getByRole("alert").getByRole("link", { name: /人数は1以上の数字/ }).click();
  const people = page.getByLabel("人数");
  await expect(people).toBeFocused();
  await expect(people).toHaveValue("たくさん");
  await accessible();
  await people.fill("１２");
  await page.getByRole("button", { name: "この使い方の料金を見る" }).click();
  await arrived(page, javaScript);
  await expect(page.locator("#quote .sum")).toHaveText("400円");
});

test("the pages about fees hold at 320 px", async ({ page, visit }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const room = `/fees?room=nishi-gym&date=${dayFromToday(30)}&start=18:00&end=22:00&option.light=1`;
  for (const address of ["/fees", room, "/fees?facility=no-such", `${room}&people=x`]) {
    await visit(`${seika}${address}`);
    const [needed, given] = await page
      .locator("html")
      .evaluate((html) => [html.scrollWidth, html.clientWidth] as const);
    expect.soft(needed, `${address}: ${needed} px of ${given}`).toBeLessThanOrEqual(given);
  }
});
