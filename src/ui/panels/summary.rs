//! The figures of the project, live. Every figure opens its passages.

use egui::{Color32, FontId, Rect, RichText, Sense, Ui, pos2, vec2};
use egui_plot::{Bar, BarChart, Plot};

use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_analysis::summary::{BINS, Day, DocumentSummary};
use demarche_model::{Category, Document, DocumentId, TextRange};
use demarche_session::{PassageFilter, PassagesAction, Session, Shown};

/// Documents listed at most; the list at the left has all of them.
const DOCUMENTS: usize = 60;

/// Days shown at most.
const DAYS: usize = 14;

/// Height of the plot of the days, in points.
const PLOT: f32 = 96.0;

/// Shows the summary.
pub fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    if session.project().documents().is_empty() {
        return widgets::empty_state(ui, "No figures yet", "Import documents and tag passages in them.");
    }
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
    let totals = session.totals();
    let whose = match session.shown() {
        Shown::Mine => "mine".to_owned(),
        Shown::Everyone => "everyone's".to_owned(),
        Shown::One(id) => session.project().name_of(id).to_owned(),
    };
    ui.horizontal(|ui| {
        let documents = session.project().documents().len();
        let tagged = share(totals.tagged_characters, totals.characters);
        let figures = [
            (widgets::count(totals.spans), if totals.spans == 1 { "passage" } else { "passages" }),
            (widgets::count(documents), if documents == 1 { "document" } else { "documents" }),
            (format!("{:.0} %", tagged * 100.0), "of the text tagged"),
        ];
        for (figure, what) in figures {
            let response = ui.vertical(|ui| {
                ui.label(RichText::new(figure).font(strong(20.0)));
                widgets::weak(ui, what);
            });
            let response = response.response.interact(Sense::click());
            response
                .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("All {what}")));
            if response.on_hover_text("Show all passages").clicked() {
                requests.push(PassagesAction::Filter(PassageFilter::default()));
            }
            ui.add_space(space::M);
        }
    });
    let unread = session.project().documents().len() - totals.documents;
    if session.is_reading_layers() && unread > 0 {
        let are = if unread == 1 { "is" } else { "are" };
        widgets::weak(ui, format!("{} {are} still being read.", widgets::plural(unread, "document")));
    }
    widgets::weak(ui, format!("Counted: {whose}. Chosen above the text."));
}

fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

fn categories(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    section(ui, "Categories", "How many passages carry each category; click to see them");
    let totals = session.totals();
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

/// A row with a name, a bar of coloured parts and a count; says whether it was clicked.
fn bar_row(
    ui: &mut Ui,
    session: &Session,
    name: &str,
    parts: &[(f32, Color32)],
    spans: usize,
    filter: &PassageFilter,
) -> bool {
    let chosen = !filter.is_empty() && session.passage_table().filter() == filter;
    let label = format!("{name}: {}", widgets::plural(spans, "passage"));
    let (rect, response) = widgets::row(ui, 22.0, chosen, &label);
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
        pos2(rect.right() - 38.0, rect.center().y + 5.0),
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

/// Where in the document that is shown the categories lie.
fn positions(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(document) = session.document() else { return };
    let Some(summary) = session.stats().document(document.id()) else { return };
    section(
        ui,
        "Where in this document",
        "From the beginning at the left to the end at the right; click to see what lies there",
    );
    let codebook = session.project().codebook();
    let present = codebook.categories.iter().filter(|category| summary.category(&category.id).spans > 0);
    let mut any = false;
    for category in present {
        any = true;
        if let Some(bin) = position_row(ui, category, summary) {
            let length = document.text.as_ref().map_or(0, |text| text.len());
            requests.push(PassagesAction::Filter(stretch(document.id(), category, bin, length)));
        }
    }
    if !any {
        widgets::weak(ui, "Nothing is tagged in this document yet.");
    }
}

fn stretch(document: &DocumentId, category: &Category, bin: usize, length: usize) -> PassageFilter {
    let range = TextRange { start: bin * length / BINS, end: (bin + 1) * length / BINS };
    PassageFilter {
        category: Some(category.id.clone()),
        document: Some(document.clone()),
        stretch: Some(range),
        ..PassageFilter::default()
    }
}

/// One category's strip; says which stretch was clicked.
fn position_row(ui: &mut Ui, category: &Category, summary: &DocumentSummary) -> Option<usize> {
    let label = format!("Where {} lies", category.name);
    let (rect, response) = widgets::row(ui, 20.0, false, &label);
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
    section(ui, "Documents", "How many passages each document holds, by category; click to see them");
    let documents = session.project().documents();
    let spans =
        |document: &Document| session.stats().document(document.id()).map_or(0, |summary| summary.spans());
    let most = documents.iter().take(DOCUMENTS).map(|document| spans(document)).max().unwrap_or(0);
    for document in documents.iter().take(DOCUMENTS) {
        let filter = PassageFilter { document: Some(document.id().clone()), ..PassageFilter::default() };
        let parts = stacked(ui, session, document, most);
        if bar_row(ui, session, &document.meta.title, &parts, spans(document), &filter) {
            requests.push(PassagesAction::Filter(filter));
        }
    }
    if documents.len() > DOCUMENTS {
        widgets::weak(ui, format!("and {} more", widgets::count(documents.len() - DOCUMENTS)));
    }
}

fn stacked(ui: &Ui, session: &Session, document: &Document, most: usize) -> Vec<(f32, Color32)> {
    let Some(summary) = session.stats().document(document.id()) else { return Vec::new() };
    let tokens = Tokens::of(ui);
    let categories = session.project().codebook().categories.iter();
    categories.map(|c| (share(summary.category(&c.id).spans, most), tokens.category(c.colour))).collect()
}

fn annotators(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let totals = session.totals();
    if totals.annotators.len() < 2 {
        return;
    }
    section(ui, "Annotators", "How many passages each has tagged; click to see them");
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

/// What was tagged on the latest days.
fn activity(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let activity = &session.totals().activity;
    let Some((&last, _)) = activity.last_key_value() else { return };
    section(
        ui,
        "Recent activity",
        "Passages made or changed per day (UTC); click a day to see those made on it",
    );
    let place = Rect::from_min_size(ui.next_widget_position(), vec2(ui.available_width(), PLOT));
    if !ui.is_rect_visible(place) {
        // A plot costs more than all the rest of the panel.
        ui.allocate_space(place.size());
        return days(ui, last);
    }
    let first = first_of(last);
    let tokens = Tokens::of(ui);
    let bars: Vec<Bar> = activity
        .range(first..)
        .map(|(day, &count)| {
            let name = format!("{}: {}", date(*day), widgets::plural(count, "passage"));
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
        .x_axis_formatter(|mark, _| short_date(Day(mark.value.round() as i64)))
        .y_axis_formatter(|mark, _| format!("{:.0}", mark.value))
        .x_grid_spacer(|_| Vec::new())
        .show_x(false)
        .show_y(false);
    let shown = plot.show(ui, |plot| {
        plot.bar_chart(BarChart::new("passages", bars));
        plot.pointer_coordinate()
    });
    if shown.response.clicked()
        && let Some(at) = shown.inner
    {
        let day = Day(at.x.round() as i64);
        let next = Day(day.0 + 1);
        let filter = PassageFilter { created: Some((day.start(), next.start())), ..PassageFilter::default() };
        requests.push(PassagesAction::Filter(filter));
    }
    days(ui, last);
}

/// The first of the days before `last` that are shown.
fn first_of(last: Day) -> Day {
    Day(last.0 - DAYS as i64 + 1)
}

/// The first day and the last, below the plot.
fn days(ui: &mut Ui, last: Day) {
    ui.horizontal(|ui| {
        widgets::weak(ui, short_date(first_of(last)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            widgets::weak(ui, short_date(last))
        });
    });
}

fn date(day: Day) -> String {
    chrono::DateTime::from_timestamp(day.start().0, 0).unwrap_or_default().format("%-d %b %Y").to_string()
}

fn short_date(day: Day) -> String {
    chrono::DateTime::from_timestamp(day.start().0, 0).unwrap_or_default().format("%-d %b").to_string()
}
