//! Proposing a change of another annotator's passage: category, text, attributes, and the reason.

use std::collections::BTreeMap;

use egui::Ui;

use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::space;
use crate::{widgets, words::propose as words};
use demarche_analysis::context::shorten;
use demarche_analysis::segment;
use demarche_model::{
    AttributeDef, AttributeId, Bounds, CategoryId, Proposal, Ranges, Span, SpanRef, Value, ValueInput,
};
use demarche_session::{ReviewAction, Session};

/// The form for a proposal.
pub struct ProposeForm {
    passage: SpanRef,
    category: Option<CategoryId>,
    /// The selected text, or the one that was proposed before.
    bounds: Option<Bounds>,
    /// Whether it is proposed.
    propose_bounds: bool,
    attributes: BTreeMap<AttributeId, Option<Value>>,
    comment: String,
    focus_comment: bool,
}

impl ProposeForm {
    /// A form with what the user has proposed before; `None` if there is no current passage.
    pub fn new(session: &Session) -> Option<Self> {
        let passage = session.review_target()?.clone();
        let document = session.project().document(&passage.layer.document)?;
        let old = document.decision(session.me(), passage.span);
        let old = old.and_then(|decision| decision.proposal.clone());
        let old = old.unwrap_or_default();
        let text = document.text.as_ref()?;
        let range = segment::trim(text.as_str(), session.proposed_range());
        let selected = Ranges::one(range).and_then(|ranges| Bounds::from_ranges(&ranges, text));
        Some(Self {
            passage,
            category: old.category,
            propose_bounds: selected.is_some(),
            bounds: selected.or(old.bounds),
            attributes: old.attributes,
            comment: String::new(),
            focus_comment: true,
        })
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let Some(span) = session.project().span(&self.passage).cloned() else { return Outcome::Close };
        super::title(ui, words::title());
        widgets::weak(ui, session.span_name(&self.passage));
        ui.add_space(space::S);
        self.category_field(ui, session, &span);
        ui.add_space(space::S);
        self.bounds_field(ui);
        ui.add_space(space::S);
        self.attribute_fields(ui, session, &span);
        ui.add_space(space::S);
        let comment = widgets::text_field(ui, words::reason(), &mut self.comment, 1, words::reason_hint());
        if std::mem::take(&mut self.focus_comment) {
            comment.request_focus();
        }
        let proposal = self.proposal();
        match super::buttons(ui, words::confirm(), !proposal.is_empty()) {
            Some(Answer::Confirm) => {
                let (at, comment) = (self.passage.clone(), self.comment.clone());
                let proposal = Box::new(proposal);
                requests.push(ReviewAction::Propose { at, proposal, comment });
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn proposal(&self) -> Proposal {
        Proposal {
            category: self.category.clone(),
            bounds: self.bounds.clone().filter(|_| self.propose_bounds),
            attributes: self.attributes.clone(),
        }
    }

    fn category_field(&mut self, ui: &mut Ui, session: &Session, span: &Span) {
        let codebook = session.project().codebook();
        widgets::caption(ui, words::category());
        let unchanged = words::unchanged(codebook.name_of(&span.category));
        let shown = self.category.as_ref().map_or(unchanged.as_str(), |id| codebook.name_of(id)).to_owned();
        widgets::combo(ui, words::proposed_category(), shown, 260.0, |ui| {
            if ui.selectable_label(self.category.is_none(), unchanged).clicked() {
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

    fn bounds_field(&mut self, ui: &mut Ui) {
        widgets::caption(ui, words::text());
        match &self.bounds {
            Some(bounds) => {
                let text = words::this_text(&shorten(&bounds.quote.shown(), 90));
                ui.checkbox(&mut self.propose_bounds, text);
            }
            None => drop(widgets::weak(ui, words::text_hint())),
        }
    }

    fn attribute_fields(&mut self, ui: &mut Ui, session: &Session, span: &Span) {
        let category = self.category.as_ref().unwrap_or(&span.category);
        let codebook = session.project().codebook();
        let attributes: Vec<_> = codebook.attributes.iter().filter(|a| a.applies_to(category)).collect();
        if attributes.is_empty() {
            return;
        }
        widgets::caption(ui, words::attributes());
        let area = egui::ScrollArea::vertical().id_salt("proposed attributes").max_height(200.0);
        area.auto_shrink([false, true]).show(ui, |ui| {
            egui::Grid::new("attributes").num_columns(2).spacing([space::M, space::XS]).show(ui, |ui| {
                for attribute in attributes {
                    ui.label(&attribute.name);
                    self.attribute_field(ui, session, attribute, span.attributes.get(&attribute.id));
                    ui.end_row();
                }
            });
        });
    }

    fn attribute_field(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        attribute: &AttributeDef,
        current: Option<&Value>,
    ) {
        let id = &attribute.id;
        let Some(choices) = choices(session, attribute) else {
            widgets::weak(ui, words::in_comment());
            return;
        };
        let unchanged = match current {
            Some(value) => words::unchanged(&value.to_string()),
            None => words::unchanged(words::nothing()),
        };
        let shown = match self.attributes.get(id) {
            None => unchanged.clone(),
            Some(None) => words::nothing().to_owned(),
            Some(Some(value)) => value.to_string(),
        };
        widgets::combo(ui, &words::proposed(&attribute.name), shown, 240.0, |ui| {
            if ui.selectable_label(!self.attributes.contains_key(id), unchanged).clicked() {
                self.attributes.remove(id);
            }
            if current.is_some() && ui.selectable_label(false, words::nothing()).clicked() {
                self.attributes.insert(id.clone(), None);
            }
            for value in choices.into_iter().filter(|value| Some(value) != current) {
                if ui.selectable_label(false, value.to_string()).clicked() {
                    self.attributes.insert(id.clone(), Some(value));
                }
            }
        });
    }
}

/// The values that can be proposed for an attribute; `None` for a kind that has no list of single values.
fn choices(session: &Session, attribute: &AttributeDef) -> Option<Vec<Value>> {
    match attribute.kind.input() {
        ValueInput::Listed { several: false, .. } | ValueInput::Flag => {
            Some(attribute.kind.values(session.project()))
        }
        ValueInput::Listed { several: true, .. } | ValueInput::Typed => None,
    }
}
