//! Choosing the kind of a link. The dialog opens where the pointer was released, or in the middle of the window.

use crate::theme::icons as m;
use egui::{Event, FontId, Key, Modifiers, Pos2, Ui, vec2};

use super::Outcome;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::{widgets, words::linking as words};
use demarche_model::{LinkKind, SpanRef};
use demarche_session::{LinkAction, LinkDraft, Session};

/// The keys of the kinds, in order.
const KEYS: &str = "123456789abcdefghijklmnopqrstuvwxyz";

/// The form for a link.
pub struct LinkForm {
    draft: LinkDraft,
    /// Index of the highlighted kind.
    highlighted: usize,
    pointer: Option<Pos2>,
    linked: bool,
}

impl LinkForm {
    /// A form that highlights the kind used last. `pointer` is where the link was dropped.
    pub fn new(session: &Session, draft: LinkDraft, pointer: Option<Pos2>) -> Self {
        let kinds = &session.project().codebook().link_kinds;
        let last = kinds.iter().position(|kind| Some(&kind.id) == session.last_link_kind());
        Self { draft, highlighted: last.unwrap_or(0), pointer, linked: false }
    }

    /// Where the dialog opens; `None` for the middle of the window.
    pub fn pointer(&self) -> Option<Pos2> {
        self.pointer
    }

    /// Whether the link was drawn with the pointer and not made, so that nothing stays marked.
    pub fn is_abandoned(&self) -> bool {
        self.pointer.is_some() && !self.linked
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, words::title());
        self.ends(ui, session);
        ui.add_space(space::S);
        let kinds = &session.project().codebook().link_kinds;
        let last = kinds.len().saturating_sub(1);
        let (down, up, enter) = ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            (pressed(Key::ArrowDown), pressed(Key::ArrowUp), pressed(Key::Enter))
        });
        self.highlighted = match (down, up) {
            (true, _) => (self.highlighted + 1).min(last),
            (_, true) => self.highlighted.saturating_sub(1),
            _ => self.highlighted.min(last),
        };
        let mut chosen = typed_kind(ui).or(enter.then_some(self.highlighted));
        egui::ScrollArea::vertical().id_salt("kinds").max_height(320.0).show(ui, |ui| {
            for (index, kind) in kinds.iter().enumerate() {
                let response = self.kind_row(ui, session, kind, index);
                if (down || up) && index == self.highlighted {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    chosen = Some(index);
                }
            }
        });
        let LinkDraft { from, to, .. } = &self.draft;
        match chosen.and_then(|index| kinds.get(index)) {
            Some(kind) if !session.is_linked(from, to, &kind.id) => {
                let (from, to, kind) = (from.clone(), to.clone(), kind.id.clone());
                requests.push(LinkAction::Add { from, to, kind });
                self.linked = true;
                Outcome::Close
            }
            _ => Outcome::Stay,
        }
    }

    /// Shows the two passages, and a button that reverses the link.
    fn ends(&mut self, ui: &mut Ui, session: &Session) {
        let mine = |passage: &SpanRef| session.may_edit(&passage.layer.annotator);
        let across_documents = self.draft.from.layer.document != self.draft.to.layer.document;
        end(ui, session, words::from(), &self.draft.from, across_documents);
        end(ui, session, words::to(), &self.draft.to, across_documents);
        if mine(&self.draft.from) && mine(&self.draft.to) {
            let icon = m::ICON_SWAP_VERT.rich_text().size(16.0);
            let button = ui.button((icon, words::reverse())).on_hover_text(words::reverse_hint());
            let tab = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Tab));
            if button.clicked() || tab {
                std::mem::swap(&mut self.draft.from, &mut self.draft.to);
            }
        } else if self.draft.reversed {
            widgets::weak(ui, words::fixed_direction());
        }
    }

    fn kind_row(&self, ui: &mut Ui, session: &Session, kind: &LinkKind, index: usize) -> egui::Response {
        let already_linked = session.is_linked(&self.draft.from, &self.draft.to, &kind.id);
        let (rect, response) = widgets::row(ui, size::ROW, index == self.highlighted, &kind.name);
        let tokens = Tokens::of(ui);
        let colour = if already_linked { tokens.text_faint } else { tokens.text };
        if let Some(key) = KEYS.chars().nth(index) {
            let cap = egui::Rect::from_center_size(rect.left_center() + vec2(16.0, 0.0), vec2(18.0, 18.0));
            widgets::key_cap(ui, cap, &key.to_ascii_uppercase().to_string());
        }
        let mut name = rect.with_min_x(rect.left() + 34.0).with_max_x(rect.right() - space::S);
        if already_linked {
            let (note, small) = (words::already_linked(), FontId::proportional(size::SMALL));
            name.max.x = widgets::line_right(ui, name, note, small, tokens.text_weak) - space::S;
        }
        widgets::line(ui, name, &kind.name, FontId::proportional(size::INTERFACE), colour);
        match kind.definition.is_empty() {
            true => response,
            false => response.on_hover_text(kind.definition.as_str()),
        }
    }
}

/// Shows one end of the link.
fn end(ui: &mut Ui, session: &Session, side: &str, passage: &SpanRef, with_document: bool) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(36.0, size::ROW), egui::Sense::hover());
        let tokens = Tokens::of(ui);
        widgets::line(ui, rect, side, FontId::proportional(size::SMALL), tokens.text_weak);
        let title = session.project().document(&passage.layer.document).map(|d| d.meta.title.as_str());
        let text = words::end(&session.span_name(passage), title.filter(|_| with_document));
        ui.add(egui::Label::new(text).truncate());
    });
}

/// The index of the kind whose key was pressed.
fn typed_kind(ui: &Ui) -> Option<usize> {
    ui.input(|input| {
        let typed = input.events.iter().filter_map(|event| match event {
            Event::Text(text) => text.chars().next(),
            _ => None,
        });
        typed.filter_map(|key| KEYS.find(key.to_ascii_lowercase())).next_back()
    })
}
