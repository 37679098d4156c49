//! The fictional people whose cards lie on the table. No name or address belongs to anybody.

use chrono::{Datelike as _, NaiveDate};

/// A person with a My Number card (マイナンバーカードの持ち主), with what the chip says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Our own short name, as forms and tests use it.
    pub id: String,
    /// The town whose counter would show this card first: `seika` or `kawagoe`.
    pub town: String,
    /// What makes this person worth choosing.
    pub note: String,
    /// 氏名
    pub name: String,
    /// 住所, one flat string, as the chip has it.
    pub address: String,
    /// 生年月日, `YYYYMMDD`.
    pub birthdate: String,
    /// 性別, `1` 男 or `2` 女.
    pub gender: String,
}

/// A name as long as residents with several given names really have, with an ideographic variation
/// sequence (葛 + U+E0100, 邉 + U+E0102), a character outside the BMP (𠮷) and 髙, 﨑.
const LONG_NAME: &str = "髙﨑𠮷葛\u{E0100}・デ・ラ・クルス　アレクサンドラ・マリア・グアダルーペ・\
                         デ・ロス・アンヘレス・渡邉\u{E0102}";

/// The people of both towns. `today` keeps the minors at 14 whatever the year: who is born on
/// 1 January fourteen years ago is 14 all year.
pub fn everyone(today: NaiveDate) -> Vec<Person> {
    let minor = format!("{:04}0101", today.year() - 14);
    let rows: [(&str, &str, &str, &str, &str, &str, &str); 11] = [
        (
            "hanako",
            "seika",
            "町内在住",
            "山田　花子",
            "京都府相楽郡精華町光台九丁目９９番地１",
            "19850315",
            "2",
        ),
        (
            "hanako-again",
            "seika",
            "町内在住・山田花子が改姓して作り直したカード",
            "谷川　花子",
            "京都府相楽郡精華町光台九丁目９９番地１",
            "19850315",
            "2",
        ),
        (
            "ichiro",
            "seika",
            "町内在住・65歳以上",
            "木下　一郎",
            "京都府相楽郡精華町大字見本小字架空１２番地",
            "19510728",
            "1",
        ),
        (
            "alexandra",
            "seika",
            "町内在住・長い氏名と外字",
            LONG_NAME,
            "京都府相楽郡精華町桜が丘九丁目９８番地　見本の丘グランドレジデンス弐番館１２０５号室",
            "19921103",
            "2",
        ),
        (
            "sora",
            "seika",
            "町内在住・14歳",
            "山田　空",
            "京都府相楽郡精華町光台九丁目９９番地１",
            &minor,
            "1",
        ),
        (
            "kenji",
            "seika",
            "町外在住",
            "西川　健二",
            "京都府木津川市見本台九丁目９番地",
            "19780509",
            "1",
        ),
        (
            "misaki",
            "kawagoe",
            "町内在住",
            "伊藤　美咲",
            "三重県三重郡川越町大字見本９９９番地",
            "19901224",
            "2",
        ),
        (
            "takeshi",
            "kawagoe",
            "町内在住・65歳以上",
            "水谷　武",
            "三重県三重郡川越町大字架空８８８番地２",
            "19490503",
            "1",
        ),
        (
            "maria",
            "kawagoe",
            "町内在住・長い氏名と外字",
            LONG_NAME,
            "三重県三重郡川越町大字見本１０００番地　コーポ見本ヶ浦サンライズ参号棟３０３号",
            "19870217",
            "2",
        ),
        (
            "riku",
            "kawagoe",
            "町内在住・14歳",
            "伊藤　陸",
            "三重県三重郡川越町大字見本９９９番地",
            &minor,
            "1",
        ),
        (
            "yoko",
            "kawagoe",
            "町外在住",
            "森　陽子",
            "三重県四日市市見本町９番９号",
            "19660830",
            "2",
        ),
    ];
    rows.map(
        |(id, town, note, name, address, birthdate, gender)| Person {
            id: id.to_owned(),
            town: town.to_owned(),
            note: note.to_owned(),
            name: name.to_owned(),
            address: address.to_owned(),
            birthdate: birthdate.to_owned(),
            gender: gender.to_owned(),
        },
    )
    .into()
}

/// The sample staff: one for each role, and one whom nobody has given any. `town`, and what only a
/// card says, is empty.
pub fn colleagues() -> Vec<Person> {
    let rows = [
        ("sato", "佐藤　真理（見本）", "窓口"),
        ("suzuki", "鈴木　健（見本）", "施設管理者"),
        ("takahashi", "高橋　由美（見本）", "会計"),
        ("tanaka", "田中　誠（見本）", "管理者"),
        ("watanabe", "渡辺　香（見本）", "閲覧"),
        ("nakamura", "中村　新（見本）", "権限なし"),
    ];
    rows.map(|(id, name, note)| Person {
        id: id.to_owned(),
        town: String::new(),
        note: note.to_owned(),
        name: name.to_owned(),
        address: String::new(),
        birthdate: String::new(),
        gender: String::new(),
    })
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_town_has_an_outsider_and_a_minor_who_is_fourteen_all_year() {
        for today in ["2026-01-01", "2026-12-31", "2031-06-15"] {
            let today: NaiveDate = today.parse().unwrap();
            let people = everyone(today);
            for town in ["seika", "kawagoe"] {
                let here: Vec<_> = people.iter().filter(|person| person.town == town).collect();
                assert!(here.iter().any(|person| person.note == "町外在住"));
                let minor = here
                    .iter()
                    .find(|person| person.note.contains("14歳"))
                    .unwrap();
                let born = NaiveDate::parse_from_str(&minor.birthdate, "%Y%m%d").unwrap();
                assert_eq!(today.years_since(born), Some(14));
            }
        }
    }
}
