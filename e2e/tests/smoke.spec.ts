import { addresses, expect, test } from "../fixtures.ts";

for (const [town, address] of Object.entries(addresses.towns)) {
  test(`${town} opens its doors @journey`, async ({ page, visit, accessible }) => {
    const response = await visit(address);
    expect(response.status()).toBe(200);
    await expect(page.locator("html")).toHaveAttribute("lang", "ja");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await accessible();
  });
}
