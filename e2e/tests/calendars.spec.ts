// 休館日: which day is closed instead of a Monday that is a holiday.
import { inWords } from "../journey/months.ts";
import { addresses, expect, test } from "../fixtures.ts";

const { kawagoe } = addresses.towns;

/** Holidays in a row that begin on a Monday, and the first day after them (2027, 2031, 2032年). */
const CHAINS = [
  [["2027-05-03", "2027-05-04", "2027-05-05"], "2027-05-06"],
  [["2031-05-05", "2031-05-06"], "2031-05-07"],
  [["2032-05-03", "2032-05-04", "2032-05-05"], "2032-05-06"],
] as const;

test("scenario 37: after a chain of holidays the next weekday is closed", async ({
  page,
  visit,
  accessible,
}) => {
  const today = new Date().toISOString().slice(0, 10);
  const [holidays, closed] = CHAINS.find(([[first]]) => first > today) ?? CHAINS[0];
  const room = `${kawagoe}/rooms/takamatsu-tatami`;
  for (const day of holidays) {
    await visit(`${room}?date=${day}`);
    await expect(page.getByRole("heading", { name: inWords(day) }).first(), day).toBeVisible();
    await expect(page.getByRole("heading", { name: "休館日" }), day).toHaveCount(0);
  }
  await visit(`${room}?date=${closed}`);
  await expect(page.getByRole("heading", { name: "休館日" })).toBeVisible();
  await expect(page.getByText("祝日にともない休館します。").first()).toBeVisible();
  await accessible();
});
