//! Tables that can be put in another order by a link in their head.

use serde::Serialize;

use super::address;

/// What is added to the code of a column to turn its order round.
const TURNED: &str = "-turned";

#[derive(Serialize)]
pub struct Head {
    name: String,
    href: String,
    /// `ascending` or `descending`, on the column that decides.
    sorted: Option<&'static str>,
}

#[derive(Serialize)]
pub struct Line {
    pub name: String,
    pub href: String,
    /// What stands below the name.
    pub under: Option<String>,
    pub cells: Vec<Cell>,
}

#[derive(Serialize)]
pub struct Cell {
    pub words: String,
    /// What it is worth in an order: so many of so many. None comes last either way.
    #[serde(skip)]
    pub worth: Option<(i64, i64)>,
}

impl Cell {
    pub fn new(words: String, worth: Option<(i64, i64)>) -> Self {
        Cell { words, worth: worth.filter(|(_, of)| *of > 0) }
    }
}

/// The order that was asked for: by the name, from the first letter on, or by a column, from the most on; or turned round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// 0 is the name, 1 the first cell.
    column: usize,
    is_turned: bool,
}

impl Order {
    /// `codes` are those of all columns, the name's first. What is no order is the usual one.
    pub fn read(asked: &str, codes: &[&str]) -> Self {
        let (code, is_turned) = match asked.strip_suffix(TURNED) {
            Some(code) => (code, true),
            None => (asked, false),
        };
        let column = codes.iter().position(|known| *known == code);
        column.map_or_else(Self::default, |column| Order { column, is_turned })
    }

    /// As it stands in an address; the usual order stands in none.
    pub fn code(self, codes: &[&str]) -> Option<String> {
        let code = codes.get(self.column).filter(|_| self != Self::default())?;
        Some(format!("{code}{}", if self.is_turned { TURNED } else { "" }))
    }

    pub fn sort(self, lines: &mut [Line]) {
        lines.sort_by_cached_key(|line| line.name.to_lowercase());
        let Some(cell) = self.column.checked_sub(1) else {
            if self.is_turned {
                lines.reverse();
            }
            return;
        };
        lines.sort_by(|one, other| {
            let worth = |line: &Line| line.cells.get(cell).and_then(|cell| cell.worth);
            match (worth(one), worth(other)) {
                (Some((a, of_a)), Some((b, of_b))) => {
                    let order = (b * of_a).cmp(&(a * of_b));
                    if self.is_turned { order.reverse() } else { order }
                }
                (one, other) => other.is_some().cmp(&one.is_some()),
            }
        });
    }

    /// The heads of all columns. `before` are the other parameters of the list.
    pub fn heads(
        self,
        path: &str,
        before: &[(&'static str, String)],
        columns: Vec<(&'static str, String)>,
    ) -> Vec<Head> {
        let codes: Vec<&str> = columns.iter().map(|(code, _)| *code).collect();
        let head = |(column, (_, name)): (usize, (&str, String))| {
            let is_here = column == self.column;
            let next = Order { column, is_turned: is_here && !self.is_turned };
            let mut pairs = before.to_vec();
            pairs.extend(next.code(&codes).map(|code| ("sort", code)));
            let ascends = (column == 0) != self.is_turned;
            Head {
                name,
                href: address::of(path, &pairs),
                sorted: is_here.then_some(if ascends { "ascending" } else { "descending" }),
            }
        };
        columns.into_iter().enumerate().map(head).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: &[&str] = &["name", "answered"];

    fn sorted(asked: &str) -> String {
        let line = |name: &str, worth| Line {
            name: name.to_owned(),
            href: String::new(),
            under: None,
            cells: vec![Cell::new(String::new(), worth)],
        };
        let mut lines = [
            line("b", Some((1, 2))),
            line("A", Some((0, 0))),
            line("d", Some((2, 3))),
            line("c", Some((2, 4))),
            line("e", None),
        ];
        Order::read(asked, CODES).sort(&mut lines);
        lines.iter().map(|line| line.name.as_str()).collect()
    }

    #[test]
    fn a_share_decides_and_what_has_none_comes_last_either_way() {
        assert_eq!(sorted(""), "Abcde");
        assert_eq!(sorted("name-turned"), "edcbA");
        assert_eq!(sorted("answered"), "dbcAe");
        assert_eq!(sorted("answered-turned"), "bcdAe");
        assert_eq!(sorted("no such column"), "Abcde");
    }

    #[test]
    fn an_order_reads_back_from_its_code() {
        for asked in ["name-turned", "answered", "answered-turned"] {
            assert_eq!(Order::read(asked, CODES).code(CODES).as_deref(), Some(asked));
        }
        assert_eq!(Order::read("name", CODES).code(CODES), None);
    }
}
