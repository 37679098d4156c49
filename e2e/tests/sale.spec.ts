// 窓口での受付: cash with change, a phone that pays, a refund in cash, a drawer that is counted.
import { chooseDrawer, openDrawer } from "../journey/counter.ts";
import { arrived, fetchFile, payByCard, signInAt } from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { signInStaff } from "../journey/staff.ts";
import { addresses, expect, test } from "../fixtures.ts";

test("cash with change, the papers, a cancellation paid out, and the count of the drawer", async ({
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
  await accessible();
  const drawer = await openDrawer(page, town, "seika-nishi", info, "10,000");
  await accessible();

  // Found by the code on the phone, opened from the list.
  await visit(`${town}/counter`);
  await page.getByRole("searchbox").fill(id);
  await page.getByRole("searchbox").press("Enter");
  await page.locator(`#r-${id}`).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: "予約の受付" })).toBeVisible();
  await accessible();

  await page.getByRole("link", { name: "お客さまに見せる画面を開く" }).click();
  await expect(page.getByText("この内容でよろしいですか。")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("木下");
  await accessible();
  await page.getByRole("link", { name: /受付に戻る/ }).click();

  // Too little, then a note.
  await chooseDrawer(page, info);
  await page.getByLabel("お預かり").fill("10");
  await page.getByRole("button", { name: "現金を受け取った", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("足りません");
  await expect(page.getByLabel("お預かり")).toHaveValue("10");
  await accessible();
  await chooseDrawer(page, info);
  await page.getByLabel("お預かり").fill("5,000");
  await page.getByRole("button", { name: "現金を受け取った", exact: true }).click();
  await expect(page.getByText("現金を受け取りました。")).toBeVisible();
  await expect(page.locator("#paid")).toContainText("支払済");
  await expect(page.locator(".sale-change")).toContainText("円");
  await accessible();
  for (const paper of ["使用許可書（PDF）", "領収書（PDF）"]) {
    const href = await page.getByRole("link", { name: paper }).getAttribute("href");
    const file = await fetchFile(page, href ?? "");
    expect(file.headers()["content-type"]).toBe("application/pdf");
  }

  // Given up: what came in cash goes back in cash.
  await page.getByRole("link", { name: "代わりに取り消す" }).click();
  await expect(page.getByText("引出しから現金で還付します。")).toBeVisible();
  await accessible();
  await page.getByLabel("取消しの理由").fill("本人の来館による申出");
  await page.getByRole("button", { name: /^取り消して.*円を還付する$/ }).click();
  await expect(page.getByRole("heading", { name: "現金で還付するもの" })).toBeVisible();
  await accessible();
  await chooseDrawer(page, info);
  await page.getByRole("button", { name: "現金で還付した" }).click();
  await expect(page.getByText("現金で還付したことを記録しました。")).toBeVisible();

  // One note short, then right.
  await visit(drawer);
  await page.getByLabel("1,000円札").fill("9");
  await page.getByRole("button", { name: "この枚数で締める" }).click();
  await expect(page.getByRole("alert")).toContainText("現金が1,000円足りません");
  await expect(page.getByLabel("1,000円札")).toHaveValue("9");
  await accessible();
  await page.getByLabel("1,000円札").fill("10");
  await page.getByRole("button", { name: "この枚数で締める" }).click();
  await expect(page.getByText("引出しを締めました。")).toBeVisible();
  await expect(page.getByText("過不足なし")).toBeVisible();
  await accessible();
  for (const [name, type] of [
    ["収入日計表（PDF）", "application/pdf"],
    ["収入日計表（CSV）", "text/csv; charset=utf-8"],
  ] as const) {
    const href = await page.getByRole("link", { name }).getAttribute("href");
    const file = await fetchFile(page, href ?? "");
    expect(file.headers()["content-type"]).toBe(type);
  }
});

test("a phone reads the code and pays, and the counter's screen turns by itself", async ({
  page,
  visit,
  accessible,
  browser,
  javaScript,
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

  await signInStaff(page, town, "佐藤 真理");
  const drawer = await openDrawer(page, town, "seika-nishi", info, "10,000");
  await visit(`${town}/counter/reservations/${id}`);
  await page.getByRole("button", { name: "QRコードを表示する" }).click();
  await expect(page.getByRole("img", { name: "支払い画面を開く二次元コード" })).toBeVisible();
  await accessible();
  const code = await page.locator("[data-checkout]").getAttribute("data-checkout");
  // Coins were begun to be counted meanwhile, and were too few: the page is the answer to that form.
  await chooseDrawer(page, info);
  await page.getByLabel("お預かり").fill("10");
  await page.getByRole("button", { name: "現金を受け取った", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("足りません");
  await arrived(page, javaScript);
  const posted: string[] = [];
  page.on("request", (one) => {
    if (one.method() === "POST") posted.push(one.url());
  });

  // The resident's own phone, where nobody is signed in.
  const phone = await browser.newContext();
  const theirs = await phone.newPage();
  await theirs.goto(code ?? "");
  await payByCard(theirs);
  await theirs.waitForURL(/\/phone\/paid/);
  await expect(theirs.getByText("お支払いを受け付けました")).toBeVisible();
  await phone.close();

  if (!javaScript) await page.getByRole("link", { name: "更新する" }).click();
  await expect(page.locator("#paid")).toContainText("支払済");
  await expect(page.getByRole("link", { name: "領収書（PDF）" })).toBeVisible();
  expect(posted, "a screen that turns by itself sends no form again").toEqual([]);
  await accessible();

  await visit(`${town}/counter/reservations/${id}/cancel`);
  await page.getByLabel("取消しの理由").fill("試験のため");
  await page.getByRole("button", { name: /^取り消して.*円を還付する$/ }).click();
  await expect(page.getByText("予約を取り消しました。")).toBeVisible();

  await visit(drawer);
  await page.getByLabel("10,000円札").fill("1");
  await page.getByRole("button", { name: "この枚数で締める" }).click();
  await expect(page.getByText("過不足なし")).toBeVisible();
});
