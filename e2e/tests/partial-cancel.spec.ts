// One of two slots is given up by whoever booked them: what comes back is shown before, the rest
// stands, and how it was reckoned can be read afterwards. Then the counter gives the rest up for rain.
import { arrived, payByCard, signInAt } from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { signInStaff } from "../journey/staff.ts";
import { addresses, expect, test } from "../fixtures.ts";

test("scenario 44: a resident gives up one of two slots and keeps the other", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  test.slow();
  const town = addresses.towns.seika;
  await signInAt(page, town, "木下 一郎");
  // Both slots of the evening.
  const first = await findFree(page, visit, town, "nishi-dojo", info, 2);
  await visit(formOf(town, { ...first, start: "18:00", end: "22:00" }));
  await page.getByLabel("剣道").check();
  await page.getByLabel("人数").fill("20");
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await page.getByRole("button", { name: "支払いへ進む" }).click();
  await payByCard(page);
  await page.waitForURL(/\/paid/);
  await arrived(page, javaScript);
  const own = page.url().replace(/\/paid.*$/, "");

  await visit(`${own}/cancel`);
  await page.getByRole("link", { name: "一部の時間だけを取り消す" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "予約の一部取消し" })).toBeVisible();
  await accessible();

  // Everything is no part.
  await page.getByLabel("18:00–20:00").check();
  await page.getByLabel("20:00–22:00").check();
  await page.getByRole("button", { name: "返金の額を確かめる" }).click();
  await expect(page.getByRole("alert")).toContainText("予約全体の取消し");
  await expect(page.getByLabel("18:00–20:00")).toBeChecked();
  await accessible();

  await page.getByLabel("18:00–20:00").uncheck();
  await page.getByRole("button", { name: "返金の額を確かめる" }).click();
  const back = page.locator(".give-back");
  await expect(back).toContainText("620円");
  await expect(back).toContainText("18:00–20:00");
  await expect(back).toContainText("使用料の還付");
  await accessible();
  await page.getByRole("button", { name: "この時間を取り消して620円の返金を受ける" }).click();
  await expect(page.getByText("予約の一部を取り消しました")).toBeVisible();
  const main = page.getByRole("main");
  await expect(main).toContainText("予約確定");
  await expect(main).toContainText("18:00–22:00 を 18:00–20:00 に短縮");
  await expect(page.locator("#given-up")).toContainText("使用料の還付");
  await accessible();

  // The rest is one slot: it goes as a whole or not at all.
  await visit(`${own}/cancel`);
  await expect(page.getByRole("link", { name: "一部の時間だけを取り消す" })).toHaveCount(0);

  // At the counter, for a reason of the town's.
  const id = new URL(own).pathname.split("/")[2] ?? "";
  await signInStaff(page, town, "佐藤 真理");
  await visit(`${town}/counter/reservations/${id}/cancel`);
  await page.getByLabel(/^災害のため利用できない/).check();
  await page.getByRole("button", { name: "この内容で計算する" }).click();
  await expect(page.locator(".give-back")).toContainText("災害のため利用できない");
  await accessible();
  await page.getByRole("button", { name: /^取り消して620円を還付する$/ }).click();
  await expect(page.getByText("予約を取り消しました。")).toBeVisible();
  await expect(page.locator("#given-up")).toContainText("災害のため利用できない");
  await accessible();
});
