//! Who changed the picked passage, and when.

use egui::{CollapsingHeader, RichText, Ui};

use crate::panels::status::local_moment;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::{widgets, words};
use demarche_model::{Changed, Span, SpanRef};
use demarche_session::{HistoryAction, Session};

/// The changes of a passage, oldest first, behind a line that opens. The history is read when it is opened first.
pub(super) fn ui(ui: &mut Ui, session: &Session, at: &SpanRef, span: &Span, requests: &mut Requests) {
    ui.add_space(space::S);
    let head = RichText::new("History").size(size::SMALL).color(Tokens::of(ui).text_weak);
    CollapsingHeader::new(head).id_salt("history of the passage").show(ui, |ui| {
        let Some(changes) = session.changes_of_span(at.span) else {
            widgets::weak(ui, "Reading…");
            requests.push(HistoryAction::Read);
            return;
        };
        let project = session.project();
        let name = |id| project.annotator(id).map_or_else(|| id.to_string(), |a| a.name.clone());
        let tagged =
            changes.iter().any(|(_, change)| change.what == Changed::Span && change.before.is_empty());
        if !tagged {
            // It came before the history began, or in an import too large to be told passage by passage.
            let who = name(&at.layer.annotator);
            line(
                ui,
                &format!("{}, {who}", local_moment(span.created)),
                "tagged, or imported with many others",
            );
        }
        for (entry, change) in changes {
            let head = format!("{}, {}", local_moment(entry.at), name(&entry.who));
            line(ui, &head, &format!("{}\n{}", entry.step, words::history::change(change)));
        }
    });
}

fn line(ui: &mut Ui, head: &str, what: &str) {
    widgets::weak(ui, head);
    ui.label(RichText::new(what).size(size::SMALL));
    ui.add_space(space::XS);
}
