// 予約状況と休館: the manager's board and the counter's list renew themselves, and a closure is
// shown before it is made.
import type { Page } from "@playwright/test";

import { chooseDrawer, newcomer, openDrawer, register } from "../journey/counter.ts";
import { arrived, payByCard, signInAt } from "../journey/resident.ts";
import { findFree, formOf, type Slot } from "../journey/slots.ts";
import { signInStaff } from "../journey/staff.ts";
import { addresses, expect, runsScripts, test } from "../fixtures.ts";

const town = addresses.towns.seika;
const facility = "seika-nishi";

/** Books what `findFree` found, up to the hold. Gives the reservation's address. */
async function hold(page: Page, slot: Slot): Promise<string> {
  await page.goto(formOf(town, slot));
  await page.getByLabel("剣道").check();
  await page.getByLabel("人数").fill("20");
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await expect(page.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  return page.url().replace(/\/confirm.*$/, "");
}

test("a board and a day's list show a booking by themselves", async ({
  browser,
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  // Three people take part, each with a sign-in of their own.
  test.slow();
  const slot = await findFree(page, visit, town, "nishi-dojo", info);
  const desk = await browser.newContext();
  const counter = await desk.newPage();
  await signInStaff(counter, town, "佐藤 真理", `/counter?facility=${facility}&date=${slot.date}`);
  await signInStaff(page, town, "鈴木 健", `/manage?facility=${facility}&date=${slot.date}`);
  await expect(page.getByRole("heading", { level: 1, name: "予約状況" })).toBeVisible();
  await accessible();
  const row = page.getByRole("row", { name: /格技場/ }).first();
  await expect(row).toBeVisible();

  const other = await browser.newContext();
  const resident = await other.newPage();
  await signInAt(resident, town, "木下 一郎");
  const address = await hold(resident, slot);
  const id = address.split("/").pop() ?? "";

  if (!javaScript) {
    await page.reload();
    await counter.reload();
  }
  // By themselves and within a second: nobody touches these two pages.
  const soon = { timeout: 1_000 };
  const held = page.locator(`[data-state="held"]`).filter({ hasText: "木下" });
  await Promise.all([
    expect(held.first()).toBeVisible(soon),
    expect(counter.locator(`#r-${id}`)).toContainText("木下", soon),
  ]);
  if (javaScript) await expect(page.getByRole("status").filter({ hasText: "に更新" })).toBeVisible();
  await accessible();

  // Of a week everybody sees the state and nobody a name.
  await page.getByLabel("表示").selectOption("week");
  await page.getByRole("button", { name: "表示する" }).click();
  await arrived(page, javaScript);
  await expect(page.getByRole("main")).not.toContainText("木下");
  await expect(page.locator(`.days [data-state="held"]`).first()).toBeVisible();
  await accessible();
  await resident.goto(`${address}/cancel`);
  await resident.getByRole("button", { name: "この予約を取り消す" }).click();
  await expect(resident.getByText("予約を取り消しました")).toBeVisible();
  await other.close();
  await desk.close();
});

test("what the clerk sells is taken on the resident's screen", async ({
  browser,
  page,
  visit,
  accessible,
}, info) => {
  test.slow();
  // The resident looks at the room's free times and does nothing.
  const slot = await findFree(page, visit, town, "nishi-dojo", info);
  const clock = `${slot.start.replace(/^0/, "")}–`;
  const free = page.locator(`a[href*="start=${encodeURIComponent(slot.start)}"][href*="${slot.date}"]`);
  await expect(free.first()).toBeAttached();

  // The clerk sells it in another browser, for cash.
  const desk = await browser.newContext();
  const clerk = await desk.newPage();
  await signInStaff(clerk, town, "佐藤 真理");
  const drawer = await openDrawer(clerk, town, facility, info, "10,000");
  const person = await register(clerk, town, newcomer(info));
  const time = new URLSearchParams({ person, date: slot.date, start: slot.start, end: slot.end });
  await clerk.goto(`${town}/counter/rooms/${slot.room}/book?${time.toString()}`);
  await arrived(clerk, runsScripts());
  await clerk.getByLabel("剣道").check();
  await clerk.getByLabel("人数").fill("20");
  await clerk.getByRole("button", { name: "仮予約する" }).click();
  await expect(clerk.getByRole("heading", { level: 1, name: "予約の受付" })).toBeVisible();
  await chooseDrawer(clerk, info);
  await clerk.getByRole("button", { name: /^ちょうど/ }).click();
  await expect(clerk.locator("#paid")).toContainText("支払済");

  await page.reload();
  await arrived(page, runsScripts());
  await expect(free).toHaveCount(0);
  await expect(page.getByRole("main")).toContainText("予約済み");
  await expect(page.getByRole("main")).toContainText(clock);
  await expect(page.getByRole("main")).not.toContainText("見本 ");
  await accessible();
  const refused = await visit(formOf(town, slot));
  expect(refused.status()).toBe(409);

  await clerk.goto(drawer);
  await clerk.getByLabel("理由・メモ").fill("試験のため数えない");
  await clerk.getByRole("button", { name: "この枚数で締める" }).click();
  await expect(clerk.getByText("引出しを締めました。")).toBeVisible();
  await desk.close();
});

test("a closure shows whom it hits, cancels them and tells them why, and is lifted again", async ({
  browser,
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  // Three people take part, each with a sign-in of their own.
  test.slow();
  const slot = await findFree(page, visit, town, "nishi-dojo", info);
  const other = await browser.newContext();
  const resident = await other.newPage();
  await signInAt(resident, town, "木下 一郎");
  const address = await hold(resident, slot);
  await resident.getByRole("button", { name: "支払いへ進む" }).click();
  await payByCard(resident);
  await resident.waitForURL(/\/paid/);
  await expect(resident.getByText("予約が確定しました")).toBeVisible();

  await signInStaff(page, town, "鈴木 健", `/manage/closures/new?facility=${facility}`);
  await expect(page.getByRole("heading", { level: 1, name: "休館にする" })).toBeVisible();
  await accessible();
  await page.getByRole("button", { name: "影響を確かめる" }).click();
  await expect(page.getByText("はじめの日を入力してください。").first()).toBeVisible();
  await accessible();

  const note = `床の修理 ${info.project.name} ${slot.start}`;
  await page.getByLabel("部屋を選ぶ", { exact: true }).check();
  await page.getByRole("checkbox", { name: "格技場" }).first().check();
  await page.getByLabel("はじめの日").fill(slot.date);
  await page.getByLabel("時間を決める").check();
  await page.getByLabel("開始時刻").selectOption(slot.start);
  await page.getByLabel("終了時刻").selectOption(slot.end);
  await page.getByLabel("工事・修繕").check();
  await page.getByLabel("理由の説明").fill(note);
  await page.getByRole("button", { name: "影響を確かめる" }).click();
  await expect(page.getByText("1件の予約が取り消されます。")).toBeVisible();
  await expect(page.getByRole("table", { name: "取り消される予約" })).toContainText("木下");
  // On a phone the rows are a list; their heading still reads from left to right.
  const heading = await page.locator("caption", { hasText: "取り消される予約" }).boundingBox();
  expect(heading?.width).toBeGreaterThan(heading?.height ?? 0);
  await accessible();
  await resident.goto(address);
  await expect(resident.getByRole("main")).toContainText("予約確定");

  await page.getByRole("button", { name: "1件の予約を取り消して、休みにする" }).click();
  await expect(page.getByText("休みにしました。1件の予約を取り消しました。")).toBeVisible();
  await accessible();
  await resident.goto(address);
  await expect(resident.getByRole("main")).toContainText("取消済み");
  await resident.goto(`${town}/rooms/${slot.room}?date=${slot.date}`);
  await expect(resident.getByRole("main")).toContainText("休館");
  const mails = `${addresses.mailbox}/api/mails?to=hanako@example.jp`;
  await expect
    .poll(async () => (await resident.request.get(mails)).text(), { timeout: 30_000 })
    .toContain(note);

  await visit(`${town}/manage/closures`);
  await accessible();
  await page.getByRole("row", { name: new RegExp(note) }).getByRole("link").click();
  await page.getByRole("button", { name: /この日を解除/ }).click();
  await expect(page.getByText("解除しました。予約を受け付けられます。")).toBeVisible();
  await accessible();
  await resident.goto(`${town}/rooms/${slot.room}?date=${slot.date}`);
  await expect(resident.locator(`a[href*="${encodeURIComponent(slot.start)}"]`).first()).toBeAttached();
  await other.close();
});

test("a board fits on paper", async ({ page, visit }) => {
  await signInStaff(page, town, "渡辺 香", "/manage?range=week");
  await visit(`${town}/manage?range=week`);
  const paper = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  expect(paper.length).toBeGreaterThan(1_000);
  // A4 landscape, in points.
  expect(paper.toString("latin1")).toMatch(/MediaBox \[0 0 84\d(\.\d+)? 59\d(\.\d+)?\]/);
});
