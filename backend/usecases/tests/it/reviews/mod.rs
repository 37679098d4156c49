//! Reviews: who may decide, what is written, who is faster.

mod deciding;
mod racing;
