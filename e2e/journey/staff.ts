// What somebody of the staff does, by the words on the page.
import { expect, type Page } from "@playwright/test";

import { runsScripts } from "../fixtures.ts";
import { arrived } from "./resident.ts";

/**
 * Signs in as one of the stand-in's sample staff: 佐藤 (窓口), 鈴木 (施設管理者), 高橋 (会計),
 * 田中 (管理者), 渡辺 (閲覧); 中村 has no role. Leads to `to`, a page of the staff, with its islands
 * alive.
 */
export async function signInStaff(
  page: Page,
  town: string,
  name: string,
  to = "/staff",
): Promise<void> {
  await page.goto(`${town}/staff?return_to=${encodeURIComponent(to)}`);
  await page.getByRole("link", { name: "職員としてログインする" }).click();
  await expect(page.getByRole("heading", { name: "職員を選んでください" })).toBeVisible();
  await page.getByRole("button", { name }).click();
  await page.waitForURL(/localhost/);
  await arrived(page, runsScripts());
}
