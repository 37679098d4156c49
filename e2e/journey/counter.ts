// What a clerk does with a drawer, by the words on the page.
import { expect, type Page, type TestInfo } from "@playwright/test";

const PROJECTS = ["phone", "phone-without-javascript", "desktop", "desktop-without-javascript"];

/** As many as playwright.config.ts lets run at once. */
const WORKERS = 2;

/** A number for a drawer that this worker alone uses. */
export function drawerNumber(info: TestInfo): number {
  return 11 + PROJECTS.indexOf(info.project.name) * WORKERS + (info.parallelIndex % WORKERS);
}

/** A reading and a number that nobody has yet: each run leaves its people behind. */
export function newcomer(info: TestInfo): { name: string; kana: string; phone: string } {
  const letters = [..."アイウエオカキクケコ"];
  const own = PROJECTS.indexOf(info.project.name) * WORKERS + (info.parallelIndex % WORKERS);
  const digits = `${own}${Date.now() % 10_000_000}`.padStart(8, "0");
  const given = [...digits].map((digit) => letters[Number(digit)]).join("");
  return {
    name: `見本 ${given}`,
    kana: `ミホン ${given}`,
    phone: `090-${digits.slice(0, 4)}-${digits.slice(4)}`,
  };
}

/** Registers somebody who showed a passport; gives their id. */
export async function register(
  page: Page,
  town: string,
  { name, kana, phone }: { name: string; kana: string; phone: string },
): Promise<string> {
  await page.goto(`${town}/counter/people/new`);
  await page.getByLabel("氏名").fill(name);
  await page.getByLabel("フリガナ").fill(kana);
  await page.getByLabel("電話番号").fill(phone);
  await page.getByLabel("町内").check();
  await page.getByLabel("確認した書類").selectOption("passport");
  await page.getByRole("button", { name: "登録する" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
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

/** The same by the keyboard: how often is ArrowDown pressed once the list has the focus? */
export async function stepsToDrawer(page: Page, info: TestInfo): Promise<number> {
  const choice = page.getByLabel("引出し", { exact: true });
  const options = await choice.locator("option").all();
  const names = await Promise.all(options.map((option) => option.textContent()));
  const values = await Promise.all(options.map((option) => option.getAttribute("value")));
  const own = names.findIndex((name) => name?.includes(`引出し${drawerNumber(info)} `));
  const chosen = values.indexOf(await choice.inputValue());
  expect(own, "a drawer that was opened is not offered").toBeGreaterThanOrEqual(chosen);
  return own - chosen;
}
