// 実績と操作記録: a manager looks at a month and at what was done to a reservation.
import { readFileSync } from "node:fs";

import { arrived, signInAt } from "../journey/resident.ts";
import { signInStaff } from "../journey/staff.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

test("a manager reads the month and takes it home as a file", async ({ page, accessible }) => {
  const town = addresses.towns.seika;
  await signInStaff(page, town, "鈴木 健", "/staff");
  await page.getByRole("main").getByRole("link", { name: "利用実績" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "利用実績" })).toBeVisible();
  await expect(page.getByRole("img").first()).toHaveAccessibleName(/予約.+入館/);
  await expect(page.getByRole("table", { name: "部屋ごとの実績" })).toBeVisible();
  await page.getByText("数え方").click();
  await accessible();

  const before = await page.locator("main p").first().textContent();
  await page.getByRole("link", { name: "次の月" }).click();
  await expect(page.locator("main p").first()).not.toHaveText(before ?? "");
  await page.getByLabel("施設").selectOption({ index: 1 });
  await page.getByRole("button", { name: "表示する" }).click();
  await expect(page).toHaveURL(/facility=.+/);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSVをダウンロード" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^riyo-jisseki-.+\.csv$/);
  expect(readFileSync(await file.path(), "utf8")).toContain("稼働率");
});

test("whoever answers for it sees who did what to a reservation", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  const town = addresses.towns.seika;
  await signInAt(page, town, "木下 一郎");
  const slot = await findFree(page, visit, town, "nishi-dojo", info);
  await visit(formOf(town, slot));
  await page.getByLabel("剣道").check();
  await page.getByLabel("人数").fill("20");
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await arrived(page, javaScript);
  const id = new URL(page.url()).pathname.split("/")[2] ?? "";

  await signInStaff(page, town, "鈴木 健", "/manage/history");
  await page.getByRole("searchbox").fill("2611-0000-0000");
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByText("この予約は見つかりません。")).toBeVisible();
  await accessible();
  await page.getByRole("searchbox").fill(id);
  await page.getByRole("searchbox").press("Enter");
  const held = page.getByRole("row").filter({ hasText: "仮予約した" });
  await expect(held).toContainText("利用者本人");
  await expect(held).toContainText("620円");
  await accessible();
});
