//! Where a group's registration stands, as a word with a tone.

use contract::GroupLine;
use leptos::prelude::*;

use crate::text::groups;

/// 「登録済み」「申請中」
#[component]
pub fn GroupStatus(line: GroupLine) -> impl IntoView {
    view! { <span class="status" data-tone=groups::tone(&line)>{groups::state(&line)}</span> }
}
