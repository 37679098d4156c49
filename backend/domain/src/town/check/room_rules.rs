//! What must hold of a room: units, slots, purposes, options, tariffs.

use std::collections::BTreeSet;

use super::facility_rules::check_times;
use super::{At, Findings};
use crate::money::Yen;
use crate::span::CELL_MINUTES;
use crate::town::{
    Division, Facility, OptionPrice, Room, RoomPrice, SlotRule, Slug, Tariff, TimeWindow, Town,
};

/// More than this for one hour or division is a slip of the keyboard.
const HIGHEST_PRICE: Yen = Yen::new(10_000_000);
/// domain.md A2: 「50割」 is +500 %; ten times that is a slip of the keyboard.
const HIGHEST_PERCENT: u32 = 5_000;

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
    check_choices(room, at, findings);
    check_tariffs(town, room, at, findings);
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

fn check_choices(room: &Room, at: &At, findings: &mut Findings<'_>) {
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
    let at_option = at.key("option");
    let options = room.options.iter().enumerate();
    findings.once(
        options.map(|(n, it)| (at_option.index(n).key("id"), &it.id)),
        |id| format!("設備の id「{id}」が二度使われています。別の id にしてください"),
    );
    for (n, option) in room.options.iter().enumerate() {
        let at = at_option.index(n);
        findings.text(&at, "name", &option.name);
        findings.text(&at, "article", &option.article);
        if option.max_quantity == 0 || option.max_quantity > 9_999 {
            findings.add(
                &at.key("max_quantity"),
                "数の上限「max_quantity」は 1 から 9999 までにしてください（照明などは 1）",
            );
        }
        let (OptionPrice::PerHour(yen) | OptionPrice::PerHalfHour(yen) | OptionPrice::PerUse(yen)) =
            option.price;
        check_price(yen, &at.key("price"), findings);
    }
}

fn check_price(yen: Yen, at: &At, findings: &mut Findings<'_>) {
    if yen > HIGHEST_PRICE {
        findings.add(at, format!("料金 {yen} は高すぎます。桁を確かめてください"));
    }
}

fn check_tariffs(town: &Town, room: &Room, at: &At, findings: &mut Findings<'_>) {
    let at = at.key("tariff");
    if room.tariffs.is_empty() {
        findings.add(
            &at,
            "料金表「tariff」がありません。無料の室場は price = { free = {} } と書いてください",
        );
    }
    for (n, pair) in room.tariffs.windows(2).enumerate() {
        if let [older, newer] = pair
            && newer.from <= older.from
        {
            findings.add(
                &at.index(n + 1).key("from"),
                format!(
                    "料金表は古い順に書いてください（{} の後に {} があります）",
                    older.from, newer.from
                ),
            );
        }
    }
    for (n, tariff) in room.tariffs.iter().enumerate() {
        let at = at.index(n);
        findings.text(&at, "article", &tariff.article);
        check_room_price(room, &tariff.price, &at.key("price"), findings);
        check_surcharges(town, tariff, &at.key("surcharge"), findings);
    }
}

fn check_room_price(room: &Room, price: &RoomPrice, at: &At, findings: &mut Findings<'_>) {
    match price {
        RoomPrice::Free {} => {}
        RoomPrice::PerHour { yen } => {
            check_price(*yen, &at.key("per_hour").key("yen"), findings);
        }
        RoomPrice::PerDivision { yen } => {
            let at = at.key("per_division").key("yen");
            let SlotRule::Divisions(divisions) = &room.slots else {
                findings.add(
                    &at,
                    "区分ごとの料金「per_division」は、区分「divisions」のある室場だけに書けます",
                );
                return;
            };
            let ids: BTreeSet<&Slug> = divisions.iter().map(|division| &division.id).collect();
            for division in divisions {
                if !yen.contains_key(&division.id) {
                    findings.add(
                        &at,
                        format!(
                            "区分「{}」（{}）の料金がありません",
                            division.name, division.id
                        ),
                    );
                }
            }
            for (id, yen) in yen {
                let at = at.key(id.as_str().to_owned());
                if !ids.contains(id) {
                    findings.add(&at, format!("区分「{id}」はこの室場にありません"));
                }
                check_price(*yen, &at, findings);
            }
        }
    }
}

fn check_surcharges(town: &Town, tariff: &Tariff, at: &At, findings: &mut Findings<'_>) {
    let surcharges = || tariff.surcharges.iter().enumerate();
    findings.once(
        surcharges().map(|(n, it)| (at.index(n).key("attribute"), &it.attribute)),
        |attribute| format!("利用者区分「{attribute}」の加算が二度書かれています"),
    );
    for (n, surcharge) in surcharges() {
        let at = at.index(n);
        findings.text(&at, "label", &surcharge.label);
        findings.text(&at, "article", &surcharge.article);
        findings.rounding(&at, surcharge.round_down_yen);
        if !town
            .attributes
            .iter()
            .any(|known| known.id == surcharge.attribute)
        {
            findings.add(
                &at.key("attribute"),
                format!(
                    "利用者区分「{}」がありません。[[attribute]] に書き足してください",
                    surcharge.attribute
                ),
            );
        }
        if surcharge.percent == 0 || surcharge.percent > HIGHEST_PERCENT {
            findings.add(
                &at.key("percent"),
                format!("加算の割合「percent」は 1 から {HIGHEST_PERCENT} までにしてください（5割増なら 50）"),
            );
        }
    }
}
