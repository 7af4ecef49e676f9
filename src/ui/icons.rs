//! Icons by the names that the command table uses.

use egui_material_icons::{MaterialIcon, icons as m};

/// The icon of this name; `None` for an empty or unknown name.
pub fn icon(name: &str) -> Option<MaterialIcon> {
    ICONS.iter().find(|(known, _)| *known == name).map(|(_, icon)| *icon)
}

/// Every icon that is used by name.
const ICONS: &[(&str, MaterialIcon)] = &[
    ("add_link", m::ICON_ADD_LINK),
    ("ads_click", m::ICON_ADS_CLICK),
    ("arrow_downward", m::ICON_ARROW_DOWNWARD),
    ("arrow_forward", m::ICON_ARROW_FORWARD),
    ("arrow_upward", m::ICON_ARROW_UPWARD),
    ("bar_chart", m::ICON_BAR_CHART),
    ("block", m::ICON_BLOCK),
    ("bottom_panel_open", m::ICON_BOTTOM_PANEL_OPEN),
    ("call_merge", m::ICON_CALL_MERGE),
    ("call_split", m::ICON_CALL_SPLIT),
    ("check", m::ICON_CHECK),
    ("compare", m::ICON_COMPARE),
    ("content_copy", m::ICON_CONTENT_COPY),
    ("content_paste", m::ICON_CONTENT_PASTE),
    ("content_paste_go", m::ICON_CONTENT_PASTE_GO),
    ("contrast", m::ICON_CONTRAST),
    ("create_new_folder", m::ICON_CREATE_NEW_FOLDER),
    ("dark_mode", m::ICON_DARK_MODE),
    ("delete", m::ICON_DELETE),
    ("delete_forever", m::ICON_DELETE_FOREVER),
    ("done_all", m::ICON_DONE_ALL),
    ("download", m::ICON_DOWNLOAD),
    ("edit_document", m::ICON_EDIT_DOCUMENT),
    ("edit_note", m::ICON_EDIT_NOTE),
    ("edit_square", m::ICON_EDIT_SQUARE),
    ("fact_check", m::ICON_FACT_CHECK),
    ("file_open", m::ICON_FILE_OPEN),
    ("file_save", m::ICON_FILE_SAVE),
    ("find_in_page", m::ICON_FIND_IN_PAGE),
    ("folder_open", m::ICON_FOLDER_OPEN),
    ("format_list_bulleted", m::ICON_FORMAT_LIST_BULLETED),
    ("format_quote", m::ICON_FORMAT_QUOTE),
    ("frame_inspect", m::ICON_FRAME_INSPECT),
    ("history", m::ICON_HISTORY),
    ("info", m::ICON_INFO),
    ("keyboard", m::ICON_KEYBOARD),
    ("left_panel_open", m::ICON_LEFT_PANEL_OPEN),
    ("light_mode", m::ICON_LIGHT_MODE),
    ("link", m::ICON_LINK),
    ("link_off", m::ICON_LINK_OFF),
    ("logout", m::ICON_LOGOUT),
    ("mark_email_read", m::ICON_MARK_EMAIL_READ),
    ("navigate_before", m::ICON_NAVIGATE_BEFORE),
    ("navigate_next", m::ICON_NAVIGATE_NEXT),
    ("new_label", m::ICON_NEW_LABEL),
    ("notes", m::ICON_NOTES),
    ("outgoing_mail", m::ICON_OUTGOING_MAIL),
    ("pending_actions", m::ICON_PENDING_ACTIONS),
    ("percent", m::ICON_PERCENT),
    ("redo", m::ICON_REDO),
    ("refresh", m::ICON_REFRESH),
    ("repeat", m::ICON_REPEAT),
    ("reply", m::ICON_REPLY),
    ("right_panel_open", m::ICON_RIGHT_PANEL_OPEN),
    ("rule", m::ICON_RULE),
    ("save", m::ICON_SAVE),
    ("school", m::ICON_SCHOOL),
    ("search", m::ICON_SEARCH),
    ("select_all", m::ICON_SELECT_ALL),
    ("short_text", m::ICON_SHORT_TEXT),
    ("task_alt", m::ICON_TASK_ALT),
    ("text_decrease", m::ICON_TEXT_DECREASE),
    ("text_increase", m::ICON_TEXT_INCREASE),
    ("toc", m::ICON_TOC),
    ("travel_explore", m::ICON_TRAVEL_EXPLORE),
    ("undo", m::ICON_UNDO),
    ("update", m::ICON_UPDATE),
    ("upload_file", m::ICON_UPLOAD_FILE),
    ("rate_review", m::ICON_RATE_REVIEW),
    ("check_circle", m::ICON_CHECK_CIRCLE),
    ("cancel", m::ICON_CANCEL),
    ("forum", m::ICON_FORUM),
    ("edit", m::ICON_EDIT),
    ("comment", m::ICON_COMMENT),
    ("inbox", m::ICON_INBOX),
    ("move_to_inbox", m::ICON_MOVE_TO_INBOX),
    ("done_all", m::ICON_DONE_ALL),
    ("group", m::ICON_GROUP),
    ("warning", m::ICON_WARNING),
];

#[cfg(test)]
mod tests {
    use demarche_session::commands::COMMANDS;

    #[test]
    fn every_icon_of_the_command_table_exists() {
        for command in COMMANDS.iter().filter(|command| !command.icon.is_empty()) {
            assert!(super::icon(command.icon).is_some(), "{}: {}", command.id, command.icon);
        }
    }
}
