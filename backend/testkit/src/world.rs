//! A town in force with one person in it: where most tests begin.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context as _, Result};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{Call, Role, StaffSignedIn};
use domain::civil::{self, TimeOfDay};
use domain::fees::AttributeValue;
use domain::ids::{
    FacilityId, GrantId, MunicipalityId, PersonId, RequestId, ReservationId, RoomId, StaffId,
    UnitId,
};
use domain::money::Yen;
use domain::quote::{Component, Quote, QuoteLine};
use domain::reservation::ReservationState;
use domain::span::{Cell, Span};
use domain::town::{Slug, Town};
use store::Database;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{
    AppliedTown, ClaimedCell, GrantRecord, IdentityKey, MadeBy, Municipality, Particulars,
    PersonRecord, ReservationRecord, StaffRecord, Store as _, VerifiedBy,
};

use crate::{TestChance, TestClock, TestStore};

/// The test town ([`crate::town`]) in force, with one person, at 9:00 on Saturday 21 November 2026
/// in Japan.
#[derive(Clone)]
pub struct TestWorld {
    /// The store.
    pub store: Database,
    /// The municipality.
    pub municipality: MunicipalityId,
    /// Its town file as applied.
    pub town: Arc<AppliedTown>,
    /// Somebody who lives there.
    pub person: PersonId,
    /// The clock.
    pub clock: TestClock,
    /// Where ids come from.
    pub chance: TestChance,
}

/// Worlds made in this process so far.
static WORLDS: AtomicU64 = AtomicU64::new(0);

impl TestWorld {
    /// The test town in an empty store.
    ///
    /// # Errors
    /// When the store refuses any of it.
    pub async fn new(db: &TestStore) -> Result<Self> {
        Self::with_town(db, &crate::town()?).await
    }

    /// Another town beside those that are there, with the same facilities, rooms and units.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub async fn neighbour(db: &TestStore, code: &str, host: &str) -> Result<Self> {
        let town = Town {
            code: code.to_owned(),
            host: host.parse()?,
            ..crate::town()?
        };
        Self::with_town(db, &town).await
    }

    /// A town of the test's own.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub async fn with_town(db: &TestStore, town: &Town) -> Result<Self> {
        let store = db.store().clone();
        let clock = TestClock::at(nine_o_clock()?);
        // Neither towns in one store nor tests in one process, which share a log, may draw the same
        // ids.
        let code: u64 = town.code.parse().unwrap_or_default();
        let chance = TestChance::seeded(code + (WORLDS.fetch_add(1, Ordering::Relaxed) << 32));
        let now = clock.now();
        let municipality = store
            .enter_municipality(
                &Municipality {
                    id: MunicipalityId(chance.id(now)),
                    code: town.code.clone(),
                    host: town.host.clone(),
                    name: town.name.clone(),
                },
                now,
            )
            .await?;
        let person = person(&chance, now);
        let mut tx = store.begin(municipality).await?;
        tx.apply_town(town, now, &|| chance.id(now)).await?;
        tx.insert_person(&person, &identity("someone")).await?;
        tx.commit().await?;
        let town = store.read(municipality).await?.town().await?;
        Ok(Self {
            store,
            municipality,
            town: town.context("no town is in force")?,
            person: person.id,
            clock,
            chance,
        })
    }

    /// Somebody else who lives there.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn another_person(&self, subject: &str) -> Result<PersonId> {
        let person = person(&self.chance, self.clock.now());
        let mut tx = self.store.begin(self.municipality).await?;
        tx.insert_person(&person, &identity(subject)).await?;
        tx.commit().await?;
        Ok(person.id)
    }

    /// Somebody who lives there and has said how to be reached, so may book.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn regular(&self, subject: &str) -> Result<PersonId> {
        let person = PersonRecord {
            email_sealed: Some(b"sealed email".to_vec()),
            phone_sealed: Some(b"sealed phone".to_vec()),
            ..person(&self.chance, self.clock.now())
        };
        let mut tx = self.store.begin(self.municipality).await?;
        tx.insert_person(&person, &identity(subject)).await?;
        tx.commit().await?;
        Ok(person.id)
    }

    /// Somebody of the staff with these roles, each at a facility or at all of them.
    ///
    /// # Errors
    /// When the town has no such facility, or the store refuses.
    pub async fn staff(&self, subject: &str, roles: &[(Role, Option<&str>)]) -> Result<StaffId> {
        let now = self.clock.now();
        let staff = StaffRecord {
            id: StaffId(self.chance.id(now)),
            name_sealed: b"sealed name".to_vec(),
            active: true,
            created_at: now,
        };
        let identity = IdentityKey {
            issuer: "https://staff.example".to_owned(),
            ..identity(subject)
        };
        let mut tx = self.store.begin(self.municipality).await?;
        tx.insert_staff(&staff, &identity).await?;
        for (role, facility) in roles {
            let facility = facility.map(|slug| self.facility(&slug.parse()?));
            tx.insert_grant(&GrantRecord {
                id: GrantId(self.chance.id(now)),
                staff: staff.id,
                role: *role,
                facility: facility.transpose()?,
                granted_at: now,
                granted_by: None,
            })
            .await?;
        }
        tx.commit().await?;
        Ok(staff.id)
    }

    /// A call by somebody of the staff, now.
    #[must_use]
    pub fn call_of_staff(&self, staff: StaffId) -> Call {
        let now = self.clock.now();
        let proof = StaffSignedIn::vouch(self.municipality, staff);
        Call::staff(proof, RequestId(self.chance.id(now)), now)
    }

    /// Somebody at the counter.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn clerk(&self) -> Result<StaffId> {
        let subject = self.chance.id(self.clock.now()).to_string();
        self.staff(&subject, &[(Role::Window, None)]).await
    }

    /// A unit's id by its slug.
    ///
    /// # Errors
    /// When the town has none of this name.
    pub fn unit(&self, slug: &str) -> Result<UnitId> {
        let id = self.town.units.get(&slug.parse()?).copied();
        id.with_context(|| format!("the town has no unit {slug}"))
    }

    /// A room's id by its slug.
    ///
    /// # Errors
    /// When the town has none of this name.
    pub fn room(&self, slug: &str) -> Result<RoomId> {
        let id = self.town.rooms.get(&slug.parse()?).copied();
        id.with_context(|| format!("the town has no room {slug}"))
    }

    /// A held reservation of a room by [`Self::person`], not yet stored: `room` by its slug, the
    /// day and the times as `2026-11-28`, `09:00`, `11:00` in Japan.
    ///
    /// # Errors
    /// When the town has no such room, or the times are none.
    pub fn reservation(
        &self,
        room: &str,
        day: &str,
        start: &str,
        end: &str,
    ) -> Result<ReservationRecord> {
        let now = self.clock.now();
        let room_slug: Slug = room.parse()?;
        let (facility, room) = self
            .town
            .town
            .room(&room_slug)
            .with_context(|| format!("the town has no room {room_slug}"))?;
        let purpose = room.purposes.first().context("the room has no purpose")?;
        let fee = Yen::new(800);
        Ok(ReservationRecord {
            id: ReservationId(self.chance.id(now)),
            number: format!("{:08}", self.chance.below(100_000_000)),
            person: self.person,
            group: None,
            made_by: MadeBy::Resident,
            facility: self.facility(&facility.id)?,
            room: self.room(room_slug.as_str())?,
            town_version: Some(self.town.version),
            span: span(day, start, end)?,
            people: 10,
            particulars: Particulars {
                facility: facility.id.clone(),
                facility_name: facility.name.clone(),
                room: room.id.clone(),
                room_name: room.name.clone(),
                purpose: purpose.id.clone(),
                purpose_name: purpose.name.clone(),
                options: [("lighting".parse()?, 1)].into(),
                option_minutes: BTreeMap::new(),
                attributes: [("outsider".parse()?, AttributeValue::Flag(false))].into(),
                group_name: None,
                reduction: None,
                conditions: Vec::new(),
                illustrative: true,
            },
            note_sealed: None,
            quote: Quote {
                total_yen: fee,
                tax_included_yen: Yen::new(72),
                unreduced_yen: None,
                tariff_version: "2025-04-01".to_owned(),
                lines: vec![QuoteLine {
                    label: room.name.clone(),
                    basis: "条例第8条 別表第1".to_owned(),
                    component: Component::Room,
                    quantity: 1,
                    unit_yen: fee.into(),
                    amount_yen: fee.into(),
                }],
            },
            state: ReservationState::hold(now, facility.hold_minutes),
            submission: self.chance.id(now),
            request_hash: self.chance.secret(),
            revision: 1,
            created_at: now,
        })
    }

    /// Every unit and cell that a reservation must claim.
    ///
    /// # Errors
    /// When its room is not the town's.
    pub fn cells(&self, reservation: &ReservationRecord) -> Result<Vec<ClaimedCell>> {
        let room = &reservation.particulars.room;
        let (_facility, room) = self
            .town
            .town
            .room(room)
            .with_context(|| format!("the town has no room {room}"))?;
        let mut cells = Vec::new();
        for unit in &room.units {
            let unit = self.unit(unit.as_str())?;
            cells.extend(reservation.span.cells().map(|cell| (unit, cell)));
        }
        Ok(cells)
    }

    /// A facility's id by its slug.
    ///
    /// # Errors
    /// When the town has none of this name.
    pub fn facility(&self, slug: &Slug) -> Result<FacilityId> {
        let id = self.town.facilities.get(slug).copied();
        id.with_context(|| format!("the town has no facility {slug}"))
    }
}

/// A stretch of time on a day in Japan, from texts.
fn span(day: &str, start: &str, end: &str) -> Result<Span> {
    let day: NaiveDate = day.parse()?;
    let cell = |time: &str| -> Result<Cell> { Ok(Cell::at(day, time.parse::<TimeOfDay>()?)?) };
    Ok(Span::new(cell(start)?, cell(end)?)?)
}

fn nine_o_clock() -> Result<DateTime<Utc>> {
    let day = NaiveDate::from_ymd_opt(2026, 11, 21).context("no such day")?;
    Ok(civil::instant(day, "09:00".parse()?))
}

fn person(chance: &TestChance, now: DateTime<Utc>) -> PersonRecord {
    PersonRecord {
        id: PersonId(chance.id(now)),
        name_sealed: b"sealed name".to_vec(),
        kana_sealed: None,
        address_sealed: Some(b"sealed address".to_vec()),
        birthdate_sealed: Some(b"sealed birthdate".to_vec()),
        gender_sealed: None,
        email_sealed: None,
        phone_sealed: None,
        in_town: true,
        verified_at: now,
        verified_by: VerifiedBy::Card,
        created_at: now,
    }
}

fn identity(subject: &str) -> IdentityKey {
    IdentityKey {
        issuer: "https://idp.example".to_owned(),
        client_id: "yoriai".to_owned(),
        subject: subject.to_owned(),
    }
}
