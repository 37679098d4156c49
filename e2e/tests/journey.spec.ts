// One resident's whole journey: find, sign in, book, pay, papers, cancel with a refund.
import { arrived, fetchFile, payByCard, signIn } from "../journey/resident.ts";
import { findFree } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

test("a resident books a gym, pays, gets the papers and cancels with a refund @journey", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  test.setTimeout(90_000);

  // Find a free time, without signing in.
  await visit(addresses.towns.seika);
  await page.getByRole("link", { name: /精華西中学校/ }).first().click();
  await arrived(page, javaScript);
  await accessible();
  await findFree(page, visit, addresses.towns.seika, "nishi-gym", info);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("体育館（全面）");
  await accessible();
  await page.getByRole("link", { name: /を予約する/ }).first().click();
  await arrived(page, javaScript);

  // Say what for; the total explains itself.
  await expect(page.getByRole("heading", { name: "使い方を入力する" })).toBeVisible();
  await accessible();
  await page.getByLabel("バスケットボール").check();
  await page.getByLabel("人数").fill("12");
  await page.getByRole("checkbox", { name: /照明/ }).check();
  if (!javaScript) await page.getByRole("button", { name: "料金を計算しなおす" }).click();
  await expect(page.locator("#quote")).toContainText("800円");

  // Sign in; nothing is lost.
  await page.getByRole("button", { name: "ログインして予約する" }).click();
  await signIn(page, "山田 花子");
  await arrived(page, javaScript);
  await expect(page.getByLabel("人数")).toHaveValue("12");
  await expect(page.getByRole("checkbox", { name: /照明/ })).toBeChecked();
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await arrived(page, javaScript);

  // Check, ask for more time, pay.
  await expect(page.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  await accessible();
  await page.getByRole("button", { name: "延長する" }).click();
  await arrived(page, javaScript);
  await expect(page.getByText("この時間は、あなたのために確保しています。")).toBeVisible();
  await page.getByRole("button", { name: "支払いへ進む" }).click();
  await payByCard(page);

  // Confirmed, with papers and mail.
  await page.waitForURL(/\/paid/);
  await expect(page.getByText("予約が確定しました")).toBeVisible();
  await accessible();
  const id = new URL(page.url()).pathname.split("/")[2];
  const number = await page.locator(".ticket-number").innerText();
  for (const paper of ["使用許可書（PDF）", "領収書（PDF）", "カレンダーに入れる"]) {
    const href = await page.getByRole("link", { name: paper }).getAttribute("href");
    const file = await fetchFile(page, href ?? "");
    expect(file.status(), paper).toBe(200);
    if (paper.includes("PDF")) expect((await file.body()).subarray(0, 5).toString()).toBe("%PDF-");
  }
  await expect
    .poll(async () => JSON.stringify(await (await page.request.get(`${addresses.mailbox}/api/mails`)).json()))
    .toContain(number);

  // Among my reservations.
  await visit(`${addresses.towns.seika}/reservations`);
  await accessible();
  await page.locator(`a[href="/reservations/${id}"]`).click();
  await arrived(page, javaScript);

  // Cancel: what comes back is said before.
  await page.getByRole("link", { name: "予約を取り消す" }).click();
  await arrived(page, javaScript);
  await expect(page.locator(".give-back .sum")).toHaveText("800円");
  await accessible();
  await page.getByRole("button", { name: "取り消して800円の返金を受ける" }).click();
  await arrived(page, javaScript);
  await expect(page.getByText("予約を取り消しました")).toBeVisible();
  await expect
    .poll(async () => {
      await page.reload();
      return page.locator("main").innerText();
    })
    .toContain("800円を");

  // And out again.
  await page.getByRole("button", { name: "ログアウト" }).click();
  await expect(page.getByRole("link", { name: "ログイン" })).toBeVisible();
});
