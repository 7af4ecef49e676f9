//! What kind of link two passages are joined by. It opens where the pointer has let go, or in the middle.

use crate::theme::icons as m;
use egui::{Event, FontId, Key, Modifiers, Pos2, Ui, vec2};

use super::Outcome;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_model::{LinkKind, SpanRef};
use demarche_session::{LinkAction, LinkDraft, Session};

/// The keys of the kinds, in their order.
const KEYS: &str = "123456789abcdefghijklmnopqrstuvwxyz";

/// Which of the kinds is chosen.
pub struct LinkForm {
    draft: LinkDraft,
    at: usize,
    pointer: Option<Pos2>,
    linked: bool,
}

impl LinkForm {
    /// Asks for the kind of this link; the one used last comes first to mind. `pointer`: where to ask.
    pub fn new(session: &Session, draft: LinkDraft, pointer: Option<Pos2>) -> Self {
        let kinds = &session.project().codebook().link_kinds;
        let last = kinds.iter().position(|kind| Some(&kind.id) == session.last_link_kind());
        Self { draft, at: last.unwrap_or(0), pointer, linked: false }
    }

    /// Where it shall open, if not in the middle.
    pub fn pointer(&self) -> Option<Pos2> {
        self.pointer
    }

    /// Whether it was drawn with the pointer and then given up, so that nothing stays marked.
    pub fn given_up(&self) -> bool {
        self.pointer.is_some() && !self.linked
    }

    /// Shows the passages and the kinds.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, "Link passages");
        self.ends(ui, session);
        ui.add_space(space::S);
        let kinds = &session.project().codebook().link_kinds;
        let last = kinds.len().saturating_sub(1);
        let (down, up, enter) = ui.input_mut(|input| {
            let mut take = |key| input.consume_key(Modifiers::NONE, key);
            (take(Key::ArrowDown), take(Key::ArrowUp), take(Key::Enter))
        });
        self.at = match (down, up) {
            (true, _) => (self.at + 1).min(last),
            (_, true) => self.at.saturating_sub(1),
            _ => self.at.min(last),
        };
        let mut chosen = typed(ui).or(enter.then_some(self.at));
        egui::ScrollArea::vertical().id_salt("kinds").max_height(320.0).show(ui, |ui| {
            for (index, kind) in kinds.iter().enumerate() {
                let response = self.kind(ui, session, kind, index);
                if (down || up) && index == self.at {
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

    /// The two passages, and a button that turns the link round.
    fn ends(&mut self, ui: &mut Ui, session: &Session) {
        let mine = |at: &SpanRef| session.may_edit(&at.layer.annotator);
        let away = self.draft.from.layer.document != self.draft.to.layer.document;
        end(ui, session, "From", &self.draft.from, away);
        end(ui, session, "To", &self.draft.to, away);
        if mine(&self.draft.from) && mine(&self.draft.to) {
            let icon = m::ICON_SWAP_VERT.rich_text().size(16.0);
            let button =
                ui.button((icon, "Turn round")).on_hover_text("Let the link lead the other way (Tab)");
            let tab = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Tab));
            if button.clicked() || tab {
                std::mem::swap(&mut self.draft.from, &mut self.draft.to);
            }
        } else if self.draft.reversed {
            widgets::weak(ui, "It leads this way, since a link starts at a passage of one’s own.");
        }
    }

    fn kind(&self, ui: &mut Ui, session: &Session, kind: &LinkKind, index: usize) -> egui::Response {
        let there = session.is_linked(&self.draft.from, &self.draft.to, &kind.id);
        let (rect, response) = widgets::row(ui, size::ROW, index == self.at, &kind.name);
        let tokens = Tokens::of(ui);
        let colour = if there { tokens.text_faint } else { tokens.text };
        if let Some(key) = KEYS.chars().nth(index) {
            let cap = egui::Rect::from_center_size(rect.left_center() + vec2(16.0, 0.0), vec2(18.0, 18.0));
            widgets::key_cap(ui, cap, &key.to_ascii_uppercase().to_string());
        }
        let mut name = rect.with_min_x(rect.left() + 34.0).with_max_x(rect.right() - space::S);
        if there {
            let small = FontId::proportional(size::SMALL);
            name.max.x =
                widgets::line_right(ui, name, "linked so already", small, tokens.text_weak) - space::S;
        }
        widgets::line(ui, name, &kind.name, FontId::proportional(size::INTERFACE), colour);
        match kind.definition.is_empty() {
            true => response,
            false => response.on_hover_text(kind.definition.as_str()),
        }
    }
}

/// A line that names one end; `away` says whether the document is named too.
fn end(ui: &mut Ui, session: &Session, side: &str, at: &SpanRef, away: bool) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(36.0, size::ROW), egui::Sense::hover());
        let tokens = Tokens::of(ui);
        widgets::line(ui, rect, side, FontId::proportional(size::SMALL), tokens.text_weak);
        let title = session.project().document(&at.layer.document).map(|d| d.meta.title.as_str());
        let place = title.filter(|_| away).map_or(String::new(), |title| format!(", {title}"));
        ui.add(egui::Label::new(format!("{}{place}", session.span_name(at))).truncate());
    });
}

/// The kind whose key was pressed.
fn typed(ui: &Ui) -> Option<usize> {
    ui.input(|input| {
        let signs = input.events.iter().filter_map(|event| match event {
            Event::Text(text) => text.chars().next(),
            _ => None,
        });
        signs.filter_map(|sign| KEYS.find(sign.to_ascii_lowercase())).next_back()
    })
}
