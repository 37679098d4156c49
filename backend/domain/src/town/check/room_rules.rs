//! What must hold of a room: units, slots, purposes.

use super::facility_rules::check_times;
use super::{At, Findings, option_rules, tariff_rules};
use crate::span::CELL_MINUTES;
use crate::town::{Division, Facility, Room, SlotRule, TimeWindow, Town};

pub(super) fn check(
    town: &Town,
    facility: &Facility,
    room: &Room,
    at: &At,
    findings: &mut Findings<'_>,
) {
    findings.text(at, "name", &room.name);
    findings.text(at, "kind", &room.kind);
    if room.capacity == 0 {
        findings.add(
            &at.key("capacity"),
            "定員「capacity」は 1 以上にしてください",
        );
    }
    check_units(facility, room, at, findings);
    check_slots(facility, room, at, findings);
    check_purposes(room, at, findings);
    option_rules::check(town, facility, room, at, findings);
    tariff_rules::check(town, facility, room, at, findings);
}

fn check_units(facility: &Facility, room: &Room, at: &At, findings: &mut Findings<'_>) {
    let at = at.key("units");
    if room.units.is_empty() {
        findings.add(
            &at,
            "室場が使う区画「units」が空です。区画の id を書いてください",
        );
    }
    for unit in &room.units {
        if !facility.units.iter().any(|known| known.id == *unit) {
            let known: Vec<&str> = facility.units.iter().map(|unit| unit.id.as_str()).collect();
            findings.add(
                &at,
                format!(
                    "区画「{unit}」はこの施設にありません（ある区画: {}）",
                    known.join("、")
                ),
            );
        }
    }
}

fn check_slots(facility: &Facility, room: &Room, at: &At, findings: &mut Findings<'_>) {
    let at = at.key("slots");
    match &room.slots {
        SlotRule::Divisions(divisions) => {
            check_divisions(facility, divisions, &at.key("divisions"), findings);
        }
        SlotRule::Grid {
            step_minutes,
            min_minutes,
            max_minutes,
        } => {
            let at = at.key("grid");
            let step = *step_minutes;
            if step == 0 || !step.is_multiple_of(CELL_MINUTES) {
                findings.add(
                    &at.key("step_minutes"),
                    "予約のきざみ「step_minutes」は 30 の倍数にしてください",
                );
                return;
            }
            for (key, minutes) in [("min_minutes", *min_minutes), ("max_minutes", *max_minutes)] {
                if minutes == 0 || minutes > 24 * 60 || !minutes.is_multiple_of(step) {
                    findings.add(
                        &at.key(key),
                        format!("「{key}」は {step} の倍数で、24時間（1440）までにしてください"),
                    );
                }
            }
            if min_minutes > max_minutes {
                findings.add(
                    &at.key("max_minutes"),
                    "いちばん長い予約「max_minutes」が、いちばん短い予約「min_minutes」より短くなっています",
                );
            }
        }
    }
}

fn check_divisions(
    facility: &Facility,
    divisions: &[Division],
    at: &At,
    findings: &mut Findings<'_>,
) {
    if divisions.is_empty() {
        findings.add(
            at,
            "区分「divisions」が空です。午前・午後などの区分を書いてください",
        );
    }
    let ids = divisions.iter().enumerate();
    findings.once(
        ids.map(|(n, division)| (at.index(n).key("id"), &division.id)),
        |id| format!("区分の id「{id}」が二度使われています。別の id にしてください"),
    );
    for (n, division) in divisions.iter().enumerate() {
        let at = at.index(n);
        findings.text(&at, "name", &division.name);
        let times = TimeWindow {
            start: division.start,
            end: division.end,
        };
        check_times(times, "区分", &at, findings);
        let within =
            |window: &TimeWindow| window.start <= division.start && division.end <= window.end;
        if !facility
            .hours
            .iter()
            .any(|rule| rule.open.iter().any(within))
        {
            findings.add(
                &at,
                format!(
                    "区分「{}」（{}–{}）が開館時間に収まる日がありません。hours か区分の時刻を直してください",
                    division.name, division.start, division.end
                ),
            );
        }
    }
    for (n, pair) in divisions.windows(2).enumerate() {
        if let [earlier, later] = pair
            && later.start < earlier.end
        {
            findings.add(
                &at.index(n + 1),
                format!(
                    "区分「{}」が前の区分「{}」と重なっています。早い順に、重ならないように書いてください",
                    later.name, earlier.name
                ),
            );
        }
    }
}

fn check_purposes(room: &Room, at: &At, findings: &mut Findings<'_>) {
    let at_purpose = at.key("purpose");
    if room.purposes.is_empty() {
        findings.add(
            &at_purpose,
            "使用目的「purpose」が空です。選べる目的を書いてください",
        );
    }
    for (n, purpose) in room.purposes.iter().enumerate() {
        findings.text(&at_purpose.index(n), "name", &purpose.name);
    }
    let purposes = room.purposes.iter().enumerate();
    findings.once(
        purposes.map(|(n, it)| (at_purpose.index(n), &it.id)),
        |id| format!("使用目的の id「{id}」が二度使われています。別の id にしてください"),
    );
}
