// The months of booking windows that open on a first at 9:00. In Japan that is midnight UTC: the
// month that a window counts from is the month in UTC.

/** The first of the month so many months from now, `2026-12-01`. */
export function firstOfMonth(ahead: number): string {
  const now = new Date();
  return iso(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1));
}

/** All days of that month. */
export function daysOfMonth(ahead: number): string[] {
  const days: string[] = [];
  const month = firstOfMonth(ahead).slice(0, 7);
  for (let at = Date.parse(firstOfMonth(ahead)); iso(at).startsWith(month); at += 86_400_000) {
    days.push(iso(at));
  }
  return days;
}

/** A day of that month that is neither a Monday nor at the turn of the year: its second Saturday. */
export function secondSaturday(ahead: number): string {
  const SATURDAY = 6;
  const saturdays = daysOfMonth(ahead).filter((day) => new Date(day).getUTCDay() === SATURDAY);
  return saturdays[1] ?? "";
}

/** As pages write it, 「12月1日（火）」; the year may stand before it. */
export function inWords(day: string): string {
  const at = new Date(day);
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日（${"日月火水木金土"[at.getUTCDay()]}）`;
}

function iso(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
