// The counter's pages as a phone, a tablet and a desk have them, in the dark and in the colours the
// system forces, with the longest names.
import { dayFromToday } from "../journey/resident.ts";
import { signInStaff } from "../journey/staff.ts";
import { addresses, expect, test } from "../fixtures.ts";

const town = addresses.towns.seika;
const SCREENS = [
  { width: 180, height: 370 },
  { width: 320, height: 640 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
];
const LONG = "見本の長い名前　ヴィクトリア・アレクサンドリーナ・フォン・ハノーファー四十文字";

test("every page of the walk-in holds on every screen", async ({
  page,
  visit,
  accessible,
  javaScript,
}) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  const look = (what: string) =>
    test.step(what, async () => {
      const usual = page.viewportSize() ?? { width: 360, height: 740 };
      for (const screen of SCREENS) {
        await page.setViewportSize(screen);
        const [needed, given] = await page
          .locator("html")
          .evaluate((html) => [html.scrollWidth, html.clientWidth] as const);
        expect.soft(needed, `${what} at ${screen.width} px`).toBeLessThanOrEqual(given);
      }
      // A tablet has the wide board, and buttons for fingers.
      await page.setViewportSize({ width: 768, height: 1024 });
      await accessible();
      await page.setViewportSize(usual);
      if (!javaScript) return;
      await page.emulateMedia({ colorScheme: "dark" });
      await accessible();
      await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
      await accessible();
      await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    });

  await signInStaff(page, town, "佐藤 真理", "/counter/people/new");
  await page.getByRole("button", { name: "登録する" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await look("registration with mistakes");
  const phone = `080-${`${Date.now() % 100_000_000}`.padStart(8, "0")}`;
  const register = async () => {
    await page.getByLabel("氏名").fill(LONG);
    await page.getByLabel("フリガナ").fill("ミホン ナガイナマエ");
    await page.getByLabel("電話番号").fill(phone);
    await page.getByLabel("町内").check();
    await page.getByLabel("確認した書類").selectOption("two_without_photo");
    const twin = page.getByLabel("上の方とは別の方です");
    await page.getByRole("button", { name: "登録する" }).click();
    await expect(twin.or(page.getByText("登録しました"))).toBeVisible();
    return twin;
  };
  // An earlier run may have left somebody of this name behind.
  const twin = await register();
  if (await twin.isVisible()) {
    await twin.check();
    await page.getByRole("button", { name: "登録する" }).click();
  }
  await expect(page.getByText("登録しました")).toBeVisible();
  await look("person");
  const person = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await visit(`${town}/counter/people/new`);
  await register();
  await look("registration of a twin");

  await visit(`${town}/counter/people`);
  await page.getByRole("searchbox").fill("ミホン");
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByRole("heading", { name: "見つかった方" })).toBeVisible();
  await look("people");
  await page.getByRole("searchbox").fill("1");
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByText("利用者番号は8けたを入れてください。")).toBeVisible();
  await look("a search that says nothing");

  const board = `${town}/counter/book?person=${person}&facility=mukunoki&date=`;
  // Within a month the window is closed online, and the counter still sells.
  await visit(`${board}${dayFromToday(9)}`);
  await look("board");
  await visit(`${board}${dayFromToday(700)}`);
  await look("board of a day that has not opened");
  const free = page.locator('a[href*="/counter/rooms/"]:visible').first();
  await visit(`${board}${dayFromToday(10)}`);
  for (const folded of await page.locator("summary:visible").all()) await folded.click();
  await free.click();
  await expect(page.getByRole("heading", { level: 1, name: "使い方を入力する" })).toBeVisible();
  await look("form");
  await page.getByRole("button", { name: "仮予約する" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expect(page.getByLabel("受付中の方")).toContainText(LONG);
  await look("form with mistakes");
});
