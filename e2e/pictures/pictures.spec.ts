// One picture for each task of docs/窓口 and docs/管理, from the demo's sample month.
import { fileURLToPath } from "node:url";

import { test, type Page } from "@playwright/test";

import { addresses } from "../addresses.ts";
import { signInStaff } from "../journey/staff.ts";

const town = addresses.towns.seika;

async function take(page: Page, folder: string, name: string): Promise<void> {
  const path = fileURLToPath(new URL(`../../docs/${folder}/${name}.png`, import.meta.url));
  await page.screenshot({ path });
}

test("the counter", async ({ page }) => {
  await signInStaff(page, town, "佐藤 真理", "/counter");
  await take(page, "窓口", "今日の予約");

  await page.goto(`${town}/counter/people`);
  await page.locator("main form input:not([type=hidden])").first().fill("見本");
  await page.locator("main form button").first().click();
  await page.getByRole("link", { name: /見本/ }).first().waitFor();
  await take(page, "窓口", "さがす");

  await page.goto(`${town}/counter/people/new`);
  await take(page, "窓口", "登録する");

  await page.goto(`${town}/counter`);
  await page.locator(".arrivals a").first().click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await take(page, "窓口", "予約の受付");

  await page.goto(`${town}/counter/till`);
  await take(page, "窓口", "引出し");
});

test("the manager", async ({ page }) => {
  await signInStaff(page, town, "鈴木 健", "/manage");
  await take(page, "管理", "予約状況");
  await page.goto(`${town}/manage/closures/new`);
  await take(page, "管理", "休館にする");
  await page.goto(`${town}/manage/figures`);
  await take(page, "管理", "利用実績");
});
