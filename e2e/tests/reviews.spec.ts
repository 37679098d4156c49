// Reductions and reviews: asked for by a resident, decided by the staff, told and paid.
import { type Page, type TestInfo } from "@playwright/test";

import {
  arrived,
  fetchFile,
  giveUp,
  payByCard,
  post,
  reservationOf,
  signIn,
  signInAt,
} from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { signInStaff } from "../journey/staff.ts";
import { addresses, expect, test } from "../fixtures.ts";

const { kawagoe, seika } = addresses.towns;

/** Fills in the form for a room and goes on to the last page. */
async function hold(
  page: Page,
  visit: (address: string) => Promise<unknown>,
  info: TestInfo,
  { who, town, room, purpose, reduction }: {
    who: string;
    town: string;
    room: string;
    purpose: string;
    reduction?: string;
  },
): Promise<void> {
  const slot = await findFree(page, visit, town, room, info);
  await visit(formOf(town, slot));
  await page.getByLabel(purpose).check();
  await page.getByLabel("人数").fill("10");
  if (reduction) await page.getByLabel("減免").selectOption({ label: reduction });
  await page.getByRole("button", { name: "ログインして予約する" }).click();
  await signIn(page, who);
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await expect(page.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  await expect(page.getByRole("button", { name: "支払いへ進む" })).toHaveCount(0);
}

/** The application of the reservation whose page is open, decided by 鈴木. */
async function decide(
  page: Page,
  [town, id]: [string, string],
  act: (staff: Page) => Promise<void>,
): Promise<void> {
  const context = await page.context().browser()!.newContext();
  const staff = await context.newPage();
  await signInStaff(staff, town, "鈴木", "/counter/reviews");
  await staff.locator(`a[href="/counter/reviews/${id}"]`).click();
  await expect(staff.getByRole("heading", { name: "申込みの審査" })).toBeVisible();
  await act(staff);
  await context.close();
}

test("scenario 19: a reduction is asked for, granted in part, and the rest is paid", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  await hold(page, visit, info, {
    who: "木下 一郎",
    town: seika,
    room: "nishi-gym-north-half",
    purpose: "バドミントン",
    reduction: "町スポーツ協会の加盟団体（見本）（80%以内）",
  });
  await accessible();
  await page.getByRole("button", { name: "審査に申し込む" }).click();
  // What is asked for needs words; nothing else is lost.
  await expect(page.getByText("入力を確かめてください")).toBeVisible();
  await page.getByLabel("減免を受ける理由と、お見せになる書類").fill("加盟団体の練習です");
  await page.getByRole("button", { name: "審査に申し込む" }).click();
  await expect(page.getByText("審査中").first()).toBeVisible();
  await accessible();
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";

  await decide(page, [seika, id], async (staff) => {
    await expect(staff.getByText("加盟団体の練習です")).toBeVisible();
    await staff.getByLabel("減免の割合").fill("50");
    await staff.getByRole("button", { name: "認める", exact: true }).click();
    await expect(staff.getByText("決定を記録しました。")).toBeVisible();
  });

  await page.reload();
  await expect(page.getByRole("row", { name: "減免前の額" })).toContainText("200円");
  await expect(page.getByRole("row", { name: "差引" })).toContainText("100円");
  await accessible();
  await page.getByRole("link", { name: "予約の手続きを続ける" }).click();
  await page.getByRole("button", { name: "支払いへ進む" }).click();
  await payByCard(page);
  await page.waitForURL(/localhost/);
  await arrived(page, javaScript);
  await expect(page.getByText("予約が確定しました")).toBeVisible();
});

test("scenario 22: a sale waits for a look; if not permitted, it is told why and how to contest it", async ({
  page,
  visit,
  accessible,
}, info) => {
  await hold(page, visit, info, {
    who: "伊藤 美咲",
    town: kawagoe,
    room: "takamatsu-big",
    purpose: "物品の販売・展示即売",
  });
  await expect(page.getByText("社会教育法第23条")).toBeVisible();
  await page.getByRole("button", { name: "審査に申し込む" }).click();
  await expect(page.getByText("審査中").first()).toBeVisible();
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";

  await decide(page, [kawagoe, id], async (staff) => {
    await staff.getByRole("button", { name: "認めない" }).click();
    await expect(staff.getByText("入力を確かめてください")).toBeVisible();
    await staff.getByLabel("理由").fill("販売だけを目的とする利用のため");
    await staff.getByRole("button", { name: "認めない" }).click();
    await expect(staff.getByText("決定を記録しました。")).toBeVisible();
  });

  await page.reload();
  await expect(page.getByText("不許可", { exact: true })).toBeVisible();
  await expect(page.getByText("販売だけを目的とする利用のため").first()).toBeVisible();
  await expect(page.getByText(/3か月以内に、川越町長に対して審査請求/)).toBeVisible();
  await accessible();
});

test("scenario 20: whoever takes an entry fee is told that the ordinance grants no reduction", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  const slot = await findFree(page, visit, seika, "nishi-dojo", info);
  await signInAt(page, seika, "木下 一郎");
  await visit(formOf(seika, slot));
  await page.getByLabel("剣道", { exact: true }).check();
  await page.getByLabel("人数").fill("20");
  const reduction = page.getByLabel("減免");
  await reduction.selectOption({ label: "町スポーツ協会の加盟団体（見本）（80%以内）" });
  await page.getByLabel("入場料を徴収する").check();

  // Before anything is sent: no total, and why.
  const why = "入場料を徴収する利用は減免の対象になりません（見本）";
  if (!javaScript) await page.getByRole("button", { name: "料金を計算しなおす" }).click();
  await expect(page.locator("#quote")).toContainText(why);
  await expect(page.locator("#quote .sum")).toHaveCount(0);
  await accessible();
  const book = page.getByRole("button", { name: "この時間で予約する" });
  expect((await post(page, book)).status()).toBe(422);
  await arrived(page, javaScript);
  const told = page.getByRole("alert");
  await expect(told).toContainText("減免「町スポーツ協会の加盟団体（見本）」は受けられません。");
  await expect(told).toContainText(why);
  await expect(page.getByRole("main")).toContainText("減免を選びなおすか、減免を受けずに進んでください。");
  await expect(page.getByLabel("入場料を徴収する")).toBeChecked();
  await accessible();

  // Without the reduction the same use is welcome, at the whole fee.
  await reduction.selectOption("");
  await book.click();
  await expect(page.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  await expect(page.getByRole("row", { name: "合計" })).toContainText("620円");
  await giveUp(page, reservationOf(page));
});

test("scenario 55: who owes nothing has a permit without paying", async ({
  page,
  visit,
  accessible,
}, info) => {
  await hold(page, visit, info, {
    who: "木下 一郎",
    town: seika,
    room: "nishi-dojo",
    purpose: "剣道",
    reduction: "町が主催・共催する行事（見本）（全額）",
  });
  await page.getByLabel("減免を受ける理由と、お見せになる書類").fill("町との共催の稽古会です");
  await page.getByRole("button", { name: "審査に申し込む" }).click();
  await expect(page.getByText("審査中").first()).toBeVisible();
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";

  await decide(page, [seika, id], async (staff) => {
    await staff.getByRole("button", { name: "認める", exact: true }).click();
    await expect(staff.getByText("決定を記録しました。")).toBeVisible();
  });

  await page.reload();
  const main = page.getByRole("main");
  await expect(main).toContainText("予約確定");
  await expect(page.getByRole("row", { name: "減免前の額" })).toContainText("620円");
  await expect(page.getByRole("row", { name: "差引" })).toContainText("無料");
  await expect(main).toContainText("無料です");
  await expect(page.getByRole("button", { name: "支払いへ進む" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "領収書（PDF）" })).toHaveCount(0);
  const permit = await page.getByRole("link", { name: "使用許可書（PDF）" }).getAttribute("href");
  const file = await fetchFile(page, permit ?? "");
  expect((await file.body()).subarray(0, 5).toString()).toBe("%PDF-");
  await accessible();
  await giveUp(page, reservationOf(page));
});
