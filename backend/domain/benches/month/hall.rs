//! A hall of 40 rooms in ten courts: each court whole, in halves, and a meeting room on a grid.

use std::fmt::Write as _;

use anyhow::{Result, anyhow};
use chrono::{Datelike as _, NaiveDate};
use domain::availability::Claimed;
use domain::calendar::Holidays;
use domain::slots::{claims, slots_on};
use domain::town::{Facility, Town, check};

const TOWN: &str = r#"
code = "263664"
name = "計測町"
prefecture = "京都府"
host = "keisoku"
contact = { office = "生涯学習課", phone = "0000-00-0000", hours = "平日" }
issuer = { name = "計測町" }

[[holiday]]
date = "2026-11-17"
name = "町民の日"

[[holiday]]
date = "2026-11-03"
name = "文化の日"
off = true

[[facility]]
id = "hall"
name = "総合会館"
kana = "ソウゴウカイカン"
area = "中央"
address = "計測町1"
phone = "0000-00-0000"
hold_minutes = 10
hours = [
  { weekdays = ["sun"], season = { from = "10-01", to = "03-31" }, open = [{ start = "09:00", end = "17:00" }] },
  { holidays = true, open = [{ start = "09:00", end = "17:00" }] },
  { season = { from = "04-01", to = "09-30" }, open = [{ start = "08:00", end = "22:00" }] },
  { open = [{ start = "09:00", end = "22:00" }] },
]

[facility.closing]
weekdays = ["mon"]
nth_weekdays = [{ weekdays = ["tue"], nth = [2], last = true }]
shift_on_holiday = true
shift_to_workday = true
after_holidays = true
yearly = [{ from = "12-29", to = "01-03" }]
once = [
  { from = "2026-11-20", to = "2026-11-20", open = [], note = "点検" },
  { from = "2026-11-30", to = "2026-11-30", open = [{ start = "09:00", end = "17:00" }], note = "町民体育祭" },
]

[facility.window]
opening = { months_ahead = { months = 2, reading = "same_day", month_end = "last_day" } }
opens_at = "09:00"
on_closed_day = "next_open"
closes_days_before = 3
lead_days = 1
article = "規則第3条"

[[facility.window.for]]
who = { channel = "counter" }
opens_at = "08:30"

[[facility.window.for]]
who = { residence = "outside" }
opening = { days_ahead = { days = 21 } }

[facility.refund]
round_down_yen = 10
article = "条例第10条"
"#;

/// One of the ten courts; `#` is its number.
const COURT: &str = r#"
[[facility.unit]]
id = "north-#"
name = "北#"

[[facility.unit]]
id = "south-#"
name = "南#"

[[facility.unit]]
id = "room-#"
name = "室#"
"#;

/// What is lent of a court: its slug, its name, its units, how its time is cut.
const ROOMS: [(&str, &str, &str, &str); 4] = [
    ("whole", "全面", "\"north-#\", \"south-#\"", DIVISIONS),
    ("half-n", "北半面", "\"north-#\"", DIVISIONS),
    ("half-s", "南半面", "\"south-#\"", DIVISIONS),
    (
        "meeting",
        "会議室",
        "\"room-#\"",
        "grid = { step_minutes = 30, min_minutes = 60, max_minutes = 240 }",
    ),
];

const DIVISIONS: &str = r#"divisions = [
  { id = "am", name = "午前", start = "09:00", end = "12:00" },
  { id = "pm", name = "午後", start = "13:00", end = "17:00" },
  { id = "evening", name = "夜間", start = "18:00", end = "22:00" },
]"#;

/// The town.
pub fn town() -> Result<Town> {
    let mut file = TOWN.to_owned();
    let courts = || (1..=10_u8).map(|court| court.to_string());
    for court in courts() {
        file.push_str(&COURT.replace('#', &court));
    }
    for court in courts() {
        for (id, name, units, slots) in ROOMS {
            let units = units.replace('#', &court);
            write!(
                file,
                "\n[[facility.room]]\nid = \"{id}-{court}\"\nname = \"{name}{court}\"\nkind = \"{name}\"\n\
                 capacity = 50\nunits = [{units}]\npurpose = [{{ id = \"use\", name = \"利用\" }}]\n\n\
                 [facility.room.slots]\n{slots}\n\n[[facility.room.tariff]]\nfrom = \"2026-04-01\"\n\
                 effective = \"used\"\narticle = \"別表\"\nprice = {{ free = {{}} }}\n"
            )?;
        }
    }
    check(file.as_bytes()).map_err(|problems| anyhow!("{problems:?}"))
}

/// Three of five times of every room but the whole courts, and one court shut for works.
pub fn claimed(facility: &Facility, holidays: &Holidays, month: &[NaiveDate]) -> Claimed {
    let mut claimed = Claimed::default();
    let parts = facility.rooms.iter().filter(|room| room.units.len() == 1);
    for (place, room) in (0_u32..).zip(parts) {
        for day in month {
            let slots = slots_on(facility, room, holidays, *day).unwrap_or_default();
            for (nth, slot) in (0_u32..).zip(slots) {
                if (place + day.ordinal() + nth) % 5 < 3 {
                    claimed.extend(claims(&room.units, slot.span));
                }
                if place == 0 {
                    for (unit, cell) in claims(&room.units, slot.span) {
                        claimed.close(&unit, cell);
                    }
                }
            }
        }
    }
    claimed
}
