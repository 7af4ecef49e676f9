//! Every rule for all views holds in every view: it changes a number, or there is a reason why it can't.

use std::collections::BTreeMap;

use super::Tables;
use super::builder::{Spec, project, spec};
use crate::bargain::{BinWidth, Collectives, Counted, ReportedAt, Scale, Weights};
use crate::views::{
    Axis, CellValue, CodelineOptions, Duplicates, FollowsOptions, FollowsSource, Lanes, MatrixOptions,
    Measure, Persons, Rules, Speaker, TimeBars, TimeOptions, TogetherOptions, TogetherUnit, View,
    ViewOptions,
};
use demarche_model::ViewKind;

/// A chip of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Chip {
    Denied,
    Hypothetical,
    Conditions,
    Recommendations,
    Collectives,
    Persons,
    PerDocument,
    PerBin,
    PerChain,
    Reported,
    Bin,
    Scale,
}

impl Chip {
    const ALL: [Self; 12] = [
        Self::Denied,
        Self::Hypothetical,
        Self::Conditions,
        Self::Recommendations,
        Self::Collectives,
        Self::Persons,
        Self::PerDocument,
        Self::PerBin,
        Self::PerChain,
        Self::Reported,
        Self::Bin,
        Self::Scale,
    ];

    /// The rules with the chip set; those of the start for a chip that is no rule.
    fn rules(self) -> Rules {
        let start = Rules::default();
        let counted = |denied, hypothetical| Rules { counted: Counted { denied, hypothetical }, ..start };
        let duplicates = |duplicates| Rules { duplicates, ..start };
        match self {
            Self::Denied => counted(true, false),
            Self::Hypothetical => counted(false, true),
            Self::Conditions => Rules { conditions_as_demands: true, ..start },
            Self::Recommendations => Rules { recommendations_as_demands: true, ..start },
            Self::Collectives => Rules { collectives: Collectives::Members, ..start },
            Self::Persons => Rules { persons: Persons::Separately, ..start },
            Self::PerDocument => duplicates(Duplicates::PerDocument),
            Self::PerBin => duplicates(Duplicates::PerBin),
            Self::PerChain => duplicates(Duplicates::PerChain),
            Self::Reported | Self::Bin | Self::Scale => start,
        }
    }
}

const TEXT: &str = "One two three four five. Six seven eight nine. Ten eleven twelve thirteen fourteen. Fifteen.\n\
                    Sixteen seventeen. Eighteen nineteen twenty. Twenty-one. Twenty-two twenty-three.";

/// A project in which every chip matters.
fn tables(chip: Option<Chip>) -> Tables {
    let past = |spec: Spec| Spec { is_reported: true, ..spec };
    let first = vec![
        spec("offer", (0, 24), "A", "B", "fees"),
        // A condition of the offer.
        spec("demand", (4, 13), "A", "B", "fees"),
        // A recommendation.
        spec("demand", (25, 34), "Institute", "A", "port"),
        // By a person of A.
        spec("concession", (35, 46), "Osk", "B", "fees"),
        spec("demand", (47, 57), "Osk", "B", "port"),
        // By a collective, by its members, and to a collective.
        spec("concession", (58, 64), "Both", "C", "ship"),
        Spec { actors: vec!["A", "B"], ..spec("demand", (65, 72), "", "C", "ship") },
        spec("offer", (73, 80), "C", "Both", "ship"),
        // The same once more.
        spec("concession", (93, 100), "B", "A", "fees"),
        spec("demand", (101, 110), "B", "A", "fees"),
        spec("concession", (112, 120), "B", "A", "fees"),
        spec("demand", (121, 129), "B", "A", "fees"),
    ];
    let second = vec![
        spec("concession", (0, 3), "B", "A", "fees"),
        spec("demand", (4, 7), "B", "A", "fees"),
        Spec { is_denied: true, ..spec("concession", (8, 13), "B", "A", "port") },
        Spec { is_denied: true, ..spec("demand", (14, 18), "B", "A", "port") },
        Spec { is_hypothetical: true, ..spec("concession", (25, 28), "C", "B", "port") },
        Spec { is_hypothetical: true, ..spec("demand", (29, 34), "C", "B", "port") },
        past(spec("concession", (35, 40), "C", "A", "port")),
        past(spec("offer", (47, 50), "C", "A", "port")),
    ];
    let documents = [(TEXT, Some("2026-02-18"), first), (TEXT, Some("2026-03-06"), second)];
    // A chain of both roles, and an answer to the condition.
    let repeats = [(0, 9), (0, 10), (0, 11)].map(|from| ("repeats", from, (0, 8)));
    let links = [repeats.as_slice(), &[("responds-to", (1, 0), (0, 1))]].concat();
    let width = if chip == Some(Chip::Bin) { BinWidth::Month } else { BinWidth::Year };
    let mut tables = Tables::of(project(&documents, &links), width);
    let rules = chip.map_or_else(Rules::default, Chip::rules);
    tables.count(rules.counted);
    if chip == Some(Chip::Reported) {
        tables.bins.reported = ReportedAt::Unknown;
    }
    if chip == Some(Chip::Scale) {
        let changed = BTreeMap::from([("concession".into(), 4.0)]);
        tables.weights = Weights::new(tables.project.codebook(), Scale::Sign, &changed);
    }
    tables
}

/// What a chip does to a view: it changes a number of the view with these options, or nothing, for a reason.
enum Effect {
    Changes(ViewOptions),
    Nothing(&'static str),
}

const CATEGORIES_ALONE: &str = "categories have no actor and no role";
const NO_ORDER: &str = "the order of a reported move is never certain, wherever it is drawn";
const NO_DATE: &str = "neither dates nor bins";
const NO_SCORE: &str = "no scores";
const STEPS: &str = "steps have the date of the move, not of a bin";

/// The matrix in which a chip changes a number.
fn matrix(chip: Chip) -> ViewOptions {
    let start = MatrixOptions::default();
    ViewOptions::Matrix(match chip {
        Chip::Conditions | Chip::Recommendations => MatrixOptions { columns: Axis::Role, ..start },
        Chip::Reported | Chip::Bin => MatrixOptions { columns: Axis::Bin, ..start },
        Chip::Scale => MatrixOptions { measure: Measure::ScoreMean, ..start },
        Chip::Denied
        | Chip::Hypothetical
        | Chip::Collectives
        | Chip::Persons
        | Chip::PerDocument
        | Chip::PerBin
        | Chip::PerChain => start,
    })
}

fn effect(kind: ViewKind, chip: Chip) -> Effect {
    use Effect::{Changes, Nothing};
    let start = || Changes(ViewOptions::start(kind));
    match (kind, chip) {
        (ViewKind::Matrix, _) => Changes(matrix(chip)),
        (ViewKind::Time, Chip::Conditions | Chip::Recommendations) => {
            Changes(ViewOptions::Time(TimeOptions { bars: TimeBars::Role, ..TimeOptions::default() }))
        }
        (ViewKind::Codeline, Chip::Collectives | Chip::Persons) => {
            Changes(ViewOptions::Codeline(CodelineOptions {
                lanes: Lanes::Actor,
                ..CodelineOptions::default()
            }))
        }
        // In the text, a condition overlaps what holds it.
        (ViewKind::Follows, Chip::Conditions) => {
            let source = FollowsSource::Answers;
            Changes(ViewOptions::Follows(FollowsOptions { source, ..FollowsOptions::default() }))
        }
        (ViewKind::Follows, Chip::Collectives | Chip::Persons) => {
            let options = FollowsOptions { speaker: Speaker::Same, ..FollowsOptions::default() };
            Changes(ViewOptions::Follows(options))
        }
        (ViewKind::Codeline | ViewKind::Together, Chip::Conditions | Chip::Recommendations) => {
            Nothing("the places of all moves, whatever their kind")
        }
        (ViewKind::Together, Chip::Collectives | Chip::Persons) => Nothing(CATEGORIES_ALONE),
        (
            ViewKind::Together,
            Chip::Denied | Chip::Hypothetical | Chip::PerDocument | Chip::PerBin | Chip::PerChain,
        ) => {
            let unit = TogetherUnit::Document;
            Changes(ViewOptions::Together(TogetherOptions { unit, ..TogetherOptions::default() }))
        }
        (ViewKind::Asks | ViewKind::Follows, Chip::Reported) => Nothing(NO_ORDER),
        (ViewKind::Actors, Chip::Reported | Chip::Bin) => Nothing("figures per document, without phases"),
        (ViewKind::Towards | ViewKind::Codeline | ViewKind::Together, Chip::Reported | Chip::Bin) => {
            Nothing(NO_DATE)
        }
        (ViewKind::Asks | ViewKind::Follows, Chip::Bin) => Nothing(NO_DATE),
        (ViewKind::Movement, Chip::Bin) => Nothing(STEPS),
        (
            ViewKind::Asks | ViewKind::Codeline | ViewKind::Movement | ViewKind::Together | ViewKind::Follows,
            Chip::Scale,
        ) => Nothing(NO_SCORE),
        (
            ViewKind::Asks
            | ViewKind::Actors
            | ViewKind::Time
            | ViewKind::Towards
            | ViewKind::Codeline
            | ViewKind::Movement
            | ViewKind::Follows,
            _,
        ) => start(),
    }
}

/// All that a view counts and names.
fn numbers(chip: Option<Chip>, options: ViewOptions) -> Vec<Vec<String>> {
    let tables = tables(chip);
    let look = tables.look_with(chip.map_or_else(Rules::default, Chip::rules), None);
    let view = View::of(&look, options);
    let value = |value: &CellValue| match value {
        CellValue::None => String::new(),
        CellValue::Text(text) => text.to_string(),
        CellValue::Count(count) => count.to_string(),
        CellValue::Number(number) => format!("{number:.4}"),
    };
    let table = &view.answer().table;
    let mut numbers = vec![table.columns.iter().map(|column| column.title.clone()).collect()];
    numbers.extend(table.rows.iter().map(|row| {
        let group = row.group.as_deref().unwrap_or_default().to_owned();
        std::iter::once(group).chain(row.cells.iter().map(|cell| value(&cell.value))).collect()
    }));
    if let View::Movement(view) = &view {
        numbers.push(view.issues.iter().map(|issue| issue.asks.len().to_string()).collect());
        numbers.push(view.dyads.all.iter().map(|dyad| dyad.moves.len().to_string()).collect());
    }
    numbers
}

#[test]
fn every_chip_holds_in_every_view() {
    let mut wrong = Vec::new();
    for kind in ViewKind::ALL {
        for chip in Chip::ALL {
            let (options, changes) = match effect(kind, chip) {
                Effect::Changes(options) => (options, None),
                Effect::Nothing(reason) => (ViewOptions::start(kind), Some(reason)),
            };
            let (before, after) = (numbers(None, options.clone()), numbers(Some(chip), options));
            if (before == after) != changes.is_some() {
                wrong.push((kind, chip, changes));
            }
        }
    }
    assert_eq!(wrong, []);
}

/// The figures of actors, demands and pairs under a chip.
fn of_chip<T>(chip: Chip, count: impl Fn(&View) -> T) -> [Vec<T>; 3] {
    [ViewKind::Asks, ViewKind::Actors, ViewKind::Movement].map(|kind| {
        let of = |chip: Option<Chip>| {
            let tables = tables(chip);
            let look = tables.look_with(chip.map_or_else(Rules::default, Chip::rules), None);
            count(&View::of(&look, ViewOptions::start(kind)))
        };
        vec![of(None), of(Some(chip))]
    })
}

/// The demands, the hard moves and the ticks of demands and offers.
fn demands(view: &View) -> usize {
    match view {
        View::Asks(view) => view.figures.demands.len(),
        View::Actors(view) => view.actors.iter().map(|actor| actor.hard.len()).sum(),
        View::Movement(view) => view.issues.iter().map(|issue| issue.asks.len()).sum(),
        View::Matrix(_)
        | View::Time(_)
        | View::Towards(_)
        | View::Codeline(_)
        | View::Together(_)
        | View::Follows(_) => 0,
    }
}

#[test]
fn conditions_and_recommendations_count_as_demands_where_the_chip_says_so() {
    // A demand of two actors is hard of both.
    assert_eq!(of_chip(Chip::Conditions, demands), [[5, 6], [6, 7], [8, 9]]);
    assert_eq!(of_chip(Chip::Recommendations, demands), [[5, 6], [6, 7], [8, 9]]);
    assert_eq!(of_chip(Chip::PerDocument, demands), [[5, 4], [6, 5], [8, 7]]);
    assert_eq!(of_chip(Chip::PerBin, demands), [[5, 3], [6, 4], [8, 6]]);
}
