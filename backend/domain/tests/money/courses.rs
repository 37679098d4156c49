//! The small worlds, each with its own kinds of trouble. Together they would be too many states;
//! apart, each is searched whole.

use domain::money::Yen;
use domain::reservation::ReservationState;

use crate::actions::enabled;
use crate::guards::Rules;
use crate::service::Service;
use crate::world::{Clock, FEE, Floor, Instant, Left, Town, World};

/// The straight way from a hold to a paid reservation.
const STRAIGHT: [&str; 6] = [
    "PressPay",
    "OpenPage(0)",
    "Commit(0)",
    "PayByCard(0)",
    "LookAtPage { page: 0, asked_for: true }",
    "Commit(0)",
];

fn paid(held: World) -> World {
    STRAIGHT.into_iter().fold(held, |world, step| {
        let next = enabled(&world, &Rules::whole()).into_iter();
        let mut next = next.filter(|(action, _)| format!("{action:?}") == step);
        let (_, after) = next.next().unwrap();
        after
    })
}

/// A small world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// Two attempts, answers lost and refused, the fee changed in between, the hold running out, the
    /// reservation given up.
    Card,
    /// Money that comes after everybody gave up: a request that arrives late, a fee that was changed
    /// meanwhile, a facility that closes, somebody else who books the floor.
    Late,
    /// A voucher that is paid in time, late or never.
    Voucher,
    /// A reservation given up in part and whole, by both sides; refunds that fail early and late.
    Refunds,
    /// A refund at the service's own screens.
    Dashboard,
    /// A bank that takes money back and brings it again.
    Disputes,
    /// Cash at the counter while a page is open.
    Cash,
    /// Another amount than was asked for.
    Falsified,
}

/// All of them.
pub const EVERY: [Course; 8] = [
    Course::Card,
    Course::Late,
    Course::Voucher,
    Course::Refunds,
    Course::Dashboard,
    Course::Disputes,
    Course::Cash,
    Course::Falsified,
];

const DAY: &[Instant] = &[Instant::Pay, Instant::Due, Instant::PageOver, Instant::Use];
const VOUCHER: &[Instant] = &[
    Instant::Pay,
    Instant::PageOver,
    Instant::VoucherOver,
    Instant::GraceOver,
    Instant::Use,
];
const LATE: &[Instant] = &[Instant::Pay, Instant::Due, Instant::Use];
const SHORT: &[Instant] = &[Instant::Pay, Instant::PageOver];

impl Course {
    /// Its first state: a hold, or where the trouble begins later, a reservation that was paid.
    pub fn start(self) -> World {
        let held = self.held();
        match self {
            Self::Dashboard | Self::Disputes => paid(held),
            Self::Card
            | Self::Late
            | Self::Voucher
            | Self::Refunds
            | Self::Cash
            | Self::Falsified => held,
        }
    }

    fn held(self) -> World {
        World {
            clock: Clock {
                instants: match self {
                    Self::Card | Self::Falsified => DAY,
                    Self::Late => LATE,
                    Self::Voucher => VOUCHER,
                    Self::Refunds | Self::Cash => SHORT,
                    Self::Dashboard | Self::Disputes => &[Instant::Pay],
                },
                at: 0,
            },
            town: Town {
                booking: ReservationState::hold(Instant::Pay.time(), 10),
                floor: Floor::Ours,
                owed: FEE,
                attempts: Vec::new(),
                refunds: Vec::new(),
                disputes: Vec::new(),
                books: Vec::new(),
                given_up: Yen::ZERO,
                drawer: 0,
                asked_while_disputed: false,
                took_it_from_somebody: false,
            },
            service: Service::default(),
            hands: Vec::new(),
            left: self.left(),
        }
    }

    fn left(self) -> Left {
        let none = Left {
            hands: 2,
            ..Left::default()
        };
        match self {
            Self::Card => Left {
                attempts: 2,
                crashes: 2,
                refusals: 1,
                repricings: 1,
                cancels: 1,
                others: 1,
                ..none
            },
            Self::Late => Left {
                hands: 1,
                attempts: 2,
                late: 1,
                closings: 1,
                repricings: 1,
                others: 1,
                ..none
            },
            Self::Voucher => Left {
                attempts: 2,
                crashes: 1,
                vouchers: 2,
                closings: 1,
                others: 1,
                ..none
            },
            Self::Refunds => Left {
                attempts: 1,
                crashes: 1,
                parts: 1,
                cancels: 1,
                clerks: 2,
                closings: 1,
                failures: 1,
                ..none
            },
            Self::Dashboard => Left {
                attempts: 1,
                parts: 1,
                closings: 1,
                failures: 1,
                found: 1,
                ..none
            },
            Self::Disputes => Left {
                attempts: 1,
                parts: 1,
                closings: 1,
                disputes: 1,
                ..none
            },
            Self::Cash => Left {
                attempts: 1,
                crashes: 1,
                cash: 1,
                parts: 1,
                cancels: 1,
                ..none
            },
            Self::Falsified => Left {
                attempts: 2,
                crashes: 1,
                lies: 1,
                others: 1,
                ..none
            },
        }
    }
}
