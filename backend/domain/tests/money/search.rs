//! The search itself: breadth first, so that what it finds is the shortest course to it.

use std::collections::{HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::actions::{Action, enabled};
use crate::guards::Rules;
use crate::properties::{always, at_rest};
use crate::world::World;

/// What a search found.
#[derive(Debug)]
pub enum Found {
    /// Everything holds everywhere.
    Nothing {
        /// How many states there are.
        states: usize,
        /// In how many of them nothing is left to do.
        quiet: usize,
    },
    /// Something does not hold.
    Wrong {
        /// What.
        what: String,
        /// The shortest course to it.
        path: Vec<String>,
        /// Where it does not hold.
        world: Box<World>,
    },
    /// More states than allowed.
    TooMany,
}

/// How a state was come to: from which one and by what.
struct Step {
    from: usize,
    by: Action,
}

/// Looks at every state that can be come to from `start`.
pub fn explore(start: &World, rules: &Rules, most: usize) -> Found {
    let mut seen = HashSet::from([print(start)]);
    let mut steps: Vec<Option<Step>> = vec![None];
    let mut next = VecDeque::from([(0, start.clone())]);
    let mut quiet = 0;
    while let Some((number, world)) = next.pop_front() {
        let actions = enabled(&world, rules);
        let rests = !actions.iter().any(|(action, _)| action.is_seen_to());
        let broken = always(&world).or_else(|| rests.then(|| at_rest(&world)).flatten());
        if let Some(what) = broken {
            return Found::Wrong {
                what,
                path: path(&steps, number),
                world: Box::new(world),
            };
        }
        quiet += usize::from(rests);
        for (by, after) in actions {
            if seen.insert(print(&after)) {
                steps.push(Some(Step { from: number, by }));
                next.push_back((steps.len() - 1, after));
            }
        }
        if steps.len() > most {
            return Found::TooMany;
        }
    }
    Found::Nothing {
        states: steps.len(),
        quiet,
    }
}

fn path(steps: &[Option<Step>], mut number: usize) -> Vec<String> {
    let mut path = Vec::new();
    while let Some(step) = &steps[number] {
        path.push(format!("{:?}", step.by));
        number = step.from;
    }
    path.reverse();
    path
}

/// The first half of a fingerprint, to put things in an order that is always the same.
pub fn order(what: &impl Hash) -> u64 {
    print(what).0
}

/// A state's fingerprint, 128 bits: two of a million states are alike by chance once in 10²⁶ searches.
fn print(world: &impl Hash) -> (u64, u64) {
    let mut both = Both(DefaultHasher::new(), DefaultHasher::new());
    both.1.write_u8(1);
    world.hash(&mut both);
    (both.0.finish(), both.1.finish())
}

struct Both(DefaultHasher, DefaultHasher);

impl Hasher for Both {
    fn write(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
        self.1.write(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.finish()
    }
}
