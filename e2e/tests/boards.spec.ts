// One day of a whole hall: a board where there is room for it, lists where there is none.
import { arrived, dayFromToday } from "../journey/resident.ts";
import { addresses, expect, test } from "../fixtures.ts";

const hall = `${addresses.towns.seika}/facilities/mukunoki`;

/** Opens the hall, lent by the hour from 9:00 to 22:00, on an open day about that far ahead. */
async function openDay(
  visit: (address: string) => Promise<unknown>,
  days: number,
  isOpen: () => Promise<boolean>,
): Promise<void> {
  for (let ahead = days; ahead < days + 10; ahead += 1) {
    await visit(`${hall}?date=${dayFromToday(ahead)}`);
    if (await isOpen()) return;
  }
  throw new Error("the hall is never open");
}

test("thirteen hours fit a desk's screen without scrolling sideways", async ({ page, visit }) => {
  const board = page.getByRole("region", { name: /空き状況/ });
  for (const width of [1440, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await openDay(visit, 40, async () => (await board.count()) > 0);
    await expect(board.getByRole("columnheader", { name: /^21:00/ })).toBeInViewport();
    const [needed, given] = await board.evaluate((it) => [it.scrollWidth, it.clientWidth] as const);
    expect(needed, `the board at ${width} px`).toBeLessThanOrEqual(given);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, `the page at ${width} px`).toBeLessThanOrEqual(0);
  }
});

test("on a phone each room opens to the list of its times", async ({
  page,
  visit,
  accessible,
  javaScript,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const heading = page.getByRole("heading", { name: "研修室" });
  const room = page.getByRole("group").filter({ has: heading });
  await openDay(visit, 40, async () => (await room.count()) > 0);
  await expect(page.getByRole("table")).toHaveCount(0);
  const times = room.getByRole("link", { name: /研修室.*を予約する/ });
  await expect(times).toHaveCount(0);
  await heading.click();
  await expect(times.first()).toBeVisible();
  await accessible();
  await times.first().click();
  await arrived(page, javaScript);
  await expect(page.getByRole("heading", { name: "使い方を入力する" })).toBeVisible();
});

test("where only the desk can help, its number is given once", async ({ page, visit }) => {
  // Online booking of this hall ends a month ahead.
  await page.setViewportSize({ width: 360, height: 740 });
  const main = page.getByRole("main");
  const closed = page.getByRole("heading", { name: "休館日" });
  for (let ahead = 5; ahead < 15; ahead += 1) {
    await visit(`${addresses.towns.seika}/rooms/mukunoki-study?date=${dayFromToday(ahead)}`);
    if ((await closed.count()) === 0) break;
  }
  await expect(main.getByText("電話か窓口でお問い合わせください。")).toHaveCount(1);
  await expect(main.getByRole("link", { name: "0774-95-1907" })).toHaveCount(1);
  await expect(main.locator(".day-next")).toContainText("次の空き");
});
