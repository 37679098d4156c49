//! Boards that are open and listen.

use std::time::Duration;

use anyhow::{Result, ensure};
use axum::body::Body;
use axum::http::Method;
use http_body_util::BodyExt as _;
use testkit::{Spread, Stopwatch};
use tokio::task::JoinSet;

use crate::browser::Browser;
use crate::installation::{Installation, MANAGER};
use crate::sign_in::sign_in;

/// Open boards, each of which knows when it was told to look again.
pub struct Boards(JoinSet<Result<Vec<Duration>>>);

impl Boards {
    /// A manager opens so many.
    pub async fn open(house: &Installation, many: usize, clock: Stopwatch) -> Result<Self> {
        let mut manager = Browser::new(house.address());
        sign_in(&mut manager, "/staff/sign-in?return_to=%2Fstaff", MANAGER).await?;
        let mut boards = JoinSet::new();
        for _board in 0..many {
            let answer = manager.open(Method::GET, "/manage/changes", &[]).await?;
            ensure!(answer.status() == 200, "{answer:?}");
            boards.spawn(listen(answer.into_body(), clock));
        }
        Ok(Self(boards))
    }

    /// After the server has ended, and all streams with it: for each booking and each board, from
    /// the answer to the booking until the board was told; and how many were never told.
    pub async fn told(mut self, booked: &[Duration]) -> Result<(Spread, usize)> {
        let (mut told, mut never) = (Spread::default(), 0);
        while let Some(heard) = self.0.join_next().await {
            let heard = heard??;
            for done in booked {
                let later = heard.partition_point(|time| time < done);
                match heard.get(later) {
                    Some(time) => told.extend([time.saturating_sub(*done)]),
                    None => never += 1,
                }
            }
        }
        Ok((told, never))
    }
}

/// When each event came, until the stream ends as it should.
async fn listen(mut stream: Body, clock: Stopwatch) -> Result<Vec<Duration>> {
    let mut heard = Vec::new();
    while next(&mut stream).await?.is_some() {
        heard.push(clock.elapsed());
    }
    Ok(heard)
}

/// The next event; nothing when the stream has ended.
async fn next(stream: &mut Body) -> Result<Option<()>> {
    while let Some(frame) = stream.frame().await {
        let sent = frame?.into_data();
        // A line that begins with a colon keeps the connection.
        if sent.is_ok_and(|sent| !sent.starts_with(b":")) {
            return Ok(Some(()));
        }
    }
    Ok(None)
}
