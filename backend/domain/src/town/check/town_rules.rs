//! What must hold of the town as a whole.

use super::{At, Findings};
use crate::town::Town;

/// The weights of the check digit of a 全国地方公共団体コード, JIS X 0402 附属書.
const WEIGHTS: [u32; 5] = [6, 5, 4, 3, 2];

pub(super) fn check(town: &Town, findings: &mut Findings<'_>) {
    let top = At::top();
    check_code(town, findings);
    if town.host.as_str().contains('_') {
        findings.add(
            &top.key("host"),
            "アドレスの名前「host」に下線は使えません。ハイフン「-」にしてください",
        );
    }
    findings.text(&top, "name", &town.name);
    findings.text(&top, "prefecture", &town.prefecture);
    let contact = top.key("contact");
    findings.text(&contact, "office", &town.contact.office);
    findings.text(&contact, "phone", &town.contact.phone);
    findings.text(&contact, "hours", &town.contact.hours);
    findings.text(&top.key("issuer"), "name", &town.issuer.name);
    if let Some(number) = &town.issuer.registration_number
        && !is_registration_number(number)
    {
        findings.add(
            &top.key("issuer").key("registration_number"),
            format!(
                "登録番号「{number}」は「T」と半角数字13桁で書いてください（例 T1234567890123）"
            ),
        );
    }
    if let Some(payer) = &town.payer
        && let Err(field) = payer.check()
    {
        findings.add(
            &top.key("payer").key(field),
            "振込元の口座は、銀行に届け出たとおりに書いてください。番号は半角数字（委託者コード10桁・金融機関4桁・支店3桁・口座7桁まで）、名前はカタカナで、依頼人40文字・銀行名と支店名15文字までです（濁点も1文字）",
        );
    }
    if town.facilities.is_empty() {
        findings.add(&top, "施設がありません。[[facility]] を書き足してください");
    }
    check_holidays(town, findings);
    check_names(town, findings);
}

fn check_code(town: &Town, findings: &mut Findings<'_>) {
    let at = At::top().key("code");
    let digits: Vec<u32> = town.code.chars().filter_map(|c| c.to_digit(10)).collect();
    match digits.as_slice() {
        [body @ .., given] if digits.len() == 6 && town.code.len() == 6 => {
            let right = check_digit(body);
            if *given != right {
                let body: String = town.code.chars().take(5).collect();
                findings.add(
                    &at,
                    format!(
                        "団体コード「{}」の検査数字が合いません。{body} なら {body}{right} です",
                        town.code
                    ),
                );
            }
        }
        _ => findings.add(
            &at,
            "団体コードは検査数字を含む半角数字6桁を \" \" で囲んで書いてください（例 \"263664\"）",
        ),
    }
}

/// 11 less the weighted sum modulo 11, its last digit.
fn check_digit(body: &[u32]) -> u32 {
    let sum: u32 = body
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    (11 - sum % 11) % 10
}

fn is_registration_number(text: &str) -> bool {
    text.strip_prefix('T')
        .is_some_and(|digits| digits.len() == 13 && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn check_holidays(town: &Town, findings: &mut Findings<'_>) {
    let at = |n| At::top().key("holiday").index(n);
    for (n, holiday) in town.holidays.iter().enumerate() {
        findings.text(&at(n), "name", &holiday.name);
    }
    let dates = town.holidays.iter().enumerate();
    findings.once(dates.map(|(n, holiday)| (at(n), holiday.date)), |date| {
        format!("{date} の休日が二度書かれています。どちらかを消してください")
    });
}

/// Slugs are names in addresses and in the database: one thing each.
fn check_names(town: &Town, findings: &mut Findings<'_>) {
    let top = At::top();
    let taken = |what: &'static str| {
        move |id: &&crate::town::Slug| {
            format!("{what}「{id}」が二度使われています。別の id にしてください")
        }
    };
    let attributes = town.attributes.iter().enumerate();
    findings.once(
        attributes.map(|(n, it)| (top.key("attribute").index(n).key("id"), &it.id)),
        taken("利用者区分の id"),
    );
    for (n, attribute) in town.attributes.iter().enumerate() {
        findings.text(&top.key("attribute").index(n), "label", &attribute.label);
    }
    let facility_at = |n| top.key("facility").index(n);
    let facilities = || town.facilities.iter().enumerate();
    findings.once(
        facilities().map(|(n, it)| (facility_at(n).key("id"), &it.id)),
        taken("施設の id"),
    );
    let units = facilities().flat_map(|(n, facility)| {
        let at = facility_at(n).key("unit");
        let units = facility.units.iter().enumerate();
        units.map(move |(n, unit)| (at.index(n).key("id"), &unit.id))
    });
    findings.once(units, taken("区画の id"));
    let rooms = facilities().flat_map(|(n, facility)| {
        let at = facility_at(n).key("room");
        let rooms = facility.rooms.iter().enumerate();
        rooms.map(move |(n, room)| (at.index(n).key("id"), &room.id))
    });
    findings.once(rooms, taken("室場の id"));
}
