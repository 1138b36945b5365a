//! Dates of birth as spreadsheets write them. What could be two dates is none.

use chrono::NaiveDate;
use domain::time::CivilDate;

/// Which part comes first in dates such as `03/04/1988`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

impl Order {
    /// The order in which a column's dates make sense. One date with a day above 12 tells for all of them; where
    /// none does, the country's habit counts.
    pub(super) fn of_column<'a>(cells: impl Iterator<Item = &'a str>, country: &str) -> Self {
        let (mut day_first, mut month_first) = (false, false);
        for [first, second] in cells.filter_map(leading_pair) {
            day_first |= first > 12 && second <= 12;
            month_first |= second > 12 && first <= 12;
        }
        match (day_first, month_first) {
            (false, true) => Self::MonthFirst,
            (false, false) if country == "US" => Self::MonthFirst,
            (_, false) | (true, true) => Self::DayFirst,
        }
    }
}

/// Months by the first three letters of their names in Portuguese, Spanish and English.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene"],
    &["fev", "feb"],
    &["mar"],
    &["abr", "apr"],
    &["mai", "may"],
    &["jun"],
    &["jul"],
    &["ago", "aug"],
    &["set", "sep"],
    &["out", "oct"],
    &["nov"],
    &["dez", "dic", "dec"],
];

/// A date that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoDate;

/// Reads a date of birth; `Ok(None)` where the cell says that it is not known.
pub(super) fn read(cell: &str, order: Order) -> Result<Option<CivilDate>, NoDate> {
    let text = without_time(cell.trim());
    if text.is_empty() || text.chars().all(|c| !c.is_ascii_alphanumeric() || c == '0') {
        return Ok(None);
    }
    let [first, second, third] = parts(text).ok_or(NoDate)?;
    let (year, month, day) = match (first, second, third) {
        (Part::Number(a, 1..=2), Part::Number(b, 1..=2), Part::Number(year, 4)) => match order {
            Order::DayFirst => (year, b, a),
            Order::MonthFirst => (year, a, b),
        },
        (Part::Number(year, 4), Part::Number(month, _), Part::Number(day, _))
        | (Part::Number(day, 1..=2), Part::Month(month), Part::Number(year, 4))
        | (Part::Month(month), Part::Number(day, 1..=2), Part::Number(year, 4)) => (year, month, day),
        _ => return Err(NoDate),
    };
    if year < 1880 {
        return Err(NoDate);
    }
    let year = i32::try_from(year).map_err(|_| NoDate)?;
    NaiveDate::from_ymd_opt(year, month, day).map(|date| Some(CivilDate(date))).ok_or(NoDate)
}

#[derive(Debug, Clone, Copy)]
enum Part {
    /// A number and how many digits it was written with.
    Number(u32, usize),
    Month(u32),
}

/// A date without the midnight that spreadsheets add to it.
fn without_time(text: &str) -> &str {
    let cut = text.find(['T', ' ']).filter(|at| text.get(at + 1..).is_some_and(|rest| rest.contains(':')));
    cut.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// Three parts; eight digits in a row are year, month and day.
fn parts(text: &str) -> Option<[Part; 3]> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) && (text.starts_with("19") || text.starts_with("20"))
    {
        let number = |from: usize, to: usize| Some(Part::Number(text.get(from..to)?.parse().ok()?, to - from));
        return Some([number(0, 4)?, number(4, 6)?, number(6, 8)?]);
    }
    let mut parts = text
        .split(['/', '-', '.', ' ', ','])
        .filter(|part| !part.is_empty() && !matches!(part.to_lowercase().as_str(), "de" | "of" | "del"))
        .map(part);
    let three = [parts.next()??, parts.next()??, parts.next()??];
    if parts.next().is_some() { None } else { Some(three) }
}

fn part(text: &str) -> Option<Part> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return (text.len() <= 4).then(|| text.parse().ok().map(|n| Part::Number(n, text.len())))?;
    }
    let start: String = super::fold(text).chars().take(3).collect();
    let month = MONTHS.iter().position(|names| names.contains(&start.as_str()))?;
    u32::try_from(month + 1).ok().map(Part::Month)
}

fn leading_pair(cell: &str) -> Option<[u32; 2]> {
    match parts(without_time(cell.trim()))? {
        [Part::Number(first, 1..=2), Part::Number(second, 1..=2), Part::Number(_, 4)] => Some([first, second]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;

    fn told(cell: &str, order: Order) -> Option<String> {
        read(cell, order).unwrap_or_else(|_| panic!("{cell}")).map(|date| date.to_string())
    }

    #[test]
    fn every_unambiguous_way_of_writing_a_date_is_read() {
        for cell in [
            "02/03/1988",
            "2/3/1988",
            "02-03-1988",
            "02.03.1988",
            "1988-03-02",
            "1988/03/02",
            "19880302",
            "1988-03-02T00:00:00Z",
            "1988-03-02 00:00:00",
            "02/03/1988 00:00",
            "2 mar 1988",
            "02-Mar-1988",
            "2 de março de 1988",
            "2 de Marzo de 1988",
            "March 2, 1988",
        ] {
            assert_eq!(told(cell, Order::DayFirst).as_deref(), Some("1988-03-02"), "{cell}");
        }
        for cell in ["", " ", "-", "00/00/0000", "0000-00-00", "//"] {
            assert_eq!(told(cell, Order::DayFirst), None, "{cell:?} says that it is not known");
        }
    }

    #[test]
    fn what_could_be_two_dates_or_is_none_is_refused() {
        for cell in
            ["02/03/88", "31/02/1988", "32204", "1988", "maio", "02/03", "2/3/1988/5", "99/99/9999", "02/03/0088"]
        {
            assert_eq!(read(cell, Order::DayFirst), Err(NoDate), "{cell}");
        }
    }

    #[test]
    fn one_date_of_the_column_tells_which_part_comes_first() {
        let order = |cells: &[&str], country| Order::of_column(cells.iter().copied(), country);
        assert_eq!(order(&["03/04/1988", "03/25/1990"], "BR"), Order::MonthFirst);
        assert_eq!(order(&["03/04/1988", "25/03/1990"], "US"), Order::DayFirst);
        assert_eq!(order(&["03/04/1988"], "US"), Order::MonthFirst);
        assert_eq!(order(&["03/04/1988"], "BR"), Order::DayFirst);
        assert_eq!(order(&["25/03/1990", "03/25/1990"], "BR"), Order::DayFirst, "then the other one is refused");
        assert_eq!(read("03/25/1990", Order::DayFirst), Err(NoDate));
    }
}
