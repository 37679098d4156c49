// 団体登録: a resident applies, the counter looks at the papers, the manager approves, and the group
// is booked for in its own name.
import type { Browser, Page } from "@playwright/test";

import {
  arrived,
  dayFromToday,
  HOME,
  post,
  signInAt,
  signInWith,
  somebody,
} from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { signInStaff } from "../journey/staff.ts";
import { addresses, expect, runsScripts, test } from "../fixtures.ts";

const town = addresses.towns.seika;

/** Fills the application in. */
async function apply(page: Page, name: string, members: string): Promise<void> {
  await page.getByLabel("団体の名前").fill(name);
  await page.getByLabel("団体のフリガナ").fill("けんどう くらぶ");
  await page.getByLabel("活動の内容").fill("剣道の稽古");
  await page.getByLabel("会員の人数").fill(members);
  await page.getByLabel("そのうち町内の人数").fill(members);
}

test("a club is registered and books in its own name", async ({
  browser,
  page,
  visit,
  accessible,
}, info) => {
  // Three people take part, each with a sign-in of their own.
  test.slow();
  // Forty letters: a name that is long enough to break a line anywhere.
  const name = `むくのき少年少女剣道クラブ保護者と指導者の会${info.project.name}${Date.now() % 1_000_000}`;
  await signInAt(page, town, "山田 花子");
  await visit(`${town}/groups`);
  await accessible();
  await page.getByRole("link", { name: "団体登録を申請する" }).click();
  await arrived(page, runsScripts());
  await accessible();

  // Too few members: told at once, with everything that was typed.
  await apply(page, name, "2");
  const send = page.getByRole("button", { name: "この内容で申請する" });
  expect((await post(page, send)).status()).toBe(422);
  await expect(page.getByText(/5人以上が必要です/)).toBeVisible();
  await expect(page.getByLabel("団体の名前")).toHaveValue(name);
  await accessible();
  await page.getByLabel("会員の人数").fill("12");
  await page.getByLabel("そのうち町内の人数").fill("6");
  await send.click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("申請を受け付けました")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "名簿" })).toBeVisible();
  await accessible();
  const group = new URL(page.url()).pathname;

  // The window notes the papers and cannot decide.
  const desk = await browser.newContext();
  const clerk = await desk.newPage();
  await signInStaff(clerk, town, "佐藤 真理", "/counter/groups");
  await clerk.getByRole("link", { name }).click();
  await clerk.getByLabel("規約・会則").check();
  await clerk.getByLabel("名簿").check();
  await clerk.getByRole("button", { name: "確認した内容を記録する" }).click();
  await expect(clerk.getByText("決定は、施設管理者が行います。")).toBeVisible();
  await expect(clerk.getByRole("button", { name: "登録を承認する" })).toHaveCount(0);

  const office = await browser.newContext();
  const manager = await office.newPage();
  await signInStaff(manager, town, "鈴木 健", `/counter${group}`);
  await manager.getByRole("button", { name: "登録を承認する" }).click();
  await expect(manager.getByText("登録済み")).toBeVisible();

  // And now in its own name.
  const slot = await findFree(page, visit, town, "nishi-dojo", info);
  await visit(formOf(town, slot));
  await page.getByRole("group", { name: /だれの予約ですか/ }).getByLabel(name).check();
  await page.getByLabel("剣道", { exact: true }).check();
  await page.getByLabel("人数").fill("20");
  await accessible();
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await expect(page.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(name);
  await accessible();

  // The registration is given up again, so that the next run finds the page as this one did.
  await visit(`${town}${group}`);
  await accessible();
  await page.locator("summary", { hasText: "登録をやめる" }).click();
  await page.getByRole("button", { name: "登録をやめる" }).click();
  await expect(page.getByText("登録終了")).toBeVisible();
  await Promise.all([desk.close(), office.close()]);
});

test("scenario 21: a fourteen-year-old is told before filling anything in, with the article and who can", async ({
  page,
  visit,
  accessible,
}) => {
  const kawagoe = addresses.towns.kawagoe;
  await signInAt(page, kawagoe, "伊藤 陸");
  await visit(`${kawagoe}/groups/new`);
  await expect(page.getByText("代表者として申請できません")).toBeVisible();
  await expect(page.getByText(/15歳になって最初の4月1日を迎えた方/).first()).toBeVisible();
  await expect(page.getByText(/ほかの大人の会員に代表者になってもらってください/)).toBeVisible();
  await expect(page.getByRole("button", { name: "この内容で申請する" })).toHaveCount(0);
  await accessible();
});

/** Notes at the window that these papers were shown, and has the manager approve. */
async function approve(browser: Browser, at: string, group: string, papers: string[]): Promise<void> {
  const office = await browser.newContext();
  const manager = await office.newPage();
  await signInStaff(manager, at, "鈴木 健", `/counter${group}`);
  for (const paper of papers) await manager.getByLabel(paper).check();
  await manager.getByRole("button", { name: "確認した内容を記録する" }).click();
  await manager.getByRole("button", { name: "登録を承認する" }).click();
  await expect(manager.getByText("登録済み")).toBeVisible();
  await office.close();
}

test("scenario 21: a sixteen-year-old applies and waits for the consent of a guardian", async ({
  browser,
  page,
  visit,
  accessible,
}) => {
  test.slow();
  // Sixteen all year.
  const born = `${Number(dayFromToday(0).slice(0, 4)) - 16}0101`;
  await signInWith(page, town, somebody(HOME.seika, born));
  await visit(`${town}/groups/new`);
  await expect(page.getByText("保護者の同意が必要です")).toBeVisible();
  await expect(page.getByText(/窓口で保護者の同意書を確かめてから、登録になります/)).toBeVisible();
  await accessible();
  const name = `若葉剣道会${crypto.randomUUID().slice(0, 8)}`;
  await apply(page, name, "8");
  await page.getByRole("button", { name: "この内容で申請する" }).click();
  await expect(page.getByText("申請を受け付けました")).toBeVisible();
  const consent = page.getByRole("listitem").filter({ hasText: "保護者の同意書" });
  await expect(consent).toBeVisible();
  await accessible();
  const group = new URL(page.url()).pathname;

  // The rest alone does not do.
  const office = await browser.newContext();
  const manager = await office.newPage();
  await signInStaff(manager, town, "鈴木 健", `/counter${group}`);
  for (const paper of ["規約・会則", "名簿"]) await manager.getByLabel(paper).check();
  await manager.getByRole("button", { name: "確認した内容を記録する" }).click();
  await expect(manager.getByRole("main")).toContainText("保護者の同意書");
  await office.close();
  await page.reload();
  await expect(consent).toBeVisible();
  await expect(page.getByText("登録済み")).toHaveCount(0);

  await approve(browser, town, group, ["保護者の同意書"]);
  await page.reload();
  await expect(page.getByText("登録済み")).toBeVisible();
  await page.locator("summary", { hasText: "登録をやめる" }).click();
  await page.getByRole("button", { name: "登録をやめる" }).click();
  await expect(page.getByText("登録終了")).toBeVisible();
});

test("scenario 51: a group books no day after its registration ends, and is led to renewing it", async ({
  browser,
  page,
  visit,
  accessible,
  javaScript,
}) => {
  test.slow();
  const kawagoe = addresses.towns.kawagoe;
  await signInWith(page, kawagoe, somebody(HOME.kawagoe));
  await visit(`${kawagoe}/groups/new`);
  const name = `川越体操会${crypto.randomUUID().slice(0, 8)}`;
  await apply(page, name, "8");
  await page.getByRole("button", { name: "この内容で申請する" }).click();
  await expect(page.getByText("申請を受け付けました")).toBeVisible();
  const group = new URL(page.url()).pathname;
  await approve(browser, kawagoe, group, ["規約・会則", "名簿"]);

  const { year, date } = nextFiscalYear();
  const time = { room: "multi", date, start: "10:00", end: "12:00" };
  await visit(formOf(kawagoe, time));
  await page.getByRole("group", { name: /だれの予約ですか/ }).getByLabel(name).check();
  await page.getByLabel("ダンス・体操").check();
  await page.getByLabel("人数").fill("20");
  const book = page.getByRole("button", { name: "この時間で予約する" });
  expect((await post(page, book)).status()).toBe(422);
  await arrived(page, javaScript);
  const told = page.getByRole("alert");
  await expect(told).toContainText(`${year}年3月31日`);
  await expect(told).toContainText("団体登録の決まり（見本）");
  await expect(told).toContainText(`団体登録を更新してください。更新は${year}年1月1日`);
  await expect(page.getByLabel("人数")).toHaveValue("20");
  await accessible();
  await told.getByRole("link", { name: "団体のページで更新する" }).click();
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("main")).toContainText(`${year}年3月31日`);
  await page.locator("summary", { hasText: "登録をやめる" }).click();
  await page.getByRole("button", { name: "登録をやめる" }).click();
  await expect(page.getByText("登録終了")).toBeVisible();
});

/** The year in which the fiscal year of today ends, and the first Saturday of the next from 2 April. */
function nextFiscalYear(): { year: number; date: string } {
  const [thisYear = 0, month = 0] = dayFromToday(0).split("-").map(Number);
  const year = month < 4 ? thisYear : thisYear + 1;
  const SATURDAY = 6;
  const second = new Date(Date.UTC(year, 3, 2));
  second.setUTCDate(2 + ((SATURDAY - second.getUTCDay() + 7) % 7));
  return { year, date: second.toISOString().slice(0, 10) };
}
