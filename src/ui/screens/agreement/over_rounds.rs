//! Agreement over rounds: the figures of each frozen round, and of each person with themselves since one.

use egui::{FontId, Sense, Ui, vec2};

use crate::requests::Requests;
use crate::theme::{Tokens, size};
use crate::widgets;
use crate::words::agreement as words;
use demarche_analysis::agreement::{CurvePoint, PooledFigure};
use demarche_session::{AgreementAction, OverRounds, Session};

use super::{name, points};

/// Width of the choice of a round, in points.
const ROUND: f32 = 150.0;

/// Shows the tables, or what to do if there are no rounds.
pub(super) fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    points::heading(ui, words::over_rounds(), words::over_rounds_hint());
    if session.rounds().is_empty() {
        widgets::weak(ui, words::no_rounds());
        return;
    }
    state(ui, session, requests);
    let Some(found) = session.agreement().over_rounds().cloned() else { return };
    let of_rounds = found.rounds.iter().filter_map(|(_, point)| point.as_ref());
    let Some(columns) = columns(of_rounds) else { return };
    ui.scope(|ui| {
        points::table(ui, &columns, found.rounds.len(), |ui, row| {
            let (round, point) = &found.rounds[row];
            let title = round.as_ref().map_or_else(|| words::now().to_owned(), ToString::to_string);
            let shown = if point.is_some() { title.clone() } else { words::unreadable_round(&title) };
            heading(ui, &shown);
            (title, point.as_ref().map_or(&[][..], |point| &point.figures))
        });
    });
    with_themselves(ui, session, &found, requests);
}

/// Shows each person with themselves.
fn with_themselves(ui: &mut Ui, session: &Session, found: &OverRounds, requests: &mut Requests) {
    let Some(since) = &found.since else { return };
    points::heading(ui, words::with_themselves(), words::with_themselves_hint());
    let rounds = session.rounds().iter().filter(|round| Some(&round.id) != session.open_round());
    widgets::combo(ui, words::since(), words::since_round(&since.to_string()), ROUND, |ui| {
        for round in rounds {
            if ui.selectable_label(round.id == *since, round.id.to_string()).clicked() {
                requests.push(AgreementAction::CompareSince(round.id.clone()));
            }
        }
    });
    let Some(columns) = columns(found.with_themselves.iter().map(|(_, point)| point)) else {
        widgets::weak(ui, words::nobody_twice());
        return;
    };
    ui.scope(|ui| {
        points::table(ui, &columns, found.with_themselves.len(), |ui, row| {
            let (coder, point) = &found.with_themselves[row];
            let title = name(session.project(), coder);
            heading(ui, &title);
            (title, &point.figures)
        });
    });
}

/// Shows that figures are being computed, or are those of a moment ago.
fn state(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    if let Some(progress) = session.agreement().over_rounds_progress() {
        ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
        widgets::weak(ui, words::progress(false, progress.fraction()));
    } else if !session.over_rounds_are_fresh() && ui.button(words::recompute()).clicked() {
        requests.push(AgreementAction::RecomputeRounds);
    }
}

/// The figures of the columns: those of the first point that has any.
fn columns<'a>(mut points: impl Iterator<Item = &'a CurvePoint>) -> Option<Vec<PooledFigure>> {
    points.find(|point| !point.figures.is_empty()).map(|point| point.figures.clone())
}

fn heading(ui: &mut Ui, title: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(points::NAME, points::ROW), Sense::hover());
    let font = FontId::proportional(size::INTERFACE);
    widgets::line(ui, rect.with_min_x(rect.left() + 2.0), title, font, Tokens::of(ui).text);
}
