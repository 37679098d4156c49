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
  "a booking of no time": `${seika}/rooms/nishi-gym/book`,
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

test("a closed day says why, and its booking form too", async ({ page, visit, accessible }) => {
  const room = `${kawagoe}/rooms/takamatsu-tatami`;
  const date = await regularMonday();
  await visit(`${room}?date=${date}`);
  await expect(page.getByRole("heading", { name: "休館日" })).toBeVisible();
  await expect(page.getByText("定休日です。").first()).toBeVisible();
  await accessible();

  const refused = await visit(`${room}/book?date=${date}&start=09:00&end=12:00`);
  expect(refused.status()).toBe(422);
  await expect(page.getByRole("alert")).toContainText("は休館日です。定休日です。");
  await expect(page.getByRole("link", { name: "ほかの時間を選ぶ" })).toBeVisible();
  await accessible();

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
  await expect(page.getByText(/予約の受付は \d+月1日（.）9:00 に始まります。/)).toBeVisible();
  await accessible();

  const refused = await visit(`${room}/book?date=${date}&start=18:00&end=20:00`);
  expect(refused.status()).toBe(422);
  await expect(page.getByRole("alert")).toContainText(/予約の受付は \d+月1日（.）9:00 に始まります。/);
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

test("a page that needs a sign-in comes back to itself", async ({ page, visit, accessible }) => {
  expect((await visit(`${seika}/reservations`)).status()).toBe(401);
  await expect(page.getByRole("heading", { name: "ログインが必要です" })).toBeVisible();
  await accessible();
  await page.getByRole("main").getByRole("link", { name: "ログイン" }).click();
  await expect(page).toHaveURL(/return_to=%2Freservations/);
  await accessible();
});
