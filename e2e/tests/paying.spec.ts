// Between us and Stripe's page: leaving it unpaid, a declined card, then one that pays.
import { CARD, arrived, payByCard, signInAt } from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

test("who leaves Stripe's page still has the time, and a declined card is not the end", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  const town = addresses.towns.seika;
  const slot = await findFree(page, visit, town, "nishi-tennis-2", info);
  await signInAt(page, town, "木下 一郎");
  await visit(formOf(town, slot));
  await page.getByLabel("テニス", { exact: true }).check();
  await page.getByLabel("人数").fill("4");
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await page.getByRole("button", { name: "支払いへ進む" }).click();
  await expect(page.locator("#card_number")).toBeVisible();

  // Back without paying.
  await page.getByRole("link", { name: "戻る" }).click();
  await page.waitForURL(/localhost.*\/confirm/);
  await arrived(page, javaScript);
  await expect(page.getByText("この時間は、あなたのために確保しています。")).toBeVisible();
  await accessible();

  // The first card is declined, the second pays.
  await page.getByRole("button", { name: "支払いへ進む" }).click();
  await payByCard(page, CARD.declined);
  await expect(page.getByRole("alert")).toBeVisible();
  await payByCard(page);
  await page.waitForURL(/\/paid/);
  await expect(page.getByText("予約が確定しました")).toBeVisible();

  // Paid once: the confirm page has no button left that could pay again.
  await visit(page.url().replace(/\/paid.*$/, "/confirm"));
  await expect(page.getByRole("button", { name: "支払いへ進む" })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "内容を確かめる" })).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1, name: "予約の内容" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("予約確定");
  await accessible();

  await page.getByRole("link", { name: "予約を取り消す" }).click();
  await page.getByRole("button", { name: /^取り消して.*円の返金を受ける$/ }).click();
  await expect(page.getByText("予約を取り消しました")).toBeVisible();

  // Neither has a cancelled one anything left to confirm.
  await visit(page.url().replace(/\?.*$/, "/confirm"));
  await expect(page.getByRole("heading", { level: 1, name: "予約の内容" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("取消済み");
  await expect(page.getByRole("navigation", { name: "予約の手順" })).toHaveCount(0);
});
