//! Merging another copy of the project: what it adds, and the conflicts with both versions side by side.

use egui::{RichText, ScrollArea, Ui};

use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::{common, merge as words, review};
use demarche_analysis::merge_project::{
    ConflictLocation, EntryChange, MergePlan, PersonChange, ProjectChange,
};
use demarche_model::merge::{Conflict, ConflictKey, ConflictValue, Field, Side, SpanField};
use demarche_model::{DocumentId, LayerId, Project, Role, Span};
use demarche_session::{MergeAction, Merging, Session};

/// The most conflicts that are listed; with more, the copies are better merged in parts.
const MAX_CONFLICTS: usize = 400;

/// The most names that are listed of new documents and the like.
const MAX_NAMES: usize = 6;

/// Shows the merge.
pub fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
    let Some(merging) = session.merging() else { return Outcome::Close };
    super::title(ui, words::title());
    widgets::weak(ui, merging.source.display().to_string());
    ui.add_space(space::S);
    let plan = merging.plan();
    additions(ui, session, merging);
    proposals(ui, merging, requests);
    left_out(ui, merging);
    if !plan.conflicts.is_empty() {
        conflicts(ui, session, merging, requests);
    }
    match super::buttons(ui, words::confirm(), !plan.edits.is_empty()) {
        Some(Answer::Confirm) => {
            requests.push(MergeAction::Finish);
            Outcome::Close
        }
        Some(Answer::Cancel) => Outcome::Close,
        None => Outcome::Stay,
    }
}

/// Shows what the other copy adds, in a few lines.
fn additions(ui: &mut Ui, session: &Session, merging: &Merging) {
    let plan = merging.plan();
    if plan.is_empty() {
        ui.label(words::nothing_new());
        return;
    }
    let title = |id: &DocumentId| {
        let document = merging.theirs().document(id).or_else(|| session.project().document(id));
        document.map_or_else(|| id.to_string(), |document| document.meta.title.clone())
    };
    let documents: Vec<String> = plan.documents.iter().map(title).collect();
    names(ui, words::new_documents(), &documents);
    names(ui, words::new_people(), &plan.annotators);
    let changes = plan.changes.iter().filter(|change| !is_listed(change)).map(ToString::to_string);
    names(ui, words::project(), &changes.collect::<Vec<_>>());
    layers(ui, session, plan, &title);
    if plan.decisions > 0 {
        ui.label(words::decisions(plan.decisions));
    }
    if plan.notes > 0 {
        ui.label(words::notes(plan.notes));
    }
    if plan.contradictions > 0 {
        ui.label(words::contradictions(plan.contradictions));
    }
    if !merging.has_base() {
        widgets::weak(ui, words::no_base());
    }
    if !plan.unreadable.is_empty() {
        widgets::weak(ui, words::unreadable(plan.unreadable.len()));
    }
    if !plan.unreadable_notes.is_empty() {
        widgets::weak(ui, words::unreadable_notes(plan.unreadable_notes.len()));
    }
    if merging.problems > 0 {
        widgets::weak(ui, words::problems(merging.problems));
    }
}

/// Returns whether a change to the project file is listed on a line of its own.
fn is_listed(change: &ProjectChange) -> bool {
    match change {
        ProjectChange::Person { change: PersonChange::Added(role), .. } => *role == Role::Annotator,
        ProjectChange::Document { change, .. } => *change == EntryChange::Added,
        ProjectChange::Name { .. }
        | ProjectChange::Blind(_)
        | ProjectChange::Person { .. }
        | ProjectChange::Codebook { .. } => false,
    }
}

/// Shows the changes to the codebook that a packet proposes, to be ticked.
fn proposals(ui: &mut Ui, merging: &Merging, requests: &mut Requests) {
    let proposals = &merging.plan().proposals;
    if proposals.is_empty() {
        return;
    }
    ui.add_space(space::S);
    widgets::caption(ui, words::proposals());
    ScrollArea::vertical().id_salt("proposals").max_height(140.0).show(ui, |ui| {
        for proposal in proposals {
            let mut is_accepted = proposal.is_accepted;
            if ui.checkbox(&mut is_accepted, proposal.to_string()).changed() {
                requests.push(MergeAction::Accept(proposal.entry.clone(), is_accepted));
            }
        }
    });
}

/// Shows what a packet holds that is not merged.
fn left_out(ui: &mut Ui, merging: &Merging) {
    let left_out = &merging.plan().left_out;
    if left_out.is_empty() {
        return;
    }
    ui.add_space(space::S);
    widgets::caption(ui, words::left_out());
    ScrollArea::vertical().id_salt("left-out").max_height(100.0).show(ui, |ui| {
        for item in left_out {
            ui.add(egui::Label::new(item.to_string()).wrap());
        }
    });
}

fn names(ui: &mut Ui, what: &str, names: &[String]) {
    if names.is_empty() {
        return;
    }
    let listed: Vec<&str> = names.iter().take(MAX_NAMES).map(String::as_str).collect();
    let hidden = names.len() - listed.len();
    ui.add(egui::Label::new(words::named(what, &listed, hidden)).wrap());
}

/// Shows a row per layer that changes.
fn layers(ui: &mut Ui, session: &Session, plan: &MergePlan, title: &impl Fn(&DocumentId) -> String) {
    if plan.layers.is_empty() {
        return;
    }
    ui.add_space(space::S);
    widgets::caption(ui, words::passages());
    ScrollArea::vertical().id_salt("layers").max_height(140.0).show(ui, |ui| {
        let grid = egui::Grid::new("merge-layers").num_columns(5).striped(true);
        grid.spacing([space::L, space::XS]).show(ui, |ui| {
            let columns =
                [words::document(), words::annotator(), words::added(), words::changed(), words::removed()];
            for column in columns {
                widgets::weak(ui, column);
            }
            ui.end_row();
            for change in plan.layers.iter().take(MAX_CONFLICTS) {
                ui.add(egui::Label::new(title(&change.layer.document)).truncate());
                ui.label(session.project().name_of(&change.layer.annotator));
                for count in [change.added, change.changed, change.removed] {
                    ui.label(if count == 0 { "–".to_owned() } else { widgets::count(count) });
                }
                ui.end_row();
            }
        });
    });
}

fn conflicts(ui: &mut Ui, session: &Session, merging: &Merging, requests: &mut Requests) {
    let all = &merging.plan().conflicts;
    ui.add_space(space::S);
    let open = all.iter().filter(|(location, _)| !merging.is_decided(location)).count();
    widgets::caption(ui, &words::conflicts(all.len(), open));
    ui.horizontal(|ui| {
        for (name, side) in [(words::keep_all_here(), Side::Ours), (words::use_all_there(), Side::Theirs)] {
            if ui.button(name).clicked() {
                requests.extend(all.iter().map(|(location, _)| MergeAction::Decide(location.clone(), side)));
            }
        }
    });
    ScrollArea::vertical().id_salt("conflicts").max_height(280.0).show(ui, |ui| {
        for (index, (location, conflict)) in all.iter().take(MAX_CONFLICTS).enumerate() {
            ui.push_id(index, |ui| conflict_row(ui, session, merging, location, conflict, requests));
        }
        if all.len() > MAX_CONFLICTS {
            widgets::weak(ui, common::and_more(all.len() - MAX_CONFLICTS));
        }
    });
}

/// Shows what a conflict is about, and a button for each version.
fn conflict_row(
    ui: &mut Ui,
    session: &Session,
    merging: &Merging,
    location: &ConflictLocation,
    conflict: &Conflict,
    requests: &mut Requests,
) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::S);
    ui.label(RichText::new(heading(session, location, conflict)).size(size::SMALL).color(tokens.text_weak));
    let decided = merging.is_decided(location).then(|| merging.side(location));
    ui.columns(2, |columns| {
        for (ui, side) in columns.iter_mut().zip([Side::Ours, Side::Theirs]) {
            let project = if side == Side::Ours { session.project() } else { merging.theirs() };
            let value = describe_value(project, location.0.as_ref(), conflict, side);
            let chosen = decided == Some(side);
            let text = words::version(side, chosen, &value);
            let button = egui::Button::new(RichText::new(text)).selected(chosen).wrap();
            let width = ui.available_width();
            if ui.add(button.min_size(egui::vec2(width, size::ROW))).clicked() {
                requests.push(MergeAction::Decide(location.clone(), side));
            }
        }
    });
}

fn heading(session: &Session, location: &ConflictLocation, conflict: &Conflict) -> String {
    let project = session.project();
    let title = |id: &DocumentId| project.document(id).map(|document| document.meta.title.as_str());
    let what = match &conflict.at {
        ConflictKey::Span(_) => words::passage_conflict().to_owned(),
        ConflictKey::Link(_) => words::link_conflict().to_owned(),
        ConflictKey::Decision(_) => words::decision_conflict().to_owned(),
        ConflictKey::Name => words::name_conflict().to_owned(),
        ConflictKey::Annotator(id) => words::annotator_conflict(id.as_str()),
        ConflictKey::Category(id) => words::category_conflict(project.codebook().name_of(id)),
        ConflictKey::Alias(id) => words::alias_conflict(id.as_str()),
        ConflictKey::Attribute(id) => words::attribute_conflict(id.as_str()),
        ConflictKey::LinkKind(id) => words::link_kind_conflict(id.as_str()),
        ConflictKey::DocumentSet(id) => words::document_set_conflict(id.as_str()),
        ConflictKey::Relation(key) => words::relation_conflict(key),
        ConflictKey::View(_) => words::view_conflict().to_owned(),
        ConflictKey::Event(_) => words::event_conflict().to_owned(),
        ConflictKey::Phase(_) => words::phase_conflict().to_owned(),
        ConflictKey::Memo(_) => words::memo_conflict().to_owned(),
        ConflictKey::Document(id) => words::document_conflict(title(id).unwrap_or(id.as_str())),
    };
    let layer = location.0.as_ref();
    let layer = layer.map(|id| (project.name_of(&id.annotator), title(&id.document).unwrap_or_default()));
    let fields: Vec<String> = conflict.fields.iter().map(ToString::to_string).collect();
    words::heading(&what, layer, &fields)
}

/// The version of one side.
fn describe_value(project: &Project, layer: Option<&LayerId>, conflict: &Conflict, side: Side) -> String {
    match conflict.value(side) {
        ConflictValue::Removed => words::removed_side().to_owned(),
        ConflictValue::Description(text) => text.clone(),
        ConflictValue::Link(link) => words::link(link.kind.as_str(), link.to_document.as_str()),
        ConflictValue::Decision(decision) => {
            let verdict = decision.verdict.map_or(words::no_verdict(), review::verdict);
            words::decision(verdict, decision.comments.len())
        }
        ConflictValue::Span(span) => describe_span(project, layer, span, &conflict.fields),
    }
}

fn describe_span(project: &Project, layer: Option<&LayerId>, span: &Span, fields: &[Field]) -> String {
    let text = layer.and_then(|layer| project.document(&layer.document)).and_then(|d| d.text.as_ref());
    let quote = text.map(|text| span.quote(text)).unwrap_or_default();
    let mut parts = vec![
        project.codebook().name_of(&span.category).to_owned(),
        format!("“{}”", demarche_analysis::context::shorten(&quote, 80)),
    ];
    let differs = |field: SpanField| fields.is_empty() || fields.contains(&Field::Span(field));
    for (id, value) in &span.attributes {
        if differs(SpanField::Attribute(id.clone())) {
            parts.push(format!("{id} {value}"));
        }
    }
    if differs(SpanField::Note) && !span.note.is_empty() {
        parts.push(span.note.clone());
    }
    parts.join(", ")
}
