//! The passages table: tagged passages in context, one a row.

use egui::{Align, FontFamily, FontId, RichText, Ui};
use egui_extras::{Column, TableBuilder};
use egui_material_icons::icons as m;

use crate::analysis::context::{after, before, shorten};
use crate::model::{AnnotatorId, DocumentId, LayerId, SpanRef, Stamp};
use crate::session::{Action, Ask, PassageFilter, PassageRow, Session};
use crate::ui::theme::{READING, Tokens, size, space, strong};
use crate::ui::widgets;

/// Characters of context shown to either side.
const CONTEXT: usize = 60;

/// What the panel remembers between frames.
#[derive(Default)]
pub struct PassagesPanel {
    words: String,
    shown_pick: Option<SpanRef>,
}

impl PassagesPanel {
    /// Shows the table with its filters.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) {
        self.filters(ui, session, actions);
        let passages = session.passages();
        if passages.total() == 0 {
            let hint =
                "Select words in the text and press the key of a category; what is tagged is listed here.";
            return widgets::empty_state(ui, "Nothing is tagged yet", hint);
        }
        if passages.is_empty() {
            widgets::empty_state(ui, "No passage fits the filter", "Widen it above, or:");
            ui.vertical_centered(|ui| {
                if ui.button("Show all passages").clicked() {
                    actions.push(Action::Filter(PassageFilter::default()));
                }
            });
            return;
        }
        self.table(ui, session, actions);
    }

    fn filters(&mut self, ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) {
        let passages = session.passages();
        let filter = passages.filter();
        let mut wanted = filter.clone();
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW);
            ui.label(RichText::new("Passages").font(strong(size::INTERFACE)));
            widgets::weak(
                ui,
                format!("{} of {}", widgets::count(passages.len()), widgets::count(passages.total())),
            );
            ui.add_space(space::S);
            category_filter(ui, session, &mut wanted);
            annotator_filter(ui, session, &mut wanted);
            document_filter(ui, session, &mut wanted);
            self.word_filter(ui, &mut wanted);
            chips(ui, &mut wanted);
            if !filter.is_empty()
                && widgets::icon_button(ui, m::ICON_FILTER_ALT_OFF, "Show all passages").clicked()
            {
                wanted = PassageFilter::default();
                self.words.clear();
            }
            ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
                if widgets::icon_button(ui, m::ICON_CLOSE, "Hide the passages (F9)").clicked() {
                    actions.push(Action::Run("view.bottom"));
                }
                if ui
                    .button("Export…")
                    .on_hover_text("Write the passages for other programs (Ctrl+E)")
                    .clicked()
                {
                    actions.push(Action::Ask(Ask::Export));
                }
            });
        });
        if wanted != *filter {
            actions.push(Action::Filter(wanted));
        }
        ui.add_space(space::XS);
    }

    fn word_filter(&mut self, ui: &mut Ui, wanted: &mut PassageFilter) {
        let field = ui
            .add(egui::TextEdit::singleline(&mut self.words).hint_text("filter words…").desired_width(130.0));
        if field.changed() {
            wanted.words.clone_from(&self.words);
        } else if !field.has_focus() {
            self.words.clone_from(&wanted.words);
        }
    }

    fn table(&mut self, ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) {
        let total = session.passages().len();
        let many = session.project().annotators().len() > 1;
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        ui.visuals_mut().selection.bg_fill = Tokens::of(ui).chosen;
        ui.visuals_mut().selection.stroke.color = Tokens::of(ui).text;
        let mut table = TableBuilder::new(ui)
            .id_salt("passages")
            .min_scrolled_height(0.0)
            .auto_shrink(false)
            .striped(false)
            .resizable(true)
            .sense(egui::Sense::click())
            .cell_layout(egui::Layout::left_to_right(Align::Center))
            .column(Column::initial(120.0).at_least(70.0).clip(true))
            .column(Column::initial(170.0).at_least(70.0).clip(true))
            .column(Column::remainder().at_least(240.0).clip(true).resizable(false))
            .column(Column::initial(150.0).at_least(60.0).clip(true));
        if many {
            table = table.column(Column::initial(90.0).at_least(50.0).clip(true));
        }
        if self.shown_pick.as_ref() != session.picked() {
            self.shown_pick = session.picked().cloned();
            let place = session.picked().and_then(|at| session.passages().position(session.project(), at));
            if let Some(place) = place {
                table = table.scroll_to_row(place, None);
            }
        }
        let header = |ui: &mut Ui, text: &str| widgets::caption(ui, text);
        let table = table.header(20.0, |mut row| {
            for name in ["Category", "Document", "Passage", "Who → whom"] {
                row.col(|ui| header(ui, name));
            }
            if many {
                row.col(|ui| header(ui, "Annotator"));
            }
        });
        table.body(|body| {
            body.rows(size::ROW, total, |mut row| {
                let Some((document, passage)) = session.passages().row(row.index()) else { return };
                let at = place_of(session, document, passage);
                row.set_selected(at.is_some() && session.picked() == at.as_ref());
                passage_cells(&mut row, session, document, passage, many);
                if row.response().clicked() {
                    actions.extend(at.map(Action::GoTo));
                }
            });
        });
    }
}

fn place_of(session: &Session, document: usize, row: &PassageRow) -> Option<SpanRef> {
    let document = session.project().documents().get(document)?;
    Some(SpanRef { layer: LayerId::new(document.id(), &row.annotator), span: row.span })
}

fn passage_cells(
    row: &mut egui_extras::TableRow<'_, '_>,
    session: &Session,
    position: usize,
    passage: &PassageRow,
    many: bool,
) {
    let project = session.project();
    let Some(document) = project.documents().get(position) else { return };
    let layer = document.layer(&passage.annotator);
    let (Some(text), Some(span)) = (&document.text, layer.and_then(|layer| layer.span(passage.span))) else {
        return;
    };
    let codebook = project.codebook();
    row.col(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(14.0, 12.0), egui::Sense::hover());
        if let Some(category) = codebook.category(&span.category) {
            widgets::swatch(ui, rect.center(), category.colour);
        }
        ui.label(codebook.name_of(&span.category));
    });
    row.col(|ui| {
        widgets::weak(ui, document.meta.title.clone());
    });
    row.col(|ui| {
        let cover = span.ranges.cover();
        let words = span.quote(text);
        in_context(
            ui,
            &before(text, cover.start, CONTEXT),
            &shorten(&words, 200),
            &after(text, cover.end, CONTEXT),
        );
    });
    row.col(|ui| {
        let value = |id: &str| span.attributes.get(&id.into()).map(super::inspector::value_text);
        let text = match (value("actor"), value("target")) {
            (Some(actor), Some(target)) => format!("{actor} → {target}"),
            (Some(actor), None) => actor,
            (None, Some(target)) => format!("→ {target}"),
            (None, None) => String::new(),
        };
        widgets::weak(ui, text);
    });
    if many {
        row.col(|ui| {
            widgets::weak(ui, annotator_name(session, &passage.annotator));
        });
    }
}

/// Words with what stands before and after, the words at the same place in every row.
pub fn in_context(ui: &mut Ui, before: &str, words: &str, after: &str) {
    let tokens = Tokens::of(ui);
    let font = FontId::new(14.0, FontFamily::Name(READING.into()));
    let rect = ui.available_rect_before_wrap();
    let lead = (rect.width() * 0.28).min(260.0);
    let painter = ui.painter().with_clip_rect(rect.with_max_x(rect.left() + lead).intersect(ui.clip_rect()));
    let anchor = egui::pos2(rect.left() + lead - 2.0, rect.center().y);
    painter.text(anchor, egui::Align2::RIGHT_CENTER, before, font.clone(), tokens.text_faint);
    let mut job = egui::text::LayoutJob::default();
    job.append(words, 0.0, egui::TextFormat::simple(font.clone(), tokens.text));
    job.append(after, 0.0, egui::TextFormat::simple(font, tokens.text_faint));
    job.wrap = egui::text::TextWrapping::truncate_at_width((rect.width() - lead).max(0.0));
    let galley = ui.painter().layout_job(job);
    let at = egui::pos2(rect.left() + lead, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, tokens.text);
    let response = ui.allocate_rect(rect, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
}

fn category_filter(ui: &mut Ui, session: &Session, wanted: &mut PassageFilter) {
    let codebook = session.project().codebook();
    let chosen = wanted.category.as_ref().map_or("any category", |id| codebook.name_of(id)).to_owned();
    widgets::combo(ui, "Category filter", chosen, 120.0, |ui| {
        if ui.selectable_label(wanted.category.is_none(), "any category").clicked() {
            wanted.category = None;
        }
        for category in &codebook.categories {
            if widgets::category_item(ui, category).clicked() {
                wanted.category = Some(category.id.clone());
                ui.close();
            }
        }
    });
}

fn annotator_filter(ui: &mut Ui, session: &Session, wanted: &mut PassageFilter) {
    let annotators = session.project().annotators();
    if annotators.len() < 2 || *session.shown() != crate::session::Shown::Everyone {
        return;
    }
    let chosen =
        wanted.annotator.as_ref().map_or_else(|| "anyone".to_owned(), |id| annotator_name(session, id));
    widgets::combo(ui, "Annotator filter", chosen, 100.0, |ui| {
        ui.selectable_value(&mut wanted.annotator, None, "anyone");
        for annotator in annotators {
            ui.selectable_value(&mut wanted.annotator, Some(annotator.id.clone()), &annotator.name);
        }
    });
}

fn document_filter(ui: &mut Ui, session: &Session, wanted: &mut PassageFilter) {
    let title =
        |id: &DocumentId| session.project().document(id).map_or_else(String::new, |d| d.meta.title.clone());
    let chosen = wanted.document.as_ref().map_or_else(|| "any document".to_owned(), title);
    let before = wanted.document.clone();
    widgets::combo(ui, "Document filter", shorten(&chosen, 24), 160.0, |ui| {
        ui.selectable_value(&mut wanted.document, None, "any document");
        // A list of thousands is no choice; the documents at the left lead there.
        for document in session.project().documents().iter().take(200) {
            ui.selectable_value(
                &mut wanted.document,
                Some(document.id().clone()),
                shorten(&document.meta.title, 60),
            );
        }
    });
    if wanted.document != before {
        wanted.stretch = None;
    }
}

/// Filters that come from a click on a figure, each with a way to take it off.
fn chips(ui: &mut Ui, wanted: &mut PassageFilter) {
    if wanted.stretch.is_some() && chip(ui, "one part of the text") {
        wanted.stretch = None;
    }
    if let Some((from, _)) = wanted.created
        && chip(ui, &day(from))
    {
        wanted.created = None;
    }
}

fn chip(ui: &mut Ui, text: &str) -> bool {
    let text = RichText::new(format!("{text}  ✕")).size(size::SMALL);
    ui.add(egui::Button::new(text).fill(Tokens::of(ui).chosen))
        .on_hover_text("Take this filter off")
        .clicked()
}

fn day(at: Stamp) -> String {
    let moment = chrono::DateTime::from_timestamp(at.0, 0).unwrap_or_default();
    moment.format("%-d %b %Y").to_string()
}

fn annotator_name(session: &Session, id: &AnnotatorId) -> String {
    session.project().annotator(id).map_or_else(|| id.to_string(), |annotator| annotator.name.clone())
}
