//! What the screens and the API may ask: commands, views, refusals, traits.
