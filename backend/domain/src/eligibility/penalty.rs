//! Points for not coming (無断不使用等の点数). They only ever propose: somebody hears the person and
//! decides (scenario 35).

use chrono::{Days, Months, NaiveDate};

use crate::civil;
use crate::refunds::Grounds;
use crate::reservation::{CancelledBy, ReservationState};
use crate::span::Span;
use crate::town::{Bar, IncidentKind, PenaltyRule, Points};

/// Something that may bring points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incident {
    /// What it was.
    pub kind: IncidentKind,
    /// The day of use.
    pub date: NaiveDate,
    /// It rained, and the place is outdoors.
    pub rain: bool,
    /// They said so before the start.
    pub told_before_start: bool,
    /// Somebody took it back after hearing the person.
    pub forgiven: bool,
}

/// What a booking may bring points for (点数の対象), by what became of it and, where it was cancelled,
/// by the grounds on which its refund was reckoned. Only what somebody gave up late for their own
/// convenience: whoever cancels for one of the town's reasons (雨天・災害・やむを得ない理由), or loses it to
/// the facility, did nothing to be held against them (scenario 49).
#[must_use]
pub fn incident_of(
    rule: &PenaltyRule,
    state: &ReservationState,
    span: Span,
    grounds: Option<&Grounds>,
) -> Option<Incident> {
    let date = span.date();
    let incident = |kind, told_before_start| Incident {
        kind,
        date,
        rain: false,
        told_before_start,
        forgiven: false,
    };
    match state {
        ReservationState::NoShow { .. } => Some(incident(IncidentKind::NoShow, false)),
        ReservationState::Cancelled { at, by, .. } => {
            let own = matches!(grounds, None | Some(Grounds::Own));
            let late = is_late_cancel(rule, date, civil::date_at(*at));
            (own && late && *by != CancelledBy::Facility)
                .then(|| incident(IncidentKind::LateCancel, *at < span.start().instant()))
        }
        _ => None,
    }
}

/// What somebody's incidents come to (点数の計).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The points that count.
    pub points: Points,
    /// The incidents that count, in the order they were given.
    pub counted: Vec<Incident>,
    /// True when a suspension is to be proposed (停止案の起票). Never a suspension by itself.
    pub propose: bool,
}

/// What incidents come to on a day.
#[must_use]
pub fn tally(rule: &PenaltyRule, incidents: &[Incident], on: NaiveDate) -> Tally {
    let since = rule
        .within_months
        .and_then(|months| on.checked_sub_months(Months::new(months)));
    let counted: Vec<Incident> = incidents
        .iter()
        .filter(|it| it.date <= on && since.is_none_or(|since| it.date > since))
        .filter(|it| rule.points_of(it) > Points::ZERO)
        .copied()
        .collect();
    let points = counted
        .iter()
        .map(|it| rule.points_of(it))
        .fold(Points::ZERO, Points::plus);
    Tally {
        propose: points >= rule.threshold,
        points,
        counted,
    }
}

/// Until when somebody is barred whose suspension was decided on a day, that day included
/// (利用停止の最終日).
#[must_use]
pub fn bar_until(rule: &PenaltyRule, decided_on: NaiveDate) -> NaiveDate {
    let after = match rule.bar {
        Bar::Months(months) => decided_on.checked_add_months(Months::new(months)),
        Bar::Days(days) => decided_on.checked_add_days(Days::new(u64::from(days))),
    };
    after
        .and_then(|day| day.pred_opt())
        .unwrap_or(decided_on)
        .max(decided_on)
}

/// Whether a cancellation on `on` of a use on `date` is a late one (直前の取消し).
#[must_use]
pub fn is_late_cancel(rule: &PenaltyRule, date: NaiveDate, on: NaiveDate) -> bool {
    date.checked_sub_days(Days::new(u64::from(rule.late_cancel_days)))
        .is_some_and(|last_fine_day| on > last_fine_day)
}

impl PenaltyRule {
    fn points_of(&self, incident: &Incident) -> Points {
        // 雨天で屋外中止、開始前連絡は無断扱いにしない (scenario 49).
        let told_of_rain = incident.rain && incident.told_before_start;
        let by_rain = told_of_rain && self.rain_exempt.contains(&incident.kind);
        if incident.forgiven || by_rain {
            return Points::ZERO;
        }
        match incident.kind {
            IncidentKind::NoShow => self.no_show,
            IncidentKind::LateCancel => self.late_cancel,
        }
    }
}
