//! The picked passage: what it is tagged as, what is said of it, the note, who and when. With nothing picked, the
//! document.

mod links;

use egui::{FontFamily, FontId, RichText, Ui};
use egui_material_icons::icons as m;
use smol_str::SmolStr;

use crate::model::{AttributeDef, AttributeKind, DocumentMeta, Span, SpanId, SpanRef, Text, Value};
use crate::session::{Action, Session};
use crate::ui::theme::{READING, Tokens, size, space, strong};
use crate::ui::widgets::{self, MetaFields};

use super::status::local_moment;

/// Characters of the passage that are shown at most.
const QUOTE: usize = 600;

/// What the panel remembers between frames: texts that are being typed.
#[derive(Default)]
pub struct Inspector {
    note_of: Option<SpanId>,
    note: String,
    typed: SmolStr,
    focus_note: bool,
    meta: Option<(DocumentMeta, MetaFields)>,
}

impl Inspector {
    /// Gives the note the keyboard at the next frame.
    pub fn focus_note(&mut self) {
        self.focus_note = true;
    }

    /// Shows the picked passage, or the document.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) {
        let picked = session.picked().zip(session.picked_span());
        egui::ScrollArea::vertical().id_salt("inspector").auto_shrink(false).show(ui, |ui| {
            match (picked, session.document().and_then(|d| d.text.as_ref())) {
                (Some((at, span)), Some(text)) => self.passage(ui, session, at, span, text, actions),
                _ => self.document(ui, session, actions),
            }
        });
    }

    fn passage(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        at: &SpanRef,
        span: &Span,
        text: &Text,
        actions: &mut Vec<Action>,
    ) {
        let mine = at.layer.annotator == *session.me() && session.read_only().is_none();
        head(ui, session, at, span, mine, actions);
        ui.add_space(space::S);
        quote(ui, &span.quote(text));
        ui.add_space(space::M);
        let attributes = session.project().codebook().attributes.iter();
        let fits = |a: &&std::sync::Arc<AttributeDef>| {
            a.categories.is_empty() || a.categories.contains(&span.category)
        };
        ui.add_enabled_ui(mine, |ui| {
            egui::Grid::new("attributes").num_columns(2).spacing([space::M, space::S]).show(ui, |ui| {
                for attribute in attributes.filter(fits) {
                    widgets::caption(ui, &attribute.name);
                    self.attribute(ui, session, at, attribute, span.attributes.get(&attribute.id), actions);
                    ui.end_row();
                }
            });
            self.note(ui, at, span, mine, actions);
        });
        links::ui(ui, session, at, actions);
        also_here(ui, session, at, span, actions);
        ui.add_space(space::M);
        foot(ui, session, at, span, mine, actions);
    }

    fn attribute(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        at: &SpanRef,
        attribute: &AttributeDef,
        value: Option<&Value>,
        actions: &mut Vec<Action>,
    ) {
        let mut set = |to: Option<Value>| {
            actions.push(Action::SetAttribute { at: vec![at.clone()], attribute: attribute.id.clone(), to });
        };
        match &attribute.kind {
            AttributeKind::Actor => self.choice(ui, attribute, session.project().actors(), value, &mut set),
            AttributeKind::Issue => self.choice(ui, attribute, session.project().issues(), value, &mut set),
            AttributeKind::Choice(choices) => {
                let choices: Vec<String> = choices.iter().map(|choice| choice.to_string()).collect();
                self.choice(ui, attribute, &choices, value, &mut set);
            }
            AttributeKind::Flag => {
                let mut on = matches!(value, Some(Value::Flag(true)));
                let checkbox = ui.checkbox(&mut on, "");
                checkbox.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, attribute.name.as_str())
                });
                if checkbox.changed() {
                    set(on.then_some(Value::Flag(true)));
                }
            }
            _ => {
                widgets::weak(ui, value.map_or_else(|| "–".to_owned(), value_text));
            }
        }
    }

    /// A choice from a list; what is typed and not in the list can be chosen too.
    fn choice(
        &mut self,
        ui: &mut Ui,
        attribute: &AttributeDef,
        choices: &[String],
        value: Option<&Value>,
        set: &mut impl FnMut(Option<Value>),
    ) {
        let current = value.map_or_else(|| "–".to_owned(), value_text);
        let width = ui.available_width().min(220.0);
        widgets::combo(ui, &attribute.name, current.clone(), width, |ui| {
            if ui.selectable_label(value.is_none(), "–").clicked() {
                set(None);
            }
            for choice in choices {
                if ui.selectable_label(*choice == current, choice).clicked() {
                    set(Some(Value::Choice(choice.into())));
                }
            }
            if attribute.kind == AttributeKind::Actor || attribute.kind == AttributeKind::Issue {
                ui.separator();
                let mut typed = self.typed.to_string();
                let field = ui.add(
                    egui::TextEdit::singleline(&mut typed)
                        .hint_text("another, then Enter")
                        .desired_width(160.0),
                );
                let done = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
                self.typed = typed.into();
                if done && !self.typed.trim().is_empty() {
                    set(Some(Value::Choice(self.typed.trim().into())));
                    self.typed = SmolStr::default();
                    ui.close();
                }
            }
        });
    }

    fn note(&mut self, ui: &mut Ui, at: &SpanRef, span: &Span, mine: bool, actions: &mut Vec<Action>) {
        ui.add_space(space::S);
        widgets::caption(ui, "Note");
        let id = ui.make_persistent_id("note");
        let typing = ui.memory(|memory| memory.has_focus(id));
        if self.note_of != Some(span.id) || !typing {
            self.note_of = Some(span.id);
            self.note.clone_from(&span.note);
        }
        let hint = if mine { "What you want to remember of this passage (F2)" } else { "No note" };
        let field = egui::TextEdit::multiline(&mut self.note)
            .id(id)
            .hint_text(hint)
            .desired_rows(3)
            .desired_width(f32::INFINITY);
        let field = ui.add(field);
        if std::mem::take(&mut self.focus_note) {
            field.request_focus();
        }
        if field.changed() {
            actions.push(Action::SetNote { at: at.clone(), note: self.note.clone() });
        }
    }

    fn document(&mut self, ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) {
        let Some(document) = session.document() else {
            return widgets::empty_state(ui, "Nothing open", "Open a document in the list at the left.");
        };
        widgets::heading(ui, "Document", |_| {});
        ui.add_space(space::XS);
        let known = self.meta.take().filter(|(of, _)| *of == document.meta);
        let (_, mut fields) =
            known.unwrap_or_else(|| (document.meta.clone(), MetaFields::new(&document.meta)));
        let left = ui.add_enabled_ui(session.read_only().is_none(), |ui| fields.ui(ui)).inner;
        if left && let Some(meta) = fields.applied_to(&document.meta) {
            actions.push(Action::SetMeta(Box::new(meta)));
        }
        self.meta = Some((document.meta.clone(), fields));
        ui.add_space(space::M);
        let origin = &document.meta.origin;
        let from = if origin.file_name.is_empty() { "pasted text" } else { origin.file_name.as_str() };
        widgets::weak(
            ui,
            format!(
                "{} characters, from {from} ({})",
                widgets::count(document.meta.characters),
                origin.encoding
            ),
        );
        ui.add_space(space::L);
        ui.separator();
        widgets::empty_state(
            ui,
            "No passage picked",
            "Click a tagged passage, or press Tab in the text, to see and change it here. \
             To tag: select words, then press the key of a category.",
        );
    }
}

/// The category, and which of how many passages this is.
fn head(ui: &mut Ui, session: &Session, at: &SpanRef, span: &Span, mine: bool, actions: &mut Vec<Action>) {
    let codebook = session.project().codebook();
    ui.horizontal(|ui| {
        let category = codebook.category(&span.category);
        let name = codebook.name_of(&span.category).to_owned();
        let (rect, _) = ui.allocate_exact_size(egui::vec2(14.0, size::ROW), egui::Sense::hover());
        if let Some(category) = category {
            widgets::swatch(ui, rect.center(), category.colour);
        }
        if mine {
            let text = RichText::new(name).font(strong(size::HEADING));
            widgets::combo(ui, "Category", text, 150.0, |ui| {
                for choice in codebook.categories.iter().filter(|c| !c.retired) {
                    if widgets::category_item(ui, choice).clicked() {
                        actions
                            .push(Action::SetCategory { at: vec![at.clone()], category: choice.id.clone() });
                        ui.close();
                    }
                }
            });
        } else {
            ui.label(RichText::new(name).font(strong(size::HEADING)));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if let Some(position) = session.passages().position(session.project(), at) {
                widgets::weak(
                    ui,
                    format!("{} of {}", position + 1, widgets::count(session.passages().len())),
                );
            }
        });
    });
}

fn quote(ui: &mut Ui, words: &str) {
    let tokens = Tokens::of(ui);
    let shown = crate::analysis::context::shorten(words, QUOTE);
    let font = FontId::new(15.0, FontFamily::Name(READING.into()));
    let frame = egui::Frame::new().fill(tokens.page).corner_radius(size::RADIUS).inner_margin(space::S);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(egui::Label::new(RichText::new(format!("“{shown}”")).font(font)).wrap().selectable(true));
    });
}

/// A value as people read it.
pub fn value_text(value: &Value) -> String {
    match value {
        Value::Choice(text) | Value::Date(text) => text.to_string(),
        Value::Choices(many) => many.iter().map(SmolStr::as_str).collect::<Vec<_>>().join(", "),
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Flag(true) => "yes".to_owned(),
        Value::Flag(false) => "no".to_owned(),
    }
}

/// Other passages over the same words, so that every one of them can be reached.
fn also_here(ui: &mut Ui, session: &Session, at: &SpanRef, span: &Span, actions: &mut Vec<Action>) {
    let Some(document) = session.document() else { return };
    let mut others = Vec::new();
    for (annotator, layer) in session.layers(document) {
        let id = crate::model::LayerId::new(document.id(), annotator);
        let overlapping =
            layer.index().overlapping(span.ranges.cover()).filter_map(|entry| layer.span(entry.span));
        let overlapping = overlapping.map(|other| SpanRef { layer: id.clone(), span: other.id });
        others.extend(overlapping.filter(|other| other != at).take(8));
    }
    others.dedup();
    if others.is_empty() {
        return;
    }
    ui.add_space(space::S);
    widgets::caption(ui, "Over the same words");
    for other in others.into_iter().take(8) {
        let Some(span) = session.project().span(&other) else { continue };
        let codebook = session.project().codebook();
        let name = codebook.name_of(&span.category).to_owned();
        let who =
            if other.layer.annotator == *session.me() { String::new() } else { name_of(session, &other) };
        let (rect, response) = widgets::row(ui, size::ROW, false, &name);
        if let Some(category) = codebook.category(&span.category) {
            widgets::swatch(ui, rect.left_center() + egui::vec2(space::S, 0.0), category.colour);
        }
        let font = FontId::proportional(size::INTERFACE);
        let tokens = Tokens::of(ui);
        widgets::line(ui, rect.with_min_x(rect.left() + 20.0), &name, font, tokens.text);
        let right = rect.with_max_x(rect.right() - space::S);
        widgets::line_right(ui, right, &who, FontId::proportional(size::SMALL), tokens.text_weak);
        if response.clicked() {
            actions.push(Action::Pick(Some(other)));
        }
    }
}

fn name_of(session: &Session, at: &SpanRef) -> String {
    let annotator = &at.layer.annotator;
    session.project().annotator(annotator).map_or_else(|| annotator.to_string(), |a| a.name.clone())
}

fn foot(ui: &mut Ui, session: &Session, at: &SpanRef, span: &Span, mine: bool, actions: &mut Vec<Action>) {
    let changed = if span.modified == span.created { "" } else { ", changed since" };
    widgets::weak(ui, format!("{}, {}{changed}", name_of(session, at), local_moment(span.created)));
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        if mine {
            let icon = m::ICON_DELETE.rich_text().size(16.0);
            if ui.button((icon, "Remove")).on_hover_text("Remove the tag; the text stays (Delete)").clicked()
            {
                actions.push(Action::Remove(vec![at.clone()]));
            }
        } else if session.read_only().is_none() {
            let hint = "Tag the same words with the same category in your own layer";
            if ui.button("Tag so too").on_hover_text(hint).clicked() {
                actions.push(Action::TagAlso(span.category.clone()));
            }
        }
        if widgets::icon_button(ui, m::ICON_FORMAT_QUOTE, "Copy with citation (Ctrl+Shift+C)").clicked() {
            actions.push(Action::Run("edit.cite"));
        }
    });
}
