//! The heading of a view with its options.

use egui::{RichText, Ui};

use crate::requests::Requests;
use crate::theme::{size, space, strong};
use crate::widgets;
use crate::words::analyse as words;
use demarche_analysis::bargain::{BinWidth, Scale};
use demarche_analysis::views::{
    AskGroups, Axis, CodelineSort, FollowsSource, Lanes, LineLength, Measure, ScoreKind, Speaker, States,
    TimeBars, TimeLines, TimeMeasure, TogetherUnit,
};
use demarche_model::{Project, ViewKind};
use demarche_session::{AnalyseAction, AnalyseQuestion, Session};

/// Width of a choice, in points.
const CHOICE_PT: f32 = 120.0;

/// Shows the name of the view and its options.
pub(super) fn head(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let question = session.analyse().question();
    let mut asked = question.clone();
    ui.horizontal_wrapped(|ui| {
        let name = RichText::new(words::view(question.view)).font(strong(size::HEADING));
        ui.label(name).on_hover_text(words::view_hint(question.view));
        ui.add_space(space::M);
        options(ui, session.project(), &mut asked);
    });
    if asked != *question {
        requests.push(AnalyseAction::Ask(Box::new(asked)));
    }
}

fn options(ui: &mut Ui, project: &Project, asked: &mut AnalyseQuestion) {
    let options = &mut asked.options;
    match asked.view {
        ViewKind::Matrix => {
            let axes = Axis::all(project);
            let name = |axis: &Axis| axis.code().replace('@', "");
            choice(ui, words::rows(), &mut options.matrix.rows, &axes, name);
            choice(ui, words::columns(), &mut options.matrix.columns, &axes, name);
            choice(ui, words::measure(), &mut options.matrix.measure, Measure::ALL, |m| m.code().to_owned());
        }
        ViewKind::Asks => {
            choice(ui, words::groups(), &mut options.asks.groups, AskGroups::ALL, |g| g.code().to_owned());
        }
        ViewKind::Time => {
            choice(ui, words::bars(), &mut options.time.bars, TimeBars::ALL, |b| b.code().to_owned());
            choice(ui, words::lines(), &mut options.time.lines, TimeLines::ALL, |l| l.code().to_owned());
            choice(ui, words::measure(), &mut options.time.measure, TimeMeasure::ALL, |m| {
                m.code().to_owned()
            });
            choice(ui, words::score(), &mut options.time.score, ScoreKind::ALL, |s| s.code().to_owned());
            bins(ui, asked);
            scale(ui, asked);
        }
        ViewKind::Towards => scale(ui, asked),
        ViewKind::Codeline => {
            choice(ui, words::lanes(), &mut options.codeline.lanes, Lanes::ALL, |l| l.code().to_owned());
            choice(ui, words::length(), &mut options.codeline.length, LineLength::ALL, |l| {
                l.code().to_owned()
            });
            choice(ui, words::sort(), &mut options.codeline.sort, CodelineSort::ALL, |s| s.code().to_owned());
        }
        ViewKind::Together => {
            choice(ui, words::unit(), &mut options.together.unit, TogetherUnit::ALL, |u| u.code().to_owned());
        }
        ViewKind::Follows => {
            choice(ui, words::states(), &mut options.follows.states, States::ALL, |s| s.code().to_owned());
            choice(ui, words::source(), &mut options.follows.source, FollowsSource::ALL, |s| {
                s.code().to_owned()
            });
            choice(ui, words::speaker(), &mut options.follows.speaker, Speaker::ALL, |s| s.code().to_owned());
        }
        ViewKind::Actors | ViewKind::Movement => {}
    }
}

fn bins(ui: &mut Ui, asked: &mut AnalyseQuestion) {
    let widths: Vec<Option<BinWidth>> =
        std::iter::once(None).chain(BinWidth::ALL.into_iter().map(Some)).collect();
    let name = |width: &Option<BinWidth>| width.map_or(words::automatic(), BinWidth::code).to_owned();
    choice(ui, words::bins(), &mut asked.width, &widths, name);
}

fn scale(ui: &mut Ui, asked: &mut AnalyseQuestion) {
    choice(ui, words::scale(), &mut asked.scale, &Scale::ALL, |scale| scale.code().to_owned());
}

/// Shows a choice with its caption.
fn choice<T: Clone + PartialEq>(
    ui: &mut Ui,
    caption: &str,
    value: &mut T,
    all: &[T],
    name: impl Fn(&T) -> String,
) {
    widgets::weak(ui, caption);
    let current = name(value);
    widgets::combo(ui, caption, &current, CHOICE_PT, |ui| {
        for one in all {
            if ui.selectable_label(value == one, name(one)).clicked() {
                *value = one.clone();
            }
        }
    });
}
