// 全面と半面: the whole floor and its halves.
import type { Page } from "@playwright/test";

import { giveUp, reservationOf, signInAt } from "../journey/resident.ts";
import { findFree, formOf, type Slot } from "../journey/slots.ts";
import { addresses, expect, test } from "../fixtures.ts";

const town = addresses.towns.kawagoe;

async function hold(page: Page, slot: Slot): Promise<string> {
  await page.goto(formOf(town, slot));
  await page.getByLabel("バドミントン").check();
  await page.getByLabel("人数").fill("10");
  await page.getByRole("button", { name: "この時間で予約する" }).click();
  await expect(page.getByRole("heading", { name: "内容を確かめる" })).toBeVisible();
  return reservationOf(page);
}

test("scenario 7: a half goes with the other half and never with the whole", async ({
  page,
  visit,
  accessible,
}, info) => {
  const whole = await findFree(page, visit, town, "arena", info);
  const one = { ...whole, room: "arena-a" };
  const other = { ...whole, room: "arena-b" };
  await signInAt(page, town, "水谷 武");

  const all = await hold(page, whole);
  for (const half of [one, other]) await taken(half);
  await accessible();
  await giveUp(page, all);

  const first = await hold(page, one);
  await taken(whole);
  const second = await hold(page, other);
  await taken(other);
  for (const held of [first, second]) await giveUp(page, held);

  /** The form says so and leads to free times, and the room's own day shows it. */
  async function taken(slot: Slot): Promise<void> {
    expect((await visit(formOf(town, slot))).status(), slot.room).toBe(409);
    const told = page.getByRole("alert");
    await expect(told).toContainText("先に予約が入りました");
    await expect(told.getByRole("link").first()).toHaveAttribute("href", new RegExp(slot.room));
    await visit(`${town}/rooms/${slot.room}?date=${slot.date}`);
    await expect(
      page.locator(`a[href*="${slot.date}"][href*="start=${encodeURIComponent(slot.start)}"]`),
    ).toHaveCount(0);
  }
});
