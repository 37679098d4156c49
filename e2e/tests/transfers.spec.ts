// 口座への還付: cash that nobody can come for goes to an account that its owner tells; one of the
// accounting writes the order to the bank, another signs it, and the owner reads that it was sent.
import { chooseDrawer, openDrawer } from "../journey/counter.ts";
import { fetchFile, signInAt } from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { signInStaff } from "../journey/staff.ts";
import { addresses, expect, test } from "../fixtures.ts";

/** A record with its end of line, bytes (全銀協規定形式). */
const RECORD = 122;

/** What says which of the staff is signed in: somebody else takes the place. */
const STAFF = "__Host-staff";

/** The day in Japan, as a form takes it. */
function today(): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date());
}

test("a refund goes to the account that its owner told, by an order with two signatures", async ({
  page,
  visit,
  accessible,
}, info) => {
  test.slow();
  const town = addresses.towns.seika;
  await signInAt(page, town, "木下 一郎");
  const slot = await findFree(page, visit, town, "nishi-dojo", info);
  await visit(formOf(town, slot));
  await page.getByLabel("剣道").check();
  await page.getByLabel("人数").fill("20");
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await page.waitForURL(/\/reservations\//);
  const id = new URL(page.url()).pathname.split("/")[2] ?? "";

  await signInStaff(page, town, "佐藤 真理", "/counter/till?facility=seika-nishi");
  await openDrawer(page, town, "seika-nishi", info, "10,000");
  await visit(`${town}/counter/reservations/${id}`);
  await chooseDrawer(page, info);
  await page.getByLabel("お預かり").fill("5,000");
  await page.getByRole("button", { name: "現金を受け取った", exact: true }).click();
  await expect(page.getByText("現金を受け取りました。")).toBeVisible();
  await page.getByRole("link", { name: "代わりに取り消す" }).click();
  await page.getByLabel("取消しの理由").fill("本人の電話による申出");
  await page.getByRole("button", { name: /^取り消して.*円を還付する$/ }).click();
  await expect(page.getByRole("link", { name: "返金の振込先を届け出る" })).toBeVisible();
  await accessible();

  // The owner tells where to: a passbook of the post bank, misread at first.
  await visit(`${town}/reservations/${id}`);
  const main = page.getByRole("main");
  const number = (await main.textContent())?.match(/\d{4}-\d{4}-\d{4}/)?.[0] ?? "";
  expect(number).not.toBe("");
  await page.getByRole("link", { name: "返金の振込先を届け出る" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "返金の振込先" })).toBeVisible();
  await accessible();
  await page.getByLabel("ゆうちょ銀行").check();
  await page.getByLabel("記号").fill("24450");
  await page.locator("#yucho_number").fill("１２３４５６７１");
  await page.getByLabel("口座名義").fill("木下 一郎");
  await page.getByRole("button", { name: "この口座に振り込んでもらう" }).click();
  await expect(page.getByRole("alert")).toContainText("記号は、1か0で始まる5けたの数字");
  await expect(page.getByRole("alert")).toContainText("カタカナ");
  await expect(page.locator("#yucho_number")).toHaveValue("１２３４５６７１");
  await accessible();
  await page.getByLabel("記号").fill("14450");
  await page.getByLabel("口座名義").fill("きのした　いちろう");
  await page.getByRole("button", { name: "この口座に振り込んでもらう" }).click();
  await expect(page.getByText("振込先の口座を受け付けました。")).toBeVisible();
  await expect(main).toContainText("振り込む手続きをしています");
  await accessible();

  // The accounting writes the order, and cannot sign it.
  await page.context().clearCookies({ name: STAFF });
  await signInStaff(page, town, "高橋", "/manage/transfers");
  await accessible();
  const row = page.getByRole("row").filter({ hasText: number });
  await expect(row).toContainText("9900-448 普通 1234567");
  await expect(row).toContainText("ｷﾉｼﾀ ｲﾁﾛｳ");
  for (const box of await page.getByRole("checkbox").all()) await box.uncheck();
  await row.getByRole("checkbox").check();
  await page.getByRole("button", { name: "選んだものの振込依頼を作る" }).click();
  await expect(page.getByText("振込依頼を作りました。")).toBeVisible();
  await expect(main).toContainText("起案した人は決裁できません");
  await expect(page.getByRole("button", { name: "決裁する" })).toHaveCount(0);
  await accessible();
  const order = page.url().replace(/\?.*$/, "");

  await page.context().clearCookies({ name: STAFF });
  await signInStaff(page, town, "田中", new URL(order).pathname);
  await page.getByRole("button", { name: "決裁する" }).click();
  await expect(page.getByText("決裁しました。")).toBeVisible();
  await accessible();
  const href = await page.getByRole("link", { name: /振込データを取り出す/ }).getAttribute("href");
  const file = await fetchFile(page, href ?? "");
  const bytes = await file.body();
  expect(bytes.length).toBe(4 * RECORD);
  expect(bytes.subarray(RECORD, RECORD + 5).toString("ascii")).toBe("29900");

  // The bank has not sent it on a day that is still to come.
  await page.getByRole("button", { name: "振り込んだことを記録する" }).click();
  await expect(page.getByRole("alert")).toContainText("振り込んだ日は、きょうまでの日");
  await page.getByLabel("振り込んだ日").fill(today());
  await page.getByRole("button", { name: "振り込んだことを記録する" }).click();
  await expect(page.getByText("振り込んだことを記録しました。")).toBeVisible();
  await accessible();

  await visit(`${town}/reservations/${id}`);
  await expect(main).toContainText("に返金しました");
});
