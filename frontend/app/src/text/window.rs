//! When booking opens and ends, as an ordinance's sentence (予約の受付).

use domain::town::{BookingWindow, DayOfYear, MonthReading, Opening, UseBlock};

/// The window in sentences: when it opens, for whom, and when it ends.
#[must_use]
pub fn sentences(window: &BookingWindow) -> Vec<String> {
    let at = window.opens_at.clock();
    let mut lines = match &window.opening {
        Opening::MonthsAhead {
            months,
            reading,
            outsiders,
        } => {
            let mut lines = vec![format!("{} {at}から", months_ahead(*months, *reading))];
            if let Some(outsiders) = outsiders {
                lines.push(format!(
                    "町外の方は{} {at}から",
                    months_ahead(*outsiders, *reading)
                ));
            }
            lines
        }
        Opening::Blocks(blocks) => blocks.iter().map(|each| block(*each, &at)).collect(),
    };
    lines.push(
        match (window.closes_months_before, window.closes_days_before) {
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
    let residents = day(block.residents);
    let outsiders = if block.outsiders == block.residents {
        String::new()
    } else {
        format!("（町外の方は{} {at}から）", day(block.outsiders))
    };
    format!(
        "{}から{}までの利用は、{residents} {at}から{outsiders}",
        day(block.from),
        day(block.to)
    )
}

fn day(day: DayOfYear) -> String {
    let (month, day) = day.parts();
    format!("{month}月{day}日")
}

#[cfg(test)]
mod tests {
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
}
