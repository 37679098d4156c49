//! Tables on a terminal (一覧): columns that line up, Japanese letters counted as two.

/// A table: its first `words` columns begin at the left, the numbers after them end at the right.
pub(super) fn columns(head: &[&str], words: usize, rows: &[Vec<String>]) -> String {
    let head: Vec<String> = head.iter().map(|name| (*name).to_owned()).collect();
    let all = || [&head].into_iter().chain(rows);
    let mut widths = vec![0; head.len()];
    for row in all() {
        for (widest, text) in widths.iter_mut().zip(row) {
            *widest = width(text).max(*widest);
        }
    }
    let mut written = String::new();
    for row in all() {
        let mut line = String::new();
        for (n, (text, widest)) in row.iter().zip(&widths).enumerate() {
            let room = " ".repeat(widest.saturating_sub(width(text)));
            let gap = if n == 0 { "" } else { "  " };
            line += gap;
            line += &if n < words {
                format!("{text}{room}")
            } else {
                format!("{room}{text}")
            };
        }
        written += line.trim_end();
        written.push('\n');
    }
    written
}

/// How many places a text takes: one for ASCII, half-width katakana and signs of the West, two for
/// the rest.
fn width(text: &str) -> usize {
    text.chars()
        .map(|letter| match letter {
            '\u{0}'..='\u{24F}' | '\u{2010}'..='\u{2027}' | '−' | '\u{FF61}'..='\u{FF9F}' => 1,
            _ => 2,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::columns;

    #[test]
    fn words_begin_and_numbers_end_where_the_others_do() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let rows = [row(["体育館", "1,200円"]), row(["ﾎｰﾙA", "−3円"])];
        assert_eq!(
            columns(&["部屋", "増減"], 1, &rows),
            "部屋       増減\n体育館  1,200円\nﾎｰﾙA       −3円\n"
        );
    }
}
