//! The manual in the window: a pane on the right with the list of pages, a search and the page that is open.

mod markup;
mod page;
mod render;
mod search;

use egui::{Event, EventFilter, Id, Key, Modifiers, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo};
use egui_commonmark::CommonMarkCache;

use crate::theme::icons as m;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::manual as words;

use page::{Entry, contents};
use search::Hit;

pub use markup::{code, links};
pub use page::ManualPage;

/// Width of the list of pages, in points.
const LIST: f32 = 190.0;

/// Width from which the list of pages is next to the page, in points.
const WITH_LIST: f32 = 620.0;

/// Distance that an arrow key scrolls, in points.
const LINE: f32 = 40.0;

/// A place in the manual.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Place {
    page: ManualPage,
    /// The section; `None` for the start of the page.
    anchor: Option<String>,
}

/// The manual, with the pages that were read.
pub struct Manual {
    is_open: bool,
    at: Place,
    back: Vec<Place>,
    forward: Vec<Place>,
    query: String,
    hits: Vec<Hit>,
    /// Whether the page is about to be shown from its start or its section.
    arrived: bool,
    focus: bool,
    cache: CommonMarkCache,
}

impl Default for Manual {
    fn default() -> Self {
        Self {
            is_open: false,
            at: Place { page: ManualPage::Start, anchor: None },
            back: Vec::new(),
            forward: Vec::new(),
            query: String::new(),
            hits: Vec::new(),
            arrived: true,
            focus: false,
            cache: CommonMarkCache::default(),
        }
    }
}

impl Manual {
    /// Returns whether it is shown.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens it at a page, and gives it the keyboard.
    pub fn open(&mut self, page: ManualPage) {
        self.is_open = true;
        self.query.clear();
        self.hits.clear();
        self.request_focus();
        if self.at.page != page {
            self.go(Place { page, anchor: None });
        }
    }

    /// Closes it.
    pub fn close(&mut self) {
        self.is_open = false;
    }

    /// Gives the page the keyboard in the next frame.
    pub fn request_focus(&mut self) {
        self.focus = true;
    }

    /// Returns whether the page has the keyboard.
    pub fn has_focus(&self, ctx: &egui::Context) -> bool {
        ctx.memory(|memory| memory.has_focus(page_id()))
    }

    fn go(&mut self, place: Place) {
        self.back.push(std::mem::replace(&mut self.at, place));
        self.forward.clear();
        self.arrive();
    }

    /// Shows the place from its start, with the keyboard in it.
    fn arrive(&mut self) {
        self.arrived = true;
        self.request_focus();
    }

    /// Follows a link to `page.md` or `page.md#section`.
    fn follow(&mut self, link: &str) {
        let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
        let page = if file.is_empty() { Some(self.at.page) } else { ManualPage::of_file(file) };
        if let Some(page) = page {
            self.go(Place { page, anchor: anchor.map(str::to_owned) });
        }
    }

    fn step(&mut self, back: bool) {
        let (from, to) =
            if back { (&mut self.back, &mut self.forward) } else { (&mut self.forward, &mut self.back) };
        if let Some(place) = from.pop() {
            to.push(std::mem::replace(&mut self.at, place));
            self.arrive();
        }
    }

    /// Shows the manual. Returns whether it was closed.
    pub fn ui(&mut self, ui: &mut Ui) -> bool {
        let mut closed = self.head(ui);
        ui.add_space(space::S);
        if ui.available_width() >= WITH_LIST {
            let height = ui.available_height();
            ui.horizontal_top(|ui| {
                let column = egui::Layout::top_down(egui::Align::LEFT);
                ui.allocate_ui_with_layout(egui::vec2(LIST, height), column, |ui| {
                    ui.set_width(LIST);
                    self.list(ui);
                });
                ui.add_space(space::M);
                ui.vertical(|ui| closed |= self.body(ui));
            });
        } else if self.query.is_empty() {
            closed |= self.body(ui);
        } else {
            self.list(ui);
        }
        closed
    }

    /// Shows back, forward, the menu of pages if there is no list of them, the search, and the button that closes.
    fn head(&mut self, ui: &mut Ui) -> bool {
        let mut closed = false;
        let with_list = ui.available_width() >= WITH_LIST;
        ui.horizontal(|ui| {
            for (icon, name, back) in
                [(m::ICON_ARROW_BACK, words::back(), true), (m::ICON_ARROW_FORWARD, words::forward(), false)]
            {
                let places = if back { &self.back } else { &self.forward };
                ui.add_enabled_ui(!places.is_empty(), |ui| {
                    if widgets::icon_button(ui, icon, name).clicked() {
                        self.step(back);
                    }
                });
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                closed = widgets::icon_button(ui, m::ICON_CLOSE, words::close()).clicked();
                let width = ui.available_width() - space::S;
                if with_list {
                    self.search(ui, width.min(LIST + 60.0));
                } else {
                    widgets::combo(ui, words::page(), self.at.page.title(), width, |ui| self.pages(ui));
                }
            });
        });
        if !with_list {
            self.search(ui, f32::INFINITY);
        }
        closed
    }

    fn search(&mut self, ui: &mut Ui, width: f32) {
        let field = widgets::bare_field(ui, words::search(), &mut self.query, words::search(), width);
        if field.changed() {
            self.hits = search::find(&self.query);
        }
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            self.follow_hit(0);
        }
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
            self.query.clear();
            self.request_focus();
        }
    }

    /// Goes to a section that was found.
    fn follow_hit(&mut self, at: usize) {
        if let Some(hit) = self.hits.get(at) {
            let place = Place { page: hit.page, anchor: Some(hit.anchor.clone()) };
            self.go(place);
            self.query.clear();
        }
    }

    /// Shows the pages, or the sections that were found.
    fn list(&mut self, ui: &mut Ui) {
        ScrollArea::vertical().id_salt("manual list").auto_shrink([false, false]).show(ui, |ui| {
            if self.query.trim().is_empty() {
                self.pages(ui);
            } else {
                self.found(ui);
            }
        });
    }

    fn pages(&mut self, ui: &mut Ui) {
        for entry in contents() {
            match entry {
                Entry::Part(part) => {
                    ui.add_space(space::S);
                    widgets::caption(ui, part);
                }
                Entry::Page(page, title) => {
                    let (rect, row) = widgets::row(ui, size::ROW, self.at.page == page, title);
                    let (font, text) = (egui::FontId::proportional(size::INTERFACE), Tokens::of(ui).text);
                    widgets::line(ui, rect.shrink2(egui::vec2(space::S, 0.0)), title, font, text);
                    if row.clicked() {
                        self.go(Place { page, anchor: None });
                        ui.close();
                    }
                }
            }
        }
    }

    fn found(&mut self, ui: &mut Ui) {
        if self.hits.is_empty() {
            widgets::empty_state(ui, words::no_hits(), words::no_hits_hint());
        }
        let mut clicked = None;
        for (at, hit) in self.hits.iter().enumerate() {
            let title = words::hit(hit.page.title(), hit.section);
            let button = egui::Button::new(egui::RichText::new(&title).font(strong(size::INTERFACE)));
            if ui.add(button.frame_when_inactive(false).wrap()).clicked() {
                clicked = Some(at);
            }
            widgets::weak(ui, &hit.excerpt);
            ui.add_space(space::S);
        }
        clicked.into_iter().for_each(|at| self.follow_hit(at));
    }

    /// Shows the page. Returns whether Escape has closed the manual.
    fn body(&mut self, ui: &mut Ui) -> bool {
        let view = ui.interact(ui.available_rect_before_wrap(), page_id(), Sense::click());
        view.widget_info(|| WidgetInfo::labeled(Role::Document, true, self.at.page.title()));
        if std::mem::take(&mut self.focus) || view.clicked() {
            view.request_focus();
        }
        let (moved, closed) = if view.has_focus() { self.keys(ui) } else { (Vec2::ZERO, false) };
        let arrived = std::mem::take(&mut self.arrived);
        let at = self.at.clone();
        let mut area = ScrollArea::vertical().id_salt("manual page").auto_shrink([false, false]);
        if arrived && at.anchor.is_none() {
            area = area.vertical_scroll_offset(0.0);
        }
        let link = area.show(ui, |ui| {
            ui.scroll_with_delta_animation(moved, egui::style::ScrollAnimation::none());
            let width = (ui.available_width() - space::M).min(render::COLUMN);
            ui.set_max_width(width);
            render::page(ui, &mut self.cache, at.page, at.anchor.as_deref().filter(|_| arrived))
        });
        if let Some(link) = link.inner {
            self.follow(&link);
        }
        closed
    }

    /// Takes the keys of the page. Returns how far they scroll, and whether Escape closes the manual.
    fn keys(&mut self, ui: &Ui) -> (Vec2, bool) {
        let filter = EventFilter {
            vertical_arrows: true,
            horizontal_arrows: true,
            escape: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(page_id(), filter));
        let pressed: Vec<(Key, Modifiers)> = ui.input(|input| {
            let key = |event: &Event| match event {
                Event::Key { key, pressed: true, modifiers, .. } => Some((*key, *modifiers)),
                _ => None,
            };
            input.events.iter().filter_map(key).collect()
        });
        let page = ui.available_height() - LINE;
        let (mut moved, mut closed) = (0.0, false);
        for (key, modifiers) in pressed {
            match (key, modifiers.alt) {
                (Key::ArrowLeft, true) => self.step(true),
                (Key::ArrowRight, true) => self.step(false),
                (Key::ArrowDown, false) => moved -= LINE,
                (Key::ArrowUp, false) => moved += LINE,
                (Key::PageDown | Key::Space, false) => moved -= page,
                (Key::PageUp, false) => moved += page,
                (Key::Home, false) => moved = f32::from(u16::MAX),
                (Key::End, false) => moved = -f32::from(u16::MAX),
                (Key::Escape, false) => closed = true,
                _ => {}
            }
        }
        (Vec2::new(0.0, moved), closed)
    }
}

fn page_id() -> Id {
    Id::unique("manual page")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(manual: &Manual) -> (ManualPage, Option<&str>) {
        (manual.at.page, manual.at.anchor.as_deref())
    }

    #[test]
    fn links_lead_to_pages_and_sections_and_back() {
        let mut manual = Manual::default();
        manual.open(ManualPage::Agreement);
        manual.follow("analyse.md#write-a-report");
        assert_eq!(page(&manual), (ManualPage::Analyse, Some("write-a-report")));
        manual.follow("nowhere.md");
        assert_eq!(page(&manual), (ManualPage::Analyse, Some("write-a-report")));
        manual.step(true);
        assert_eq!(page(&manual), (ManualPage::Agreement, None));
        manual.step(false);
        assert_eq!(page(&manual), (ManualPage::Analyse, Some("write-a-report")));
        manual.step(true);
        manual.follow("team.md");
        manual.step(false);
        assert_eq!(page(&manual), (ManualPage::Team, None), "a new way forgets the old one");
    }
}
