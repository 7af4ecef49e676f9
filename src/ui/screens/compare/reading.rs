//! An annotator's reading of a passage. A sign and bold type mark its differences from the others.

use egui::{FontId, Frame, Margin, RichText, Stroke, Ui};

use crate::textview::Dash;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::compare as words;
use demarche_analysis::differences::{Cluster, DifferenceKind};
use demarche_model::{AnnotatorId, AttributeId, Span, Text, TextRange};
use demarche_session::Session;
use std::collections::BTreeSet;

/// The readings of a passage as cards.
pub(super) struct ReadingCards<'a> {
    pub session: &'a Session,
    pub cluster: &'a Cluster,
    pub text: &'a Text,
    /// The ranges that all readings contain.
    pub shared: Vec<TextRange>,
    /// The attributes that differ.
    pub differ: BTreeSet<AttributeId>,
}

impl<'a> ReadingCards<'a> {
    pub fn new(session: &'a Session, cluster: &'a Cluster, text: &'a Text) -> Self {
        let (shared, differ) = (cluster.common_ranges(), cluster.differing_attributes());
        Self { session, cluster, text, shared, differ }
    }

    /// Shows a reading and its annotator in a card.
    pub fn ui(&self, ui: &mut Ui, key: &str, annotator: &AnnotatorId, dash: Dash, span: Option<&Span>) {
        let tokens = Tokens::of(ui);
        let frame = Frame::new()
            .fill(tokens.raised)
            .stroke(Stroke::new(1.0, tokens.line))
            .corner_radius(size::RADIUS)
            .inner_margin(Margin::same(space::S as i8));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            // A column would justify the words.
            ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                self.inside(ui, key, annotator, dash, span)
            });
        });
    }

    /// Shows the contents of a card.
    fn inside(&self, ui: &mut Ui, key: &str, annotator: &AnnotatorId, dash: Dash, span: Option<&Span>) {
        // The height of text lines, not of buttons, so that several readings fit below each other.
        ui.spacing_mut().interact_size.y = 16.0;
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.horizontal(|ui| {
            if !key.is_empty() {
                let (rect, _) = ui.allocate_exact_size(egui::vec2(18.0, 18.0), egui::Sense::hover());
                widgets::key_cap(ui, rect, key);
            }
            let name = RichText::new(self.session.project().name_of(annotator)).font(strong(size::INTERFACE));
            ui.add(egui::Label::new(name).truncate());
        });
        super::head::sample(ui, dash);
        match span {
            Some(span) => self.body(ui, span),
            None => {
                widgets::weak(ui, words::nothing_here());
            }
        }
    }

    fn body(&self, ui: &mut Ui, span: &Span) {
        let tokens = Tokens::of(ui);
        let codebook = self.session.project().codebook();
        let differs = self.cluster.differs_in(DifferenceKind::Category);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let (rect, _) = ui.allocate_exact_size(egui::vec2(13.0, 16.0), egui::Sense::hover());
            if let Some(category) = codebook.category(&span.category) {
                widgets::swatch(ui, rect.center(), category.colour);
            }
            let font = if differs { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
            ui.add(egui::Label::new(RichText::new(codebook.name_of(&span.category)).font(font)).truncate());
            if differs {
                difference_sign(ui, words::categories_differ());
            }
        });
        let quote = super::quote::words(self.text, &span.ranges, &self.shared, tokens);
        ui.add(egui::Label::new(quote).wrap());
        for (id, value) in &span.attributes {
            self.attribute(ui, id, &value.to_string());
        }
        let unset = self.differ.iter().filter(|id| !span.attributes.contains_key(id));
        for id in unset {
            self.attribute(ui, id, "–");
        }
        if !span.note.is_empty() {
            let note = RichText::new(&span.note).size(size::SMALL).italics().color(tokens.text_weak);
            ui.add(egui::Label::new(note).wrap());
        }
    }

    fn attribute(&self, ui: &mut Ui, id: &AttributeId, value: &str) {
        let tokens = Tokens::of(ui);
        let codebook = self.session.project().codebook();
        let name = codebook.attribute(id).map_or(id.as_str(), |attribute| attribute.name.as_str());
        let differs = self.differ.contains(id);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            ui.label(RichText::new(name).size(size::SMALL).color(tokens.text_weak));
            let font = if differs { strong(size::SMALL) } else { FontId::proportional(size::SMALL) };
            ui.label(RichText::new(value).font(font));
            if differs {
                difference_sign(ui, words::values_differ());
            }
        });
    }
}

/// Shows the sign of a difference.
fn difference_sign(ui: &mut Ui, hint: &str) {
    let colour = Tokens::of(ui).warning;
    ui.label(RichText::new("≠").font(strong(size::INTERFACE)).color(colour)).on_hover_text(hint);
}
