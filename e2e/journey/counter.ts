// What a clerk does with a drawer, by the words on the page.
import { expect, type Page, type TestInfo } from "@playwright/test";

const PROJECTS = ["phone", "phone-without-javascript", "desktop", "desktop-without-javascript"];

/** A number for a drawer that this project alone uses. */
export function drawerNumber(info: TestInfo): number {
  return 11 + PROJECTS.indexOf(info.project.name);
}

/** Opens a drawer with so much inside; one that an earlier run left open is closed first. */
export async function openDrawer(
  page: Page,
  town: string,
  facility: string,
  info: TestInfo,
  float: string,
): Promise<string> {
  const number = drawerNumber(info);
  const day = `${town}/counter/till?facility=${facility}`;
  await page.goto(day);
  const left = page
    .getByRole("article")
    .filter({ has: page.getByRole("heading", { name: `引出し${number} 開設中` }) });
  if ((await left.count()) > 0) {
    await left.getByRole("link", { name: "数えて締める" }).click();
    await page.getByLabel("理由・メモ").fill("前回の試験の残り");
    await page.getByRole("button", { name: "この枚数で締める" }).click();
    await expect(page.getByText("引出しを締めました。")).toBeVisible();
    await page.goto(day);
  }
  await page.getByLabel("引出しの番号").fill(String(number));
  await page.getByLabel("釣銭準備金").fill(float);
  await page.getByRole("button", { name: "引出しを開ける" }).click();
  await expect(page.getByText("引出しを開けました。")).toBeVisible();
  return page.url().replace(/\?.*$/, "");
}

/** Chooses this project's drawer where there are several. */
export async function chooseDrawer(page: Page, info: TestInfo): Promise<void> {
  const choice = page.getByLabel("引出し", { exact: true });
  if ((await choice.count()) === 0) return;
  const own = choice.locator("option", { hasText: `引出し${drawerNumber(info)} ` });
  await choice.selectOption((await own.getAttribute("value")) ?? "");
}
