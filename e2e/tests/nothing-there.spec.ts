// Addresses that lead nowhere, days that are closed or not open yet, searches that find nothing.
import { dayFromToday } from "../journey/resident.ts";
import { addresses, expect, test } from "../fixtures.ts";

const { seika, kawagoe } = addresses.towns;

const NOWHERE = {
  "no page": `${seika}/nowhere/at/all`,
  "no room": `${seika}/rooms/no-such-room`,
  "another town's room": `${seika}/rooms/takamatsu-tatami`,
  "another town's facility": `${seika}/facilities/takamatsu`,
  "a room that cannot be": `${seika}/rooms/%00%E2%80%8B`,
  "a booking of no time in no room": `${seika}/rooms/no-such-room/book`,
  "no reservation": `${seika}/reservations/not-a-number`,
};

test("an address that leads nowhere is a page of the town with ways out", async ({
  page,
  visit,
  accessible,
}) => {
  for (const [what, address] of Object.entries(NOWHERE)) {
    expect((await visit(address)).status(), what).toBe(404);
    await expect(page.getByRole("heading", { name: "ページが見つかりません" })).toBeVisible();
    await expect(page.getByRole("banner")).toContainText("精華町");
    await expect(page.getByRole("main").getByRole("link", { name: "施設をさがす" })).toBeVisible();
  }
  await accessible();
});

test("a booking form without a time leads to the times", async ({ page, visit }) => {
  const date = dayFromToday(9);
  for (const [cut, room] of [
    ["", "/rooms/nishi-gym"],
    [`?date=${date}`, `/rooms/nishi-gym?date=${date}`],
    [`?date=${date}&start=18:00&end=abc`, `/rooms/nishi-gym?date=${date}`],
  ] as const) {
    expect((await visit(`${seika}/rooms/nishi-gym/book${cut}`)).status(), cut).toBe(200);
    await expect(page).toHaveURL(seika + room);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("体育館（全面）");
  }
});

test("a closed day says why, and its booking form too", async ({ page, visit, accessible }) => {
  const room = `${kawagoe}/rooms/takamatsu-tatami`;
  const date = await regularMonday();
  await visit(`${room}?date=${date}`);
  await expect(page.getByRole("heading", { name: "休館日" })).toBeVisible();
  await expect(page.getByText("定休日です。").first()).toBeVisible();
  await leadsOn();
  await accessible();

  // So does the day of the whole hall, and neither says twice that nothing is to be had.
  await visit(`${kawagoe}/facilities/takamatsu?date=${date}`);
  await expect(page.getByText("定休日です。").first()).toBeVisible();
  await leadsOn();

  const refused = await visit(`${room}/book?date=${date}&start=09:00&end=12:00`);
  expect(refused.status()).toBe(422);
  await expect(page.getByRole("alert")).toContainText("は休館日です。定休日です。");
  await expect(page.getByRole("link", { name: "ほかの時間を選ぶ" })).toBeVisible();
  await accessible();

  /** The next free time is offered, and one sentence says why this day has none. */
  async function leadsOn(): Promise<void> {
    await expect(page.locator(".day-next")).toContainText(/次の空き\s*\d+月\d+日（.）/);
    await expect(page.getByText("この日は空きがありません。")).toHaveCount(0);
  }

  /** A Monday on which the hall is closed for being a Monday: on a holiday it opens. */
  async function regularMonday(): Promise<string> {
    for (let days = 1; days <= 28; days += 1) {
      const day = dayFromToday(days);
      if (new Date(`${day}T00:00:00Z`).getUTCDay() !== 1) continue;
      await visit(`${room}?date=${day}`);
      if ((await page.getByText("定休日です。").count()) > 0) return day;
    }
    throw new Error("no Monday in four weeks is closed");
  }
});

/** The year is there when it is another fiscal year. */
const OPENS = /予約の受付は (\d{4}年)?\d+月1日（.）9:00 に始まります。/;

test("a day before the window says from when it can be booked", async ({
  page,
  visit,
  accessible,
}) => {
  const room = `${seika}/rooms/nishi-gym`;
  // Booking opens on the first of the month two months before: never as early as a hundred days.
  const date = dayFromToday(100);
  await visit(`${room}?date=${date}`);
  await expect(page.getByRole("link", { name: /を予約する/ })).toHaveCount(0);
  await expect(page.getByText(OPENS)).toBeVisible();
  await expect(page.getByText("しばらく空きがありません。")).toHaveCount(0);
  await accessible();

  // What can be had at once is offered, and leads to a form.
  await expect(page.locator(".day-next")).toContainText("いま予約できる空き");
  await page.locator(".day-next").getByRole("link").click();
  await expect(page.getByRole("heading", { name: "使い方を入力する" })).toBeVisible();

  await visit(`${seika}/facilities/seika-nishi?date=${date}`);
  await expect(page.getByText(OPENS)).toBeVisible();
  await expect(page.locator(".day-next")).toContainText("いま予約できる空き");

  const refused = await visit(`${room}/book?date=${date}&start=18:00&end=20:00`);
  expect(refused.status()).toBe(422);
  await expect(page.getByRole("alert")).toContainText(OPENS);
});

test("a search that finds nothing leads back to everything", async ({
  page,
  visit,
  accessible,
}) => {
  await visit(seika);
  await page.getByLabel("人数").fill("5000");
  await page.getByRole("button", { name: "さがす" }).click();
  await expect(page.getByText("条件に合う施設がありません。")).toBeVisible();
  await expect(page.getByLabel("人数")).toHaveValue("5000");
  await accessible();
  await page.getByRole("link", { name: "条件をはずして全部見る" }).click();
  await expect(page.getByRole("status")).toContainText("2件の施設");
});

test("a search by what cannot be says so at the field and goes by the rest", async ({
  page,
  visit,
  accessible,
}) => {
  const answer = await visit(`${kawagoe}/?kind=和室&people=abc&date=xx`);
  expect(answer.status()).toBe(200);
  for (const [label, typed, words] of [
    ["人数", "abc", "人数は1以上の数字で入力してください"],
    ["利用日", "xx", "利用日は「2026-12-01」の形で入力してください"],
  ] as const) {
    const field = page.getByLabel(label);
    await expect(field).toHaveValue(typed);
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(new RegExp(words));
  }
  await expect(page.getByLabel("場所の種類")).toHaveValue("和室");
  await expect(page.getByRole("status")).toContainText(/\d+件の施設/);
  await accessible();
});

test("a page that needs a sign-in comes back to itself", async ({ page, visit, accessible }) => {
  expect((await visit(`${seika}/reservations`)).status()).toBe(401);
  await expect(page.getByRole("heading", { name: "ログインが必要です" })).toBeVisible();
  await accessible();
  await page.getByRole("main").getByRole("link", { name: "ログイン" }).click();
  await expect(page).toHaveURL(/return_to=%2Freservations/);
  await accessible();
});
