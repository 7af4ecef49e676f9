//! What another copy of the project would bring, and the conflicts, one beside the other.

use egui::{RichText, ScrollArea, Ui};

use super::Outcome;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_analysis::merge_project::{ConflictLocation, MergePlan};
use demarche_model::merge::{Conflict, ConflictKey, ConflictValue, Field, Side, SpanField};
use demarche_model::{DocumentId, LayerId, Project, Span};
use demarche_session::{MergeAction, Merging, Session};

/// Conflicts that are listed at most; a merge with more of them is better looked at in parts.
const LISTED: usize = 400;

/// Shows the merge.
pub fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
    let Some(merging) = session.merging() else { return Outcome::Close };
    super::title(ui, "Merge a project");
    widgets::weak(ui, merging.source.display().to_string());
    ui.add_space(space::S);
    let plan = merging.plan();
    brings(ui, session, merging);
    if !plan.conflicts.is_empty() {
        conflicts(ui, session, merging, requests);
    }
    let nothing = plan.edits.is_empty();
    match super::buttons(ui, "Merge", !nothing) {
        Some(true) => {
            requests.push(MergeAction::Finish);
            Outcome::Close
        }
        Some(false) => Outcome::Close,
        None => Outcome::Stay,
    }
}

/// What comes, in a few lines.
fn brings(ui: &mut Ui, session: &Session, merging: &Merging) {
    let plan = merging.plan();
    if plan.is_empty() {
        ui.label("Nothing new: all that it holds is here already.");
        return;
    }
    let title = |id: &DocumentId| {
        let document = merging.theirs().document(id).or_else(|| session.project().document(id));
        document.map_or_else(|| id.to_string(), |document| document.meta.title.clone())
    };
    let documents: Vec<String> = plan.documents.iter().map(title).collect();
    named(ui, "New documents", &documents);
    named(ui, "New people", &plan.annotators);
    named(ui, "Codebook", &plan.codebook);
    layers(ui, session, plan, &title);
    if plan.decisions > 0 {
        ui.label(format!("{} of reviewers", widgets::plural(plan.decisions, "decision")));
    }
    let mut remarks = Vec::new();
    if !merging.has_base() {
        remarks.push(
            "Nobody knows what the two were once, so nothing is removed: what one side removed comes back."
                .to_owned(),
        );
    }
    if !plan.unreadable.is_empty() {
        let count = widgets::plural(plan.unreadable.len(), "layer");
        remarks.push(format!("{count} can't be merged, since the file here can't be read."));
    }
    if merging.problems > 0 {
        let count = widgets::plural(merging.problems, "problem");
        remarks.push(format!("{count} in the files of the other one; what can't be read stays behind."));
    }
    for remark in remarks {
        widgets::weak(ui, remark);
    }
}

fn named(ui: &mut Ui, what: &str, names: &[String]) {
    if names.is_empty() {
        return;
    }
    let shown = names.iter().take(6).cloned().collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(6);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    ui.add(egui::Label::new(format!("{what} ({}): {shown}{more}", names.len())).wrap());
}

/// A row per layer that changes.
fn layers(ui: &mut Ui, session: &Session, plan: &MergePlan, title: &impl Fn(&DocumentId) -> String) {
    if plan.layers.is_empty() {
        return;
    }
    ui.add_space(space::S);
    widgets::caption(ui, "Passages");
    ScrollArea::vertical().id_salt("layers").max_height(140.0).show(ui, |ui| {
        egui::Grid::new("merge-layers").num_columns(5).striped(true).spacing([space::L, space::XS]).show(
            ui,
            |ui| {
                for heading in ["Document", "Whose", "new", "changed", "removed"] {
                    widgets::weak(ui, heading);
                }
                ui.end_row();
                for change in plan.layers.iter().take(LISTED) {
                    ui.add(egui::Label::new(title(&change.layer.document)).truncate());
                    ui.label(session.project().name_of(&change.layer.annotator));
                    for count in [change.added, change.changed, change.removed] {
                        ui.label(if count == 0 { "–".to_owned() } else { widgets::count(count) });
                    }
                    ui.end_row();
                }
            },
        );
    });
}

fn conflicts(ui: &mut Ui, session: &Session, merging: &Merging, requests: &mut Requests) {
    let all = &merging.plan().conflicts;
    ui.add_space(space::S);
    let open = all.iter().filter(|(spot, _)| !merging.is_decided(spot)).count();
    widgets::caption(
        ui,
        &format!(
            "{} ({open} to decide; what is not decided stays as it is here)",
            widgets::plural(all.len(), "conflict")
        ),
    );
    ui.horizontal(|ui| {
        for (name, side) in [("All as here", Side::Ours), ("All as there", Side::Theirs)] {
            if ui.button(name).clicked() {
                requests.extend(all.iter().map(|(spot, _)| MergeAction::Decide(spot.clone(), side)));
            }
        }
    });
    ScrollArea::vertical().id_salt("conflicts").max_height(280.0).show(ui, |ui| {
        for (index, (spot, conflict)) in all.iter().take(LISTED).enumerate() {
            ui.push_id(index, |ui| one(ui, session, merging, spot, conflict, requests));
        }
        if all.len() > LISTED {
            widgets::weak(ui, format!("and {} more", all.len() - LISTED));
        }
    });
}

/// One conflict: what it is about, and the two versions beside each other, to be chosen with a click.
fn one(
    ui: &mut Ui,
    session: &Session,
    merging: &Merging,
    spot: &ConflictLocation,
    conflict: &Conflict,
    requests: &mut Requests,
) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::S);
    ui.label(RichText::new(heading(session, spot, conflict)).size(size::SMALL).color(tokens.text_weak));
    let chosen = merging.is_decided(spot).then(|| merging.side(spot));
    ui.columns(2, |columns| {
        for (ui, side) in columns.iter_mut().zip([Side::Ours, Side::Theirs]) {
            let name = if side == Side::Ours { "Here" } else { "There" };
            let project = if side == Side::Ours { session.project() } else { merging.theirs() };
            let words = words(project, spot.0.as_ref(), conflict, side);
            let picked = chosen == Some(side);
            let mark = if picked { "✔ " } else { "" };
            let text = format!("{mark}{name}: {words}");
            let button = egui::Button::new(RichText::new(text)).selected(picked).wrap();
            let width = ui.available_width();
            if ui.add(button.min_size(egui::vec2(width, size::ROW))).clicked() {
                requests.push(MergeAction::Decide(spot.clone(), side));
            }
        }
    });
}

fn heading(session: &Session, spot: &ConflictLocation, conflict: &Conflict) -> String {
    let project = session.project();
    let place = spot.0.as_ref().map(|layer| {
        let title = project.document(&layer.document).map_or("", |document| &document.meta.title);
        format!("{}, {title}", project.name_of(&layer.annotator))
    });
    let what = match &conflict.at {
        ConflictKey::Span(_) => "Passage".to_owned(),
        ConflictKey::Link(_) => "Link".to_owned(),
        ConflictKey::Decision(_) => "Decision".to_owned(),
        ConflictKey::Name => "Name of the project".to_owned(),
        ConflictKey::Annotator(id) => format!("Annotator {id}"),
        ConflictKey::Category(id) => format!("Category {}", project.codebook().name_of(id)),
        ConflictKey::Alias(id) => format!("What the category {id} has become"),
        ConflictKey::Attribute(id) => format!("Attribute {id}"),
        ConflictKey::LinkKind(id) => format!("Kind of link {id}"),
        ConflictKey::Document(id) => {
            let title = project.document(id).map_or(id.as_str(), |document| &document.meta.title);
            format!("Document {title}")
        }
    };
    let fields = conflict.fields.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let fields = if fields.is_empty() { fields } else { format!(": {fields}") };
    place.map_or_else(|| format!("{what}{fields}"), |place| format!("{what} of {place}{fields}"))
}

/// What one side says, in words.
fn words(project: &Project, layer: Option<&LayerId>, conflict: &Conflict, side: Side) -> String {
    match conflict.value(side) {
        ConflictValue::Removed => "removed".to_owned(),
        ConflictValue::Description(words) => words.clone(),
        ConflictValue::Link(link) => format!("{} to {}", link.kind, link.to_document),
        ConflictValue::Decision(decision) => {
            let verdict =
                decision.verdict.map_or_else(|| "none".to_owned(), |verdict| format!("{verdict:?}"));
            format!("{verdict}, {}", widgets::plural(decision.comments.len(), "comment"))
        }
        ConflictValue::Span(span) => span_words(project, layer, span, &conflict.fields),
    }
}

fn span_words(project: &Project, layer: Option<&LayerId>, span: &Span, fields: &[Field]) -> String {
    let text = layer.and_then(|layer| project.document(&layer.document)).and_then(|d| d.text.as_ref());
    let quote = text.map(|text| span.quote(text)).unwrap_or_default();
    let mut parts = vec![
        project.codebook().name_of(&span.category).to_owned(),
        format!("“{}”", demarche_analysis::context::shorten(&quote, 80)),
    ];
    let asked = |field: SpanField| fields.is_empty() || fields.contains(&Field::Span(field));
    for (id, value) in &span.attributes {
        if asked(SpanField::Attribute(id.clone())) {
            parts.push(format!("{id} {value}"));
        }
    }
    if asked(SpanField::Note) && !span.note.is_empty() {
        parts.push(span.note.clone());
    }
    parts.join(", ")
}
