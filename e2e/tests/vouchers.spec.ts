// コンビニ払い: a number for the store first, the floor kept meanwhile, the money later.
import { arrived, signInAt } from "../journey/resident.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

test("a voucher is taken to the store, and the booking stands once it is paid", async ({
  page,
  visit,
  accessible,
  javaScript,
  request,
}, info) => {
  test.slow();
  const town = addresses.towns.seika;
  await signInAt(page, town, "木下 一郎");
  const slot = await findFree(page, visit, town, "nishi-dojo", info);
  await visit(formOf(town, slot));
  await page.getByLabel("剣道").check();
  await page.getByLabel("人数").fill("20");
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await page.getByRole("button", { name: "支払いへ進む" }).click();

  // On the payment service's page.
  await expect(page.locator("#card_number")).toBeAttached();
  const session = /cs_test_\w+/.exec(page.url())?.[0] ?? "";
  await page.getByText("コンビニ払い").click();
  await page.locator("#konbini_email").fill("ichiro@example.jp");
  await page.locator("#konbini_name").fill("木下 一郎");
  await page.getByRole("button", { name: "払込番号を発行する" }).click();
  await page.waitForURL(/\/paid/);
  await arrived(page, javaScript);
  await expect(page.getByRole("heading", { name: "コンビニでお支払いください" })).toBeVisible();
  const main = page.getByRole("main");
  await expect(main).toContainText("お支払いの期限");
  await expect(main).toContainText("ファミリーマート");
  await accessible();
  const own = page.url().replace(/\/paid.*$/, "");

  // The floor is kept, and nothing is undone while somebody may stand at the store's counter.
  await visit(own);
  await expect(main).toContainText("コンビニでのお支払いを待っています");
  await expect(page.getByRole("link", { name: "予約を取り消す" })).toHaveCount(0);
  await accessible();

  const paid = await request.post(`${addresses.stripe}/_control/sessions/${session}/konbini`, {
    data: { outcome: "paid" },
  });
  expect(paid.status()).toBe(200);
  await visit(`${own}/paid`);
  await expect
    .poll(async () => {
      await visit(own);
      return main.textContent();
    })
    .toContain("予約確定");
  await expect(main).toContainText("コンビニ払いで支払い済み");
  await accessible();
});
