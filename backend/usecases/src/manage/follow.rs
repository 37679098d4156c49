//! Following the board (予約状況の更新): who may hear that something changed.

use contract::{Action as Doing, Call, Outcome};

use crate::authority::{Place, staff};
use crate::desk::Desk;

impl Desk {
    pub(super) async fn lets_follow(&self, call: &Call) -> Outcome<()> {
        let reading = self.store.read(call.municipality()).await?;
        staff(reading.as_ref(), call, Doing::SeeBoard, Place::Anywhere).await?;
        Ok(())
    }
}
