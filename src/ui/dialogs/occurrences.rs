//! Tagging all occurrences of a text.

use egui::{RichText, Ui};

use super::{Answer, Outcome};
use crate::category_keys;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::{widgets, words::occurrences as words};
use demarche_analysis::search::Query;
use demarche_model::CategoryId;
use demarche_session::{AnnotateAction, OccurrenceScope, Session, count_occurrences};

/// The most text that is searched for a count while the user types, in bytes.
const COUNTED_BYTES: usize = 4 << 20;

/// The form for what to tag, and as what.
pub struct OccurrencesForm {
    query: Query,
    scope: OccurrenceScope,
    category: Option<CategoryId>,
    /// The last count, with what it was made for.
    counted: Option<(Query, OccurrenceScope, Option<usize>)>,
}

impl OccurrencesForm {
    /// A form that offers the selected text and the category used last.
    pub fn new(session: &Session) -> Self {
        Self {
            query: session.selected_words().unwrap_or_default(),
            scope: OccurrenceScope::Document,
            category: session.last_category().cloned(),
            counted: None,
        }
    }

    /// Shows the form. A category's key chooses it.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, words::title());
        let field = widgets::text_field(ui, words::text(), &mut self.query.pattern, 1, "");
        ui.horizontal(|ui| {
            ui.checkbox(&mut self.query.whole_words, words::whole_words());
            ui.checkbox(&mut self.query.match_case, words::match_case());
        });
        ui.horizontal(|ui| {
            ui.radio_value(&mut self.scope, OccurrenceScope::Document, words::in_document());
            ui.radio_value(&mut self.scope, OccurrenceScope::Project, words::in_project());
        });
        let matches = words::matches(self.count(session));
        ui.label(RichText::new(matches).size(size::SMALL).color(Tokens::of(ui).text_weak));
        ui.add_space(space::S);
        widgets::caption(ui, words::category());
        self.categories(ui, session, field.has_focus());
        let ready = self.category.is_some() && self.query.compile().is_ok();
        match (super::buttons(ui, words::confirm(), ready), self.category.clone()) {
            (Some(Answer::Confirm), Some(category)) => {
                let (query, scope) = (self.query.clone(), self.scope);
                requests.push(AnnotateAction::TagEvery { query, scope, category });
                Outcome::Close
            }
            (Some(_), _) => Outcome::Close,
            (None, _) => Outcome::Stay,
        }
    }

    /// How often the text occurs; counted again only if something has changed.
    fn count(&mut self, session: &Session) -> Option<usize> {
        match &self.counted {
            Some((query, scope, count)) if *query == self.query && *scope == self.scope => *count,
            _ => {
                let count = count_occurrences(session, &self.query, self.scope, COUNTED_BYTES);
                self.counted = Some((self.query.clone(), self.scope, count));
                count
            }
        }
    }

    fn categories(&mut self, ui: &mut Ui, session: &Session, typing: bool) {
        let codebook = session.project().codebook();
        if !typing {
            let pressed = ui.input_mut(|input| category_keys::consume(input, codebook));
            self.category = pressed.into_iter().next_back().or(self.category.take());
        }
        egui::ScrollArea::vertical().id_salt("categories").max_height(size::ROW * 9.0).show(ui, |ui| {
            for category in codebook.categories.iter().filter(|category| !category.retired) {
                let chosen = self.category.as_ref() == Some(&category.id);
                let response = widgets::category_item(ui, category);
                if chosen {
                    widgets::focus_ring(ui, response.rect);
                }
                if response.clicked() {
                    self.category = Some(category.id.clone());
                }
            }
        });
    }
}
