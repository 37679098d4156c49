//! Residency (町内・町外) by an address as the card gives it.

use unicode_normalization::UnicodeNormalization;

/// True when `address` lies in the town `name` of `prefecture`.
///
/// The card's address is one string that starts with the prefecture or, in some records, with the
/// district or the town itself: 「京都府相楽郡精華町大字南稲八妻北尻70番地」. So the town must come
/// right at the start, after an optional prefecture and an optional district (郡). A town of the
/// same name in another prefecture does not count, nor does a street named after the town.
#[must_use]
pub fn lives_in(prefecture: &str, name: &str, address: &str) -> bool {
    let address: String = address.nfkc().filter(|c| !c.is_whitespace()).collect();
    let local = match address.strip_prefix(prefecture) {
        Some(local) => local,
        None if starts_with_a_prefecture(&address) => return false,
        None => address.as_str(),
    };
    let after_district = local.find('郡').and_then(|at| {
        // A district's name is short; a 郡 further on belongs to something else.
        let (district, rest) = local.split_at_checked(at)?;
        (district.chars().count() <= 6).then(|| rest.trim_start_matches('郡'))
    });
    local.starts_with(name) || after_district.is_some_and(|rest| rest.starts_with(name))
}

fn starts_with_a_prefecture(address: &str) -> bool {
    // 都道府県 stand third or fourth: 北海道, 東京都, 京都府, 三重県, 神奈川県, 和歌山県, 鹿児島県.
    let mut chars = address.chars().skip(2);
    let third = chars.next();
    let fourth = chars.next();
    matches!(third, Some('都' | '道' | '府' | '県')) || fourth == Some('県')
}

#[cfg(test)]
mod tests {
    use super::lives_in;

    #[test]
    fn a_resident_is_told_from_an_outsider_by_the_cards_address() {
        let seika = |address| lives_in("京都府", "精華町", address);
        assert!(seika("京都府相楽郡精華町大字南稲八妻小字北尻70番地"));
        assert!(seika("相楽郡精華町光台1-7"));
        assert!(seika("精華町桜が丘1丁目"));
        assert!(seika("京都府 相楽郡 精華町 光台一丁目"));
        assert!(!seika("京都府木津川市加茂町里西鳥口1番地"));
        assert!(!seika("京都府木津川市精華町通1番地"));
        assert!(!seika("奈良県相楽郡精華町1番地"));
        assert!(!seika(""));
    }

    #[test]
    fn a_city_of_the_same_name_is_another_place() {
        let kawagoe = |address| lives_in("三重県", "川越町", address);
        assert!(kawagoe("三重県三重郡川越町大字豊田一色280番地"));
        assert!(!kawagoe("埼玉県川越市元町1丁目3番地1"));
        assert!(!kawagoe("三重県四日市市諏訪町1番5号"));
    }
}
