// 窓口: a clerk signs in by the staff's own issuer and works through the day's list.
import { arrived, signInAt } from "../journey/resident.ts";
import { signInStaff } from "../journey/staff.ts";
import { findFree, formOf } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

test("a clerk finds who comes by the number on their phone", async ({
  page,
  visit,
  accessible,
  javaScript,
}, info) => {
  const town = addresses.towns.seika;
  await signInAt(page, town, "木下 一郎");
  const slot = await findFree(page, visit, town, "nishi-dojo", info);
  await visit(formOf(town, slot));
  await page.getByLabel("剣道").check();
  await page.getByLabel("人数").fill("20");
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await arrived(page, javaScript);
  const id = new URL(page.url()).pathname.split("/")[2] ?? "";

  await signInStaff(page, town, "佐藤 真理", "/counter");
  await expect(page.getByRole("heading", { name: "今日の予約" })).toBeVisible();
  await accessible();

  await page.getByRole("searchbox").fill("2611-0000-0000");
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByText("この予約は見つかりません。")).toBeVisible();
  await arrived(page, javaScript);
  await accessible();

  // A scanner types what the code holds, and presses Enter.
  await page.getByRole("searchbox").fill(id);
  await page.getByRole("searchbox").press("Enter");
  const row = page.locator(`#r-${id}`);
  await expect(row).toContainText("木下");
  await arrived(page, javaScript);
  await expect(row).toContainText("20人");
  await accessible();
});
