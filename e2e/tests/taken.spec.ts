// Two people want the same floor at the same time.
import { arrived, fetchFile, post, signInAt } from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

test("the second of two people is told so and offered what is free", async ({
  browser,
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  const town = addresses.towns.kawagoe;
  const slot = await findFree(page, visit, town, "arena-a", info);
  await signInAt(page, town, "水谷 武");
  await visit(formOf(town, slot));
  await page.getByLabel("バドミントン").check();
  await page.getByLabel("人数").fill("22");
  const note = "𠮷田です。\n🏸を持っていきます。";
  await page.getByLabel("連絡事項").fill(note);

  // The whole arena takes both halves; its booker is faster.
  const other = await browser.newContext();
  const faster = await other.newPage();
  await signInAt(faster, town, "伊藤 美咲");
  await faster.goto(formOf(town, { ...slot, room: "arena" }));
  await arrived(faster, javaScript);
  await faster.getByLabel("バスケットボール").check();
  await faster.getByLabel("人数").fill("30");
  await faster.getByRole("button", { name: "この時間で予約する" }).click();
  await expect(faster.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  const kept = faster.url().replace(/\/confirm.*$/, "");

  const refused = await post(page, page.getByRole("button", { name: "この時間で予約する" }));
  expect(refused.status()).toBe(409);
  await arrived(page, javaScript);
  await expect(page.getByText("先に予約が入りました")).toBeVisible();
  await accessible();

  // The answers go along to the time that is offered, and none of them into an address.
  await page.getByRole("alert").getByRole("button").first().click();
  await arrived(page, javaScript);
  await expect(page.getByRole("heading", { name: "使い方を入力する" })).toBeVisible();
  await expect(page.getByLabel("人数")).toHaveValue("22");
  await expect(page.getByLabel("連絡事項")).toHaveValue(note);
  expect(new URL(page.url()).search).toBe("");
  await accessible();

  // Neither sees the other's reservation, and the room's page does not say whose it is.
  const curious = await visit(kept);
  expect(curious.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "ページが見つかりません" })).toBeVisible();
  for (const part of ["confirm", "cancel", "paid", "permit.pdf", "receipt.pdf", "calendar.ics"]) {
    expect((await fetchFile(page, `${kept}/${part}`)).status(), part).toBe(404);
  }
  await visit(`${town}/rooms/${slot.room}?date=${slot.date}`);
  await expect(page.getByRole("main")).toContainText("予約済み");
  await expect(page.getByRole("main")).not.toContainText("美咲");

  await faster.goto(`${kept}/cancel`);
  await faster.getByRole("button", { name: "この予約を取り消す" }).click();
  await expect(faster.getByText("予約を取り消しました")).toBeVisible();
  await other.close();
});
