//! What a view is asked on the command line.

use crate::analysis::bargain::{BinWidth, Collectives, Counted, Scale};
use crate::analysis::views::{
    Axis, Fold, FollowsOptions, FollowsSource, Lanes, Measure, ScoreKind, Speaker, States, TimeBars,
    TimeLines, TimeMeasure, TogetherUnit, ViewOptions,
};
use crate::cli::Failure;
use crate::cli::analysed::Settings;
use crate::cli::words::{analyse as words, usage};
use crate::model::{Project, ViewKind, nearest};

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
    pub settings: Settings,
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

/// The view with a name.
pub(in crate::cli) fn view_kind(given: &str) -> Result<ViewKind, Failure> {
    coded!("view", Some(given.to_owned()), ViewKind, ViewKind::default())
}

impl Wanted {
    /// Reads the options of a view. An option that the view does not have is wrong usage.
    pub fn new(given: &Options, kind: ViewKind, project: &Project) -> Result<Self, Failure> {
        given.check(kind)?;
        let mut options = ViewOptions::start(kind);
        match &mut options {
            ViewOptions::Matrix(matrix) => {
                matrix.rows = axis("rows", given.rows.as_deref(), Axis::Actor, project)?;
                matrix.columns = axis("columns", given.columns.as_deref(), Axis::Issue, project)?;
                matrix.measure = coded!("measure", given.measure, Measure, Measure::default())?;
                matrix.hide_below = given.hide_below.unwrap_or(0);
            }
            ViewOptions::Time(time) => {
                time.bars = coded!("rows", given.rows, TimeBars, TimeBars::default())?;
                time.lines = coded!("columns", given.columns, TimeLines, TimeLines::default())?;
                (time.measure, time.score) = time_measure(given.measure.as_deref())?;
            }
            ViewOptions::Towards(towards) => towards.hide_below = given.hide_below.unwrap_or(0),
            ViewOptions::Codeline(codeline) => {
                codeline.lanes = coded!("rows", given.rows, Lanes, Lanes::default())?;
            }
            ViewOptions::Together(together) => {
                together.unit = coded!("unit", given.unit, TogetherUnit, TogetherUnit::default())?;
            }
            ViewOptions::Follows(follows) => *follows = follows_options(given)?,
            ViewOptions::Asks(_) | ViewOptions::Actors | ViewOptions::Movement => {}
        }
        Ok(Self { options, settings: given.settings()? })
    }
}

fn axis(what: &str, given: Option<&str>, start: Axis, project: &Project) -> Result<Axis, Failure> {
    let Some(given) = given else { return Ok(start) };
    let codes: Vec<String> = Axis::all(project).iter().map(Axis::code).collect();
    let known: Vec<&str> = codes.iter().map(String::as_str).collect();
    read(what, given, Axis::from_code(given, project), &known)
}

/// The measure of the bars, or the score of the lines.
fn time_measure(given: Option<&str>) -> Result<(TimeMeasure, ScoreKind), Failure> {
    let Some(given) = given else { return Ok(Default::default()) };
    if let Some(score) = ScoreKind::from_code(given) {
        return Ok((TimeMeasure::default(), score));
    }
    let codes = TimeMeasure::ALL.iter().map(|one| one.code());
    let known: Vec<&str> = codes.chain(ScoreKind::ALL.iter().map(|one| one.code())).collect();
    Ok((read("measure", given, TimeMeasure::from_code(given), &known)?, ScoreKind::default()))
}

/// Scripts get the roles as they are, however few pairs there are.
fn follows_options(given: &Options) -> Result<FollowsOptions, Failure> {
    Ok(FollowsOptions {
        states: coded!("rows", given.rows, States, States::default())?,
        source: coded!("order", given.order, FollowsSource, FollowsSource::default())?,
        speaker: coded!("speaker", given.speaker, Speaker, Speaker::default())?,
        fold: Fold::Never,
    })
}

impl Options {
    fn settings(&self) -> Result<Settings, Failure> {
        let mut counted = Counted::default();
        for what in &self.count {
            match what.as_str() {
                "denied" => counted.denied = true,
                "hypothetical" => counted.hypothetical = true,
                _ => read("kind of passage to count", what, None, &["denied", "hypothetical"])?,
            }
        }
        let bin = coded!("bin", self.bin, BinWidth, BinWidth::Document)?;
        if bin == BinWidth::Phase {
            return Err(Failure::Usage(words::no_phases()));
        }
        Ok(Settings {
            scale: coded!("scale", self.scale, Scale, Scale::default())?,
            bin: self.bin.is_some().then_some(bin),
            counted,
            collectives: if self.members { Collectives::Members } else { Collectives::AsTagged },
        })
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
