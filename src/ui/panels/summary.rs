//! Live figures of the project. Clicking a figure shows its passages.

use egui::{Color32, FontId, Rect, RichText, Sense, Ui, pos2, vec2};
use egui_plot::{Bar, BarChart, Plot};

use crate::filter_bar::FilterBar;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::time::{short_utc_day, utc_day};
use crate::words::{common, summary as words};
use demarche_analysis::summary::{BINS, Day, DocumentSummary, ProjectSummary};
use demarche_model::{Category, Document, DocumentId, TextRange};
use demarche_session::{CountScope, FilterAction, PassageFilter, PassagesAction, Session, Shown};

/// Most documents listed; the documents panel has all of them.
const DOCUMENTS: usize = 60;

/// Number of days in the chart.
const DAYS: usize = 14;

/// Height of the chart, in points.
const PLOT: f32 = 96.0;

/// Least width of the column of counts, in points.
const NUMBER: f32 = 38.0;

/// Width of a digit of a count, in points.
const DIGIT: f32 = 7.0;

/// The panel between frames.
pub struct SummaryPanel {
    filter: FilterBar,
}

impl Default for SummaryPanel {
    fn default() -> Self {
        Self { filter: FilterBar::new(CountScope::Visible) }
    }
}

impl SummaryPanel {
    /// Shows the summary of the passages that pass the filter.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        if session.project().documents().is_empty() {
            return widgets::empty_state(ui, words::empty(), words::empty_hint());
        }
        let width = ui.available_width();
        self.filter.ui(ui, session, width, requests, |_, _, _| {});
        self.filter.refusal(ui, session);
        if let Some(found) = session.filtered() {
            ui.horizontal_wrapped(|ui| {
                widgets::weak(ui, words::filtered(found.passing, found.of));
                if ui.small_button(words::clear_filter()).clicked() {
                    requests.push(FilterAction::Clear);
                }
            });
        }
        figures(ui, session, requests);
    }
}

/// The counts that are shown: of the passages that pass the filter, if there is one.
fn counts(session: &Session) -> &ProjectSummary {
    session.filtered().map_or(session.stats(), |found| found.summary())
}

fn figures(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    egui::ScrollArea::vertical().id_salt("summary").auto_shrink(false).show(ui, |ui| {
        totals(ui, session, requests);
        categories(ui, session, requests);
        positions(ui, session, requests);
        documents(ui, session, requests);
        annotators(ui, session, requests);
        activity(ui, session, requests);
        ui.add_space(space::L);
    });
}

fn section(ui: &mut Ui, title: &str, hint: &str) {
    ui.add_space(space::L);
    ui.label(RichText::new(title).font(strong(size::INTERFACE))).on_hover_text(hint);
    ui.add_space(space::XS);
}

fn totals(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let totals = counts(session).totals();
    ui.horizontal(|ui| {
        let documents = session.project().documents().len();
        let tagged = share(totals.tagged_characters, totals.characters);
        let figures = [
            (widgets::count(totals.spans), words::passages(totals.spans)),
            (widgets::count(documents), words::documents_noun(documents)),
            (words::percent(tagged), words::of_text_tagged()),
        ];
        for (figure, noun) in figures {
            let response = ui.vertical(|ui| {
                ui.label(RichText::new(figure).font(strong(20.0)));
                widgets::weak(ui, noun);
            });
            let response = response.response.interact(Sense::click());
            let label = || words::total_label(noun);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, label()));
            if response.on_hover_text(words::show_all()).clicked() {
                requests.push(FilterAction::Clear);
            }
            ui.add_space(space::M);
        }
    });
    let unread = session.project().documents().len() - session.totals().documents;
    if session.is_reading_layers() && unread > 0 {
        widgets::weak(ui, words::still_reading(unread));
    }
    let name = match session.shown() {
        Shown::One(id) => session.project().name_of(id),
        Shown::Mine | Shown::Everyone | Shown::All => "",
    };
    widgets::weak(ui, words::counting(session.shown(), name));
}

fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

fn categories(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    section(ui, words::categories(), words::categories_hint());
    let totals = counts(session).totals();
    let most = totals.categories.values().map(|count| count.spans).max().unwrap_or(0);
    for category in &session.project().codebook().categories {
        let spans = totals.categories.get(&category.id).map_or(0, |count| count.spans);
        let filter = PassageFilter { category: Some(category.id.clone()), ..PassageFilter::default() };
        let parts = [(share(spans, most), Tokens::of(ui).category(category.colour))];
        if bar_row(ui, session, &category.name, &parts, spans, &filter) {
            requests.push(PassagesAction::Filter(filter));
        }
    }
}

/// Shows a row with a name, a bar of coloured parts and a count, and returns whether it was clicked.
fn bar_row(
    ui: &mut Ui,
    session: &Session,
    name: &str,
    parts: &[(f32, Color32)],
    spans: usize,
    filter: &PassageFilter,
) -> bool {
    let filtered = !filter.is_empty() && session.passage_filter() == filter;
    let (rect, response) = widgets::row(ui, 22.0, filtered, &words::bar_label(name, spans));
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    let tokens = Tokens::of(ui);
    let font = FontId::proportional(size::INTERFACE);
    let name_width = (rect.width() * 0.4).min(150.0);
    let name_rect =
        Rect::from_min_max(rect.min + vec2(space::XS, 0.0), pos2(rect.left() + name_width, rect.bottom()));
    let colour = if spans == 0 { tokens.text_weak } else { tokens.text };
    widgets::line(ui, name_rect, name, font, colour);
    let number = FontId::proportional(size::SMALL);
    widgets::line_right(
        ui,
        rect.with_max_x(rect.right() - space::XS),
        &widgets::count(spans),
        number,
        tokens.text_weak,
    );
    let bar = Rect::from_min_max(
        pos2(rect.left() + name_width + space::S, rect.center().y - 5.0),
        pos2(rect.right() - number_width(session), rect.center().y + 5.0),
    );
    let mut left = bar.left();
    for (share, colour) in parts.iter().filter(|(share, _)| *share > 0.0) {
        let right = (left + bar.width() * share).min(bar.right());
        ui.painter().rect_filled(
            Rect::from_min_max(pos2(left, bar.top()), pos2(right, bar.bottom())),
            2.0,
            *colour,
        );
        left = right;
    }
    response.clicked()
}

/// Returns the width of the column of counts, in points: the same for all rows, so that bars can be compared.
fn number_width(session: &Session) -> f32 {
    let most = widgets::count(counts(session).totals().spans).chars().count();
    (most as f32 * DIGIT + 2.0 * space::XS).max(NUMBER)
}

/// Shows the positions of each category in the open document.
fn positions(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(document) = session.document() else { return };
    let Some(summary) = counts(session).document(document.id()) else { return };
    section(ui, words::positions(), words::positions_hint());
    let codebook = session.project().codebook();
    let present = codebook.categories.iter().filter(|category| summary.category(&category.id).spans > 0);
    let mut any = false;
    for category in present {
        any = true;
        if let Some(bin) = position_row(ui, category, summary) {
            let length = document.text.as_ref().map_or(0, |text| text.len());
            requests.push(PassagesAction::Filter(bin_filter(document.id(), category, bin, length)));
        }
    }
    if !any {
        widgets::weak(ui, words::nothing_tagged());
    }
}

/// Returns the filter for the passages of a category in a bin of a document.
fn bin_filter(document: &DocumentId, category: &Category, bin: usize, length: usize) -> PassageFilter {
    let range = TextRange { start: bin * length / BINS, end: (bin + 1) * length / BINS };
    PassageFilter {
        category: Some(category.id.clone()),
        document: Some(document.clone()),
        stretch: Some(range),
        ..PassageFilter::default()
    }
}

/// Shows the positions of a category, and returns the bin that was clicked.
fn position_row(ui: &mut Ui, category: &Category, summary: &DocumentSummary) -> Option<usize> {
    let (rect, response) = widgets::row(ui, 20.0, false, &words::positions_label(&category.name));
    if !ui.is_rect_visible(rect) {
        return None;
    }
    let tokens = Tokens::of(ui);
    let name_width = (rect.width() * 0.4).min(150.0);
    let name =
        Rect::from_min_max(rect.min + vec2(space::XS, 0.0), pos2(rect.left() + name_width, rect.bottom()));
    widgets::line(ui, name, &category.name, FontId::proportional(size::INTERFACE), tokens.text);
    let strip = Rect::from_min_max(
        pos2(rect.left() + name_width + space::S, rect.top() + 4.0),
        pos2(rect.right() - space::XS, rect.bottom() - 4.0),
    );
    ui.painter().rect_filled(strip, 2.0, tokens.hover);
    let width = strip.width() / BINS as f32;
    for (bin, &share) in summary.profile(&category.id).into_iter().flatten().enumerate() {
        if share > 0.0 {
            let left = strip.left() + bin as f32 * width;
            let cell = Rect::from_min_max(pos2(left, strip.top()), pos2(left + width, strip.bottom()));
            ui.painter().rect_filled(cell, 0.0, tokens.tint(category.colour, 0.3 + 0.7 * share));
        }
    }
    let at = response.interact_pointer_pos().filter(|_| response.clicked())?;
    let bin = ((at.x - strip.left()) / width).floor();
    Some((bin.max(0.0) as usize).min(BINS - 1))
}

fn documents(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    section(ui, words::documents(), words::documents_hint());
    let documents = session.project().documents();
    let spans =
        |document: &Document| counts(session).document(document.id()).map_or(0, |summary| summary.spans());
    let most = documents.iter().take(DOCUMENTS).map(|document| spans(document)).max().unwrap_or(0);
    for document in documents.iter().take(DOCUMENTS) {
        let filter = PassageFilter { document: Some(document.id().clone()), ..PassageFilter::default() };
        let parts = stacked(ui, session, document, most);
        if bar_row(ui, session, &document.meta.title, &parts, spans(document), &filter) {
            requests.push(PassagesAction::Filter(filter));
        }
    }
    if documents.len() > DOCUMENTS {
        widgets::weak(ui, common::and_more(documents.len() - DOCUMENTS));
    }
}

/// Returns the parts of the bar of a document, one per category.
fn stacked(ui: &Ui, session: &Session, document: &Document, most: usize) -> Vec<(f32, Color32)> {
    let Some(summary) = counts(session).document(document.id()) else { return Vec::new() };
    let tokens = Tokens::of(ui);
    let categories = session.project().codebook().categories.iter();
    categories.map(|c| (share(summary.category(&c.id).spans, most), tokens.category(c.colour))).collect()
}

fn annotators(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let totals = counts(session).totals();
    if totals.annotators.len() < 2 {
        return;
    }
    section(ui, words::annotators(), words::annotators_hint());
    let most = totals.annotators.values().copied().max().unwrap_or(0);
    for (id, &spans) in &totals.annotators {
        let annotator = session.project().annotator(id);
        let name = annotator.map_or_else(|| id.to_string(), |annotator| annotator.name.clone());
        let filter = PassageFilter { annotator: Some(id.clone()), ..PassageFilter::default() };
        let tokens = Tokens::of(ui);
        let colour = annotator.map_or(tokens.text_faint, |annotator| tokens.category(annotator.colour));
        if bar_row(ui, session, &name, &[(share(spans, most), colour)], spans, &filter) {
            requests.push(PassagesAction::Filter(filter));
        }
    }
}

/// Shows the numbers of passages of the latest days.
fn activity(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let activity = &counts(session).totals().activity;
    let Some((&last, _)) = activity.last_key_value() else { return };
    section(ui, words::activity(), words::activity_hint());
    let area = Rect::from_min_size(ui.next_widget_position(), vec2(ui.available_width(), PLOT));
    if !ui.is_rect_visible(area) {
        // A plot costs more than the rest of the panel.
        ui.allocate_space(area.size());
        return days(ui, last);
    }
    let first = first_day(last);
    let tokens = Tokens::of(ui);
    let bars: Vec<Bar> = activity
        .range(first..)
        .map(|(day, &count)| {
            let name = words::day(&utc_day(day.start()), count);
            Bar::new(day.0 as f64, count as f64).width(0.7).fill(tokens.accent).name(name)
        })
        .collect();
    let plot = Plot::new("activity")
        .height(PLOT)
        .show_grid([false, true])
        .show_axes([true, true])
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .include_x(first.0 as f64 - 0.5)
        .include_x(last.0 as f64 + 0.5)
        .include_y(0.0)
        .x_axis_formatter(|mark, _| short_utc_day(Day(mark.value.round() as i64).start()))
        .y_axis_formatter(|mark, _| format!("{:.0}", mark.value))
        .x_grid_spacer(|_| Vec::new())
        .show_x(false)
        .show_y(false);
    let shown = plot.show(ui, |plot| {
        plot.bar_chart(BarChart::new(words::chart(), bars));
        plot.pointer_coordinate()
    });
    if shown.response.clicked()
        && let Some(at) = shown.inner
    {
        let day = Day(at.x.round() as i64);
        let filter = PassageFilter { created: Some(day), ..PassageFilter::default() };
        requests.push(PassagesAction::Filter(filter));
    }
    days(ui, last);
}

/// Returns the first day of the chart.
fn first_day(last: Day) -> Day {
    Day(last.0 - DAYS as i64 + 1)
}

/// Shows the first and the last day below the chart.
fn days(ui: &mut Ui, last: Day) {
    ui.horizontal(|ui| {
        widgets::weak(ui, short_utc_day(first_day(last).start()));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            widgets::weak(ui, short_utc_day(last.start()))
        });
    });
}
