// A free time of a room, out of the days that belong to this project and this worker alone.
import { expect, type Page, type TestInfo } from "@playwright/test";

import { dayFromToday } from "./resident.ts";

// Projects and workers run side by side against the same towns. Each looks only at every eighth day,
// so that they never compete for a slot; what an earlier test has taken is passed over.
const PROJECTS = ["phone", "phone-without-javascript", "desktop", "desktop-without-javascript"];
const FIRST_DAY = 8;
const TRIES = 4;
/** As many as playwright.config.ts lets run at once. */
const WORKERS = 2;

export interface Slot {
  room: string;
  date: string;
  start: string;
  end: string;
}

/**
 * Opens the room at a day of this project that has as many free times as are needed, and tells which
 * the first is.
 */
export async function findFree(
  page: Page,
  visit: (address: string) => Promise<unknown>,
  town: string,
  room: string,
  info: TestInfo,
  needed = 1,
): Promise<Slot> {
  const own = PROJECTS.indexOf(info.project.name) * WORKERS + (info.parallelIndex % WORKERS);
  for (let round = 0; round < TRIES; round += 1) {
    const date = dayFromToday(FIRST_DAY + own + round * PROJECTS.length * WORKERS);
    await visit(`${town}/rooms/${room}?date=${date}`);
    const free = page.getByRole("link", { name: /を予約する/ }).and(page.locator(`[href*="${date}"]`));
    // The same time may be linked to more than once.
    const links = await free.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    const times = [...new Set(links)].map((link) => new URL(link).searchParams);
    const [first] = times;
    if (first === undefined || times.length < needed) continue;
    return { room, date, start: first.get("start") ?? "", end: first.get("end") ?? "" };
  }
  expect(TRIES, `no free day of ${room}: wipe the data`).toBe(0);
  throw new Error("unreachable");
}

/** The booking form of a time, in whatever town. */
export function formOf(town: string, { room, date, start, end }: Slot): string {
  return `${town}/rooms/${room}/book?${new URLSearchParams({ date, start, end }).toString()}`;
}
