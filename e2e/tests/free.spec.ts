// A hall that costs nothing: booked and confirmed without a payment.
import { arrived, signIn } from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

test("a free hall is booked and confirmed without paying", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  if (javaScript) await page.clock.install();
  const slot = await findFree(page, visit, addresses.towns.kawagoe, "takamatsu-tatami", info);
  await visit(formOf(addresses.towns.kawagoe, slot));
  await page.getByLabel("囲碁・将棋").check();
  await page.getByLabel("人数").fill("8");
  await page.getByRole("button", { name: "ログインして予約する" }).click();
  await accessible();
  await signIn(page, "伊藤 美咲");
  await arrived(page, javaScript);
  await expect(page.getByLabel("囲碁・将棋")).toBeChecked();
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await arrived(page, javaScript);

  // The hold says in words how long it lasts; with JavaScript the words count down.
  await expect(page.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  await expect(page.locator(".hold-left")).toHaveText(/^あと1[45]分$/);
  await expect(page.locator(".hold")).toContainText(/\d{1,2}:\d{2}まで/);
  await expect(page.getByRole("button", { name: "支払いへ進む" })).toHaveCount(0);
  await accessible();
  if (javaScript) {
    await page.clock.fastForward("10:00");
    await expect(page.locator(".hold-left")).toHaveText(/^あと[45]分$/);
  }

  await page.getByRole("button", { name: "予約を確定する" }).click();
  await arrived(page, javaScript);
  await expect(page.getByText("予約が確定しました")).toBeVisible();
  await expect(page.getByText("無料です")).toBeVisible();
  await expect(page.getByRole("link", { name: "使用許可書（PDF）" })).toBeVisible();
  await expect(page.getByRole("link", { name: "領収書（PDF）" })).toHaveCount(0);
  await accessible();

  // Given back, and nothing is promised that was never paid.
  await page.getByRole("link", { name: "予約を取り消す" }).click();
  await arrived(page, javaScript);
  await accessible();
  await page.getByRole("button", { name: "この予約を取り消す" }).click();
  await arrived(page, javaScript);
  await expect(page.getByText("予約を取り消しました")).toBeVisible();
  await accessible();
});
