// 町内・町外: what the card's address decides, and what stays as it was permitted.
import { arrived, HOME, payByCard, reservationOf, signInWith, signOut, somebody } from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

const town = addresses.towns.kawagoe;

test("scenario 39: who moves away keeps the fee that was permitted, and it is told since when", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  test.slow();
  const person = somebody(HOME.kawagoe);
  await signInWith(page, town, person);
  await visit(`${town}/profile`);
  const main = page.getByRole("main");
  await expect(main).toContainText(/町内（在住：カードの住所/);
  await expect(page.getByText("町内の確認の記録")).toHaveCount(0);

  const slot = await findFree(page, visit, town, "minami-fukusaki-big", info, 2);
  await visit(formOf(town, slot));
  await page.getByLabel("会議・集会").check();
  await page.getByLabel("人数").fill("8");
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  const total = page.getByRole("row", { name: "合計" });
  await expect(total).toBeVisible();
  const fee = await total.getByRole("cell").last().innerText();
  await page.getByRole("button", { name: "支払いへ進む" }).click();
  await payByCard(page);
  await page.waitForURL(/\/paid/);
  await expect(page.getByText("予約が確定しました")).toBeVisible();
  const own = reservationOf(page);

  // The same card, after the move.
  await signOut(page);
  await signInWith(page, town, { ...person, address: HOME.elsewhere });
  await visit(`${town}/profile`);
  await expect(main).toContainText(HOME.elsewhere);
  await expect(main).toContainText("町外");
  await expect(page.getByRole("listitem").filter({ hasText: "在住" })).toContainText(/に終了/);
  await accessible();

  // What was permitted stays as it was.
  await visit(own);
  await expect(main).toContainText("予約確定");
  await expect(total).toContainText(fee);
  await expect(main).not.toContainText("町外利用 加算");
  await accessible();

  // What is booked from now on is an outsider's.
  const next = await findFree(page, visit, town, "minami-fukusaki-big", info);
  await visit(formOf(town, next));
  await expect(page.locator("#quote")).toContainText("町外利用 加算（10割）");

  await visit(`${own}/cancel`);
  await arrived(page, javaScript);
  await page.getByRole("button", { name: `取り消して${fee}の返金を受ける` }).click();
  await expect(page.getByText("予約を取り消しました")).toBeVisible();
});
