// 窓口での受付: somebody comes without a reservation and leaves with a held room. By the keyboard
// alone, and with every step counted.
import type { Locator, Page } from "@playwright/test";

import { newcomer, openDrawer, register, stepsToDrawer } from "../journey/counter.ts";
import { arrived, dayFromToday } from "../journey/resident.ts";
import { signInStaff } from "../journey/staff.ts";
import { addresses, expect, runsScripts, test } from "../fixtures.ts";

const town = addresses.towns.seika;
const PROJECTS = ["phone", "phone-without-javascript", "desktop", "desktop-without-javascript"];
// Days that no other spec looks at, one in four for each project.
const FIRST_DAY = 41;
const TRIES = 7;

/** What the clerk does, counted: something typed, or something pressed. Tab is not counted. */
class Hands {
  actions = 0;

  constructor(private readonly page: Page) {}

  /** A page has come whose heading says so, and its islands live. */
  async lands(heading: string): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await arrived(this.page, runsScripts());
  }

  private async reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let tabs = 0; tabs < 300; tabs += 1) {
      if ((await target.and(this.page.locator(":focus")).count()) > 0) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error("the keyboard does not get there");
  }

  async press(target: Locator, key = "Enter"): Promise<void> {
    await this.reach(target);
    await this.page.keyboard.press(key);
    this.actions += 1;
  }

  /** Chooses what stands so many steps below in a list. */
  async choose(target: Locator, steps: number): Promise<void> {
    await this.reach(target);
    for (let step = 0; step < steps; step += 1) await this.page.keyboard.press("ArrowDown");
    this.actions += 1;
  }

  async type(target: Locator, words: string): Promise<void> {
    await this.reach(target);
    await this.page.keyboard.type(words);
    this.actions += 1;
  }
}

const field = (page: Page) => page.getByRole("searchbox");
const holdButton = (page: Page) => page.getByRole("button", { name: "仮予約する" });

/** A free time on whichever board this screen shows. */
function freeTime(page: Page, room = "nishi-dojo"): Locator {
  return page.locator(`a[href*="/counter/rooms/${room}/book"]:visible`).first();
}

/** A day of this project on which the room still has a free time over the counter. */
async function freeDay(
  page: Page,
  project: string,
  person: string,
  room = "nishi-dojo",
): Promise<string> {
  for (let round = 0; round < TRIES; round += 1) {
    const date = dayFromToday(FIRST_DAY + PROJECTS.indexOf(project) + round * PROJECTS.length);
    await page.goto(`${town}/counter/book?person=${person}&facility=seika-nishi&date=${date}`);
    await arrived(page, runsScripts());
    if ((await freeTime(page, room).count()) > 0) return date;
  }
  throw new Error(`no free day of ${room}: wipe the data`);
}

test("somebody new is registered and served, and served again in few steps, by keyboard alone", async ({
  page,
  accessible,
}, info) => {
  // Two visits, each as long as a journey.
  test.slow();
  const { name, kana, phone } = newcomer(info);
  await signInStaff(page, town, "佐藤 真理", "/counter");
  const first = new Hands(page);
  await first.press(page.getByRole("link", { name: "窓口で予約を取る" }));
  await first.lands("利用者をさがす");
  await accessible();
  await first.type(field(page), kana);
  await first.press(field(page));
  await expect(page.getByText("この言葉で見つかる方はいません。")).toBeVisible();
  expect(page.url(), "no name in an address").not.toContain(encodeURIComponent("ミホン"));
  await accessible();
  await first.press(page.getByRole("link", { name: "新しい方を登録する" }).first());

  await first.lands("利用者を登録する");
  await accessible();
  await first.type(page.getByLabel("氏名"), "1234 5678 9018");
  await first.press(page.getByRole("button", { name: "登録する" }));
  await expect(page.getByText("マイナンバーは入力しないでください").last()).toBeVisible();
  await accessible();
  await first.press(page.getByLabel("氏名"), "Control+A");
  await first.type(page.getByLabel("氏名"), name);
  await first.type(page.getByLabel("フリガナ"), kana);
  await first.type(page.getByLabel("電話番号"), phone);
  await first.press(page.getByLabel("町内"), "Space");
  await first.press(page.getByLabel("確認した書類"), "ArrowDown");
  await first.press(page.getByRole("button", { name: "登録する" }));
  await first.lands(name);
  await expect(page.getByText(/利用者番号は \d{4}-\d{4} です/)).toBeVisible();
  await accessible();
  const person = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const number = /\d{4}-\d{4}/.exec(await page.locator(".facts").innerText())?.[0] ?? "";

  await freeDay(page, info.project.name, person);
  await first.lands("部屋と時間を選ぶ");
  await expect(page.getByLabel("受付中の方")).toContainText(name);
  await accessible();
  await first.press(freeTime(page));
  await first.lands("使い方を入力する");
  await accessible();
  await first.press(page.getByLabel("剣道"), "Space");
  await first.type(page.getByLabel("人数"), "20");
  await first.press(holdButton(page));
  await page.waitForURL(/\/counter\/reservations\/[0-9a-f-]{36}$/);

  // The next time: from the day's list to the receipt, out of a drawer that was opened before.
  await openDrawer(page, town, "seika-nishi", info, "10,000");
  const date = await freeDay(page, info.project.name, person);
  await page.goto(`${town}/counter?facility=seika-nishi&date=${date}`);
  const again = new Hands(page);
  await again.lands("この日の予約");
  await again.press(page.getByRole("link", { name: "窓口で予約を取る" }));
  await again.lands("利用者をさがす");
  await again.type(field(page), number);
  await again.press(field(page));
  await again.press(page.getByRole("link", { name: new RegExp(`^${name}`) }).first());
  await again.lands("部屋と時間を選ぶ");
  await again.press(freeTime(page));
  await again.lands("使い方を入力する");
  await expect(page.getByLabel("人数")).toHaveValue("20");
  await expect(page.getByLabel("剣道")).toBeChecked();
  await again.press(holdButton(page));
  await again.lands("予約の受付");
  await again.press(page.getByRole("link", { name: "お客さまに見せる画面を開く" }));
  await again.lands("予約内容の確認");
  await again.press(page.getByRole("link", { name: /受付に戻る/ }));
  await again.lands("予約の受付");
  // Other projects have drawers open at the same counter; a town has one, and saves this step.
  const drawer = page.getByLabel("引出し", { exact: true });
  if ((await drawer.count()) > 0) await again.choose(drawer, await stepsToDrawer(page, info));
  await again.type(page.getByLabel("お預かり"), "5000");
  await again.press(page.getByRole("button", { name: "現金を受け取った", exact: true }));
  await expect(page.getByText("現金を受け取りました。")).toBeVisible();
  await expect(page.locator(".sale-change")).toContainText("円");
  const asked = page.waitForRequest(/\/receipt\.pdf$/);
  // Shown or saved, as the browser likes.
  const come = Promise.race([page.waitForEvent("download"), page.waitForURL(/\/receipt\.pdf$/)]);
  await again.press(page.getByRole("link", { name: "領収書（PDF）" }));
  expect((await (await asked).response())?.status()).toBe(200);
  await come;
  console.log(`a repeat walk-in, from the list to the receipt: ${again.actions} actions`);
  expect(again.actions).toBeLessThanOrEqual(12);

  await page.goto(`${town}/counter?facility=seika-nishi&date=${date}`);
  await expect(page.getByRole("row").filter({ hasText: name }).first()).toContainText("窓口");
  await accessible();
});

test("somebody who is known is asked about before they are entered twice", async ({
  page,
  accessible,
}, info) => {
  const { name, kana, phone } = newcomer(info);
  await signInStaff(page, town, "佐藤 真理", "/counter/people/new");
  const enter = async (who: string, reading: string) => {
    await page.getByLabel("氏名").fill(who);
    await page.getByLabel("フリガナ").fill(reading);
    await page.getByLabel("電話番号").fill(phone);
    await page.getByLabel("町外").check();
    await page.getByLabel("確認した書類").selectOption("passport");
    await page.getByRole("button", { name: "登録する" }).click();
  };
  await enter(name, kana);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.goto(`${town}/counter/people/new`);
  await enter(`${name}の父`, `${kana}ノチチ`);
  await expect(page.getByText("もう登録されている方かもしれません")).toBeVisible();
  await expect(page.getByRole("link", { name: new RegExp(`^${name}`) }).first()).toBeVisible();
  await accessible();
  await page.getByLabel("上の方とは別の方です").check();
  await page.getByRole("button", { name: "登録する" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${name}の父` })).toBeVisible();
});

test("the total follows the answers at the counter too", async ({ page, javaScript }, info) => {
  const who = newcomer(info);
  await signInStaff(page, town, "佐藤 真理");
  const person = await register(page, town, who);
  await freeDay(page, info.project.name, person, "nishi-tennis-1");
  await freeTime(page, "nishi-tennis-1").click();
  await expect(page.getByRole("heading", { level: 1, name: "使い方を入力する" })).toBeVisible();
  await arrived(page, javaScript);
  const sum = page.locator("#quote output");
  const before = await sum.innerText();
  await page.getByLabel("人数").fill("4");
  await page.getByRole("checkbox", { name: /照明/ }).first().check();
  if (!javaScript) await page.getByRole("button", { name: "料金を計算しなおす" }).click();
  await expect(sum).not.toHaveText(before);
  await expect(page.getByLabel("受付中の方")).toContainText(who.name);
});
