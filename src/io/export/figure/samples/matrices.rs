//! Matrices.

use demarche_analysis::figure::Scene;
use demarche_analysis::figure::charts::Heading;
use demarche_analysis::figure::charts::latest::{Latest, LatestWords};
use demarche_analysis::figure::charts::matrix::{BarCell, BarMatrix, BarPart, BarRow};
use demarche_analysis::figure::charts::numbers::{NumberCell, NumberMatrix, NumberRow, Shading};

use super::roles;

fn cell(counts: [usize; 9], conditional: usize) -> BarCell {
    let part = |(at, count): (usize, usize)| BarPart {
        count,
        conditional: if at == 1 { conditional.min(count) } else { 0 },
    };
    BarCell { parts: counts.into_iter().enumerate().map(part).collect(), total: counts.iter().sum() }
}

pub(super) fn matrix(width_pt: f32) -> Scene {
    let row = |heading: Heading, cells: Vec<BarCell>, notes: &[&str]| BarRow {
        heading,
        total: cells.iter().map(|cell| cell.total).sum(),
        cells,
        notes: notes.iter().map(|note| (*note).to_owned()).collect(),
    };
    let none = || BarCell { parts: vec![BarPart::default(); 9], total: 0 };
    let rows = vec![
        row(
            Heading::new("Estmark"),
            vec![
                cell([5, 1, 1, 0, 0, 3, 2, 3, 2], 1),
                cell([1, 2, 0, 1, 1, 2, 0, 2, 0], 0),
                cell([2, 3, 2, 0, 0, 1, 1, 3, 1], 2),
                none(),
            ],
            &["demands 4 + 4 conditions", "offers 2", "open 6", "possible answers 6"],
        ),
        row(
            Heading::new("Norvania"),
            vec![
                cell([3, 4, 2, 1, 0, 2, 0, 4, 0], 2),
                cell([2, 5, 3, 2, 2, 2, 0, 4, 0], 1),
                cell([4, 3, 3, 1, 1, 2, 1, 2, 0], 1),
                none(),
            ],
            &["demands 8", "offers 12", "open 11", "possible answers 8"],
        ),
        row(
            Heading::new("Both parties"),
            vec![none(), cell([0, 0, 0, 2, 0, 0, 0, 0, 0], 0), none(), none()],
            &[],
        ),
        row(
            Heading::weak("not specified"),
            vec![none(), none(), cell([1, 0, 0, 0, 0, 0, 0, 2, 0], 0), none()],
            &[],
        ),
    ];
    let column_totals = (0..4).map(|at| rows.iter().map(|row| row.cells[at].total).sum()).collect();
    let matrix = BarMatrix {
        title: "Overview matrix".to_owned(),
        description: "Moves by actor and issue.".to_owned(),
        row_title: "Actor".to_owned(),
        column_title: "Issue".to_owned(),
        series: roles(),
        columns: ["survey ship", "port access", "transit fees"]
            .map(Heading::new)
            .into_iter()
            .chain([Heading::weak("not specified")])
            .collect(),
        total: rows.iter().map(|row| row.total).sum(),
        rows,
        column_totals,
    };
    matrix.scene(width_pt)
}

pub(super) fn latest(width_pt: f32) -> Scene {
    let words = |series, date: &str, words: &str, earlier: &str, conditional| {
        let [date, words, earlier] = [date, words, earlier].map(str::to_owned);
        Some(Latest { series, conditional, date, words, earlier })
    };
    LatestWords {
        title: "Latest words".to_owned(),
        description: "The latest demand, offer or concession of each actor on each issue.".to_owned(),
        row_title: "Actor".to_owned(),
        column_title: "Issue".to_owned(),
        series: roles().into_iter().take(3).collect(),
        columns: ["survey ship", "port access", "transit fees"].map(Heading::new).into(),
        rows: vec![
            (
                Heading::new("Estmark"),
                vec![
                    words(0, "18 Feb 2026", "We expect Norvania to hand over the complete survey data of the Halcyon within a week, and …", "+7 earlier", false),
                    words(1, "4 Mar 2026", "would reopen the inner berth if the fees were settled", "+2 earlier", true),
                    None,
                ],
            ),
            (
                Heading::new("Norvania"),
                vec![
                    words(2, "13 Mar 2026", "is ready to share the depth soundings", "", false),
                    None,
                    words(1, "2026", "a single fee for all flags", "+11 earlier", false),
                ],
            ),
        ],
    }
    .scene(width_pt)
}

fn numbers(names: &[&str], cell: impl Fn(usize, usize) -> NumberCell) -> (Vec<Heading>, Vec<NumberRow>) {
    let headings: Vec<Heading> = names.iter().map(|name| Heading::new(*name)).collect();
    let row = |row: usize| (0..names.len()).map(|column| cell(row, column)).collect();
    let rows = headings.iter().enumerate();
    let rows = rows.map(|(at, heading)| NumberRow {
        heading: heading.clone(),
        cells: row(at),
        total: (at * 7 + 5).to_string(),
    });
    (headings.clone(), rows.collect())
}

pub(super) fn transitions(width_pt: f32) -> Scene {
    let names =
        ["demand", "offer", "concession", "commitment", "acceptance", "rejection", "threat", "reason"];
    let (columns, rows) = numbers(&names, |row, column| {
        let observed = (row * 5 + column * 3) % 11;
        let z = ((row * 7 + column * 13) % 17) as f64 / 2.0 - 4.0;
        let few = (row + column) % 5 == 0;
        NumberCell {
            text: observed.to_string(),
            detail: if few { "few".to_owned() } else { format!("z {z:.2}").replace('-', "−") },
            value: (observed > 0).then_some(z),
            few,
            marked: !few && z >= 3.4,
        }
    });
    let totals = (0..9).map(|at| (at * 6 + 12).to_string()).collect();
    NumberMatrix {
        title: "Sequences".to_owned(),
        description: "How often one role follows another.".to_owned(),
        row_title: "from".to_owned(),
        column_title: "to".to_owned(),
        shading: Shading::Signed(4.0),
        columns,
        rows,
        totals,
    }
    .scene(width_pt)
}

pub(super) fn together(width_pt: f32) -> Scene {
    let names =
        ["Estmark", "Norvania", "Orsa Institute", "\u{627}\u{644}\u{646}\u{631}\u{648}\u{64A}\u{62C}"];
    let (columns, rows) = numbers(&names, |row, column| NumberCell {
        text: if row == column { String::new() } else { (row * 17 + column * 4).to_string() },
        value: (row != column).then_some((row * 17 + column * 4) as f64),
        ..NumberCell::default()
    });
    NumberMatrix {
        title: "Interactions".to_owned(),
        description: "Moves by actor and target.".to_owned(),
        row_title: "from".to_owned(),
        column_title: "to".to_owned(),
        shading: Shading::Amount,
        columns,
        rows,
        totals: Vec::new(),
    }
    .scene(width_pt)
}
