//! What must hold of prices, whether of a room or of an option.

use std::collections::BTreeSet;

use super::facility_rules::check_times;
use super::{At, Findings};
use crate::money::Yen;
use crate::quote::Component;
use crate::town::{
    Division, DivisionPrices, Facility, HourlyCharge, HourlyPrice, Room, Rounding, SlotRule, Slug,
    TimeBand, TimeWindow,
};

/// More than this for one hour or division is a slip of the keyboard.
const HIGHEST_PRICE: Yen = Yen::new(10_000_000);
/// domain.md A2: 「50割」 is +500 %; ten times that is a slip of the keyboard.
pub(super) const HIGHEST_PERCENT: u32 = 5_000;

pub(super) fn yen(yen: Yen, at: &At, findings: &mut Findings<'_>) {
    if yen > HIGHEST_PRICE {
        findings.add(at, format!("料金 {yen} は高すぎます。桁を確かめてください"));
    }
}

pub(super) fn percent(percent: u32, at: &At, findings: &mut Findings<'_>) {
    if percent == 0 || percent > HIGHEST_PERCENT {
        findings.add(
            at,
            format!("割合「percent」は 1 から {HIGHEST_PERCENT} までにしてください（3割なら 30）"),
        );
    }
}

pub(super) fn round(round: Option<Rounding>, at: &At, findings: &mut Findings<'_>) {
    if let Some(round) = round {
        findings.unit(&at.key("round"), round.unit());
    }
}

/// Components that something touches: at least one, each once, and none that only rounding has.
pub(super) fn touches(touches: &[Component], at: &At, findings: &mut Findings<'_>) {
    let at = at.key("touches");
    if touches.is_empty() {
        findings.add(
            &at,
            "対象「touches」が空です。room（室場）・air（冷暖房）・light（照明）・equipment（備品）から書いてください",
        );
    }
    components(touches, &at, findings);
}

/// Something of what is touched is there in some room: a share of nothing is a slip.
pub(super) fn touches_what_is_there<'a>(
    touches: &[Component],
    rooms: impl IntoIterator<Item = &'a Room>,
    at: &At,
    findings: &mut Findings<'_>,
) {
    let there = |room: &Room| {
        let mut options = room.options.iter();
        options.any(|option| touches.contains(&option.component))
    };
    let named = !touches.is_empty() && !touches.contains(&Component::Rounding);
    if named && !touches.contains(&Component::Room) && !rooms.into_iter().any(there) {
        findings.add(
            &at.key("touches"),
            "対象「touches」にあたる設備がありません。設備「option」の種別「component」か touches を直してください",
        );
    }
}

pub(super) fn components(list: &[Component], at: &At, findings: &mut Findings<'_>) {
    if list.contains(&Component::Rounding) {
        findings.add(
            at,
            "rounding は書けません。room・air・light・equipment から書いてください",
        );
    }
    findings.once(list.iter().map(|it| (at.clone(), it)), |_twice| {
        "同じ対象が二度書かれています。片方を消してください".to_owned()
    });
}

pub(super) fn divisions(
    room: &Room,
    prices: &DivisionPrices,
    at: &At,
    findings: &mut Findings<'_>,
) {
    let at_yen = at.key("yen");
    let SlotRule::Divisions(divisions) = &room.slots else {
        findings.add(
            &at_yen,
            "区分ごとの料金「per_division」は、区分「divisions」のある室場だけに書けます",
        );
        return;
    };
    let ids: BTreeSet<&Slug> = divisions.iter().map(|division| &division.id).collect();
    for division in divisions {
        if !prices.yen.contains_key(&division.id) {
            findings.add(
                &at_yen,
                format!(
                    "区分「{}」（{}）の料金がありません",
                    division.name, division.id
                ),
            );
        }
    }
    for (id, price) in &prices.yen {
        let at = at_yen.key(id.as_str().to_owned());
        if !ids.contains(id) {
            findings.add(&at, format!("区分「{id}」はこの室場にありません"));
        }
        yen(*price, &at, findings);
    }
    runs(divisions, prices, &at.key("run"), findings);
    for (key, charge) in [
        ("between", &prices.between),
        ("extension", &prices.extension),
    ] {
        if let Some(charge) = charge {
            hourly(prices, charge, &at.key(key), findings);
        }
    }
}

fn runs(divisions: &[Division], prices: &DivisionPrices, at: &At, findings: &mut Findings<'_>) {
    for (n, run) in prices.runs.iter().enumerate() {
        let at = at.index(n);
        findings.text(&at, "name", &run.name);
        yen(run.yen, &at.key("yen"), findings);
        let in_a_row = divisions
            .windows(run.of.len().max(1))
            .any(|window| window.iter().map(|it| &it.id).eq(&run.of));
        if run.of.len() < 2 || !in_a_row {
            findings.add(
                &at.key("of"),
                "続いている二つ以上の区分を、早い順に書いてください（例 of = [\"am\", \"pm\"]）",
            );
        }
    }
    findings.once(
        prices
            .runs
            .iter()
            .enumerate()
            .map(|(n, run)| (at.index(n).key("of"), &run.of)),
        |_twice| "同じ区分の組の料金が二度書かれています。片方を消してください".to_owned(),
    );
}

fn hourly(prices: &DivisionPrices, charge: &HourlyCharge, at: &At, findings: &mut Findings<'_>) {
    findings.text(at, "article", &charge.article);
    round(charge.round, at, findings);
    let at = at.key("per_hour");
    match &charge.per_hour {
        HourlyPrice::Yen(price) => yen(*price, &at, findings),
        HourlyPrice::Share { percent: share, of } => {
            let at = at.key("share");
            percent(*share, &at.key("percent"), findings);
            let listed = match of.as_slice() {
                [] => true,
                [one] => prices.yen.contains_key(one),
                several => prices.runs.iter().any(|run| run.of == several),
            };
            if !listed {
                findings.add(
                    &at.key("of"),
                    "もとになる料金がありません。yen にある区分か、run にある組を書いてください",
                );
            }
        }
    }
}

/// Bands by the time of day, early ones first. `all_day` asks that they cover the opening hours.
pub(super) fn bands(
    facility: &Facility,
    bands: &[TimeBand],
    all_day: bool,
    at: &At,
    findings: &mut Findings<'_>,
) {
    for (n, band) in bands.iter().enumerate() {
        let at = at.index(n);
        let times = TimeWindow {
            start: band.start,
            end: band.end,
        };
        check_times(times, "時間帯", &at, findings);
        yen(band.yen, &at.key("yen"), findings);
    }
    for (n, pair) in bands.windows(2).enumerate() {
        if let [earlier, later] = pair
            && later.start < earlier.end
        {
            findings.add(
                &at.index(n + 1),
                "前の時間帯と重なっています。早い順に、重ならないように書いてください",
            );
        }
    }
    let open = facility.hours.iter().flat_map(|rule| &rule.open);
    for window in open.filter(|_| all_day) {
        let mut until = window.start;
        for band in bands {
            if band.start <= until && until < band.end {
                until = band.end;
            }
        }
        if until < window.end {
            findings.add(
                at,
                format!("{until} からの料金がありません。開館時間のすべてを含めてください"),
            );
        }
    }
}
