//! Names that are clearly samples (見本の名前).

/// Surnames, with how they are read.
pub(super) const SURNAMES: [(&str, &str); 6] = [
    ("見本", "ミホン"),
    ("例示", "レイジ"),
    ("仮名", "カメイ"),
    ("試作", "シサク"),
    ("模擬", "モギ"),
    ("練習", "レンシュウ"),
];

/// Given names, with how they are read.
pub(super) const GIVEN: [(&str, &str); 6] = [
    ("葵", "アオイ"),
    ("一郎", "イチロウ"),
    ("うた", "ウタ"),
    ("恵美", "エミ"),
    ("修", "オサム"),
    ("和子", "カズコ"),
];
