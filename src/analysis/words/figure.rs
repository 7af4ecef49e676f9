//! Labels of the parts of figures, for tooltips and screen readers, and the few words that figures show.

/// A number with a thin space between thousands.
pub(crate) fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push('\u{202F}');
        }
        out.push(digit);
    }
    out
}

/// The legend's entry for hatched parts.
pub(crate) const CONDITIONAL: &str = "conditional";

/// The heading of totals.
pub(crate) const TOTAL: &str = "total";

/// A cell of a matrix: its row, its column, and its value.
pub(crate) fn cell(row: &str, column: &str, value: &str) -> String {
    [row, " × ", column, ": ", value].concat()
}

/// A heading or part with its value.
pub(crate) fn value(name: &str, value: &str) -> String {
    [name, ": ", value].concat()
}

/// The total of everything.
pub(crate) fn all(value: &str) -> String {
    format!("All: {value}")
}

/// A line of a tooltip: how many of a series, and how many of them are conditional.
pub(crate) fn part(name: &str, number: usize, conditional: usize) -> String {
    match conditional {
        0 => format!("{name} {}", count(number)),
        all if all == number => format!("{name} {}, conditional", count(number)),
        some => format!("{name} {}, {} of them conditional", count(number), count(some)),
    }
}

/// A score with the bounds of its band.
pub(crate) fn band(score: &str, low: &str, high: &str) -> String {
    format!("{score} ({low} to {high})")
}

/// A number of moves.
pub(crate) fn count_of_moves(number: usize) -> String {
    format!("{} {}", count(number), if number == 1 { "move" } else { "moves" })
}

/// The row of ticks of an actor's demands and offers.
pub(crate) fn asks_of(name: &str) -> String {
    [name, ", asks"].concat()
}

/// A share.
pub(crate) fn percent(share: f64) -> String {
    format!("{share:.1} %")
}

/// What has no value.
pub(crate) const NOT_SPECIFIED: &str = "not specified";

/// After the label of an edge: it has no target.
pub(crate) const TO_NOT_SPECIFIED: &str = " → not specified";

/// The side of a scale below zero.
pub(crate) const CONFLICT: &str = "▼ conflict";

/// The side of a scale above zero.
pub(crate) const COOPERATION: &str = "▲ cooperation";

/// What nodes, rings, widths and labels of a network mean.
pub(crate) fn network_legend(scale: &str) -> String {
    let colour = if scale.is_empty() { String::new() } else { format!(" · colour: {scale}") };
    format!("moves made, ring: received · width: moves · label: soft/hard{colour}")
}

/// An actor of a network.
pub(crate) fn node(name: &str, sent: usize, received: usize) -> String {
    format!("{name}\nmakes {}\nreceives {}", count_of_moves(sent), count_of_moves(received))
}

/// An edge of a network: its moves, how many are soft and hard, and its score.
pub(crate) fn edge(from: &str, to: &str, [moves, soft, hard]: [usize; 3], score: Option<&str>) -> String {
    let mut label =
        format!("{from} → {to}: {}\nsoft {}, hard {}", count_of_moves(moves), count(soft), count(hard));
    if let Some(score) = score {
        label.push('\n');
        label.push_str(score);
    }
    label
}
