//! People as the counter finds them (利用者台帳): by number, or by terms that are filed hashed.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::PersonId;
use domain::search_key::{PersonNumber, SearchField};

use super::{PersonRecord, Stored};
use crate::ports::vault::TermHash;

/// A person with the number that stands on their card and is read aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledPerson {
    /// The number (利用者番号). It never changes.
    pub number: PersonNumber,
    /// Everything else.
    pub record: PersonRecord,
}

/// The hashes that a person is filed under, by what they are of. A field with none is cleared; one
/// that is not named stays as it was.
pub type FiledTerms = BTreeMap<SearchField, BTreeSet<TermHash>>;

/// Finds people.
#[async_trait]
pub trait FiledPeopleReads {
    /// These people, in the order of their numbers; those that are not there are left out.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn people(&self, ids: &[PersonId]) -> Stored<Vec<FiledPerson>>;

    /// Whose number this is.
    ///
    /// # Errors
    /// As [`Self::people`].
    async fn person_with_number(&self, number: PersonNumber) -> Stored<Option<PersonId>>;

    /// People who are filed under at least one of these terms, each once, who came first first, at
    /// most `most`: ask for one more than is shown to know whether there are more.
    ///
    /// # Errors
    /// As [`Self::people`].
    async fn people_filed_under(&self, terms: &[TermHash], most: u32) -> Stored<Vec<PersonId>>;

    /// People who were never filed, by number, at most `most`: those who came before there was an
    /// index. They are found by their number until somebody files them.
    ///
    /// # Errors
    /// As [`Self::people`].
    async fn unfiled_people(&self, most: u32) -> Stored<Vec<PersonId>>;
}

/// Enters and files people.
#[async_trait]
pub trait FiledPeopleWrites {
    /// Enters a person who has no card, and gives the number they got. A card may be added later.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_person_without_card(&mut self, person: &PersonRecord) -> Stored<PersonNumber>;

    /// Files a person, in the place of what stood there for each field that is named.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or there is no such person.
    async fn file_person(
        &mut self,
        person: PersonId,
        terms: &FiledTerms,
        now: DateTime<Utc>,
    ) -> Stored<()>;
}
