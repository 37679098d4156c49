//! When booking opens and ends, as an ordinance's sentence (予約の受付).

use domain::asker::Booker;
use domain::reservation::Channel;
use domain::town::{
    BookingWindow, ClosedDay, DayOfYear, MonthEnd, MonthReading, Opening, UseBlock, Who,
};
use domain::window::Residence;

/// The window in sentences: when it opens, for whom, and when it ends.
#[must_use]
pub fn sentences(window: &BookingWindow) -> Vec<String> {
    let at = window.opens_at.clock();
    let mut lines = opening(&window.opening, &at);
    for own in &window.exceptions {
        let who = whose(&own.who);
        if own.opening.is_some() || own.opens_at.is_some() {
            let day = own.opening.as_ref().unwrap_or(&window.opening);
            let at = own.opens_at.unwrap_or(window.opens_at).clock();
            lines.extend(
                opening(day, &at)
                    .into_iter()
                    .map(|line| format!("{who}{line}")),
            );
        }
        if let Some(days) = own.lead_days {
            lines.push(format!("{who}利用日の{days}日前までに申込み"));
        }
    }
    match window.on_closed_day {
        None => {}
        Some(ClosedDay::NextOpen) => lines.push("休館日に当たるときは、次の開館日から".to_owned()),
        Some(ClosedDay::PreviousOpen) => {
            lines.push("休館日に当たるときは、その前の開館日から".to_owned());
        }
    }
    lines.push(
        match (window.closes_months_before, window.closes_days_before) {
            (0, 0) if window.lead_days > 0 => {
                format!("利用日の{}日前まで（窓口も同じ）", window.lead_days)
            }
            (0, 0) => "利用開始の直前まで".to_owned(),
            (0, 1) => "利用日の前日まで".to_owned(),
            (0, days) => format!("利用日の{days}日前まで"),
            (months, _) => {
                format!("インターネットでの受付は利用日の{months}か月前まで。その後は電話か窓口")
            }
        },
    );
    lines
}

/// 「町外の方は」「窓口では」; for a class of users, 「対象の方は」.
fn whose(who: &Who) -> String {
    let people = match (who.residence, who.booker) {
        (Some(Residence::Outside), Some(Booker::Group)) => "町外の団体は",
        (Some(Residence::Outside), _) => "町外の方は",
        (Some(Residence::InTown), Some(Booker::Group)) => "町内の団体は",
        (Some(Residence::InTown), _) => "町内の方は",
        (None, Some(Booker::Group)) => "団体は",
        (None, Some(Booker::Person)) => "個人の方は",
        (None, None) if who.class.is_some() => "対象の方は",
        (None, None) => "",
    };
    let place = match who.channel {
        Some(Channel::Counter) => "窓口では",
        Some(Channel::Online) => "インターネットでは",
        None => "",
    };
    format!("{people}{place}")
}

fn opening(opening: &Opening, at: &str) -> Vec<String> {
    let day = match opening {
        Opening::MonthsAhead {
            months,
            reading,
            month_end,
        } => {
            let short = match month_end {
                Some(MonthEnd::NextFirst) => "（その日がない月は翌月1日）",
                Some(MonthEnd::LastDay) | None => "",
            };
            format!("{}{short}", months_ahead(*months, *reading))
        }
        Opening::DayOfMonth { months: 0, day } => format!("利用する月の{day}日"),
        Opening::DayOfMonth { months, day } => format!("利用する月の{months}か月前の{day}日"),
        Opening::DaysAhead { days: 0 } => "利用日の当日".to_owned(),
        Opening::DaysAhead { days } => format!("利用日の{days}日前"),
        Opening::Blocks(blocks) => return blocks.iter().map(|each| block(*each, at)).collect(),
    };
    vec![format!("{day} {at}から")]
}

fn months_ahead(months: u32, reading: MonthReading) -> String {
    match (reading, months) {
        (MonthReading::SameDay, months) => format!("利用日の{months}か月前の同じ日"),
        (MonthReading::FirstOfMonthCountingUse, 0 | 1) | (MonthReading::FirstOfMonthBefore, 0) => {
            "利用する月の1日".to_owned()
        }
        (MonthReading::FirstOfMonthCountingUse, months) => {
            format!("利用する月の{}か月前の1日", months - 1)
        }
        (MonthReading::FirstOfMonthBefore, months) => format!("利用する月の{months}か月前の1日"),
    }
}

fn block(block: UseBlock, at: &str) -> String {
    format!(
        "{}から{}までの利用は、{} {at}から",
        day(block.from),
        day(block.to),
        day(block.opens)
    )
}

fn day(day: DayOfYear) -> String {
    let (month, day) = day.parts();
    format!("{month}月{day}日")
}

#[cfg(test)]
mod tests {
    use domain::town::WindowFor;

    use super::*;

    #[test]
    fn the_readings_of_three_months_are_told_apart() {
        let read = |reading| months_ahead(3, reading);
        assert_eq!(read(MonthReading::SameDay), "利用日の3か月前の同じ日");
        assert_eq!(
            read(MonthReading::FirstOfMonthBefore),
            "利用する月の3か月前の1日"
        );
        assert_eq!(
            read(MonthReading::FirstOfMonthCountingUse),
            "利用する月の2か月前の1日"
        );
    }

    #[test]
    fn people_from_elsewhere_and_the_counter_read_their_own_day() {
        let ahead = |days| Opening::DaysAhead { days };
        let own = |who, opening, opens_at: Option<&str>| WindowFor {
            who,
            opening,
            opens_at: opens_at.map(|time| time.parse().unwrap()),
            lead_days: None,
            article: None,
        };
        let window = BookingWindow {
            opening: ahead(30),
            opens_at: "11:00".parse().unwrap(),
            on_closed_day: None,
            closes_days_before: 1,
            closes_months_before: 0,
            lead_days: 0,
            article: "規則第3条".into(),
            exceptions: vec![
                own(
                    Who {
                        residence: Some(Residence::Outside),
                        ..Who::default()
                    },
                    Some(ahead(14)),
                    None,
                ),
                own(
                    Who {
                        channel: Some(Channel::Counter),
                        ..Who::default()
                    },
                    None,
                    Some("09:00"),
                ),
            ],
        };
        assert_eq!(
            sentences(&window),
            [
                "利用日の30日前 11:00から",
                "町外の方は利用日の14日前 11:00から",
                "窓口では利用日の30日前 9:00から",
                "利用日の前日まで",
            ]
        );
    }
}
