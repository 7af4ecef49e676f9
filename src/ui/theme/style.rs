//! The style of egui, made from the design tokens.

use egui::style::{Spacing, TextCursorStyle, WidgetVisuals, Widgets};
use egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Theme, Visuals, vec2,
};

use super::{Tokens, size, space};

/// Installs the styles of both themes.
pub fn install_style(ctx: &egui::Context) {
    ctx.style_mut_of(Theme::Light, |style| apply(style, &Tokens::LIGHT));
    ctx.style_mut_of(Theme::Dark, |style| apply(style, &Tokens::DARK));
}

fn apply(style: &mut Style, tokens: &Tokens) {
    let interface = |points: f32| FontId::new(points, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, interface(size::SMALL)),
        (TextStyle::Body, interface(size::INTERFACE)),
        (TextStyle::Button, interface(size::INTERFACE)),
        (TextStyle::Heading, super::strong(size::HEADING)),
        (TextStyle::Monospace, FontId::new(size::SMALL, FontFamily::Monospace)),
    ]
    .into();
    spacing(&mut style.spacing);
    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    style.animation_time = 0.08;
    // A list jumps to a row: an animation through 100,000 rows would lay new ones out in every frame.
    style.scroll_animation = egui::style::ScrollAnimation::none();
    style.visuals = visuals(tokens);
}

fn spacing(spacing: &mut Spacing) {
    spacing.item_spacing = vec2(space::S, space::XS);
    spacing.button_padding = vec2(space::S, space::XS);
    spacing.menu_margin = Margin::same(space::XS as i8);
    spacing.window_margin = Margin::same(space::L as i8);
    spacing.interact_size = vec2(28.0, size::ROW);
    spacing.combo_width = 120.0;
    spacing.tooltip_width = 320.0;
    spacing.scroll.floating = true;
    spacing.scroll.bar_width = 8.0;
    // The fill of widgets is that of fields, which would be invisible.
    spacing.scroll.foreground_color = true;
    spacing.scroll.active_handle_opacity = 0.3;
    spacing.scroll.interact_handle_opacity = 0.5;
}

fn visuals(tokens: &Tokens) -> Visuals {
    let base = if tokens.dark { Visuals::dark() } else { Visuals::light() };
    let radius = CornerRadius::same(size::RADIUS);
    let shadow = Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: Color32::from_black_alpha(if tokens.dark { 110 } else { 36 }),
    };
    Visuals {
        dark_mode: tokens.dark,
        override_text_color: Some(tokens.text),
        weak_text_color: Some(tokens.text_weak),
        widgets: widgets(tokens, radius),
        selection: egui::style::Selection {
            bg_fill: tokens.selection,
            stroke: Stroke::new(1.0, if tokens.dark { tokens.text } else { tokens.accent }),
        },
        hyperlink_color: tokens.accent,
        faint_bg_color: tokens.hover.gamma_multiply(0.5),
        extreme_bg_color: tokens.raised,
        text_edit_bg_color: Some(tokens.raised),
        code_bg_color: tokens.hover,
        warn_fg_color: tokens.warning,
        error_fg_color: tokens.error,
        window_corner_radius: CornerRadius::same(8),
        window_shadow: shadow,
        window_fill: tokens.panel,
        window_stroke: Stroke::new(1.0, tokens.line),
        menu_corner_radius: CornerRadius::same(6),
        panel_fill: tokens.panel,
        popup_shadow: shadow,
        text_cursor: TextCursorStyle { stroke: Stroke::new(1.5, tokens.accent), ..base.text_cursor.clone() },
        ..base
    }
}

fn widgets(tokens: &Tokens, radius: CornerRadius) -> Widgets {
    let state = |fill: Color32, line: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill.lerp_to_gamma(line, 0.9),
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, line),
        corner_radius: radius,
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: state(tokens.panel, tokens.line, tokens.text),
        // An empty checkbox is a field with an edge; filled with grey it would look disabled.
        inactive: WidgetVisuals {
            bg_fill: tokens.raised,
            bg_stroke: Stroke::new(1.0, tokens.line.lerp_to_gamma(tokens.text_faint, 0.35)),
            ..state(tokens.raised, tokens.line, tokens.text)
        },
        hovered: WidgetVisuals {
            bg_fill: tokens.hover,
            ..state(tokens.hover, tokens.text_faint, tokens.text)
        },
        active: state(tokens.selected, tokens.accent, tokens.text),
        open: state(tokens.hover, tokens.line, tokens.text),
    }
}
