//! What is asked about a use (使い方の問い): what an answer can change, and nothing else.

use std::collections::BTreeSet;

use super::{Facility, Reduction, Room, Slug};

impl Room {
    /// The town's questions whose answers can change what this room costs here: by its tariff, by its
    /// options, and by what excludes one of the reductions that are open to it.
    #[must_use]
    pub fn asked_for_fee<'a>(
        &'a self,
        facility: &Facility,
        reductions: &'a [Reduction],
    ) -> BTreeSet<&'a Slug> {
        let open = reductions.iter().filter(|it| it.may_touch(facility, self));
        let excluding = open.flat_map(|reduction| &reduction.excluded);
        let mut asked = self.asked_attributes();
        asked.extend(excluding.flat_map(|exclusion| exclusion.when.attributes()));
        asked
    }

    /// The same and those whose answers bring a review (審査).
    #[must_use]
    pub fn asked_for_booking<'a>(
        &'a self,
        facility: &'a Facility,
        reductions: &'a [Reduction],
    ) -> BTreeSet<&'a Slug> {
        let reviews = &facility.booking.reviews;
        let mut asked = self.asked_for_fee(facility, reductions);
        asked.extend(reviews.iter().filter_map(|review| review.class.as_ref()));
        asked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;
    use crate::town::ReviewRule;

    fn slug(id: &str) -> Slug {
        id.parse().unwrap()
    }

    #[test]
    fn what_only_excludes_a_reduction_or_only_brings_a_review_is_asked_too() {
        let mut facility = samples::gym();
        let room = facility.rooms[0].clone();
        let mut reduction: Reduction = toml::from_str(
            r#"
            id = "sponsored"
            name = "市の後援"
            rate = { percent = 50 }
            touches = ["room"]
            excluded = [{ when = { is = ["entry-fee"] }, why = "入場料を徴収する利用は対象になりません" }]
            decided_by = "市長"
            article = "条例第9条"
            "#,
        )
        .unwrap();
        facility.booking.reviews = vec![ReviewRule {
            purposes: BTreeSet::new(),
            class: Some(slug("for-sale")),
            label: "物品の販売を伴う利用".to_owned(),
            article: "条例第6条".to_owned(),
        }];
        let (entry, sale) = (slug("entry-fee"), slug("for-sale"));

        let open = [reduction.clone()];
        let for_fee = room.asked_for_fee(&facility, &open);
        assert!(for_fee.contains(&entry) && !for_fee.contains(&sale));
        let for_booking = room.asked_for_booking(&facility, &open);
        assert!(for_booking.contains(&entry) && for_booking.contains(&sale));

        reduction.facilities = vec![slug("elsewhere")];
        let closed = [reduction];
        assert!(!room.asked_for_fee(&facility, &closed).contains(&entry));
    }
}
