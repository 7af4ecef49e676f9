//! What to change of a passage of somebody else: category, words, attributes, and why.

use std::collections::BTreeMap;

use egui::Ui;

use super::Outcome;
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use demarche_analysis::context::shorten;
use demarche_analysis::segment;
use demarche_model::{
    AttributeDef, AttributeId, Bounds, CategoryId, Proposal, Ranges, Span, SpanRef, Value, ValueInput,
};
use demarche_session::{ReviewAction, Session};

/// The form.
pub struct ProposeForm {
    at: SpanRef,
    category: Option<CategoryId>,
    /// The words that are selected, where some are.
    selected: Option<Bounds>,
    take_selected: bool,
    attributes: BTreeMap<AttributeId, Option<Value>>,
    comment: String,
    focus: bool,
}

impl ProposeForm {
    /// Begins with what the user has proposed before; `None` where no passage is picked.
    pub fn new(session: &Session) -> Option<Self> {
        let at = session.review_target()?.clone();
        let document = session.project().document(&at.layer.document)?;
        let old = document.decision(session.me(), at.span).and_then(|decision| decision.proposal.clone());
        let old = old.unwrap_or_default();
        let text = document.text.as_ref()?;
        let range = segment::trim(text.as_str(), session.proposed_range());
        let selected = Ranges::one(range).and_then(|ranges| Bounds::from_ranges(&ranges, text));
        let take_selected = selected.is_some();
        Some(Self {
            at,
            category: old.category,
            selected: selected.or(old.bounds),
            take_selected,
            attributes: old.attributes,
            comment: String::new(),
            focus: true,
        })
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let Some(span) = session.project().span(&self.at).cloned() else { return Outcome::Close };
        super::title(ui, "Propose a change");
        widgets::weak(ui, session.span_name(&self.at));
        ui.add_space(space::S);
        self.category_field(ui, session, &span);
        ui.add_space(space::S);
        self.words_field(ui);
        ui.add_space(space::S);
        self.attribute_fields(ui, session, &span);
        ui.add_space(space::S);
        let field =
            widgets::text_field(ui, "Why", &mut self.comment, 1, "What the one who tagged it should know");
        if std::mem::take(&mut self.focus) {
            field.request_focus();
        }
        let proposal = self.proposal();
        match super::buttons(ui, "Propose", !proposal.is_empty()) {
            Some(true) => {
                let (at, comment) = (self.at.clone(), self.comment.clone());
                let proposal = Box::new(proposal);
                requests.push(ReviewAction::Propose { at, proposal, comment });
                Outcome::Close
            }
            Some(false) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn proposal(&self) -> Proposal {
        Proposal {
            category: self.category.clone(),
            bounds: self.selected.clone().filter(|_| self.take_selected),
            attributes: self.attributes.clone(),
        }
    }

    fn category_field(&mut self, ui: &mut Ui, session: &Session, span: &Span) {
        let codebook = session.project().codebook();
        widgets::caption(ui, "Category");
        let now = codebook.name_of(&span.category);
        let shown = match &self.category {
            Some(id) => codebook.name_of(id).to_owned(),
            None => format!("{now}, as it is"),
        };
        widgets::combo(ui, "Proposed category", shown, 260.0, |ui| {
            if ui.selectable_label(self.category.is_none(), format!("{now}, as it is")).clicked() {
                self.category = None;
            }
            for category in codebook.categories.iter().filter(|c| !c.retired && c.id != span.category) {
                if widgets::category_item(ui, category).clicked() {
                    self.category = Some(category.id.clone());
                    ui.close();
                }
            }
        });
    }

    fn words_field(&mut self, ui: &mut Ui) {
        widgets::caption(ui, "Words");
        match &self.selected {
            Some(bounds) => {
                let words = format!("These instead: “{}”", shorten(&bounds.quote, 90));
                ui.checkbox(&mut self.take_selected, words);
            }
            None => {
                widgets::weak(ui, "To propose other words, select them in the text before you open this.");
            }
        }
    }

    fn attribute_fields(&mut self, ui: &mut Ui, session: &Session, span: &Span) {
        let category = self.category.as_ref().unwrap_or(&span.category);
        let codebook = session.project().codebook();
        let fitting: Vec<_> = codebook.attributes.iter().filter(|a| a.applies_to(category)).collect();
        if fitting.is_empty() {
            return;
        }
        widgets::caption(ui, "Attributes");
        let area = egui::ScrollArea::vertical().id_salt("proposed attributes").max_height(200.0);
        area.auto_shrink([false, true]).show(ui, |ui| {
            egui::Grid::new("attributes").num_columns(2).spacing([space::M, space::XS]).show(ui, |ui| {
                for attribute in fitting {
                    ui.label(&attribute.name);
                    self.attribute_field(ui, session, attribute, span.attributes.get(&attribute.id));
                    ui.end_row();
                }
            });
        });
    }

    fn attribute_field(&mut self, ui: &mut Ui, session: &Session, of: &AttributeDef, now: Option<&Value>) {
        let Some(choices) = choices(session, of) else {
            widgets::weak(ui, "say it in the comment");
            return;
        };
        let as_it_is = now.map_or("nothing, as it is".to_owned(), |value| format!("{value}, as it is"));
        let shown = match self.attributes.get(&of.id) {
            None => as_it_is.clone(),
            Some(None) => "nothing".to_owned(),
            Some(Some(value)) => value.to_string(),
        };
        widgets::combo(ui, &format!("Proposed {}", of.name), shown, 240.0, |ui| {
            if ui.selectable_label(!self.attributes.contains_key(&of.id), as_it_is).clicked() {
                self.attributes.remove(&of.id);
            }
            if now.is_some() && ui.selectable_label(false, "nothing").clicked() {
                self.attributes.insert(of.id.clone(), None);
            }
            for value in choices.into_iter().filter(|value| Some(value) != now) {
                if ui.selectable_label(false, value.to_string()).clicked() {
                    self.attributes.insert(of.id.clone(), Some(value));
                }
            }
        });
    }
}

/// The values that can be proposed for an attribute; `None` for a kind that has no list of single values.
fn choices(session: &Session, of: &AttributeDef) -> Option<Vec<Value>> {
    match of.kind.input() {
        ValueInput::Listed { several: false, .. } | ValueInput::Flag => {
            Some(of.kind.values(session.project()))
        }
        ValueInput::Listed { several: true, .. } | ValueInput::Typed => None,
    }
}
