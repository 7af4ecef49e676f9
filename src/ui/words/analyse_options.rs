//! The options of the Analyse screen: names of axes, measures, scales and so on.

use demarche_analysis::bargain::{BinWidth, ReportedAt, Scale, Window};
use demarche_analysis::views::{
    AskGroups, Axis, CodelineShape, CodelineSort, Duplicates, Fold, FollowsSource, Lanes, LineLength,
    MatrixSort, ScoreKind, Speaker, States, TimeBars, TimeLines, TimeMeasure, TimePanels, TogetherUnit,
    TowardsShape,
};
use demarche_model::Project;

use super::grammar::plural;

texts! {
    rows: "Rows",
    columns: "Columns",
    measure: "Measure",
    sort_rows: "Order",
    groups: "Group by",
    bars: "Bars",
    lines: "Lines",
    score: "Score",
    lanes: "Lanes",
    length: "Length",
    sort: "Order",
    unit: "Together",
    states: "Moves by",
    source: "Next",
    speaker: "Actors",
    fold: "Roles",
    scale: "Scale",
    weights: "Weights…",
    weights_hint: "See and change the weight of each category",
    weights_title: "Weights",
    weights_note: "Weights of event data, applied to passages. Changes are saved with the view.",
    reset_weights: "Reset all",
    reset_weight: "Reset this weight",
    no_weight: "None",
    bins: "Bins",
    automatic: "Automatic",
    shape: "Show",
    panels: "Panels",
    hide_rows: "Hide rows below",
    hide_edges: "Hide pairs below",
    near_words: "Words between",
    number_hint: "Drag, or click and type a number",
    reset_places: "Reset places",
    window: "Possible answers",
    as_of: "As of",
    end_of_corpus: "The last document",
    duplicates: "Duplicates",
    reported: "Reported moves",
}

/// The name of an axis; an attribute's own name.
pub fn axis(axis: &Axis, project: &Project) -> String {
    let attribute = match axis {
        Axis::Attribute(id) => project.codebook().attribute(id),
        _ => None,
    };
    attribute.map_or_else(|| axis.name(), |def| def.name.clone())
}

/// The menu of issues with others below them, with the number that are folded.
pub fn fold_issues(folded: usize) -> String {
    match folded {
        0 => "Fold issues".to_owned(),
        _ => format!("Fold issues ({folded})"),
    }
}

/// The name of a figure of interactions.
pub fn towards_shape(shape: TowardsShape) -> &'static str {
    match shape {
        TowardsShape::Matrix => "Matrix",
        TowardsShape::Network => "Network",
    }
}

/// The name of a figure of documents.
pub fn codeline_shape(shape: CodelineShape) -> &'static str {
    match shape {
        CodelineShape::Lines => "Lines",
        CodelineShape::Portraits => "Portraits",
    }
}

/// The name of the panels of the figure over time.
pub fn time_panels(panels: TimePanels) -> &'static str {
    match panels {
        TimePanels::One => "One for all",
        TimePanels::Lines => "One for each line",
    }
}

/// The name of an order of rows.
pub fn matrix_sort(sort: MatrixSort) -> &'static str {
    match sort {
        MatrixSort::List => "As listed",
        MatrixSort::Name => "By name",
        MatrixSort::Total => "Most first",
        MatrixSort::Open => "Most open first",
    }
}

/// The name of what asks are grouped by.
pub fn ask_groups(groups: AskGroups) -> &'static str {
    match groups {
        AskGroups::Dyad => "Who asks whom",
        AskGroups::Issue => "Issue",
    }
}

/// The name of what bars are divided by.
pub fn time_bars(bars: TimeBars) -> &'static str {
    match bars {
        TimeBars::Category => "Categories",
        TimeBars::Role => "Roles",
        TimeBars::Quad => "Quad classes",
    }
}

/// The name of what has a line of its own.
pub fn time_lines(lines: TimeLines) -> &'static str {
    match lines {
        TimeLines::Actor => "Actors",
        TimeLines::Dyad => "Actor and target",
    }
}

/// The name of a measure over time.
pub fn time_measure(measure: TimeMeasure) -> &'static str {
    match measure {
        TimeMeasure::Share => "% of moves",
        TimeMeasure::Count => "Moves",
        TimeMeasure::PerThousandWords => "Per 1,000 words",
    }
}

/// The name of a score of a bin.
pub fn score_kind(score: ScoreKind) -> &'static str {
    match score {
        ScoreKind::Mean => "Mean (tone)",
        ScoreKind::Sum => "Sum (volume)",
    }
}

/// The name of what has a lane of its own.
pub fn lanes_of(lanes: Lanes) -> &'static str {
    match lanes {
        Lanes::Category => "Categories",
        Lanes::Actor => "Actors",
    }
}

/// The name of a length of lines.
pub fn line_length(length: LineLength) -> &'static str {
    match length {
        LineLength::Share => "0–100 %",
        LineLength::True => "True length",
    }
}

/// The name of an order of documents.
pub fn codeline_sort(sort: CodelineSort) -> &'static str {
    match sort {
        CodelineSort::Date => "By date",
        CodelineSort::Length => "By length",
        CodelineSort::Similarity => "By similarity",
    }
}

/// The name of a rule of co-occurrence.
pub fn together_unit(unit: TogetherUnit) -> &'static str {
    match unit {
        TogetherUnit::Exact => "Same text",
        TogetherUnit::Inside => "Inside",
        TogetherUnit::Overlapping => "Overlapping",
        TogetherUnit::Near => "A few words apart",
        TogetherUnit::Sentence => "In one sentence",
        TogetherUnit::Paragraph => "In one paragraph",
        TogetherUnit::Document => "In one document",
    }
}

/// The name of the states of sequences.
pub fn states_of(states: States) -> &'static str {
    match states {
        States::Role => "Role",
        States::Category => "Category",
    }
}

/// The name of a rule of what follows a move.
pub fn follows_source(source: FollowsSource) -> &'static str {
    match source {
        FollowsSource::Text => "In the text",
        FollowsSource::Answers => "Linked as answer",
        FollowsSource::Date => "By date",
    }
}

/// The name of a rule of who makes two moves.
pub fn speaker_of(speaker: Speaker) -> &'static str {
    match speaker {
        Speaker::Any => "Any",
        Speaker::Changes => "Different",
        Speaker::Same => "The same",
    }
}

/// The name of a rule of folding roles.
pub fn fold_of(fold: Fold) -> &'static str {
    match fold {
        Fold::IfFew => "Folded if few",
        Fold::Always => "Folded",
        Fold::Never => "Each",
    }
}

/// The name of a scale.
pub fn scale_of(scale: Scale) -> &'static str {
    match scale {
        Scale::Goldstein => "Goldstein",
        Scale::Plover => "PLOVER 2021",
        Scale::Sign => "±1",
        Scale::Custom => "Custom",
    }
}

/// The name of a scale, with the number of changed weights: `Goldstein, changed (2)`.
pub fn scale_changed(scale: Scale, changed: usize) -> String {
    match changed {
        0 => scale_of(scale).to_owned(),
        _ => format!("{}, changed ({changed})", scale_of(scale)),
    }
}

/// The name of a width of bins.
pub fn bin_width(width: BinWidth) -> &'static str {
    match width {
        BinWidth::Document => "Document",
        BinWidth::Day => "Day",
        BinWidth::Week => "Week",
        BinWidth::Month => "Month",
        BinWidth::Quarter => "Quarter",
        BinWidth::Year => "Year",
        BinWidth::Phase => "Phase",
    }
}

/// The name of a window of possible answers.
pub fn window_of(window: Window) -> String {
    match window {
        Window::Documents(1) => "Next document".to_owned(),
        Window::Documents(number) => format!("Next {}", plural(number, "document")),
        Window::Days(number) => format!("{number} days"),
        Window::All => "All later moves".to_owned(),
    }
}

/// The name of a rule of duplicates.
pub fn duplicates_of(duplicates: Duplicates) -> &'static str {
    match duplicates {
        Duplicates::All => "Count each",
        Duplicates::PerDocument => "Once per document",
        Duplicates::PerBin => "Once per bin",
        Duplicates::PerChain => "Once per chain of repeats",
    }
}

/// The name of a rule of reported moves.
pub fn reported_of(at: ReportedAt) -> &'static str {
    match at {
        ReportedAt::Report => "At the date of the report",
        ReportedAt::Unknown => "Date unknown",
    }
}
