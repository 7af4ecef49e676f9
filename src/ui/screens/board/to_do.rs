//! What the user has to do, and the document to go on with.

use egui::{FontId, RichText, ScrollArea, Ui, pos2, vec2};

use crate::commands::CommandId;
use crate::panels::documents::status_mark;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::board as words;
use demarche_analysis::context::shorten;
use demarche_model::{DocumentId, Status};
use demarche_session::{BoardAction, ReturnedDocument, Session, ToDo};

/// Widest list, in points.
const WIDTH: f32 = 720.0;

/// Longest remark at the end of a row, in characters; all of it is in the tooltip.
const REMARK_CHARACTERS: usize = 60;

/// A line of the list.
enum Line<'a> {
    /// The heading of a section.
    Heading(String),
    /// A document that came back.
    Returned(&'a ReturnedDocument),
    /// A document, with the user's status.
    Document(&'a DocumentId, Status),
}

/// Shows the list.
pub(super) fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let list = session.board().to_do();
    let Some(next) = list.next() else {
        let hint = if list.done > 0 { words::all_done_hint() } else { words::nothing_assigned_hint() };
        let title = if list.done > 0 { words::all_done() } else { words::nothing_assigned() };
        return widgets::empty_page(ui, title, hint);
    };
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        let title = session.project().document(next).map_or("", |document| &document.meta.title);
        if widgets::primary_button(ui, &words::go_on(title)).clicked() {
            requests.push(BoardAction::OpenLayer(next.clone(), session.me().clone()));
        }
        widgets::weak(ui, words::left_and_done(list.left(), list.done));
    });
    ui.add_space(space::S);
    ScrollArea::vertical().id_salt("to do").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 0.0;
        widgets::visible_rows(ui, size::ROW, lines(list), |ui, at| match line(list, at) {
            Some(Line::Heading(text)) => {
                let (rect, _) =
                    ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), egui::Sense::hover());
                widgets::line(ui, rect, &text, strong(size::INTERFACE), Tokens::of(ui).text);
            }
            Some(Line::Returned(returned)) => {
                let end = end_of(session, returned);
                let has_unread = returned.unread > 0;
                document(
                    ui,
                    session,
                    (&returned.id, session.status(&returned.id)),
                    (&end, has_unread),
                    requests,
                );
            }
            Some(Line::Document(id, status)) => document(ui, session, (id, status), ("", false), requests),
            None => {}
        });
    });
}

/// The lengths of the three sections, each with its heading if it has documents.
fn sections(list: &ToDo) -> [usize; 3] {
    [list.returned.len(), list.begun.len(), list.new.len()]
}

fn lines(list: &ToDo) -> usize {
    sections(list).iter().map(|count| if *count > 0 { count + 1 } else { 0 }).sum()
}

/// Returns a line by its number.
fn line(list: &ToDo, mut at: usize) -> Option<Line<'_>> {
    for (section, count) in sections(list).into_iter().enumerate().filter(|(_, count)| *count > 0) {
        match at.checked_sub(1) {
            None => return Some(Line::Heading(words::section(section, count))),
            Some(index) if index < count => return document_line(list, section, index),
            Some(_) => at -= count + 1,
        }
    }
    None
}

fn document_line(list: &ToDo, section: usize, index: usize) -> Option<Line<'_>> {
    match section {
        0 => list.returned.get(index).map(Line::Returned),
        1 => list.begun.get(index).map(|id| Line::Document(id, Status::InProgress)),
        _ => list.new.get(index).map(|id| Line::Document(id, Status::New)),
    }
}

/// Who has returned a document and why, and the number of decisions to read.
fn end_of(session: &Session, ReturnedDocument { by, unread, .. }: &ReturnedDocument) -> String {
    let by = by.as_ref().map(|(lead, reason)| words::returned_by(session.project().name_of(lead), reason));
    let unread = (*unread > 0).then(|| words::unread(*unread));
    by.into_iter().chain(unread).collect::<Vec<_>>().join(" · ")
}

/// Shows a document, with a remark at the end of its row.
fn document(
    ui: &mut Ui,
    session: &Session,
    (id, status): (&DocumentId, Status),
    (remark, has_unread): (&str, bool),
    requests: &mut Requests,
) {
    let tokens = Tokens::of(ui);
    let title = session.project().document(id).map_or("", |document| &document.meta.title);
    let (rect, response) = widgets::row(ui, size::ROW, false, &words::open_with_remark(title, remark));
    status_mark(ui, pos2(rect.left() + space::M, rect.center().y), status);
    let right = rect.with_max_x(rect.right() - space::S);
    let small = FontId::proportional(size::SMALL);
    let end = match remark {
        "" => right.right(),
        remark => widgets::line_right(ui, right, &shorten(remark, REMARK_CHARACTERS), small, tokens.warning),
    };
    let text = rect.with_min_x(rect.left() + space::XL).with_max_x(end - space::S);
    widgets::line(ui, text, title, FontId::proportional(size::INTERFACE), tokens.text);
    if response.clicked() {
        requests.push(BoardAction::OpenLayer(id.clone(), session.me().clone()));
        if has_unread {
            requests.push(CommandId::ShowInbox);
        }
    }
    response.on_hover_ui(|ui| {
        ui.label(RichText::new(title));
        if !remark.is_empty() {
            ui.label(remark);
        }
    });
}
