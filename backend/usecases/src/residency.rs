//! As what somebody counts (町内・町外): their evidence, or the members of the group they act for,
//! under the rule of the facility.

use chrono::NaiveDate;
use contract::{EvidenceView, ResidenceAt, ResidenceView};
use domain::civil;
use domain::residency::{
    Evidence, Finding, Members, Residence, Source, group_residence, residence, rule_for,
};
use domain::town::{Facility, ResidentRule, Town, TownTie};

use crate::ports::store::{EvidenceRecord, GroupRecord, PersonRecord, Reading, Stored, VerifiedBy};

/// What ties whoever books to the town.
#[derive(Clone, Debug)]
pub(crate) struct Ties {
    known: Vec<Evidence>,
    members: Option<Members>,
}

impl Ties {
    /// Of a person, or of the group that the person books for.
    pub(crate) async fn of<R: Reading + ?Sized>(
        reading: &R,
        person: &PersonRecord,
        group: Option<&GroupRecord>,
    ) -> Stored<Self> {
        let records = reading.evidence_of(person.id).await?;
        Ok(Self {
            known: known(person, &records),
            members: group.map(|group| group.members),
        })
    }

    /// As what they count at a facility on a day.
    pub(crate) fn at(&self, town: &Town, facility: &Facility, on: NaiveDate) -> Residence {
        self.finding(rule_for(town, facility), on).residence
    }

    /// A group counts by its members where the town has a share; where it has none, whoever books
    /// for it does, as before there were groups.
    fn finding(&self, rule: Option<&ResidentRule>, on: NaiveDate) -> Finding {
        match (rule, self.members) {
            (Some(rule), Some(members)) if rule.group_percent.is_some() => Finding {
                residence: group_residence(rule, members),
                because: None,
                until: None,
            },
            _ => residence(rule, &self.known, on),
        }
    }
}

/// As what somebody counts, for themselves and whoever serves them.
pub(crate) fn seen(
    town: &Town,
    person: &PersonRecord,
    records: &[EvidenceRecord],
    on: NaiveDate,
) -> ResidenceView {
    let ties = Ties {
        known: known(person, records),
        members: None,
    };
    let in_general = ties.finding(town.resident.as_ref(), on);
    let own_rules = town
        .facilities
        .iter()
        .filter(|facility| facility.booking.resident.is_some());
    let elsewhere = own_rules.map(|facility| ResidenceAt {
        facility: facility.name.clone(),
        finding: ties.finding(rule_for(town, facility), on),
    });
    ResidenceView {
        elsewhere: elsewhere
            .filter(|at| at.finding.residence != in_general.residence)
            .collect(),
        in_general,
        evidence: evidence(person, records),
        asked: asked(town),
    }
}

/// All evidence that holds. What the last check of who somebody is said is evidence of that day: for
/// those who came before evidence was kept it is all there is.
fn known(person: &PersonRecord, records: &[EvidenceRecord]) -> Vec<Evidence> {
    let holds = records.iter().filter(|record| record.ended_on.is_none());
    let mut known: Vec<Evidence> = holds.map(|record| record.evidence).collect();
    known.extend(by_last_check(person));
    known
}

fn by_last_check(person: &PersonRecord) -> Option<Evidence> {
    person.in_town.then(|| Evidence {
        tie: TownTie::Lives,
        source: match person.verified_by {
            VerifiedBy::Card => Source::Card,
            VerifiedBy::Counter { .. } => Source::SeenAtCounter,
        },
        on: civil::date_at(person.verified_at),
    })
}

fn evidence(person: &PersonRecord, records: &[EvidenceRecord]) -> Vec<EvidenceView> {
    let mut views: Vec<EvidenceView> = records
        .iter()
        .map(|record| EvidenceView {
            tie: record.evidence.tie,
            source: record.evidence.source,
            seen_on: record.evidence.on,
            ended_on: record.ended_on,
        })
        .collect();
    if let Some(last) = by_last_check(person)
        && !views
            .iter()
            .any(|it| it.ended_on.is_none() && it.tie == last.tie && it.source == last.source)
    {
        views.insert(
            0,
            EvidenceView {
                tie: last.tie,
                source: last.source,
                seen_on: last.on,
                ended_on: None,
            },
        );
    }
    views
}

/// What counts anywhere in the town besides living there.
fn asked(town: &Town) -> Vec<TownTie> {
    let rules = town
        .facilities
        .iter()
        .map(|it| it.booking.resident.as_ref());
    let rules: Vec<&ResidentRule> = rules.chain([town.resident.as_ref()]).flatten().collect();
    [TownTie::Works, TownTie::Studies]
        .into_iter()
        .filter(|tie| rules.iter().any(|rule| rule.ties.contains(tie)))
        .collect()
}
