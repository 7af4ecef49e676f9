//! The history of the current passage: who changed it, and when.

use egui::{CollapsingHeader, RichText, Ui};

use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::time::local_moment;
use crate::words::{history, inspector as words};
use demarche_model::{Changed, Span, SpanRef};
use demarche_session::{HistoryAction, Session};

/// Shows the changes of a passage, oldest first, in a collapsible section. The audit log is read when the section is
/// first opened.
pub(super) fn ui(ui: &mut Ui, session: &Session, at: &SpanRef, span: &Span, requests: &mut Requests) {
    ui.add_space(space::S);
    let head = RichText::new(words::history()).size(size::SMALL).color(Tokens::of(ui).text_weak);
    CollapsingHeader::new(head).id_salt("history of the passage").show(ui, |ui| {
        let Some(changes) = session.changes_of_span(at.span) else {
            widgets::weak(ui, words::history_reading());
            requests.push(HistoryAction::Read);
            return;
        };
        let project = session.project();
        let name = |id| project.annotator(id).map_or_else(|| id.to_string(), |a| a.name.clone());
        let tagged =
            changes.iter().any(|(_, change)| change.what == Changed::Span && change.before.is_empty());
        if !tagged {
            // It is older than the audit log, or was imported with too many others to be logged one by one.
            let head = words::step(&local_moment(span.created), &name(&at.layer.annotator));
            line(ui, &head, words::tagged_before_history());
        }
        for (entry, change) in changes {
            let head = words::step(&local_moment(entry.at), &name(&entry.who));
            line(ui, &head, &format!("{}\n{}", entry.step, history::change(change)));
        }
    });
}

fn line(ui: &mut Ui, head: &str, what: &str) {
    widgets::weak(ui, head);
    ui.label(RichText::new(what).size(size::SMALL));
    ui.add_space(space::XS);
}
