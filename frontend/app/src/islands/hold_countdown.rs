//! The hold's time left, counted down.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::again::pause;

/// Counts the minutes and at last the seconds down. Without JavaScript the words of the server
/// stay, with the time of day until which the floor is kept.
#[island]
pub fn HoldCountdown(
    /// Seconds left when the page was made.
    seconds: i32,
    /// The server's words for that.
    words: String,
    /// 「あと{}分」, with `{}` for the number.
    minutes: String,
    /// 「あと{}秒」.
    last: String,
    /// What to say when it is over.
    over: String,
) -> impl IntoView {
    let shown = RwSignal::new(words);
    let announced = RwSignal::new(String::new());
    Effect::new(move || {
        let (minutes, last, over) = (minutes.clone(), last.clone(), over.clone());
        spawn_local(async move {
            let Some(clock) = web_sys::window().and_then(|window| window.performance()) else {
                return;
            };
            let started = clock.now();
            loop {
                let left = f64::from(seconds) - ((clock.now() - started) / 1000.0).floor();
                let words = words_for(left, &minutes, &last, &over);
                if shown.get_untracked() != words {
                    // Every minute is seen, but only these are said aloud.
                    let minutes_left = (left / 60.0).ceil();
                    if left <= 0.0
                        || (left % 60.0 == 0.0 && [5.0, 2.0, 1.0].contains(&minutes_left))
                    {
                        announced.set(words.clone());
                    }
                    shown.set(words);
                }
                if left <= 0.0 || pause(1000).await.is_err() {
                    return;
                }
            }
        });
    });
    view! {
        <span class="hold-left">{move || shown.get()}</span>
        <span class="unseen" role="status">{move || announced.get()}</span>
    }
}

fn words_for(left: f64, minutes: &str, last: &str, over: &str) -> String {
    if left <= 0.0 {
        over.to_owned()
    } else if left < 60.0 {
        last.replace("{}", &left.to_string())
    } else {
        minutes.replace("{}", &(left / 60.0).ceil().to_string())
    }
}
