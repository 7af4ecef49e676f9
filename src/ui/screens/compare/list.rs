//! The list of differences of the document, grouped by kind, with its filters.

use crate::theme::icons::{self as m, MaterialIcon};
use egui::{FontId, Rect, RichText, Stroke, Ui, pos2, vec2};

use crate::requests::Requests;
use crate::theme::{READING, Tokens, size, space, strong};
use crate::widgets;
use crate::words::compare as words;
use demarche_analysis::context::shorten;
use demarche_analysis::differences::{Cluster, DifferenceKind, Settlement};
use demarche_model::{DocumentId, Text};
use demarche_session::{CompareAction, DifferenceFilter, DifferenceRow, DocumentComparison, Session};

/// Most characters of a quote that a row shows.
const QUOTE: usize = 120;

/// A line of the list.
#[derive(Clone, Copy)]
enum Line {
    /// The heading of a kind, with the number of its rows and of those that are open.
    Group {
        kind: Option<DifferenceKind>,
        rows: usize,
        open: usize,
    },
    Row(DifferenceRow),
}

/// The state of the list between frames.
#[derive(Default)]
pub(super) struct List {
    lines: Vec<Line>,
    /// The document and the revision of the comparison that the lines are built from.
    built_for: Option<(Option<DocumentId>, u64)>,
    /// The difference that was last scrolled to.
    followed: Option<usize>,
}

impl List {
    /// Shows the list with its filters.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        compared: &DocumentComparison,
        requests: &mut Requests,
    ) {
        filters(ui, session, compared, requests);
        ui.add_space(space::XS);
        self.refresh(session);
        let here = session.current_difference();
        if self.lines.is_empty() {
            return empty(ui, session, compared);
        }
        let mut scroll = egui::ScrollArea::vertical().id_salt("differences").auto_shrink(false);
        let is_here = |line: &Line| matches!(line, Line::Row(row) if Some(row.at) == here);
        if self.followed != here {
            self.followed = here;
            if let Some(at) = self.lines.iter().position(is_here) {
                let offset =
                    at as f32 * (size::ROW + ui.spacing().item_spacing.y) - ui.available_height() / 2.0;
                scroll = scroll.vertical_scroll_offset(offset.max(0.0));
            }
        }
        let text = session.document().and_then(|document| document.text.clone());
        let Some(text) = text else { return };
        scroll.show_rows(ui, size::ROW, self.lines.len(), |ui, rows| {
            for line in self.lines.get(rows).unwrap_or_default() {
                match line {
                    Line::Group { kind, rows, open } => group(ui, *kind, *rows, *open),
                    Line::Row(row) => {
                        if let Some((cluster, settled)) = compared.passage(row.at) {
                            let passage = Passage { session, cluster, settled, text: &text };
                            passage_row(ui, &passage, row.at, here == Some(row.at), requests);
                        }
                    }
                }
            }
        });
    }

    /// Rebuilds the lines if the comparison has changed.
    fn refresh(&mut self, session: &Session) {
        let now = Some((session.view_state().document.clone(), session.comparison_serial()));
        if self.built_for == now {
            return;
        }
        self.built_for = now;
        self.followed = None;
        self.lines.clear();
        let rows = session.difference_rows();
        if session.difference_filter().by_place {
            return self.lines.extend(rows.iter().copied().map(Line::Row));
        }
        for group in rows.chunk_by(|a, b| a.kind == b.kind) {
            let open = group.iter().filter(|row| !row.settled).count();
            let kind = group.first().and_then(|row| row.kind);
            self.lines.push(Line::Group { kind, rows: group.len(), open });
            self.lines.extend(group.iter().copied().map(Line::Row));
        }
    }
}

/// Shows why the list is empty.
fn empty(ui: &mut Ui, session: &Session, compared: &DocumentComparison) {
    let filter = session.difference_filter();
    let (title, hint) = match compared.tally().differing {
        0 => (words::no_differences(), words::no_differences_hint()),
        _ if filter.open && compared.tally().open() == 0 => (words::all_settled(), words::all_settled_hint()),
        _ => (words::no_match(), words::no_match_hint()),
    };
    widgets::empty_state(ui, title, hint);
}

/// Shows the filters.
fn filters(ui: &mut Ui, session: &Session, compared: &DocumentComparison, requests: &mut Requests) {
    let filter = session.difference_filter();
    let mut wanted = filter.clone();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for kind in DifferenceKind::ALL {
            let count = compared.count(kind);
            let on = wanted.kinds.contains(&kind);
            let text = RichText::new(words::kind_filter(kind, count)).size(size::SMALL);
            let chip = ui.add_enabled(count > 0 || on, egui::Button::new(text).selected(on));
            if chip.on_hover_text(words::kind_filter_hint(kind)).clicked() && !wanted.kinds.remove(&kind) {
                wanted.kinds.insert(kind);
            }
        }
    });
    // Two annotators always differ from each other, so a menu would have no effect.
    let several = compared.differences().annotators().len() > 2;
    if several {
        ui.horizontal(|ui| {
            let width = ((ui.available_width() - space::S) / 2.0).floor();
            category(ui, session, &mut wanted, width);
            annotator(ui, session, compared, &mut wanted, width);
        });
    } else {
        wanted.annotator = None;
    }
    ui.horizontal_wrapped(|ui| {
        if !several {
            category(ui, session, &mut wanted, 112.0);
        }
        ui.checkbox(&mut wanted.open, words::open_only()).on_hover_text(words::open_only_hint());
        ui.checkbox(&mut wanted.agreed, words::show_agreed()).on_hover_text(words::show_agreed_hint());
        ui.checkbox(&mut wanted.by_place, words::text_order()).on_hover_text(words::text_order_hint());
    });
    if wanted != *filter {
        requests.push(CompareAction::Filter(wanted));
    }
}

/// Shows the menu that filters by annotator.
fn annotator(
    ui: &mut Ui,
    session: &Session,
    compared: &DocumentComparison,
    wanted: &mut DifferenceFilter,
    width: f32,
) {
    let project = session.project();
    let current = wanted.annotator.as_ref().map_or(words::everyone(), |id| project.name_of(id)).to_owned();
    let response = widgets::combo(ui, words::annotator(), current, width, |ui| {
        if ui.selectable_label(wanted.annotator.is_none(), words::everyone()).clicked() {
            wanted.annotator = None;
        }
        for id in compared.differences().annotators() {
            if ui.selectable_label(wanted.annotator.as_ref() == Some(id), project.name_of(id)).clicked() {
                wanted.annotator = Some(id.clone());
            }
        }
    });
    response.on_hover_text(words::annotator_hint());
}

/// Shows the menu that filters by category.
fn category(ui: &mut Ui, session: &Session, wanted: &mut DifferenceFilter, width: f32) {
    let codebook = session.project().codebook();
    let current =
        wanted.category.as_ref().map_or(words::all_categories(), |id| codebook.name_of(id)).to_owned();
    widgets::combo(ui, words::category(), current, width, |ui| {
        if ui.selectable_label(wanted.category.is_none(), words::all_categories()).clicked() {
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

/// Shows the heading of a group.
fn group(ui: &mut Ui, kind: Option<DifferenceKind>, rows: usize, open: usize) {
    let tokens = Tokens::of(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), egui::Sense::hover());
    let (name, open) = (words::kind(kind), words::open_of(open, rows));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words::group(name, &open)));
    let end = widgets::line(ui, rect, name, strong(size::INTERFACE), tokens.text);
    let rest = rect.with_min_x(end + space::S);
    widgets::line(ui, rest, &open, FontId::proportional(size::SMALL), tokens.text_weak);
    response.on_hover_text(words::kind_hint(kind));
}

/// A difference with its context, for a row.
struct Passage<'a> {
    session: &'a Session,
    cluster: &'a Cluster,
    settled: &'a Settlement,
    text: &'a Text,
}

impl Passage<'_> {
    /// Returns the categories of the readings, each once: `Threat / Demand`.
    fn categories(&self) -> String {
        let codebook = self.session.project().codebook();
        let mut names: Vec<&str> = Vec::new();
        for name in self.cluster.spans().map(|span| codebook.name_of(&span.category)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(" / ")
    }

    /// Returns the initials of the annotators who have it, if others have nothing: `AR`.
    fn who(&self, compared: &DocumentComparison) -> String {
        let readings = compared.differences().readings(self.cluster);
        readings.map(|(id, _)| super::initials(self.session, id)).collect::<Vec<_>>().join(", ")
    }
}

/// Shows a difference.
fn passage_row(ui: &mut Ui, passage: &Passage<'_>, at: usize, here: bool, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let (cluster, session) = (passage.cluster, passage.session);
    let quote = shorten(passage.text.slice(cluster.cover), QUOTE);
    let categories = passage.categories();
    let label = words::difference(words::kind(cluster.kind), passage.settled, &categories, &quote);
    let (rect, response) = widgets::row(ui, size::ROW, here, &label);
    mark(ui, pos2(rect.left() + space::M, rect.center().y), passage.settled);
    let mut left = rect.left() + space::XL;
    let codebook = session.project().codebook();
    for reading in &cluster.readings {
        let centre = pos2(left + 6.0, rect.center().y);
        match reading.as_ref().and_then(|span| codebook.category(&span.category)) {
            Some(category) => widgets::swatch(ui, centre, category.colour),
            None => {
                let bounds = Rect::from_center_size(centre, vec2(10.0, 10.0));
                let stroke = Stroke::new(1.0, tokens.text_faint);
                ui.painter().rect_stroke(bounds, 3, stroke, egui::StrokeKind::Inside);
            }
        }
        left += 15.0;
    }
    let who = match (cluster.kind, session.comparison()) {
        (Some(DifferenceKind::Missed), Some(compared)) => Some(passage.who(compared)),
        _ => None,
    };
    let categories = words::categories(&categories, who.as_deref());
    let name =
        Rect::from_min_max(pos2(left + space::XS, rect.top()), rect.right_bottom() - vec2(space::S, 0.0));
    let colour = if passage.settled.is_settled() && !here { tokens.text_weak } else { tokens.text };
    let font = if here { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    let end = widgets::line(ui, name, &categories, font, colour);
    let rest = name.with_min_x(end + space::S);
    if rest.width() > 24.0 {
        let font = FontId::new(size::INTERFACE, egui::FontFamily::Name(READING.into()));
        widgets::line(ui, rest, &quote, font, tokens.text_weak);
    }
    if response.clicked() {
        requests.push(CompareAction::GoTo(at));
    }
    response.on_hover_text(words::difference_hint(&categories, &quote));
}

/// Paints the state of a difference: a ring if it is open, a tick if it is in the consensus, a bar if it was
/// left out, a warning if adjudicators contradict each other.
fn mark(ui: &Ui, centre: egui::Pos2, settled: &Settlement) {
    let tokens = Tokens::of(ui);
    let glyph = |icon: MaterialIcon, colour| {
        let font = FontId::new(15.0, icon.font_family());
        ui.painter().text(centre, egui::Align2::CENTER_CENTER, icon.codepoint, font, colour);
    };
    match settled {
        Settlement::Open => {
            ui.painter().circle_stroke(centre, 4.5, Stroke::new(1.3, tokens.text_weak));
        }
        Settlement::Adopted(_) => glyph(m::ICON_CHECK, tokens.good),
        Settlement::Excluded => glyph(m::ICON_BLOCK, tokens.text_weak),
        Settlement::Contradicted(_) => glyph(m::ICON_WARNING, tokens.warning),
    }
}
