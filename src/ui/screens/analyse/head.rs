//! The heading of a view with its options.

use std::collections::BTreeSet;

use egui::{RichText, Ui};

use super::choice::{captioned, number};
use super::scale;
use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::icons as m;
use crate::theme::{size, space, strong};
use crate::words::{analyse as words, analyse_options as names};
use crate::{keys, widgets};
use demarche_analysis::bargain::BinWidth;
use demarche_analysis::views::{
    AskGroups, Axis, CodelineShape, CodelineSort, Fold, FollowsSource, Lanes, LineLength, MatrixSort,
    Measure, ScoreKind, Speaker, States, TimeBars, TimeLines, TimeMeasure, TimePanels, TogetherUnit,
    TowardsShape,
};
use demarche_model::{Meaning, Project, ViewKind};
use demarche_session::{AnalyseAction, AnalyseQuestion, Session};

/// Greatest number of moves below which rows or edges can be hidden.
const MOST_HIDDEN: usize = 999;
/// Greatest distance of passages that are near each other, in words.
const MOST_WORDS: usize = 500;

/// Shows the name of the view and its options.
pub(super) fn head(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let question = session.analyse().question();
    let mut asked = question.clone();
    ui.horizontal_wrapped(|ui| {
        let name = RichText::new(words::view(question.view)).font(strong(size::HEADING));
        ui.label(name).on_hover_text(words::view_hint(question.view));
        ui.add_space(space::M);
        options(ui, session.project(), &mut asked);
        let export = CommandId::ExportView.command();
        let may_export = (export.enabled)(session).is_ok();
        ui.add_enabled_ui(may_export, |ui| {
            let hint = keys::with_shortcut(ui.ctx(), export.name, CommandId::ExportView);
            if widgets::icon_button(ui, m::ICON_FILE_SAVE, &hint).clicked() {
                requests.push(CommandId::ExportView);
            }
        });
    });
    if asked != *question {
        requests.push(AnalyseAction::Ask(Box::new(asked)));
    }
}

fn options(ui: &mut Ui, project: &Project, asked: &mut AnalyseQuestion) {
    let options = &mut asked.options;
    match asked.view {
        ViewKind::Matrix => matrix(ui, project, asked),
        ViewKind::Asks => captioned(ui, names::groups(), &mut options.asks.groups, AskGroups::ALL, |one| {
            names::ask_groups(*one).to_owned()
        }),
        ViewKind::Time => time(ui, project, asked),
        ViewKind::Towards => {
            captioned(ui, names::shape(), &mut options.towards.shape, TowardsShape::ALL, |one| {
                names::towards_shape(*one).to_owned()
            });
            number(ui, names::hide_edges(), &mut options.towards.hide_below, 0..=MOST_HIDDEN);
            let has_places = !options.towards.places.is_empty();
            if has_places && ui.button(names::reset_places()).clicked() {
                options.towards.places.clear();
            }
            scale::scale(ui, project, asked);
        }
        ViewKind::Codeline => codeline(ui, asked),
        ViewKind::Together => {
            captioned(ui, names::unit(), &mut options.together.unit, TogetherUnit::ALL, |one| {
                names::together_unit(*one).to_owned()
            });
            if options.together.unit == TogetherUnit::Near {
                number(ui, names::near_words(), &mut options.together.near_words, 0..=MOST_WORDS);
            }
        }
        ViewKind::Follows => follows(ui, asked),
        ViewKind::Actors | ViewKind::Movement => {}
    }
}

fn matrix(ui: &mut Ui, project: &Project, asked: &mut AnalyseQuestion) {
    let options = &mut asked.options.matrix;
    let axes = axes(project);
    captioned(ui, names::rows(), &mut options.rows, &axes, |axis| names::axis(axis, project));
    captioned(ui, names::columns(), &mut options.columns, &axes, |axis| names::axis(axis, project));
    captioned(ui, names::measure(), &mut options.measure, Measure::ALL, |one| one.name().to_owned());
    captioned(ui, names::sort_rows(), &mut options.sort, MatrixSort::ALL, |one| {
        names::matrix_sort(*one).to_owned()
    });
    number(ui, names::hide_rows(), &mut options.hide_below, 0..=MOST_HIDDEN);
    if [&options.rows, &options.columns].contains(&&Axis::Issue) {
        folds(ui, project, &mut options.folded);
    }
    let options = &asked.options.matrix;
    let has_bins = [&options.rows, &options.columns].contains(&&Axis::Bin);
    let needs_scale = options.measure.needs_scale();
    if has_bins {
        bins(ui, asked);
    }
    if needs_scale {
        scale::scale(ui, project, asked);
    }
}

/// Shows a menu of the issues that have others below them, to fold these.
fn folds(ui: &mut Ui, project: &Project, folded: &mut BTreeSet<String>) {
    let above: BTreeSet<&String> = project.relations().issues_below.values().collect();
    if above.is_empty() {
        return;
    }
    ui.menu_button(names::fold_issues(folded.len()), |ui| {
        for issue in above {
            let mut is_folded = folded.contains(issue);
            if ui.checkbox(&mut is_folded, issue).changed() {
                match is_folded {
                    true => folded.insert(issue.clone()),
                    false => folded.remove(issue),
                };
            }
        }
    });
}

/// The axes of a project, without the attributes that have an axis of their own.
fn axes(project: &Project) -> Vec<Axis> {
    let fixed = [Meaning::Actor, Meaning::Target, Meaning::Issue, Meaning::Speaker];
    let has_axis: Vec<_> = fixed
        .iter()
        .filter_map(|meaning| project.codebook().meaning(meaning))
        .map(|(def, _)| Axis::Attribute(def.id.clone()))
        .collect();
    Axis::all(project).into_iter().filter(|axis| !has_axis.contains(axis)).collect()
}

fn time(ui: &mut Ui, project: &Project, asked: &mut AnalyseQuestion) {
    let options = &mut asked.options.time;
    captioned(ui, names::bars(), &mut options.bars, TimeBars::ALL, |one| names::time_bars(*one).to_owned());
    captioned(ui, names::measure(), &mut options.measure, TimeMeasure::ALL, |one| {
        names::time_measure(*one).to_owned()
    });
    captioned(ui, names::lines(), &mut options.lines, TimeLines::ALL, |one| {
        names::time_lines(*one).to_owned()
    });
    captioned(ui, names::panels(), &mut options.panels, TimePanels::ALL, |one| {
        names::time_panels(*one).to_owned()
    });
    captioned(ui, names::score(), &mut options.score, ScoreKind::ALL, |one| {
        names::score_kind(*one).to_owned()
    });
    bins(ui, asked);
    scale::scale(ui, project, asked);
}

fn codeline(ui: &mut Ui, asked: &mut AnalyseQuestion) {
    let options = &mut asked.options.codeline;
    captioned(ui, names::shape(), &mut options.shape, CodelineShape::ALL, |one| {
        names::codeline_shape(*one).to_owned()
    });
    captioned(ui, names::lanes(), &mut options.lanes, Lanes::ALL, |one| names::lanes_of(*one).to_owned());
    captioned(ui, names::length(), &mut options.length, LineLength::ALL, |one| {
        names::line_length(*one).to_owned()
    });
    captioned(ui, names::sort(), &mut options.sort, CodelineSort::ALL, |one| {
        names::codeline_sort(*one).to_owned()
    });
}

fn follows(ui: &mut Ui, asked: &mut AnalyseQuestion) {
    let options = &mut asked.options.follows;
    captioned(ui, names::states(), &mut options.states, States::ALL, |one| names::states_of(*one).to_owned());
    captioned(ui, names::source(), &mut options.source, FollowsSource::ALL, |one| {
        names::follows_source(*one).to_owned()
    });
    captioned(ui, names::speaker(), &mut options.speaker, Speaker::ALL, |one| {
        names::speaker_of(*one).to_owned()
    });
    if options.states == States::Role {
        captioned(ui, names::fold(), &mut options.fold, Fold::ALL, |one| names::fold_of(*one).to_owned());
    }
}

fn bins(ui: &mut Ui, asked: &mut AnalyseQuestion) {
    let widths: Vec<Option<BinWidth>> =
        std::iter::once(None).chain(BinWidth::ALL.into_iter().map(Some)).collect();
    let name = |width: &Option<BinWidth>| width.map_or(names::automatic(), names::bin_width).to_owned();
    captioned(ui, names::bins(), &mut asked.width, &widths, name);
}
