//! `expand[]`: replaces ids by the objects they name
//! (<https://docs.stripe.com/api/expanding_objects>).

use serde_json::Value;

use crate::stripe::error::ApiError;
use crate::stripe::world::World;

/// Stripe goes four levels deep, and no further.
const MAX_DEPTH: usize = 4;

/// Expands one path, such as `data.payment_intent.latest_charge`.
pub fn expand(world: &World, value: &mut Value, path: &str) -> Result<(), ApiError> {
    let parts: Vec<&str> = path.split('.').collect();
    if parts.len() > MAX_DEPTH + usize::from(parts.first() == Some(&"data")) {
        return Err(ApiError::invalid(format!(
            "You cannot expand more than {MAX_DEPTH} levels of a property ({path})."
        ))
        .param("expand"));
    }
    walk(world, value, &parts, path)
}

fn walk(world: &World, value: &mut Value, parts: &[&str], path: &str) -> Result<(), ApiError> {
    let Some((head, rest)) = parts.split_first() else {
        return Ok(());
    };
    match value {
        Value::Null => Ok(()),
        Value::Array(items) => items
            .iter_mut()
            .try_for_each(|i| walk(world, i, parts, path)),
        Value::Object(fields) => {
            if *head == "line_items"
                && let Some(session) = fields
                    .get("id")
                    .and_then(Value::as_str)
                    .and_then(|id| world.sessions.get(id))
            {
                fields.insert("line_items".into(), session.line_items_json());
                return Ok(());
            }
            let Some(field) = fields.get_mut(*head) else {
                return Err(unknown(path));
            };
            if let Some(object) = field.as_str().map(|id| world.find_json(id)) {
                *field = object.ok_or_else(|| unknown(path))?;
            } else if rest.is_empty() && !field.is_null() && !field.is_object() {
                return Err(unknown(path));
            }
            walk(world, field, rest, path)
        }
        _ => Err(unknown(path)),
    }
}

fn unknown(path: &str) -> ApiError {
    ApiError::invalid(format!(
        "This property cannot be expanded ({path}). You may want to try expanding 'data.{path}' \
         instead."
    ))
    .param("expand")
}
