// Staff: let in by their own issuer, and led where their roles lead.
import { signInStaff } from "../journey/staff.ts";
import { addresses, expect, test } from "../fixtures.ts";

const town = addresses.towns.seika;

test("a clerk signs in, sees what for, and signs out", async ({ page, visit, accessible }) => {
  await visit(`${town}/staff`);
  await accessible();
  await signInStaff(page, town, "佐藤 真理");
  await expect(page.getByText("窓口：すべての施設")).toBeVisible();
  await expect(page.getByRole("link", { name: "窓口を開く" })).toBeVisible();
  await accessible();
  await page.getByRole("button", { name: "ログアウト" }).click();
  await expect(page.getByRole("link", { name: "職員としてログインする" })).toBeVisible();
});

test("who only looks at figures is not led to the counter", async ({ page }) => {
  await signInStaff(page, town, "渡辺 香");
  await expect(page.getByText("閲覧：すべての施設")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "利用実績" })).toBeVisible();
  await expect(page.getByRole("link", { name: "窓口を開く" })).toHaveCount(0);
});

test("who does the accounts is led to the drawers and no further", async ({ page, accessible }) => {
  await signInStaff(page, town, "高橋 由美");
  const main = page.getByRole("main");
  await expect(page.getByRole("navigation", { name: "職員のメニュー" })).toContainText("日計");
  await main.getByRole("link", { name: "引出しと収入日計" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "引出しと収入日計" })).toBeVisible();
  await expect(main.getByRole("button", { name: "引出しを開ける" })).toHaveCount(0);
  await expect(page.locator(`a[href="/counter"]`)).toHaveCount(0);
  await accessible();
  // A door that is closed leads back, and not to the residents' pages.
  await page.goto(`${town}/counter`);
  await expect(page.getByRole("heading", { level: 1, name: "このページは見られません" })).toBeVisible();
  await accessible();
  await main.getByRole("link", { name: "職員のページに戻る" }).click();
  await expect(page.getByText("会計：すべての施設")).toBeVisible();
});

test("whom nobody has given a role is told whom to ask", async ({ page, accessible }) => {
  await signInStaff(page, town, "中村 新");
  await expect(page.getByRole("heading", { level: 1, name: "権限がありません" })).toBeVisible();
  await expect(page.getByText("権限の付与を依頼してください")).toBeVisible();
  await accessible();
});
