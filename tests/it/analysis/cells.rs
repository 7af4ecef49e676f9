//! Each cell of each view, and each number of its sentence, is that of the passages behind it: on the sample and on projects
//! made from it at random, for each coder and for what is final.

use std::path::Path;
use std::sync::Arc;

use demarche::analysis::bargain::{
    BinWidth, CoderChoice, Collectives, Counted, Duplicates, Moves, PassageSet, Persons, Reading, Scale,
};
use demarche::analysis::random::Random;
use demarche::analysis::views::{
    CellValue, Look, MovementView, Part, Rules, Sentence, TogetherUnit, View, ViewOptions,
};
use demarche::io::project::Folder;
use demarche::model::{
    Edit, LayerId, MoveRole, Project, Ranges, Span, SpanId, TextRange, Tone, Value, ViewKind, Visibility,
};
use proptest::prelude::*;

use super::numbers::{Shown, look_at};
use super::pairs;
use crate::support::project::read_all;

fn sample() -> Project {
    let folder = Folder::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/halden-port-talks"));
    read_all(&folder).unwrap().0
}

/// The readings of each coder, and what is final.
fn readings(project: &Project) -> Vec<Reading> {
    let people = project.annotators().iter().map(|person| person.id.clone());
    let each = people.map(|coder| Reading::of_coder(coder, Visibility::default()));
    each.chain(CoderChoice::Final.readings(project, &Visibility::default(), None).all).collect()
}

/// The passage with another category, place, actor, target and issue.
fn changed(random: &mut Random, span: &Span, other: &Span, text: &str, categories: &[&str]) -> Span {
    let mut span = span.clone();
    if random.below(2) == 0 {
        span.category = categories[random.below(categories.len())].into();
    }
    for name in ["actor", "target", "issue", "time", "when"] {
        if random.below(2) == 0 {
            continue;
        }
        let id = name.into();
        match other.attributes.get(&id) {
            Some(value) => drop(span.attributes.insert(id, value.clone())),
            None => drop(span.attributes.remove(&id)),
        }
    }
    if random.below(20) == 0 {
        span.attributes.insert("negated".into(), Value::Flag(true));
    }
    if random.below(3) == 0 {
        let start = text.floor_char_boundary(random.below(text.len() - 1));
        let end = text.ceil_char_boundary((start + 1 + random.below(120)).min(text.len()));
        span.ranges = Ranges::one(TextRange::new(start, end)).unwrap();
    }
    span
}

/// The sample with half of its passages changed at random.
fn random_project(seed: u64) -> Project {
    let mut random = Random::new(seed);
    let mut project = sample();
    let codebook = project.codebook().clone();
    let categories: Vec<&str> = codebook.categories.iter().map(|category| category.id.as_str()).collect();
    let documents = project.documents().to_vec();
    for document in &documents {
        let text = document.text.clone().unwrap();
        for (owner, layer) in &document.layers {
            let spans: Vec<Arc<Span>> = layer.spans().cloned().collect();
            for span in spans.iter().filter(|_| random.below(2) == 0).collect::<Vec<_>>() {
                let other = &spans[random.below(spans.len())];
                let span = changed(&mut random, span, other, text.as_str(), &categories);
                let (layer, id): (_, SpanId) = (LayerId::new(document.id(), owner), span.id);
                project.apply(Edit::SetSpan { layer, id, to: Some(Arc::new(span)) }).unwrap();
            }
        }
    }
    project
}

fn rules(random: &mut Random) -> Rules {
    let mut flag = || random.below(2) == 0;
    Rules {
        counted: Counted { denied: flag(), hypothetical: flag() },
        conditions_as_demands: flag(),
        recommendations_as_demands: flag(),
        collectives: if flag() { Collectives::AsTagged } else { Collectives::Members },
        persons: if flag() { Persons::Party } else { Persons::Separately },
        duplicates: if flag() { Duplicates::All } else { Duplicates::PerDocument },
    }
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

/// The number in a column that is computed from the passages behind it; `None` for other columns, and where it is undefined.
fn computed(look: &Look<'_>, column: &str, behind: &PassageSet) -> Option<Option<f64>> {
    let weights: Vec<f64> = behind.iter().filter_map(|index| look.weight(look.get(index))).collect();
    let with = |test: &dyn Fn(MoveRole) -> bool| {
        let roles = behind.iter().filter_map(|index| look.kind(look.get(index)).role());
        roles.filter(|role| test(*role)).count() as f64
    };
    let share = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
    Some(match column {
        "mean" | "score_mean" => share(weights.iter().sum(), weights.len() as f64),
        "sum" | "score_sum" => (!weights.is_empty()).then(|| weights.iter().sum()),
        "softness" => {
            let [soft, hard] = [Tone::Soft, Tone::Hard].map(|tone| with(&|role| role.tone() == Some(tone)));
            share(soft - hard, soft + hard)
        }
        "yield_share" => {
            let yielding = with(&|role| matches!(role, MoveRole::Concession | MoveRole::Acceptance));
            let refusing = with(&|role| matches!(role, MoveRole::Rejection | MoveRole::Withdrawal));
            share(yielding, yielding + refusing)
        }
        _ => return None,
    })
}

/// Checks the cells of a view in which each counts passages.
fn check_table(look: &Look<'_>, kind: ViewKind) {
    let view = View::of(look, ViewOptions::start(kind));
    let table = &view.answer().table;
    for row in &table.rows {
        assert_eq!(row.cells.len(), table.columns.len(), "{kind:?}");
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            let behind = cell.passages.as_deref().cloned().unwrap_or_default();
            let at = format!("{kind:?}, {}", column.heading());
            let number = match cell.value {
                CellValue::Count(count) => {
                    assert!(cell.passages.is_some(), "{at} opens nothing");
                    assert_eq!(count, behind.len(), "{at}");
                    continue;
                }
                CellValue::Number(number) => Some(number),
                CellValue::None => None,
                CellValue::Text(_) => continue,
            };
            let Some(expected) = computed(look, &column.name, &behind) else { continue };
            match (number, expected) {
                (Some(number), Some(expected)) => {
                    assert!(near(number, expected), "{at}: {number}, {expected}")
                }
                (number, expected) => assert_eq!(number, expected, "{at}"),
            }
        }
    }
}

/// The first whole number of a text.
fn first_number(text: &str) -> Option<usize> {
    let digits: String =
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Checks the numbers of a sentence, apart from means, medians and pairs.
fn check_sentence(sentence: &Sentence, is_of_pairs: bool) {
    for part in &sentence.0 {
        let Part::Passages { text, passages } = part else { continue };
        let is_computed = text.contains(['.', '−']) || text.contains("median");
        if !is_of_pairs && !is_computed {
            let number = if text == "none" { Some(0) } else { first_number(text) };
            assert_eq!(number, Some(passages.len()), "{}", sentence.text());
        }
        assert!(!is_computed || !passages.is_empty(), "{}", sentence.text());
    }
}

/// Checks the cumulated steps of movement: the last of a line counts what was not taken back.
fn check_movement(look: &Look<'_>) {
    for line in MovementView::of(look).issues.iter().flat_map(|issue| &issue.lines) {
        for (step, counted) in line.steps.iter().zip(&line.counted) {
            assert_eq!(step.sum, counted.len());
            let is_step = |role| matches!(role, MoveRole::Concession | MoveRole::Acceptance);
            assert!(counted.iter().all(|index| look.kind(look.get(index)).role().is_some_and(is_step)));
        }
        assert_eq!(line.counted.len(), line.steps.len());
        assert!(line.counted_last().iter().all(|index| line.passages().contains(index)));
    }
}

fn check(look: &Look<'_>) {
    for kind in ViewKind::ALL {
        let is_of_pairs = matches!(kind, ViewKind::Together | ViewKind::Follows);
        if !is_of_pairs {
            check_table(look, kind);
        }
        let view = View::of(look, ViewOptions::start(kind));
        check_sentence(&view.answer().sentence, is_of_pairs);
        let notes = &view.answer().caption.0;
        notes.iter().filter(|_| kind == ViewKind::Matrix).for_each(|note| check_sentence(note, false));
    }
    check_movement(look);
    TogetherUnit::ALL.iter().copied().for_each(|unit| pairs::check_together(look, unit));
    pairs::check_follows(look);
}

fn check_project(project: &Project, seed: u64) {
    let mut random = Random::new(seed);
    for reading in readings(project) {
        let moves = Moves::of(project, &reading);
        let all = moves.iter().map(|(index, _)| index);
        let kept: PassageSet = all.filter(|_| random.below(4) > 0).collect();
        for selected in [None, Some(&kept)] {
            let width = [BinWidth::Document, BinWidth::Month][random.below(2)];
            let shown = Shown { scale: Scale::Plover, width, rules: rules(&mut random), selected };
            look_at(project, &moves, shown, check);
        }
        look_at(project, &moves, Shown::default(), check);
    }
}

#[test]
fn each_cell_of_each_view_of_the_sample_counts_the_passages_behind_it() {
    check_project(&sample(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn each_cell_of_each_view_of_random_projects_counts_the_passages_behind_it(seed in any::<u64>()) {
        check_project(&random_project(seed), seed);
    }
}
