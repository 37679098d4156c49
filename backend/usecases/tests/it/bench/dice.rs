//! Numbers that look random and repeat.

/// A linear congruence: plenty to choose steps by.
pub struct Dice(pub u64);

impl Dice {
    /// One of `0..most`.
    pub fn below(&mut self, most: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let high = u32::try_from(self.0 >> 33).unwrap();
        high % most
    }

    /// One of these; none of nothing.
    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() {
            return None;
        }
        let which = self.below(u32::try_from(all.len()).unwrap());
        all.get(usize::try_from(which).unwrap()).copied()
    }
}
