// Signing in: stopped half-way, and somebody who has nothing yet.
import { arrived, signIn, signInAt } from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

test("who stops at the card keeps the booking and finds a way on", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  const slot = await findFree(page, visit, addresses.towns.seika, "nishi-dojo", info);
  await visit(formOf(addresses.towns.seika, slot));
  await page.getByLabel("剣道").check();
  await page.getByLabel("人数").fill("20");
  await page.getByRole("button", { name: "ログインして予約する" }).click();
  await page.getByRole("button", { name: "マイナンバーカードでログインする" }).click();
  await page.getByRole("button", { name: "中止" }).click();

  await expect(page.getByRole("heading", { name: "ログインできませんでした" })).toBeVisible();
  await expect(page.getByText("ログインを中止しました。")).toBeVisible();
  await accessible();

  // Back without signing in: the answers are there.
  await page.getByRole("link", { name: "ログインせずに戻る" }).click();
  await arrived(page, javaScript);
  await expect(page.getByLabel("人数")).toHaveValue("20");

  // Or once more, and then they are there too.
  await page.getByRole("button", { name: "ログインして予約する" }).click();
  await page.getByRole("button", { name: "マイナンバーカードでログインする" }).click();
  await page.getByRole("button", { name: "中止" }).click();
  await page.getByRole("link", { name: "もう一度ログインする" }).click();
  await signIn(page, "木下 一郎");
  await arrived(page, javaScript);
  await expect(page.getByLabel("剣道")).toBeChecked();
  await expect(page.getByLabel("人数")).toHaveValue("20");
  await expect(page.getByRole("button", { name: "この時間で予約する" })).toBeVisible();
});

test("somebody new is told that nothing is booked, and where to begin", async ({
  page,
  visit,
  accessible,
}) => {
  // Nobody books with this card in any spec.
  await signInAt(page, addresses.towns.seika, "西川 健二");
  await visit(`${addresses.towns.seika}/reservations`);
  await expect(page.getByText("予約はまだありません。")).toBeVisible();
  await accessible();
  await page.getByRole("main").getByRole("link", { name: "施設をさがす" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "施設をさがす" })).toBeVisible();
});

test("who is signed in and comes back by an old page of the card is led on, not stopped", async ({
  page,
  visit,
  accessible,
}) => {
  const town = addresses.towns.seika;
  await signInAt(page, town, "西川 健二");
  await visit(`${town}/auth/callback?code=used&state=long-gone`);
  await expect(page.getByRole("heading", { level: 1, name: "ログインしています" })).toBeVisible();
  await accessible();
  await page.getByRole("main").getByRole("link", { name: "予約を確認する" }).click();
  await expect(page).toHaveURL(/\/reservations$/);

  await visit(`${town}/sign-in?return_to=%2Fprofile`);
  await page.getByRole("main").getByRole("link", { name: "続ける" }).click();
  await expect(page).toHaveURL(/\/profile$/);
});

test("contact details that nobody could use are sent back as they were typed", async ({
  page,
  visit,
  accessible,
}) => {
  await signInAt(page, addresses.towns.seika, "西川 健二");
  await visit(`${addresses.towns.seika}/profile`);
  await page.getByLabel("電話番号").fill("0774-95");
  await page.getByRole("button", { name: /保存/ }).click();
  const summary = page.getByRole("alert");
  await expect(summary.getByRole("link", { name: /電話番号/ })).toBeVisible();
  await expect(page.getByLabel("電話番号")).toHaveValue("0774-95");
  await accessible();
});
