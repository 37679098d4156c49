//! Lists: newest first, cursors, and `created` ranges
//! (<https://docs.stripe.com/api/pagination>).

use serde_json::{Value, json};

use crate::stripe::error::ApiError;
use crate::stripe::objects::Stored;
use crate::stripe::params::Reader;
use crate::stripe::world::World;

/// One page of objects that are handed over oldest first.
pub fn page<'w, T: Stored + 'w>(
    world: &World,
    oldest_first: impl DoubleEndedIterator<Item = &'w T>,
    mut params: Reader<'_>,
) -> Result<Value, ApiError> {
    let limit = match params.integer("limit")?.unwrap_or(10) {
        limit @ 1..=100 => usize::try_from(limit).unwrap_or(10),
        other => {
            return Err(ApiError::invalid(format!(
                "This value must be between 1 and 100 (it currently is '{other}')."
            ))
            .code("parameter_invalid_integer")
            .param("limit"));
        }
    };
    let after = params.text("starting_after", 200)?;
    let before = params.text("ending_before", 200)?;
    if after.is_some() && before.is_some() {
        return Err(ApiError::invalid(
            "Received both starting_after and ending_before parameters. Please pass only one.",
        ));
    }
    let created = Range::read(&mut params)?;
    params.finish()?;

    let all: Vec<&T> = oldest_first
        .rev()
        .filter(|o| created.holds(o.created()))
        .collect();
    let place = |id: &str, param: &str| {
        all.iter()
            .position(|object| object.id() == id)
            .ok_or_else(|| ApiError::missing(T::KIND, id, param))
    };
    let (window, has_more): (Vec<&T>, bool) = match (after, before) {
        (Some(id), _) => {
            let rest: Vec<&T> = all
                .iter()
                .skip(place(&id, "starting_after")? + 1)
                .copied()
                .collect();
            (
                rest.iter().take(limit).copied().collect(),
                rest.len() > limit,
            )
        }
        (None, Some(id)) => {
            let newer: Vec<&T> = all
                .iter()
                .take(place(&id, "ending_before")?)
                .copied()
                .collect();
            let skip = newer.len().saturating_sub(limit);
            (newer.iter().skip(skip).copied().collect(), skip > 0)
        }
        (None, None) => (all.iter().take(limit).copied().collect(), all.len() > limit),
    };
    let data: Vec<Value> = window
        .into_iter()
        .map(|object| world.json(object))
        .collect();
    Ok(json!({ "object": "list", "data": data, "has_more": has_more, "url": T::URL }))
}

/// `created=…` or `created[gt|gte|lt|lte]=…`.
struct Range {
    from: i64,
    to: i64,
}

impl Range {
    fn read(params: &mut Reader<'_>) -> Result<Self, ApiError> {
        let mut range = Self {
            from: i64::MIN,
            to: i64::MAX,
        };
        let Some(mut bounds) = params.child("created") else {
            if let Some(exact) = params.integer("created")? {
                range = Self {
                    from: exact,
                    to: exact,
                };
            }
            return Ok(range);
        };
        if let Some(bound) = bounds.integer("gt")? {
            range.from = range.from.max(bound.saturating_add(1));
        }
        if let Some(bound) = bounds.integer("gte")? {
            range.from = range.from.max(bound);
        }
        if let Some(bound) = bounds.integer("lt")? {
            range.to = range.to.min(bound.saturating_sub(1));
        }
        if let Some(bound) = bounds.integer("lte")? {
            range.to = range.to.min(bound);
        }
        bounds.finish()?;
        Ok(range)
    }

    fn holds(&self, created: i64) -> bool {
        (self.from..=self.to).contains(&created)
    }
}
