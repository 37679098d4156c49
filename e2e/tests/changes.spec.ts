// What is given up for another reason than one's own: the resident reads why, what comes back and
// what is free instead.
import type { Page } from "@playwright/test";

import { daysOfMonth, inWords } from "../journey/months.ts";
import {
  arrived,
  dayFromToday,
  giveUp,
  payByCard,
  reservationOf,
  signInAt,
} from "../journey/resident.ts";
import { findFree, findFreeOn, formOf, ownRoomShare, type Slot } from "../journey/slots.ts";
import { signInStaff } from "../journey/staff.ts";
import { addresses, expect, test } from "../fixtures.ts";

const { seika, kawagoe } = addresses.towns;

/** Books what was found and pays for it. Gives the reservation's address. */
async function book(page: Page, slot: Slot, purpose: string, people: string): Promise<string> {
  await page.goto(formOf(seika, slot));
  await page.getByLabel(purpose, { exact: true }).check();
  await page.getByLabel("人数").fill(people);
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await page.getByRole("button", { name: "支払いへ進む" }).click();
  await payByCard(page);
  await page.waitForURL(/\/paid/);
  await expect(page.getByText("予約が確定しました")).toBeVisible();
  return reservationOf(page);
}

/** The mails about a reservation, once there is one with these words. */
async function mailed(page: Page, number: string, words: string): Promise<string> {
  const mails = `${addresses.mailbox}/api/mails`;
  let found = "";
  await expect
    .poll(
      async () => {
        const all = (await (await page.request.get(mails)).json()) as { text: string }[];
        found = all.map((mail) => mail.text).find((text) => text.includes(number) && text.includes(words)) ?? "";
        return found;
      },
      { timeout: 30_000 },
    )
    .not.toBe("");
  return found;
}

test("scenario 33: a school's event displaces a booking with notice, alternatives and all the money", async ({
  browser,
  page,
  visit,
  accessible,
}, info) => {
  test.slow();
  const slot = await findFree(page, visit, seika, "nishi-dojo", info);
  await signInAt(page, seika, "木下 一郎");
  const own = await book(page, slot, "剣道", "20");
  const number = await page.locator(".ticket-number").innerText();

  const office = await browser.newContext();
  const manager = await office.newPage();
  await signInStaff(manager, seika, "鈴木 健", "/manage/closures/new?facility=seika-nishi");
  await manager.getByLabel("部屋を選ぶ", { exact: true }).check();
  await manager.getByRole("checkbox", { name: "格技場" }).first().check();
  await manager.getByLabel("はじめの日").fill(slot.date);
  await manager.getByLabel("時間を決める").check();
  await manager.getByLabel("開始時刻").selectOption(slot.start);
  await manager.getByLabel("終了時刻").selectOption(slot.end);
  await manager.getByLabel(/^公用/).check();
  const note = `武道大会（学校行事）${number}`;
  await manager.getByLabel("理由の説明").fill(note);
  await manager.getByRole("button", { name: "影響を確かめる" }).click();
  await manager.getByRole("button", { name: "1件の予約を取り消して、休みにする" }).click();
  await expect(manager.getByText("休みにしました。1件の予約を取り消しました。")).toBeVisible();

  // On the page of the reservation.
  await visit(own);
  const main = page.getByRole("main");
  await expect(main).toContainText("取消済み");
  await expect(main).toContainText("施設の都合");
  await expect(page.locator("#given-up")).toContainText("620円");
  await expect(page.getByRole("link", { name: "同じ部屋の空きを見る" })).toBeVisible();
  await accessible();
  // And by mail, with what is free instead.
  const mail = await mailed(page, number, "施設の都合");
  for (const words of [note, "620円をお返しします", "いま空いている近い時間"]) {
    expect(mail).toContain(words);
  }

  // The floor is open again for the next run.
  await manager.goto(`${seika}/manage/closures`);
  await manager.getByRole("row", { name: new RegExp(number) }).getByRole("link").click();
  await manager.getByRole("button", { name: /この日を解除/ }).click();
  await expect(manager.getByText("解除しました。予約を受け付けられます。")).toBeVisible();
  await office.close();
});

test("scenario 43: a last day for a refund on which the hall rests is the next day it opens", async ({
  page,
  visit,
  accessible,
}, info) => {
  await signInAt(page, kawagoe, "水谷 武");
  // Three days before a Thursday is a Monday.
  const THURSDAY = 4;
  const coming = [0, 1, 2].flatMap((ahead) => daysOfMonth(ahead));
  const [room, thursdays] = ownRoomShare(
    ["takamatsu-big", "takamatsu-kitchen"],
    coming.filter((day) => day > dayFromToday(8) && new Date(day).getUTCDay() === THURSDAY),
    info,
  );
  const regular: string[] = [];
  for (const day of thursdays) {
    await visit(`${kawagoe}/rooms/${room}?date=${before(day, 7)}`);
    const open = (await page.getByRole("heading", { name: "休館日" }).count()) === 0;
    await visit(`${kawagoe}/rooms/${room}?date=${before(day, 3)}`);
    const rests = (await page.getByText("定休日です。").count()) > 0;
    if (open && rests) regular.push(day);
  }
  const slot = await findFreeOn(page, visit, kawagoe, room, regular);
  await visit(formOf(kawagoe, slot));
  await page.getByLabel(/会議・集会|料理教室/).check();
  await page.getByLabel("人数").fill("8");
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await expect(page.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  const terms = page.locator("section", { has: page.getByRole("heading", { name: "取消しの条件" }) });
  await expect(terms).toContainText(`${inWords(before(slot.date, 7))}まで`);
  await expect(terms).toContainText(`${inWords(before(slot.date, 2))}まで`);
  await expect(terms).not.toContainText(`${inWords(before(slot.date, 3))}まで`);
  await expect(terms).toContainText("期限が休館日のときは翌開館日まで");
  await accessible();
  await giveUp(page, reservationOf(page));
});

/** The day so many days before. */
function before(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

test("scenario 49: a court given up for rain is no absence, and all the money comes back", async ({
  browser,
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  test.slow();
  const slot = await findFree(page, visit, seika, "nishi-tennis-2", info);
  await signInAt(page, seika, "木下 一郎");
  const own = await book(page, slot, "テニス", "4");
  const id = own.split("/").at(-1) ?? "";

  // Told by telephone, before the start.
  const desk = await browser.newContext();
  const clerk = await desk.newPage();
  await signInStaff(clerk, seika, "佐藤 真理", `/counter/reservations/${id}/cancel`);
  await clerk.getByLabel(/^雨天のため屋外を利用できない/).check();
  await clerk.getByRole("button", { name: "この内容で計算する" }).click();
  await clerk.getByRole("button", { name: "取り消して400円を還付する" }).click();
  await expect(clerk.getByText("予約を取り消しました。")).toBeVisible();
  await desk.close();

  await visit(own);
  await arrived(page, javaScript);
  const main = page.getByRole("main");
  await expect(main).toContainText("取消済み");
  await expect(main).not.toContainText("利用なし");
  await expect(page.locator("#given-up")).toContainText("雨天のため屋外を利用できない");
  await expect(page.locator("#given-up")).toContainText("見本（還付の特例）");
  await expect
    .poll(async () => {
      await page.reload();
      return main.innerText();
    })
    .toContain("400円を");
  await accessible();
  await visit(`${seika}/reservations`);
  await expect(page.getByRole("main")).not.toContainText("利用なし");
});
