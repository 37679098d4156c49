// The card once more: before the address changes, and before a card is added.
import { signInAt } from "../journey/resident.ts";
import { addresses, expect, test } from "../fixtures.ts";

// Nobody else in any spec is 森 陽子.
const town = addresses.towns.kawagoe;

test("an address changes only after the card was shown again", async ({
  page,
  visit,
  accessible,
}, info) => {
  await signInAt(page, town, "森 陽子");
  await visit(`${town}/profile`);
  await expect(page.getByLabel("メールアドレス")).toHaveCount(0);
  await accessible();

  await page.getByRole("button", { name: "メールアドレスを変える" }).click();
  await page.getByRole("button", { name: "水谷 武" }).click();
  await expect(page.getByText("最初にログインしたカードで、もう一度お試しください。")).toBeVisible();
  await accessible();
  await page.getByRole("link", { name: "連絡先に戻る" }).click();

  await page.getByRole("button", { name: "メールアドレスを変える" }).click();
  await page.getByRole("button", { name: "森 陽子" }).click();
  const address = `yoko-${info.project.name.replaceAll(/[^a-z]/g, "")}@example.jp`;
  await page.getByLabel("メールアドレス").fill(address);
  await accessible();
  await page.getByRole("button", { name: /保存/ }).click();
  await expect(page.getByText("連絡先を保存しました。")).toBeVisible();
  await expect(page.getByText(address)).toBeVisible();
});

test("whoever stops half-way at a second card has one as before", async ({
  page,
  visit,
  accessible,
}) => {
  await signInAt(page, town, "森 陽子");
  await visit(`${town}/profile`);
  await page.getByRole("button", { name: "カードを追加する" }).click();
  await page.getByRole("button", { name: "森 陽子" }).click();
  await expect(page.getByText("ご本人であることを確認しました。")).toBeVisible();
  await page.getByRole("button", { name: "新しいカードを読み取る" }).click();
  await page.getByRole("button", { name: "中止" }).click();
  await expect(page.getByText("カードの確認を中止しました。")).toBeVisible();
  await accessible();
  await page.getByRole("link", { name: "連絡先に戻る" }).click();
  await expect(page.getByText("カード1")).toBeVisible();
  await expect(page.getByRole("button", { name: /を外す/ })).toHaveCount(0);
});
