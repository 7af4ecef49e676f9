//! The picture of the page.

use std::sync::Arc;

use egui::{
    ColorImage, Rect, Sense, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui, Vec2, pos2, vec2,
};

use crate::theme::{Tokens, space};
use crate::words::original as words;
use demarche_io::documents::pages::{DrawnPage, LARGEST_SIDE_PX, PageRect, SMALLEST_WIDTH_PX};
use demarche_session::PageArea;

/// Height of a page as a multiple of its width, until it is known: A4.
const A4: f32 = 1.414;
/// Distance between words and outline, in points of the page.
const MARGIN_PT: f32 = 1.5;

/// The size at which a page is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Zoom {
    /// As wide as the panel.
    #[default]
    Width,
    /// All of it.
    Page,
}

/// The picture that is shown, as a texture.
#[derive(Default)]
pub(super) struct Picture {
    texture: Option<(Arc<DrawnPage>, TextureHandle)>,
    /// The width that was asked for last, in pixels.
    width_px: u32,
    /// The areas to which the picture has been scrolled.
    scrolled_to: Vec<PageArea>,
}

impl Picture {
    /// Returns the width at which a page is to be drawn, in pixels. It does not change while the panel is dragged.
    pub fn width_px(&mut self, ui: &Ui, zoom: Zoom) -> u32 {
        let is_dragged = ui.input(|input| input.pointer.any_down());
        if self.width_px == 0 || !is_dragged {
            let ratio = self.texture.as_ref().map_or(A4, |(page, _)| page.size_pt.1 / page.size_pt.0);
            let size = size(zoom, ui.available_size(), ratio) * ui.ctx().pixels_per_point();
            let side = ui.input(|input| input.max_texture_side).min(LARGEST_SIDE_PX as usize) as f32;
            let width = size.x.min(side).min(side / ratio);
            self.width_px = (width.round() as u32).max(SMALLEST_WIDTH_PX);
        }
        self.width_px
    }

    /// Shows a page, and outlines around its areas.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        page: &Arc<DrawnPage>,
        (index, areas): (usize, &[PageArea]),
        zoom: Zoom,
    ) {
        let texture = self.texture(ui, page);
        let size = size(zoom, ui.available_size(), page.size_pt.1 / page.size_pt.0);
        let scroll = egui::ScrollArea::vertical().id_salt(("page of the original", index)).auto_shrink(false);
        scroll.show(ui, |ui| {
            let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
            let label = words::page(index + 1, page.pages, areas.len());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &label));
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            let tokens = Tokens::of(ui);
            ui.painter().image(texture, rect, whole, egui::Color32::WHITE);
            ui.painter().rect_stroke(rect, 0.0, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
            let outlines: Vec<Rect> =
                areas.iter().map(|area| on_picture(area.rect, page.size_pt, rect)).collect();
            for outline in &outlines {
                // The page is white in both themes.
                let accent = Tokens::LIGHT.accent;
                ui.painter().rect_filled(*outline, 2.0, accent.gamma_multiply(0.12));
                ui.painter().rect_stroke(*outline, 2.0, Stroke::new(1.5, accent), StrokeKind::Outside);
            }
            if self.scrolled_to != areas {
                self.scrolled_to = areas.to_vec();
                if let Some(first) = outlines.first() {
                    ui.scroll_to_rect(first.expand(space::XL), None);
                }
            }
        });
    }

    /// Returns the texture of a page, which is made once.
    fn texture(&mut self, ui: &Ui, page: &Arc<DrawnPage>) -> egui::TextureId {
        if let Some((of, texture)) = &self.texture
            && Arc::ptr_eq(of, page)
        {
            return texture.id();
        }
        let size = [page.size_px.0 as usize, page.size_px.1 as usize];
        let image = ColorImage::from_rgba_unmultiplied(size, &page.rgba);
        let texture = ui.ctx().load_texture("page of the original", image, TextureOptions::LINEAR);
        let id = texture.id();
        self.texture = Some((page.clone(), texture));
        id
    }
}

/// Returns the size of a page in points. `ratio` is its height as a multiple of its width.
fn size(zoom: Zoom, available: Vec2, ratio: f32) -> Vec2 {
    // Room for the scroll bar, so that it covers nothing.
    let width = (available.x - space::S).max(1.0);
    let width = match zoom {
        Zoom::Width => width,
        Zoom::Page => width.min(available.y / ratio).max(1.0),
    };
    vec2(width, width * ratio)
}

/// Returns where an area of the page is on its picture.
fn on_picture(area: PageRect, (width_pt, height_pt): (f32, f32), picture: Rect) -> Rect {
    let at = |x: f32, y: f32| {
        pos2(
            picture.left() + x / width_pt * picture.width(),
            picture.top() + y / height_pt * picture.height(),
        )
    };
    let margin = MARGIN_PT;
    Rect::from_min_max(
        at(area.left - margin, area.top - margin),
        at(area.right + margin, area.bottom + margin),
    )
    .intersect(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_outlined_where_it_is_on_the_picture() {
        let picture = Rect::from_min_size(pos2(10.0, 20.0), vec2(200.0, 400.0));
        let area = PageRect { left: 51.5, top: 101.5, right: 98.5, bottom: 198.5 };
        let found = on_picture(area, (100.0, 200.0), picture);
        assert_eq!(found, Rect::from_min_max(pos2(110.0, 220.0), pos2(210.0, 420.0)));
        let beyond = PageRect { left: -50.0, top: 0.0, right: 900.0, bottom: 9.0 };
        assert!(picture.contains_rect(on_picture(beyond, (100.0, 200.0), picture)));
    }

    #[test]
    fn a_whole_page_fits_into_the_panel() {
        let panel = vec2(300.0 + space::S, 300.0);
        assert_eq!(size(Zoom::Width, panel, 2.0), vec2(300.0, 600.0));
        assert_eq!(size(Zoom::Page, panel, 2.0), vec2(150.0, 300.0));
        assert_eq!(size(Zoom::Page, panel, 0.5), vec2(300.0, 150.0));
    }
}
