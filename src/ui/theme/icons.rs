//! The icons in use. `assets/fonts/MaterialSymbols-subset.ttf` contains only these; its README tells how to add one.

pub use egui_material_icons::MaterialIcon;

/// Re-exports the icons and lists them.
macro_rules! icons {
    ($($name:ident)*) => {
        pub use egui_material_icons::icons::{$($name),*};

        /// Every icon in use.
        #[cfg(test)]
        const ALL: &[(&str, MaterialIcon)] = &[$((stringify!($name), $name)),*];
    };
}

icons! {
    ICON_ADD
    ICON_ADD_LINK
    ICON_ADS_CLICK
    ICON_ARROW_BACK
    ICON_ARROW_DOWNWARD
    ICON_ARROW_DROP_DOWN
    ICON_ARROW_FORWARD
    ICON_ARROW_UPWARD
    ICON_BAR_CHART
    ICON_BLOCK
    ICON_BOTTOM_PANEL_OPEN
    ICON_CALL_MERGE
    ICON_CALL_SPLIT
    ICON_CANCEL
    ICON_CHECK
    ICON_CHECK_CIRCLE
    ICON_CHEVRON_RIGHT
    ICON_CLOSE
    ICON_COMMENT
    ICON_COMPARE
    ICON_CONTENT_COPY
    ICON_CONTENT_PASTE
    ICON_CONTENT_PASTE_GO
    ICON_CONTRAST
    ICON_CREATE_NEW_FOLDER
    ICON_DARK_MODE
    ICON_DELETE
    ICON_DELETE_FOREVER
    ICON_DESCRIPTION
    ICON_DONE_ALL
    ICON_DOWNLOAD
    ICON_EDIT
    ICON_EDIT_DOCUMENT
    ICON_EDIT_NOTE
    ICON_EDIT_SQUARE
    ICON_ERROR
    ICON_EXPAND_MORE
    ICON_FACT_CHECK
    ICON_FILE_OPEN
    ICON_FILE_SAVE
    ICON_FILTER_ALT
    ICON_FILTER_LIST
    ICON_FIND_IN_PAGE
    ICON_FOLDER
    ICON_FOLDER_OPEN
    ICON_FORMAT_LIST_BULLETED
    ICON_FORMAT_QUOTE
    ICON_FORUM
    ICON_FRAME_INSPECT
    ICON_GROUP
    ICON_HISTORY
    ICON_INBOX
    ICON_INFO
    ICON_KEYBOARD
    ICON_KEYBOARD_ARROW_DOWN
    ICON_KEYBOARD_ARROW_UP
    ICON_LABEL
    ICON_LEFT_PANEL_OPEN
    ICON_LIGHT_MODE
    ICON_LINK
    ICON_LINK_OFF
    ICON_LOCK
    ICON_LOGOUT
    ICON_MARK_EMAIL_READ
    ICON_MOVE_TO_INBOX
    ICON_NAVIGATE_BEFORE
    ICON_NAVIGATE_NEXT
    ICON_NEW_LABEL
    ICON_NOTES
    ICON_OUTGOING_MAIL
    ICON_PENDING_ACTIONS
    ICON_PERCENT
    ICON_PLAYLIST_ADD
    ICON_RATE_REVIEW
    ICON_REDO
    ICON_REFRESH
    ICON_REPEAT
    ICON_REPLY
    ICON_RIGHT_PANEL_OPEN
    ICON_RULE
    ICON_SAVE
    ICON_SCHOOL
    ICON_SEARCH
    ICON_SELECT_ALL
    ICON_SHORT_TEXT
    ICON_SWAP_VERT
    ICON_TASK_ALT
    ICON_TEXT_DECREASE
    ICON_TEXT_INCREASE
    ICON_TOC
    ICON_TRAVEL_EXPLORE
    ICON_UNDO
    ICON_UPDATE
    ICON_UPLOAD_FILE
    ICON_VISIBILITY_OFF
    ICON_WARNING
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use crate::theme::install_fonts;
    use egui::{Context, FontFamily, FontId};

    #[test]
    fn the_bundled_font_has_every_icon() {
        let ctx = Context::default();
        install_fonts(&ctx);
        let mut missing = Vec::new();
        let mut output = ctx.run_ui(Default::default(), |ui| {
            let font = FontId::new(16.0, FontFamily::Name(egui_material_icons::FONT_FAMILY.into()));
            ui.fonts_mut(|fonts| {
                for (name, icon) in ALL {
                    missing.extend((!fonts.has_glyphs(&font, icon.codepoint)).then_some(*name));
                }
            });
        });
        output.textures_delta.clear();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
