//! What a view is asked on the command line.

use super::named::NamedView;
use crate::analysis::bargain::{BinWidth, Collectives, Scale};
use crate::analysis::views::{
    Axis, Fold, FollowsSource, Lanes, Measure, ScoreKind, Speaker, States, TimeBars, TimeLines, TimeMeasure,
    TimeOptions, TogetherUnit, ViewOptions,
};
use crate::cli::Failure;
use crate::cli::words::{analyse as words, usage};
use crate::model::{Project, ViewKind, nearest};
use crate::session::AnalyseQuestion;

/// The options of views. Which of them a view has is in docs/ANALYSIS.md.
#[derive(clap::Args, Debug)]
pub struct Options {
    /// The rows of the matrix: actor, target, speaker, issue, category, role, quad, document, author, source, year, bin, coder,
    /// review or @ATTRIBUTE; of `time` the bars, of `codeline` the lanes, of `follows` the states
    #[arg(long, value_name = "AXIS")]
    rows: Option<String>,
    /// The columns of the matrix; of `time` the lines: actor or dyad
    #[arg(long, value_name = "AXIS")]
    columns: Option<String>,
    /// The measure of `matrix` or `time`
    #[arg(long)]
    measure: Option<String>,
    /// The scale of scores: goldstein, plover or sign [default: goldstein]
    #[arg(long)]
    scale: Option<String>,
    /// The bins of time: document, day, week, month, quarter or year
    #[arg(long)]
    bin: Option<String>,
    /// What else counts as a move: denied, hypothetical
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    count: Vec<String>,
    /// Count a move of a collective for each of its members
    #[arg(long)]
    members: bool,
    /// Of `together`: exact, inside, overlapping, near, same-sentence, same-paragraph or same-document
    #[arg(long)]
    unit: Option<String>,
    /// Of `follows`: text, answers or date
    #[arg(long)]
    order: Option<String>,
    /// Of `follows`: any, changes or same
    #[arg(long)]
    speaker: Option<String>,
    /// Of `matrix` and `towards`: hide rows or edges with fewer moves
    #[arg(long, value_name = "N")]
    hide_below: Option<usize>,
}

/// What was asked for.
pub(super) struct Wanted {
    pub options: ViewOptions,
    pub question: AnalyseQuestion,
}

/// Reads a code, or names the nearest one.
fn read<T>(what: &str, given: &str, found: Option<T>, known: &[&str]) -> Result<T, Failure> {
    let near = || nearest(given, known.iter().copied());
    found.ok_or_else(|| Failure::Usage(usage::unknown_near(what, given, near(), known.iter().copied())))
}

/// Reads an option that has codes; `start` if it is missing.
macro_rules! coded {
    ($what:literal, $given:expr, $kind:ty, $start:expr) => {{
        let known: Vec<&str> = <$kind>::ALL.iter().map(|one| one.code()).collect();
        match $given.as_deref() {
            Some(given) => read($what, given, <$kind>::from_code(given), &known),
            None => Ok($start),
        }
    }};
}

impl Wanted {
    /// Reads the options of a view, which replace those of a saved one. An option that the view does not have is wrong usage.
    pub fn new(given: &Options, named: &NamedView<'_>, project: &Project) -> Result<Self, Failure> {
        let kind = named.kind();
        given.check(kind)?;
        let mut question = match named {
            NamedView::Kind(view) => AnalyseQuestion { view: *view, ..AnalyseQuestion::default() },
            NamedView::Saved(view) => AnalyseQuestion::of_view(view, project),
        };
        if let NamedView::Kind(_) = named {
            // Scripts get the roles as they are, however few pairs there are.
            question.options.follows.fold = Fold::Never;
        }
        given.settings(&mut question)?;
        let mut options = question.options.of(kind);
        match &mut options {
            ViewOptions::Matrix(matrix) => {
                matrix.rows = axis("rows", given.rows.as_deref(), &matrix.rows, project)?;
                matrix.columns = axis("columns", given.columns.as_deref(), &matrix.columns, project)?;
                matrix.measure = coded!("measure", given.measure, Measure, matrix.measure)?;
                matrix.hide_below = given.hide_below.unwrap_or(matrix.hide_below);
            }
            ViewOptions::Time(time) => {
                time.bars = coded!("rows", given.rows, TimeBars, time.bars)?;
                time.lines = coded!("columns", given.columns, TimeLines, time.lines)?;
                (time.measure, time.score) = time_measure(given.measure.as_deref(), time)?;
            }
            ViewOptions::Towards(towards) => {
                towards.hide_below = given.hide_below.unwrap_or(towards.hide_below);
            }
            ViewOptions::Codeline(codeline) => {
                codeline.lanes = coded!("rows", given.rows, Lanes, codeline.lanes)?;
            }
            ViewOptions::Together(together) => {
                together.unit = coded!("unit", given.unit, TogetherUnit, together.unit)?;
            }
            ViewOptions::Follows(follows) => {
                follows.states = coded!("rows", given.rows, States, follows.states)?;
                follows.source = coded!("order", given.order, FollowsSource, follows.source)?;
                follows.speaker = coded!("speaker", given.speaker, Speaker, follows.speaker)?;
            }
            ViewOptions::Asks(_) | ViewOptions::Actors | ViewOptions::Movement => {}
        }
        Ok(Self { options, question })
    }
}

fn axis(what: &str, given: Option<&str>, start: &Axis, project: &Project) -> Result<Axis, Failure> {
    let Some(given) = given else { return Ok(start.clone()) };
    let codes: Vec<String> = Axis::all(project).iter().map(Axis::code).collect();
    let known: Vec<&str> = codes.iter().map(String::as_str).collect();
    read(what, given, Axis::from_code(given, project), &known)
}

/// The measure of the bars, or the score of the lines.
fn time_measure(given: Option<&str>, start: &TimeOptions) -> Result<(TimeMeasure, ScoreKind), Failure> {
    let Some(given) = given else { return Ok((start.measure, start.score)) };
    if let Some(score) = ScoreKind::from_code(given) {
        return Ok((start.measure, score));
    }
    let codes = TimeMeasure::ALL.iter().map(|one| one.code());
    let known: Vec<&str> = codes.chain(ScoreKind::ALL.iter().map(|one| one.code())).collect();
    Ok((read("measure", given, TimeMeasure::from_code(given), &known)?, start.score))
}

impl Options {
    /// Applies what all views have.
    fn settings(&self, question: &mut AnalyseQuestion) -> Result<(), Failure> {
        let counted = &mut question.rules.counted;
        for what in &self.count {
            match what.as_str() {
                "denied" => counted.denied = true,
                "hypothetical" => counted.hypothetical = true,
                _ => read("kind of passage to count", what, None, &["denied", "hypothetical"])?,
            }
        }
        if self.bin.is_some() {
            let bin = coded!("bin", self.bin, BinWidth, BinWidth::Document)?;
            if bin == BinWidth::Phase {
                return Err(Failure::Usage(words::no_phases()));
            }
            question.width = Some(bin);
        }
        question.scale = coded!("scale", self.scale, Scale, question.scale)?;
        if self.members {
            question.rules.collectives = Collectives::Members;
        }
        Ok(())
    }

    /// Refuses options that a view does not have.
    fn check(&self, kind: ViewKind) -> Result<(), Failure> {
        use ViewKind::{Codeline, Follows, Matrix, Time, Together, Towards};
        let given: [(&str, bool, &[ViewKind]); 7] = [
            ("--rows", self.rows.is_some(), &[Matrix, Time, Codeline, Follows]),
            ("--columns", self.columns.is_some(), &[Matrix, Time]),
            ("--measure", self.measure.is_some(), &[Matrix, Time]),
            ("--unit", self.unit.is_some(), &[Together]),
            ("--order", self.order.is_some(), &[Follows]),
            ("--speaker", self.speaker.is_some(), &[Follows]),
            ("--hide-below", self.hide_below.is_some(), &[Matrix, Towards]),
        ];
        let wrong = given.iter().find(|(_, is_given, views)| *is_given && !views.contains(&kind));
        match wrong {
            Some((option, ..)) => Err(Failure::Usage(words::not_of_view(option, kind.code()))),
            None => Ok(()),
        }
    }
}
