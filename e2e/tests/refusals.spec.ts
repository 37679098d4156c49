// The booking form sent wrong, by mistake or on purpose: nothing is booked and nothing is lost.
import { arrived, post, signInAt } from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

const town = addresses.towns.seika;

test("what is missing or too much is said on top, at the field, and nothing typed is lost", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  const slot = await findFree(page, visit, town, "nishi-tennis-1", info);
  await signInAt(page, town, "木下 一郎");
  await visit(formOf(town, slot));
  const note = "𠮷田です。🎾を持っていきます。";
  await page.getByLabel("連絡事項").fill(note);
  await page.getByRole("checkbox", { name: /照明/ }).check();
  const book = page.getByRole("button", { name: "この時間で予約する" });

  // Nothing said.
  expect((await post(page, book)).status()).toBe(422);
  await arrived(page, javaScript);
  const summary = page.getByRole("alert");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link", { name: "使用目的を選んでください。" })).toBeVisible();
  await accessible();
  await summary.getByRole("link", { name: "人数を入力してください。" }).click();
  await expect(page.getByLabel("人数")).toBeFocused();
  await expect(page.getByLabel("連絡事項")).toHaveValue(note);
  await expect(page.getByRole("checkbox", { name: /照明/ })).toBeChecked();

  // Too many, and still no purpose: both are said at once.
  await page.getByLabel("人数").fill("90");
  expect((await post(page, book)).status()).toBe(422);
  await arrived(page, javaScript);
  await expect(summary.getByRole("link")).toHaveText([/使用目的/, /定員は8人/]);

  // Not a number; full-width digits are one.
  await page.getByLabel("テニス", { exact: true }).check();
  await page.getByLabel("人数").fill("たくさん");
  expect((await post(page, book)).status()).toBe(422);
  await arrived(page, javaScript);
  await expect(page.getByLabel("人数")).toHaveValue("たくさん");
  await expect(page.getByLabel("人数")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("テニス", { exact: true })).toBeChecked();

  // More than the court holds.
  await page.getByLabel("人数").fill("９０");
  expect((await post(page, book)).status()).toBe(422);
  await arrived(page, javaScript);
  await expect(page.getByRole("alert")).toHaveCount(1);
  await page.getByRole("alert").getByRole("link", { name: /定員は8人/ }).click();
  const people = page.getByLabel("人数");
  await expect(people).toBeFocused();
  await expect(people).toHaveValue("９０");
  await expect(people).toHaveAttribute("aria-invalid", "true");
  await expect(people).toHaveAccessibleDescription(/定員は8人/);
  await expect(page.getByLabel("連絡事項")).toHaveValue(note);
  await accessible();

  await visit(`${town}/reservations`);
  await expect(page.getByText(slot.date)).toHaveCount(0);
});

// What no page offers, put into the hidden fields of one that was open.
const TAMPERED = [
  ["a past day", { date: "2024-04-01" }, "もう過ぎています"],
  ["a day that is none", { date: "2027-02-30" }, "時間がまだ選ばれていません"],
  ["a time off the grid", { start: "18:10" }, "区切りでは予約できません"],
  ["an end before the start", { start: "20:00", end: "18:00" }, "始まりの時刻より後"],
  ["a time outside the hours", { start: "03:00", end: "05:00" }, "予約"],
  ["a purpose of another room", { purpose: "kendo" }, "目的"],
  ["a total that was never shown", { seen_total_yen: "1" }, "料金は"],
] as const;

test("what no page offers is refused in words, inside the town's frame", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  const slot = await findFree(page, visit, town, "nishi-tennis-1", info);
  await signInAt(page, town, "木下 一郎");
  for (const [what, changes, words] of TAMPERED) {
    await test.step(what, async () => {
      await visit(formOf(town, slot));
      await page.getByLabel("テニス", { exact: true }).check();
      await page.getByLabel("人数").fill("4");
      await page.locator("form", { has: page.getByLabel("人数") }).evaluate(replaceFields, changes);
      const answer = await post(page, page.getByRole("button", { name: "この時間で予約する" }));
      expect([404, 409, 422], what).toContain(answer.status());
      await arrived(page, javaScript);
      await expect(page.getByRole("main")).toContainText(words);
      await expect(page.getByRole("banner")).toContainText("精華町");
      await expect(page.getByRole("heading", { name: "内容を確かめる" })).toHaveCount(0);
    });
  }
  await accessible();
});

function replaceFields(form: Element, changes: Record<string, string>): void {
  for (const [name, value] of Object.entries(changes)) {
    for (const field of form.querySelectorAll(`[name="${name}"]`)) field.remove();
    const hidden = form.ownerDocument.createElement("input");
    Object.assign(hidden, { type: "hidden", name, value });
    form.append(hidden);
  }
}

test("a form left open over a sign-out asks for a sign-in, and one of an older session again", async ({
  page,
  visit,
  javaScript,
}, info) => {
  const slot = await findFree(page, visit, town, "nishi-tennis-1", info);
  await signInAt(page, town, "木下 一郎");
  await visit(formOf(town, slot));
  await page.getByLabel("ソフトテニス").check();
  await page.getByLabel("人数").fill("6");

  // In another tab: out, and in again.
  const tab = await page.context().newPage();
  await tab.goto(`${town}/reservations`);
  await tab.getByRole("button", { name: "ログアウト" }).click();
  await expect(tab.getByRole("link", { name: "ログイン" })).toBeVisible();
  await signInAt(tab, town, "木下 一郎");

  const book = page.getByRole("button", { name: "この時間で予約する" });
  expect((await post(page, book)).status()).toBe(409);
  await arrived(page, javaScript);
  await expect(page.getByText("ページを開いてから時間がたちました。")).toBeVisible();
  await expect(page.getByLabel("人数")).toHaveValue("6");

  await tab.goto(`${town}/reservations`);
  await tab.getByRole("button", { name: "ログアウト" }).click();
  await expect(tab.getByRole("link", { name: "ログイン" })).toBeVisible();
  await book.click();
  await expect(page.getByRole("button", { name: "マイナンバーカードでログインする" })).toBeVisible();
});
