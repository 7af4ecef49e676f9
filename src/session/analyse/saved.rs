//! Saved views as questions, and questions as saved views.

use demarche_analysis::bargain::{BinWidth, CoderChoice, Collectives, ReportedAt, Scale, Window};
use demarche_analysis::saved_views::missing_names;
use demarche_analysis::views::{
    AskGroups, Axis, CodelineShape, CodelineSort, Duplicates, Fold, FollowsSource, Lanes, LineLength,
    MatrixSort, Measure, Persons, ScoreKind, Speaker, States, TimeBars, TimeLines, TimeMeasure, TimePanels,
    TogetherUnit, TowardsShape,
};
use demarche_model::{AnnotatorId, Date, Project, SavedView, ViewId, ViewKind};
use smol_str::SmolStr;

use super::AnalyseQuestion;
use crate::words::analyse as words;
use crate::{AnalysisNotesAction, Session};

/// An option of the screen that a saved view keeps by code if it is not as it starts.
struct Chip {
    name: &'static str,
    get: fn(&AnalyseQuestion) -> String,
    /// Sets the option; a code that is not known leaves it as it is.
    set: fn(&mut AnalyseQuestion, &str),
}

/// A chip of an option that has codes.
macro_rules! coded {
    ($name:literal, $type:ty, $($path:ident).+) => {
        Chip {
            name: $name,
            get: |asked| asked.$($path).+.code().to_owned(),
            set: |asked, code| {
                if let Some(value) = <$type>::from_code(code) {
                    asked.$($path).+ = value;
                }
            },
        }
    };
}

/// A chip of an option that is on or off.
macro_rules! switch {
    ($name:literal, $on:literal, $($path:ident).+) => {
        Chip {
            name: $name,
            get: |asked| if asked.$($path).+ { $on.to_owned() } else { String::new() },
            set: |asked, code| asked.$($path).+ = code == $on,
        }
    };
}

/// A chip of a number.
macro_rules! number {
    ($name:literal, $($path:ident).+) => {
        Chip {
            name: $name,
            get: |asked| asked.$($path).+.to_string(),
            set: |asked, code| asked.$($path).+ = code.parse().unwrap_or(asked.$($path).+),
        }
    };
}

const CHIPS: [Chip; 31] = [
    Chip {
        name: "coder",
        get: |asked| coders(&asked.coders),
        set: |asked, code| asked.coders = coders_of(code),
    },
    switch!("denied", "counted", rules.counted.denied),
    switch!("hypothetical", "counted", rules.counted.hypothetical),
    coded!("collectives", Collectives, rules.collectives),
    coded!("persons", Persons, rules.persons),
    switch!("conditions", "as-demands", rules.conditions_as_demands),
    switch!("recommendations", "as-demands", rules.recommendations_as_demands),
    coded!("duplicates", Duplicates, rules.duplicates),
    Chip { name: "reported", get: |asked| reported(asked.reported), set: set_reported },
    Chip { name: "window", get: |asked| window(asked.window), set: set_window },
    Chip {
        name: "as-of",
        get: |asked| asked.as_of.as_ref().map(ToString::to_string).unwrap_or_default(),
        set: |asked, code| asked.as_of = Date::parse(code),
    },
    coded!("sort-rows", MatrixSort, options.matrix.sort),
    number!("hide-rows", options.matrix.hide_below),
    Chip { name: "folded", get: folded, set: set_folded },
    coded!("groups", AskGroups, options.asks.groups),
    coded!("bars", TimeBars, options.time.bars),
    coded!("lines", TimeLines, options.time.lines),
    coded!("score", ScoreKind, options.time.score),
    coded!("panels", TimePanels, options.time.panels),
    number!("hide-edges", options.towards.hide_below),
    coded!("interactions", TowardsShape, options.towards.shape),
    coded!("documents", CodelineShape, options.codeline.shape),
    coded!("lanes", Lanes, options.codeline.lanes),
    coded!("length", LineLength, options.codeline.length),
    coded!("sort-lines", CodelineSort, options.codeline.sort),
    coded!("unit", TogetherUnit, options.together.unit),
    number!("near-words", options.together.near_words),
    coded!("states", States, options.follows.states),
    coded!("source", FollowsSource, options.follows.source),
    coded!("speaker", Speaker, options.follows.speaker),
    coded!("fold", Fold, options.follows.fold),
];

/// The folded issues, one a line.
fn folded(asked: &AnalyseQuestion) -> String {
    asked.options.matrix.folded.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
}

fn set_folded(asked: &mut AnalyseQuestion, code: &str) {
    asked.options.matrix.folded = code.lines().map(str::to_owned).collect();
}

fn coders(choice: &CoderChoice) -> String {
    match choice {
        CoderChoice::Final => "final".to_owned(),
        CoderChoice::Everyone => "everyone".to_owned(),
        CoderChoice::People(people) => people.iter().map(AnnotatorId::as_str).collect::<Vec<_>>().join(","),
    }
}

fn coders_of(code: &str) -> CoderChoice {
    match code {
        "" | "final" => CoderChoice::Final,
        "everyone" => CoderChoice::Everyone,
        ids => CoderChoice::People(ids.split(',').map(AnnotatorId::new).collect()),
    }
}

fn reported(at: ReportedAt) -> String {
    match at {
        ReportedAt::Report => "report",
        ReportedAt::Unknown => "unknown",
    }
    .to_owned()
}

fn set_reported(asked: &mut AnalyseQuestion, code: &str) {
    asked.reported = if code == "unknown" { ReportedAt::Unknown } else { ReportedAt::Report };
}

fn window(window: Window) -> String {
    match window {
        Window::Documents(number) => format!("documents {number}"),
        Window::Days(number) => format!("days {number}"),
        Window::All => "all".to_owned(),
    }
}

fn set_window(asked: &mut AnalyseQuestion, code: &str) {
    let (unit, number) = code.split_once(' ').unwrap_or((code, ""));
    asked.window = match (unit, number.parse::<u32>()) {
        ("documents", Ok(number)) => Window::Documents(number as usize),
        ("days", Ok(number)) => Window::Days(i64::from(number)),
        ("all", _) => Window::All,
        _ => Window::default(),
    };
}

impl AnalyseQuestion {
    /// The question as a saved view.
    pub(super) fn saved(&self, id: ViewId, name: &str) -> SavedView {
        let start = Self::default();
        let mut view = SavedView::new(id, name, self.view);
        view.filter.clone_from(&self.filter);
        let matrix = &self.options.matrix;
        match self.view {
            ViewKind::Matrix => {
                view.rows = Some(matrix.rows.code().into());
                view.columns = Some(matrix.columns.code().into());
                view.measure = Some(matrix.measure.code().into());
            }
            ViewKind::Time => view.measure = Some(self.options.time.measure.code().into()),
            ViewKind::Asks
            | ViewKind::Actors
            | ViewKind::Towards
            | ViewKind::Codeline
            | ViewKind::Movement
            | ViewKind::Together
            | ViewKind::Follows => {}
        }
        view.scale = Some(self.scale.code().into());
        view.weights.clone_from(&self.weights);
        view.nodes.clone_from(&self.options.towards.places);
        view.bin = self.width.map(|width| width.code().into());
        let chips = CHIPS.iter().map(|chip| (chip, (chip.get)(self)));
        let changed = chips.filter(|(chip, code)| *code != (chip.get)(&start));
        view.chips = changed.map(|(chip, code)| (SmolStr::new_static(chip.name), code.into())).collect();
        view
    }

    /// The question of a saved view. What the program does not know stays as it starts.
    pub fn of_view(view: &SavedView, project: &Project) -> Self {
        let mut asked = Self { view: view.kind, filter: view.filter.clone(), ..Self::default() };
        let axis = |code: &Option<SmolStr>| Axis::from_code(code.as_deref()?, project);
        let matrix = &mut asked.options.matrix;
        matrix.rows = axis(&view.rows).unwrap_or_else(|| matrix.rows.clone());
        matrix.columns = axis(&view.columns).unwrap_or_else(|| matrix.columns.clone());
        if let Some(code) = view.measure.as_deref() {
            matrix.measure = Measure::from_code(code).unwrap_or(matrix.measure);
            let time = &mut asked.options.time;
            time.measure = TimeMeasure::from_code(code).unwrap_or(time.measure);
        }
        asked.scale = view.scale.as_deref().and_then(Scale::from_code).unwrap_or(asked.scale);
        asked.weights.clone_from(&view.weights);
        asked.options.towards.places.clone_from(&view.nodes);
        asked.width = view.bin.as_deref().and_then(BinWidth::from_code);
        for chip in &CHIPS {
            if let Some(code) = view.chips.get(chip.name) {
                (chip.set)(&mut asked, code);
            }
        }
        asked
    }
}

impl Session {
    /// Saves what the screen is asked under a name: as a new view, or in place of the user's view of that name.
    pub(super) fn save_question(&mut self, name: &str) {
        let name = name.trim();
        let mine = self.saved_view_named(name).filter(|entry| entry.is_mine).map(|entry| entry.view.id);
        let id = mine.unwrap_or_else(|| ViewId(self.env.new_uuid()));
        let view = self.analyse.question.saved(id, name);
        self.perform_analysis_notes(AnalysisNotesAction::SaveView(Box::new(view)));
        self.analyse.opened = self.saved_view(id).is_some().then_some(id);
    }

    pub(super) fn open_view(&mut self, id: ViewId) {
        let Some(view) = self.saved_view(id).map(|entry| entry.view.clone()) else { return };
        let missing = self.missing_in_view(&view);
        if !missing.is_empty() {
            self.notify(words::missing_names(&view.name, &missing));
        }
        self.ask(AnalyseQuestion::of_view(&view, &self.project));
        self.analyse.opened = Some(id);
    }

    /// What a saved view names that the project does not have, in its filter among others. Looks the filter up: not for every
    /// frame.
    pub fn missing_in_view(&self, view: &SavedView) -> Vec<String> {
        let names = missing_names(view, &self.project);
        let refusal = self.check_filter(&view.filter).err().map(|refusal| refusal.to_string());
        names.iter().map(words::missing_name).chain(refusal).collect()
    }

    /// Returns whether what the screen is asked differs from a saved view.
    pub fn view_is_changed(&self, view: &SavedView) -> bool {
        AnalyseQuestion::of_view(view, &self.project) != self.analyse.question
    }
}
