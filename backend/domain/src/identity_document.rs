//! What people show at the counter to say who they are (本人確認書類).

use std::fmt;

use serde::{Deserialize, Serialize};

/// The kind of document that was shown (本人確認書類の種別): with a photograph and of a public office,
/// or two without. Only the kind is kept: no number, no copy, and of a マイナンバーカード nobody looks
/// at the back (番号法19条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityDocument {
    /// The front of a マイナンバーカード.
    MyNumberCard,
    /// 運転免許証・運転経歴証明書.
    DrivingLicence,
    /// 旅券（パスポート）.
    Passport,
    /// 在留カード・特別永住者証明書.
    ResidenceCard,
    /// 障害者手帳.
    DisabilityHandbook,
    /// Another one with a photograph (写真付きの公的な書類).
    OtherWithPhoto,
    /// Two without a photograph (写真のない書類2点): 資格確認書, 年金手帳.
    TwoWithoutPhoto,
}

impl IdentityDocument {
    /// All of them, as a form lists them.
    pub const ALL: [Self; 7] = [
        Self::MyNumberCard,
        Self::DrivingLicence,
        Self::Passport,
        Self::ResidenceCard,
        Self::DisabilityHandbook,
        Self::OtherWithPhoto,
        Self::TwoWithoutPhoto,
    ];

    /// As it stands in the database and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MyNumberCard => "my_number_card",
            Self::DrivingLicence => "driving_licence",
            Self::Passport => "passport",
            Self::ResidenceCard => "residence_card",
            Self::DisabilityHandbook => "disability_handbook",
            Self::OtherWithPhoto => "other_with_photo",
            Self::TwoWithoutPhoto => "two_without_photo",
        }
    }
}

/// As people read it.
impl fmt::Display for IdentityDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MyNumberCard => "マイナンバーカード（表面）",
            Self::DrivingLicence => "運転免許証・運転経歴証明書",
            Self::Passport => "パスポート",
            Self::ResidenceCard => "在留カード・特別永住者証明書",
            Self::DisabilityHandbook => "障害者手帳",
            Self::OtherWithPhoto => "その他の写真付きの公的な書類",
            Self::TwoWithoutPhoto => "写真のない書類2点（資格確認書・年金手帳など）",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_stored_by_its_own_name_and_read_back() {
        for kind in IdentityDocument::ALL {
            let json = serde_json::to_value(kind).unwrap();
            assert_eq!(json, kind.as_str());
            let back: IdentityDocument = serde_json::from_value(json).unwrap();
            assert_eq!(back, kind);
        }
        let names: std::collections::BTreeSet<_> =
            IdentityDocument::ALL.map(IdentityDocument::as_str).into();
        assert_eq!(names.len(), IdentityDocument::ALL.len());
    }
}
