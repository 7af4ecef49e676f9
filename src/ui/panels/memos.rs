//! The memos: the user's own on a subject, those of others beside it, and a list of all.

use egui::{FontId, Ui, pos2, vec2};

use crate::commands::{FocusCommand, MemoTarget};
use crate::requests::Requests;
use crate::theme::{Tokens, icons as m, size, space, strong};
use crate::widgets;
use crate::words::{memos as words, time};
use demarche_analysis::search::folded;
use demarche_model::{AnnotatorId, Memo, MemoSubject};
use demarche_session::{AnalysisNotesAction, MemoEntry, NavigateAction, Session};

/// The part of the panel's height that the memos on the shown subject take at most.
const SHOWN: f32 = 0.6;
/// Height of a row of the list, in points: the subject, and the first words.
const ROW: f32 = 42.0;
/// Greatest number of characters of another person's memo that are laid out.
const LAID_OUT: usize = Memo::MAX_CHARACTERS;

/// The kind of subject that the list shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Kind {
    #[default]
    All,
    Project,
    Documents,
    Categories,
    Gone,
}

impl Kind {
    const ALL: [Self; 5] = [Self::All, Self::Project, Self::Documents, Self::Categories, Self::Gone];

    fn name(self) -> &'static str {
        match self {
            Self::All => words::all_kinds(),
            Self::Project => words::project(),
            Self::Documents => words::documents(),
            Self::Categories => words::categories(),
            Self::Gone => words::gone(),
        }
    }

    fn has(self, session: &Session, subject: &MemoSubject) -> bool {
        let is_there = session.project().has_subject(subject);
        match (self, subject) {
            (Self::All, _) => true,
            (Self::Gone, _) => !is_there,
            (Self::Project, MemoSubject::Project)
            | (Self::Documents, MemoSubject::Document(_))
            | (Self::Categories, MemoSubject::Category(_)) => is_there,
            (Self::Project | Self::Documents | Self::Categories, _) => false,
        }
    }
}

/// A row of the list.
struct Line {
    subject: MemoSubject,
    owner: AnnotatorId,
    title: String,
    /// The author, unless it is the user.
    author: String,
    first_words: String,
}

/// What the rows of the list depend on.
#[derive(PartialEq)]
struct ListedFor {
    revision: (u64, Option<u64>),
    me: AnnotatorId,
    filter: String,
    kind: Kind,
}

/// The state of the panel between frames.
#[derive(Default)]
pub struct MemosPanel {
    filter: String,
    kind: Kind,
    /// The rows that match, and what they were found for.
    lines: Vec<Line>,
    listed_for: Option<ListedFor>,
    /// The subject whose text is being typed.
    edited: Option<MemoSubject>,
    text: String,
    wants_focus: bool,
}

impl MemosPanel {
    /// Gives the user's memo on the shown subject the keyboard in the next frame; without one, the list.
    pub fn request_focus(&mut self) {
        self.wants_focus = true;
    }

    /// Shows the panel.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let focus = std::mem::take(&mut self.wants_focus);
        let shown = session.shown_memo().cloned();
        if let Some(subject) = &shown {
            let height = ui.available_height() * SHOWN;
            let area = egui::ScrollArea::vertical().id_salt(("memos on", subject)).max_height(height);
            area.show(ui, |ui| self.shown(ui, session, subject, focus, requests));
            ui.separator();
        }
        self.list(ui, session, focus && shown.is_none(), requests);
    }

    /// Shows the memos on a subject.
    fn shown(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        subject: &MemoSubject,
        focus: bool,
        requests: &mut Requests,
    ) {
        let entries = session.memos_on(subject);
        self.head(ui, session, subject, &entries, requests);
        let mine = entries.iter().find(|entry| entry.is_mine);
        self.field(ui, session, subject, mine.map_or("", |entry| &entry.memo.text), focus, requests);
        if let Some(mine) = mine {
            widgets::weak(ui, words::changed(&time::local_moment(mine.memo.modified)));
        }
        for entry in entries.iter().filter(|entry| !entry.is_mine) {
            other(ui, session, entry);
        }
    }

    fn head(
        &self,
        ui: &mut Ui,
        session: &Session,
        subject: &MemoSubject,
        entries: &[MemoEntry<'_>],
        requests: &mut Requests,
    ) {
        widgets::caption(ui, kind_of(session, subject));
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let is_mine = entries.iter().any(|entry| entry.is_mine);
                let can_delete = is_mine && session.read_only().is_none();
                ui.add_enabled_ui(can_delete, |ui| {
                    if widgets::icon_button(ui, m::ICON_DELETE, words::delete()).clicked() {
                        requests.push(AnalysisNotesAction::DeleteMemo(subject.clone()));
                    }
                });
                let title = session.memo_title(subject);
                let rect = ui.available_rect_before_wrap();
                let (rect, response) = ui.allocate_exact_size(rect.size(), egui::Sense::hover());
                let tokens = Tokens::of(ui);
                widgets::line(ui, rect, title, strong(size::INTERFACE), tokens.text);
                response.on_hover_text(title);
            });
        });
    }

    fn field(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        subject: &MemoSubject,
        saved: &str,
        focus: bool,
        requests: &mut Requests,
    ) {
        if saved.len() > LAID_OUT && saved.chars().count() > LAID_OUT {
            widgets::weak(ui, words::too_long());
            return;
        }
        let id = ui.make_persistent_id(("memo", subject));
        let typing = ui.memory(|memory| memory.has_focus(id));
        if self.edited.as_ref() != Some(subject) || !typing {
            self.edited = Some(subject.clone());
            saved.clone_into(&mut self.text);
        }
        let field = egui::TextEdit::multiline(&mut self.text)
            .id(id)
            .hint_text(words::hint())
            .desired_rows(6)
            .desired_width(f32::INFINITY)
            .char_limit(Memo::MAX_CHARACTERS);
        let response = ui.add_enabled(session.read_only().is_none(), field);
        let name = words::field(session.memo_title(subject));
        ui.ctx().accesskit_node_builder(id, |node| node.set_label(name));
        if focus {
            response.request_focus();
        }
        if response.changed() {
            let (subject, text) = (subject.clone(), self.text.clone());
            requests.push(AnalysisNotesAction::WriteMemo { subject, text });
        }
    }

    /// Shows the list of all memos.
    fn list(&mut self, ui: &mut Ui, session: &Session, focus: bool, requests: &mut Requests) {
        ui.horizontal(|ui| {
            widgets::combo(ui, words::kind(), self.kind.name(), 96.0, |ui| {
                for kind in Kind::ALL {
                    ui.selectable_value(&mut self.kind, kind, kind.name());
                }
            });
            let filter = egui::TextEdit::singleline(&mut self.filter).hint_text(words::filter());
            let filter = ui.add(filter.desired_width(f32::INFINITY));
            if focus {
                filter.request_focus();
            }
        });
        ui.add_space(space::XS);
        self.refresh(session);
        if self.lines.is_empty() {
            let is_filtered = !self.filter.is_empty() || self.kind != Kind::All;
            let title = if is_filtered { words::no_match() } else { words::empty() };
            return widgets::empty_state(ui, title, words::empty_hint());
        }
        let shown = session.shown_memo();
        let area = egui::ScrollArea::vertical().id_salt("memos").auto_shrink(false);
        area.show_rows(ui, ROW, self.lines.len(), |ui, rows| {
            for line in &self.lines[rows] {
                row(ui, line, shown == Some(&line.subject), requests);
            }
        });
    }

    /// Lists the memos if they, or what they are about, or the filter have changed.
    fn refresh(&mut self, session: &Session) {
        let now = ListedFor {
            revision: session.memos_revision(),
            me: session.me().clone(),
            filter: self.filter.clone(),
            kind: self.kind,
        };
        if self.listed_for.as_ref() == Some(&now) {
            return;
        }
        let needle = folded(&self.filter);
        let lines = session.memos().into_iter().filter(|entry| self.kind.has(session, entry.subject));
        let lines = lines.map(|entry| (line(session, &entry), entry));
        let matching = lines.filter(|(line, entry)| {
            let texts = [&line.title, &line.author, &entry.memo.text];
            texts.into_iter().any(|text| folded(text).contains(&needle))
        });
        self.lines = matching.map(|(line, _)| line).collect();
        self.listed_for = Some(now);
    }
}

fn line(session: &Session, entry: &MemoEntry<'_>) -> Line {
    Line {
        subject: entry.subject.clone(),
        owner: entry.owner.clone(),
        title: match session.project().has_subject(entry.subject) {
            true => words::title(entry.subject, session.memo_title(entry.subject)),
            false => words::gone_title(session.memo_title(entry.subject)),
        },
        author: if entry.is_mine { String::new() } else { session.project().name_of(entry.owner).to_owned() },
        first_words: words::first_words(&entry.memo.text),
    }
}

fn kind_of(session: &Session, subject: &MemoSubject) -> &'static str {
    match subject {
        _ if !session.project().has_subject(subject) => words::gone(),
        MemoSubject::Project => words::project(),
        MemoSubject::Document(_) => words::document(),
        MemoSubject::Category(_) => words::category(),
    }
}

/// Shows the memo of another person.
fn other(ui: &mut Ui, session: &Session, entry: &MemoEntry<'_>) {
    ui.add_space(space::S);
    let name = session.project().name_of(entry.owner);
    widgets::caption(ui, &words::author(name, &time::local_moment(entry.memo.modified)));
    let text = &entry.memo.text;
    let shown = text.char_indices().nth(LAID_OUT).map_or(text.as_str(), |(end, _)| &text[..end]);
    ui.add(egui::Label::new(shown).selectable(true).wrap());
    if shown.len() < text.len() {
        widgets::weak(ui, words::shortened());
    }
}

/// Shows a memo in the list. A click goes to what it is about, and shows the memos on it.
fn row(ui: &mut Ui, line: &Line, selected: bool, requests: &mut Requests) {
    let name = words::row(&line.title, &line.author, &line.first_words);
    let id = (&line.owner, &line.subject);
    let (rect, response) = ui.push_id(id, |ui| widgets::row(ui, ROW, selected, &name)).inner;
    let tokens = Tokens::of(ui);
    let inside = rect.shrink2(vec2(space::S, space::XS));
    let top = inside.with_max_y(inside.center().y);
    let small = FontId::proportional(size::SMALL);
    let end = widgets::line_right(ui, top, &line.author, small.clone(), tokens.text_weak);
    let title = egui::Rect::from_min_max(top.min, pos2(end - space::S, top.bottom()));
    widgets::line(ui, title, &line.title, FontId::proportional(size::INTERFACE), tokens.text);
    let bottom = inside.with_min_y(inside.center().y);
    widgets::line(ui, bottom, &line.first_words, small, tokens.text_weak);
    if response.clicked() {
        if let MemoSubject::Document(id) = &line.subject {
            requests.push(NavigateAction::OpenDocument(id.clone()));
        }
        open(&line.subject, requests);
    }
}

/// Requests that the memos on a subject are shown, and the user's own gets the keyboard.
pub fn open(subject: &MemoSubject, requests: &mut Requests) {
    requests.push(AnalysisNotesAction::ShowMemo(subject.clone()));
    requests.push(FocusCommand::Memo(MemoTarget::Shown));
}

/// Adds an entry to a context menu that opens the memo on a subject.
pub fn menu_entry(ui: &mut Ui, session: &Session, subject: &MemoSubject, requests: &mut Requests) {
    let text = if session.my_memo(subject).is_some() { words::edit() } else { words::add() };
    if ui.button(text).clicked() {
        open(subject, requests);
    }
}

/// The sign of a subject on which there is a memo.
pub fn sign(session: &Session, subject: &MemoSubject) -> Option<m::MaterialIcon> {
    session.has_memo(subject).then_some(m::ICON_NOTES)
}

/// Shows the first words of the memos on a subject, for its tooltip.
pub fn tooltip(ui: &mut Ui, session: &Session, subject: &MemoSubject) {
    for entry in session.memos_on(subject) {
        let name = session.project().name_of(entry.owner);
        widgets::weak(ui, words::in_tooltip(name, &words::first_words(&entry.memo.text)));
    }
}
