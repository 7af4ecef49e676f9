//! Tagging all occurrences of a text.

use egui::Ui;

use super::{Answer, Outcome};
use crate::category_keys;
use crate::panels::passages::in_context;
use crate::requests::Requests;
use crate::theme::{size, space};
use crate::{widgets, words::occurrences as words};
use demarche_analysis::context::context;
use demarche_analysis::search::Query;
use demarche_model::CategoryId;
use demarche_session::{AnnotateAction, Occurrence, OccurrenceScope, Session, occurrences};

/// The most text that is searched for a count while the user types, in bytes.
const COUNTED_BYTES: usize = 4 << 20;

/// Height of the rest of the dialog and of the window around two lists, in points.
const REST: f32 = 380.0;

/// Text shown around an occurrence, in characters.
const AROUND: usize = 48;

/// The form for what to tag, and as what.
pub struct OccurrencesForm {
    query: Query,
    scope: OccurrenceScope,
    category: Option<CategoryId>,
    /// The occurrences that were found last.
    found: Option<Found>,
}

/// The occurrences of a query.
struct Found {
    query: Query,
    scope: OccurrenceScope,
    /// The places, each with whether it is tagged; `None` if finding them would take long.
    places: Option<Vec<(Occurrence, bool)>>,
}

impl Found {
    fn new(session: &Session, query: &Query, scope: OccurrenceScope) -> Self {
        let places = occurrences(session, query, scope, COUNTED_BYTES);
        let places = places.map(|places| places.into_iter().map(|place| (place, true)).collect());
        Self { query: query.clone(), scope, places }
    }

    fn left_out(&self) -> Vec<Occurrence> {
        let places = self.places.iter().flatten();
        places.filter(|(_, wanted)| !wanted).map(|(place, _)| place.clone()).collect()
    }
}

impl OccurrencesForm {
    /// A form that offers the selected text and the category used last.
    pub fn new(session: &Session) -> Self {
        Self {
            query: session.selected_words().unwrap_or_default(),
            scope: OccurrenceScope::Document,
            category: session.last_category().cloned(),
            found: None,
        }
    }

    /// A form that offers the hits of the search in all documents.
    pub fn of_search(session: &Session) -> Self {
        let query = session.find().everywhere().map(|(query, _, _)| query.clone());
        Self { query: query.unwrap_or_default(), scope: OccurrenceScope::Project, ..Self::new(session) }
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
        self.places(ui, session);
        ui.add_space(space::S);
        widgets::caption(ui, words::category());
        self.categories(ui, session, field.has_focus());
        let left_out = self.found.as_ref().map(Found::left_out).unwrap_or_default();
        let all = self.found.as_ref().and_then(|found| found.places.as_ref()).map(Vec::len);
        let is_any = all.is_none_or(|all| all > left_out.len());
        let ready = self.category.is_some() && self.query.compile().is_ok() && is_any;
        match (super::buttons(ui, words::confirm(), ready), self.category.clone()) {
            (Some(Answer::Confirm), Some(category)) => {
                let (query, scope) = (self.query.clone(), self.scope);
                requests.push(if left_out.is_empty() {
                    AnnotateAction::TagEvery { query, scope, category }
                } else {
                    AnnotateAction::TagEveryExcept { query, scope, category, left_out }
                });
                Outcome::Close
            }
            (Some(_), _) => Outcome::Close,
            (None, _) => Outcome::Stay,
        }
    }

    /// Shows the occurrences, each of which can be left out. They are found again only if something has changed.
    fn places(&mut self, ui: &mut Ui, session: &Session) {
        let is_current = |found: &Found| found.query == self.query && found.scope == self.scope;
        let found = match self.found.take().filter(is_current) {
            Some(found) => self.found.insert(found),
            None => self.found.insert(Found::new(session, &self.query, self.scope)),
        };
        let count = found.places.as_ref().map(Vec::len);
        widgets::weak(ui, words::matches(count));
        let Some(places) = found.places.as_mut().filter(|places| !places.is_empty()) else { return };
        let rows = places.len().min(list_rows(ui));
        let height = size::ROW * rows as f32;
        let area =
            egui::ScrollArea::vertical().id_salt("places").max_height(height).auto_shrink([false, true]);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            widgets::visible_rows(ui, size::ROW, places.len(), |ui, at| {
                if let Some((place, wanted)) = places.get_mut(at) {
                    place_row(ui, session, place, wanted);
                }
            });
        });
    }

    fn categories(&mut self, ui: &mut Ui, session: &Session, typing: bool) {
        let codebook = session.project().codebook();
        if !typing {
            let pressed = ui.input_mut(|input| category_keys::consume(input, codebook));
            self.category = pressed.into_iter().next_back().or(self.category.take());
        }
        egui::ScrollArea::vertical()
            .id_salt("categories")
            .max_height(size::ROW * (list_rows(ui) + 3) as f32)
            .show(ui, |ui| {
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

/// The most rows of the list of occurrences, for which the window has room.
fn list_rows(ui: &Ui) -> usize {
    let room = ui.ctx().content_rect().height() - REST;
    ((room / size::ROW / 2.0) as usize).clamp(2, 8)
}

/// Shows an occurrence in its context; a click leaves it out, or takes it in again.
fn place_row(ui: &mut Ui, session: &Session, place: &Occurrence, wanted: &mut bool) {
    let Some(document) = session.project().document(&place.document) else { return };
    let Some(text) = &document.text else { return };
    let around = context(text, place.range, AROUND);
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        let line = format!("{}{}{}", around.before, around.quote, around.after);
        let choice = ui.checkbox(wanted, "");
        choice.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, *wanted, &line));
        in_context(ui, &around.before, &around.quote, &around.after);
    });
}
