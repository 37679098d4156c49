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

/** Of these days every eighth: those that belong to this project and this worker. */
export function ownShare(days: readonly string[], info: TestInfo): string[] {
  const share = PROJECTS.length * WORKERS;
  const own = PROJECTS.indexOf(info.project.name) * WORKERS + (info.parallelIndex % WORKERS);
  return days.filter((_, index) => index % share === own);
}

/** Where an eighth is too little: every fourth day for the project, and for each worker a room. */
export function ownRoomShare<Room>(
  rooms: readonly [Room, Room],
  days: readonly string[],
  info: TestInfo,
): [Room, string[]] {
  const project = PROJECTS.indexOf(info.project.name);
  const own = days.filter((_, index) => index % PROJECTS.length === project);
  return [info.parallelIndex % WORKERS === 0 ? rooms[0] : rooms[1], own];
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
  const days = Array.from({ length: TRIES * PROJECTS.length * WORKERS }, (_, index) =>
    dayFromToday(FIRST_DAY + index),
  );
  return findFreeOn(page, visit, town, room, ownShare(days, info), needed);
}

/** The same on the first of these days. */
export async function findFreeOn(
  page: Page,
  visit: (address: string) => Promise<unknown>,
  town: string,
  room: string,
  days: readonly string[],
  needed = 1,
): Promise<Slot> {
  for (const date of days) {
    await visit(`${town}/rooms/${room}?date=${date}`);
    const free = page.getByRole("link", { name: /を予約する/ }).and(page.locator(`[href*="${date}"]`));
    // The same time may be linked to more than once.
    const links = await free.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    const times = [...new Set(links)].map((link) => new URL(link).searchParams);
    const [first] = times;
    if (first === undefined || times.length < needed) continue;
    return { room, date, start: first.get("start") ?? "", end: first.get("end") ?? "" };
  }
  expect(days, `no free day of ${room}: wipe the data`).toBe("one of them");
  throw new Error("unreachable");
}

/** The booking form of a time, in whatever town. */
export function formOf(town: string, { room, date, start, end }: Slot): string {
  return `${town}/rooms/${room}/book?${new URLSearchParams({ date, start, end }).toString()}`;
}
