//! The rows of the command table. Names and help are written here and nowhere else.

use crate::theme::icons as m;
use crate::words;
use demarche_analysis::list_marker::sentence_without_marker_at;
use demarche_analysis::segment;
use demarche_io::settings::{RightTab, ThemeChoice};
use demarche_model::Verdict;
use demarche_session::{Bound, Screen, Session, Settling, Stride, word_around};

use super::Menu::{Analyse, Annotate, Codebook, Compare, Document, Edit, File, Help, Review, View};
use super::window::{
    CopyCommand, DialogCommand, FocusCommand, ImportCommand, MemoTarget, Panel, ProgramCommand,
    SettingCommand, Step, WindowCommand,
};
use super::{Command, Row, Submenu, checks};

/// Declares the commands: an id for each, and its row. A row ends with its effect, so that no command does nothing.
macro_rules! commands {
    ($($id:ident($name:literal, $menu:expr) $(.$method:ident $arguments:tt)+,)+) => {
        /// Names a command in code and tests.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum CommandId {
            $(#[doc = $name] $id,)+
        }

        impl CommandId {
            /// The name of the command in the user's settings.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$id => stringify!($id),)+
                }
            }
        }

        /// Every command, in the order of the menus and of [`CommandId`].
        pub static COMMANDS: &[Command] = &[
            $(Row::new(CommandId::$id, $name, $menu)$(.$method $arguments)+,)+
        ];
    };
}

commands! {
    NewProject("New project…", File(0)).keys(&["Ctrl+N"]).icon(m::ICON_CREATE_NEW_FOLDER).help("Create a project in a new folder.").program(ProgramCommand::New),
    NewFromFiles("New from my files…", File(0)).icon(m::ICON_UPLOAD_FILE).help("Choose texts first, then name the project that they are imported into.").program(ProgramCommand::NewFromFiles),
    OpenProject("Open project…", File(0)).keys(&["Ctrl+O"]).icon(m::ICON_FOLDER_OPEN).help("Open a project folder.").program(ProgramCommand::Open),
    OpenSample("Open sample project", File(0)).icon(m::ICON_SCHOOL).help("Open a copy of Halden port talks: five texts of an invented negotiation, tagged and reviewed.").program(ProgramCommand::OpenSample),
    Save("Save", File(1)).keys(&["Ctrl+S"]).icon(m::ICON_SAVE).when(checks::writable).help("Save now. Changes are also saved automatically after a pause.").session(Session::save),
    SaveAs("Save as…", File(1)).help("Copy the project to another folder, with everything that is not saved yet, and go on working there.").window(WindowCommand::SaveAs),
    ImportDocuments("Import documents…", File(2)).keys(&["Ctrl+I"]).icon(m::ICON_UPLOAD_FILE).when(checks::writable).help("Add texts, Word and PDF files, web pages, transcripts or labelled passages to the project.").import(ImportCommand::Files),
    ImportClipboard("Import from clipboard", File(2)).keys(&["Ctrl+Shift+V"]).outside_fields().icon(m::ICON_CONTENT_PASTE).when(checks::writable).help("Create a document from the text on the clipboard.").import(ImportCommand::Clipboard),
    TogglePreview("Preview before importing", File(2)).help("Show files before they are imported, so that titles and encodings can be corrected.").checked(|_, settings| settings.preview).setting(SettingCommand::TogglePreview),
    ExportPassages("Export passages…", File(2)).keys(&["Ctrl+E"]).icon(m::ICON_DOWNLOAD).when(checks::documents).help("Export tagged passages for other programs.").dialog(DialogCommand::Export),
    WriteReport("Report…", File(2)).icon(m::ICON_FACT_CHECK).when(checks::documents).help("Write the tables and figures of the analysis, with their method, to one file.").window(WindowCommand::Report),
    Print("Print…", File(2)).keys(&["Ctrl+P"]).when(checks::documents).help("Open a page to print in the browser: a text with its passages, the passages table or the report.").dialog(DialogCommand::Print),
    MergeProject("Merge project…", File(3)).icon(m::ICON_CALL_MERGE).when(checks::writable).help("Merge other copies of this project: a folder, or returned packets, of which several can be chosen.").import(ImportCommand::Merge),
    SendPacket("Send to coder…", File(3)).within(Submenu::Packets).icon(m::ICON_OUTGOING_MAIL).when(checks::documents).help("Write one file with documents and codebook for one coder, without anyone else's passages.").dialog(DialogCommand::SendPacket),
    SendToAll("Send to all…", File(3)).within(Submenu::Packets).icon(m::ICON_OUTGOING_MAIL).when(checks::documents).help("Write a packet for each coder into a folder, with the documents assigned to them.").import(ImportCommand::SendToAll),
    MergePackets("Merge all…", File(3)).within(Submenu::Packets).icon(m::ICON_CALL_MERGE).when(checks::writable).help("Merge the packets in a folder, each as one step. One that can't be merged does not stop the others.").import(ImportCommand::MergeFolder),
    SendBack("Send back…", File(3)).within(Submenu::Packets).icon(m::ICON_REPLY).when(checks::send_back).help("Write one file with only your passages, to be merged by the person who receives it.").dialog(DialogCommand::SendBack),
    OpenPacket("Open packet…", File(3)).within(Submenu::Packets).icon(m::ICON_MARK_EMAIL_READ).help("Open a project that was sent to you as one file.").program(ProgramCommand::OpenPacket),

    ProjectDetails("Project details…", File(4)).within(Submenu::Project).icon(m::ICON_INFO).help("Edit the project's name.").dialog(DialogCommand::ProjectDetails),
    Identity("Choose who you are…", File(4)).within(Submenu::Project).help("Choose the person under whose name your passages are saved, or add yourself.").dialog(DialogCommand::Identity),
    ProjectMemo("Memo on project", File(4)).within(Submenu::Project).icon(m::ICON_NOTES).help("Write what concerns the whole project, and read what others have written.").focus(FocusCommand::Memo(MemoTarget::Project)),
    History("History…", File(4)).within(Submenu::Project).keys(&["Ctrl+H"]).icon(m::ICON_HISTORY).help("See who changed what and when, and export it as CSV.").dialog(DialogCommand::History),
    Problems("Problems in files…", File(4)).within(Submenu::Project).icon(m::ICON_WARNING).when(checks::problems).help("List the problems in the project's files.").dialog(DialogCommand::Problems),
    Settings("Settings…", File(4)).keys(&["Ctrl+,"]).icon(m::ICON_RULE).help("Choose theme, zoom, text, cards, saving and imports, your name, and shortcuts.").program(ProgramCommand::Settings),
    CloseProject("Close project", File(5)).icon(m::ICON_CLOSE).help("Save the project, close it and go back to the start page.").program(ProgramCommand::Close),
    Quit("Quit", File(5)).keys(&["Ctrl+Q"]).icon(m::ICON_LOGOUT).help("Close Demarche.").program(ProgramCommand::Quit),

    Undo("Undo", Edit(0)).keys(&["Ctrl+Z"]).outside_fields().icon(m::ICON_UNDO).when(checks::undo).help("Undo the last step.").titled(undo_title).session(Session::undo),
    Redo("Redo", Edit(0)).keys(&["Ctrl+Shift+Z", "Ctrl+Y"]).outside_fields().icon(m::ICON_REDO).when(checks::redo).help("Redo the step that was undone.").titled(redo_title).session(Session::redo),
    Copy("Copy", Edit(1)).icon(m::ICON_CONTENT_COPY).when(checks::copy).help("Copy the selected text, or that of the current passage (Ctrl+C in the text).").copy(CopyCommand::Text),
    CopyCitation("Copy with citation", Edit(1)).keys(&["Ctrl+Shift+C"]).icon(m::ICON_FORMAT_QUOTE).when(checks::copy).help("Copy the text with the document's title, date and source.").copy(CopyCommand::Citation),
    CopyPassages("Copy passages with citations", Edit(1)).icon(m::ICON_FORMAT_LIST_BULLETED).when(checks::passages).help("Copy the selected rows of the passages table, or all of them, each with its citation (Ctrl+C in the table).").copy(CopyCommand::Passages),
    Find("Find…", Edit(2)).keys(&["Ctrl+F"]).icon(m::ICON_SEARCH).when(checks::document).help("Find text in this document.").focus(FocusCommand::Find),
    FindEverywhere("Find in all documents…", Edit(2)).keys(&["Ctrl+Shift+F"]).icon(m::ICON_TRAVEL_EXPLORE).when(checks::documents).help("Find text in every document of the project.").focus(FocusCommand::FindEverywhere),
    NextMatch("Next match", Edit(2)).keys(&["F3"]).when(checks::matches).help("Go to the next match of the search.").session(|s| s.step_hit(true)),
    PreviousMatch("Previous match", Edit(2)).keys(&["Shift+F3"]).when(checks::matches).help("Go to the previous match of the search.").session(|s| s.step_hit(false)),
    SelectAll("Select all", Edit(3)).keys(&["Ctrl+A"]).in_text().when(checks::document).help("Select the whole text.").session(Session::select_all),
    SelectWord("Select word", Edit(3)).keys(&["Ctrl+W"]).in_text().when(checks::document).help("Select the word at the caret.").session(|s| s.select_around(word_around)),
    SelectSentence("Select sentence", Edit(3)).keys(&["Ctrl+L"]).icon(m::ICON_SHORT_TEXT).when(checks::document).help("Select the sentence at the caret, without a bullet or number in front of it.").session(|s| s.select_around(sentence_without_marker_at)),
    SelectParagraph("Select paragraph", Edit(3)).keys(&["Ctrl+Shift+L"]).icon(m::ICON_NOTES).when(checks::document).help("Select the paragraph at the caret.").session(|s| s.select_around(segment::paragraph_at)),
    ClearSelection("Clear selection", Edit(3)).keys(&["Escape"]).in_text().when(checks::document).help("End marker mode, or deselect the text and the passage.").session(Session::clear_selection),

    TagAgain("Tag with last category", Annotate(0)).keys(&["Enter"]).in_text().icon(m::ICON_REPEAT).when(checks::tag_again).help("Tag the selected text with the category of marker mode, or the one used last.").session(Session::tag_again),
    MarkerMode("Marker mode", Annotate(0)).keys(&["Ctrl+B"]).icon(m::ICON_LABEL).when(checks::marker).help("Tag every selection with one category, until Escape; a category's key changes it.").checked(|session, _| session.marker().is_some()).session(Session::toggle_marker),
    TagEvery("Tag all occurrences…", Annotate(0)).keys(&["Ctrl+D"]).icon(m::ICON_SELECT_ALL).when(checks::text_to_tag).help("Tag every occurrence of the selected text in one step.").dialog(DialogCommand::Occurrences),
    ExtendPassage("Add selected text to passage", Annotate(0)).keys(&["Ctrl+Shift+A"]).icon(m::ICON_ADD_LINK).when(checks::extend).help("Add the selected text to the passage that was current before, as a further part.").session(Session::extend_span),
    SelectPassageAtCaret("Select passage at caret", Annotate(1)).keys(&["Space"]).in_text().icon(m::ICON_ADS_CLICK).when(checks::document).help("Select the shortest passage at the caret; again, the next longer one.").session(Session::set_current_at_caret),
    NextPassage("Next passage", Annotate(1)).keys(&["Tab"]).in_text().icon(m::ICON_ARROW_DOWNWARD).when(checks::document).help("Go to the next passage in the text.").session(|s| s.step_span(true)),
    PreviousPassage("Previous passage", Annotate(1)).keys(&["Shift+Tab"]).in_text().icon(m::ICON_ARROW_UPWARD).when(checks::document).help("Go to the previous passage in the text.").session(|s| s.step_span(false)),
    NextRow("Next passage in table", Annotate(1)).keys(&["F4"]).when(checks::passages).help("Go to the next row of the passages table, in any document.").session(|s| s.step_passage(true)),
    PreviousRow("Previous passage in table", Annotate(1)).keys(&["Shift+F4"]).when(checks::passages).help("Go to the previous row of the passages table, in any document.").session(|s| s.step_passage(false)),
    AddPassageToSelection("Add passage to selection", Annotate(1)).keys(&["Shift+Space"]).in_text().when(checks::document).help("Select the passage at the caret together with those already selected, or deselect it (Ctrl+click does the same).").session(Session::toggle_selected_at_caret),
    EditAttributes("Edit attributes…", Annotate(2)).keys(&["Ctrl+J"]).icon(m::ICON_FACT_CHECK).when(checks::my_passages).help("Go to the attributes of the current passage; a letter leads to each.").focus(FocusCommand::Attributes),
    CopyAttributes("Copy attributes from previous passage", Annotate(2)).keys(&["Ctrl+Shift+J"]).icon(m::ICON_CONTENT_PASTE_GO).when(checks::my_passages).help("Fill in the empty attributes of the current passage from the previous one.").session(Session::copy_previous_attributes),
    EditNote("Edit note", Annotate(2)).keys(&["F2"]).icon(m::ICON_EDIT_NOTE).when(checks::current).help("Go to the note of the current passage.").focus(FocusCommand::Note),
    RemovePassage("Remove passage", Annotate(2)).keys(&["Delete", "Backspace"]).in_text().icon(m::ICON_DELETE).when(checks::my_passages).help("Remove the tag from the current passage, or from all selected passages; the text stays.").session(Session::remove_selected),
    EndWordLater("End one word later", Annotate(2)).within(Submenu::Boundaries).keys(&["Alt+ArrowRight"]).in_text().when(checks::my_passage).help("Move the end of the current passage forward by one word.").session(|s| s.nudge(Bound::End, Stride::Word, true)),
    EndWordEarlier("End one word earlier", Annotate(2)).within(Submenu::Boundaries).keys(&["Alt+ArrowLeft"]).in_text().when(checks::my_passage).help("Move the end of the current passage back by one word.").session(|s| s.nudge(Bound::End, Stride::Word, false)),
    StartWordEarlier("Start one word earlier", Annotate(2)).within(Submenu::Boundaries).keys(&["Alt+Shift+ArrowLeft"]).in_text().when(checks::my_passage).help("Move the start of the current passage back by one word.").session(|s| s.nudge(Bound::Start, Stride::Word, false)),
    StartWordLater("Start one word later", Annotate(2)).within(Submenu::Boundaries).keys(&["Alt+Shift+ArrowRight"]).in_text().when(checks::my_passage).help("Move the start of the current passage forward by one word.").session(|s| s.nudge(Bound::Start, Stride::Word, true)),
    EndCharacterLater("End one character later", Annotate(2)).within(Submenu::Boundaries).keys(&["Ctrl+Alt+ArrowRight", "]"]).in_text().when(checks::my_passage).help("Move the end of the current passage forward by one character.").session(|s| s.nudge(Bound::End, Stride::Character, true)),
    EndCharacterEarlier("End one character earlier", Annotate(2)).within(Submenu::Boundaries).keys(&["Ctrl+Alt+ArrowLeft", "["]).in_text().when(checks::my_passage).help("Move the end of the current passage back by one character.").session(|s| s.nudge(Bound::End, Stride::Character, false)),
    StartCharacterEarlier("Start one character earlier", Annotate(2)).within(Submenu::Boundaries).keys(&["Ctrl+Alt+Shift+ArrowLeft", "Shift+{"]).in_text().when(checks::my_passage).help("Move the start of the current passage back by one character.").session(|s| s.nudge(Bound::Start, Stride::Character, false)),
    StartCharacterLater("Start one character later", Annotate(2)).within(Submenu::Boundaries).keys(&["Ctrl+Alt+Shift+ArrowRight", "Shift+}"]).in_text().when(checks::my_passage).help("Move the start of the current passage forward by one character.").session(|s| s.nudge(Bound::Start, Stride::Character, true)),

    StartLink("Start link", Annotate(3)).keys(&["Ctrl+M"]).icon(m::ICON_LINK).when(checks::link).help("Start a link at the current passage; then select another passage, in any document, and press the key again.").titled(link_title).session(Session::link_here),
    FollowLink("Follow link", Annotate(3)).keys(&["Ctrl+Shift+M"]).icon(m::ICON_ARROW_FORWARD).when(checks::current).help("Go to the other end of the first link of the current passage.").session(Session::follow_link),
    CancelLink("Cancel link", Annotate(3)).icon(m::ICON_LINK_OFF).when(checks::linking).help("Cancel the link that was started (Escape in the text).").session(|s| { s.cancel_link(); }),

    NewCategory("New category…", Codebook(0)).keys(&["Ctrl+Shift+N"]).icon(m::ICON_NEW_LABEL).when(checks::writable).help("Add a category to the codebook.").dialog(DialogCommand::NewCategory),
    EditCodebook("Edit codebook…", Codebook(0)).keys(&["Ctrl+Shift+K"]).icon(m::ICON_EDIT_SQUARE).help("Edit categories, attributes, kinds of link, actors and issues.").dialog(DialogCommand::EditCodebook),
    MergeCategories("Merge categories…", Codebook(1)).icon(m::ICON_CALL_MERGE).when(checks::categories).help("Merge several categories into one, after showing what is affected.").dialog(DialogCommand::MergeCategories),
    SplitCategory("Split category…", Codebook(1)).icon(m::ICON_CALL_SPLIT).when(checks::categories).help("Sort the passages of a category into several categories, one by one.").dialog(DialogCommand::SplitCategory),
    SetRoles("Set roles…", Codebook(1)).icon(m::ICON_FACT_CHECK).when(checks::categories).help("Say what the passages of each category do in a negotiation, with proposals from names and codes.").dialog(DialogCommand::SetRoles),
    Relations("Actors and issues…", Codebook(1)).icon(m::ICON_EDIT_NOTE).when(checks::writable).help("Set members of collectives, parties of persons, observers, and issues below others.").dialog(DialogCommand::Relations),
    CategoryMemo("Memo on category", Codebook(1)).keys(&["Alt+Y"]).outside_fields().icon(m::ICON_NOTES).when(checks::category_at_hand).help("Write a memo on the category of the current passage, or on the one used last.").focus(FocusCommand::Memo(MemoTarget::Category)),
    AdoptEdition("Adopt second edition…", Codebook(2)).icon(m::ICON_DOWNLOAD).when(checks::writable).help("Bring a codebook from the first edition of Negotiation moves to the second, entry by entry.").dialog(DialogCommand::AdoptEdition),
    ImportCodebook("Import codebook…", Codebook(2)).icon(m::ICON_FILE_OPEN).when(checks::writable).help("Add categories, attributes and kinds of link from a codebook file.").dialog(DialogCommand::ImportCodebook),
    ExportCodebook("Export codebook…", Codebook(2)).icon(m::ICON_FILE_SAVE).help("Export the codebook for other projects and programs.").dialog(DialogCommand::ExportCodebook),

    NextDocument("Next document", Document(0)).keys(&["Ctrl+PageDown"]).icon(m::ICON_NAVIGATE_NEXT).when(checks::documents).help("Open the next document in the list.").session(|s| s.step_document(true)),
    PreviousDocument("Previous document", Document(0)).keys(&["Ctrl+PageUp"]).icon(m::ICON_NAVIGATE_BEFORE).when(checks::documents).help("Open the previous document in the list.").session(|s| s.step_document(false)),
    NextUnfinished("Next unfinished document", Document(0)).keys(&["Ctrl+Shift+PageDown"]).icon(m::ICON_PENDING_ACTIONS).when(checks::documents).help("Open the next document that you have not marked as done.").session(Session::next_unfinished),
    GoToPage("Go to page…", Document(0)).keys(&["Ctrl+G"]).icon(m::ICON_FIND_IN_PAGE).when(checks::pages).help("Go to a page of this document by its number.").dialog(DialogCommand::GoToPage),
    ToggleBookmark("Bookmark sentence", Document(0)).within(Submenu::Bookmarks).keys(&["Ctrl+F2"]).when(checks::document).help("Mark the sentence at the caret, or remove its bookmark. Bookmarks are yours, and stay on this computer.").session(Session::toggle_bookmark),
    NextBookmark("Next bookmark", Document(0)).within(Submenu::Bookmarks).keys(&["Shift+F2"]).when(checks::documents).help("Go to the next bookmark, in any document.").session(|s| s.step_bookmark(true)),
    PreviousBookmark("Previous bookmark", Document(0)).within(Submenu::Bookmarks).keys(&["Ctrl+Shift+F2"]).when(checks::documents).help("Go to the previous bookmark, in any document.").session(|s| s.step_bookmark(false)),
    ListBookmarks("All bookmarks…", Document(0)).within(Submenu::Bookmarks).when(checks::documents).help("List your bookmarks, go to one, or remove some.").dialog(DialogCommand::Bookmarks),
    ToggleDone("Mark as done", Document(1)).keys(&["Ctrl+Enter"]).outside_fields().icon(m::ICON_TASK_ALT).when(checks::edit_document).help("Mark this document as done, or as in progress again.").session(Session::toggle_done),
    DocumentDetails("Document details…", Document(1)).icon(m::ICON_EDIT_DOCUMENT).when(checks::edit_document).help("Edit the title, date, author and source of this document.").dialog(DialogCommand::DocumentDetails),
    DocumentMemo("Memo on document", Document(1)).keys(&["Ctrl+Alt+M"]).icon(m::ICON_NOTES).when(checks::document).help("Write a memo on this document, and read those of others.").focus(FocusCommand::Memo(MemoTarget::Document)),
    RenameDocument("Rename document", Document(1)).icon(m::ICON_EDIT).when(checks::edit_document).help("Edit the title of the document in its row (F2 in the list of documents).").focus(FocusCommand::DocumentTitle),
    UpdateText("Update text…", Document(2)).icon(m::ICON_UPDATE).when(checks::edit_document).help("Replace the text of this document by a new version; passages are realigned, and you review those in doubt.").dialog(DialogCommand::UpdateText),
    PassagesInDoubt("Passages in doubt…", Document(2)).icon(m::ICON_RULE).when(checks::in_doubt).help("Review your passages whose position is in doubt since the text was updated.").dialog(DialogCommand::PassagesInDoubt),
    EarlierVersions("Earlier versions…", Document(2)).icon(m::ICON_HISTORY).when(checks::earlier_versions).help("Read the text of this document as it was before an update.").dialog(DialogCommand::EarlierVersions),
    EarlierBeside("Earlier version beside", Document(2)).icon(m::ICON_COMPARE).when(checks::earlier_versions).help("Show the text as it was before the last update next to the current one.").focus(FocusCommand::EarlierBeside),
    NewDocumentSet("New set of documents", Document(3)).keys(&["Ctrl+Shift+G"]).icon(m::ICON_PLAYLIST_ADD).when(checks::new_set).help("Put the chosen documents into a set, which the team shares.").focus(FocusCommand::NewDocumentSet),
    RemoveDocument("Remove from project", Document(4)).icon(m::ICON_DELETE_FOREVER).when(checks::edit_document).help("Remove this document and its tags from the project. This can be undone.").session(Session::remove_shown_document),

    StartReview("Review passages", Review(0)).keys(&["Alt+3"]).outside_fields().icon(m::ICON_RATE_REVIEW).when(checks::documents).help("Step through the passages of other annotators and decide on each, in the right panel.").session(Session::start_review),
    FocusReview("Go to review queue", Review(0)).keys(&["Alt+Q"]).outside_fields().when(checks::documents).help("Give the keyboard to the queue, where single letters decide.").focus(FocusCommand::ReviewQueue),
    NextReview("Next passage to review", Review(0)).keys(&["Alt+N"]).outside_fields().icon(m::ICON_ARROW_DOWNWARD).when(checks::documents).help("Go to the next passage of the queue, in any document.").session(|s| s.step_review(true)),
    PreviousReview("Previous passage to review", Review(0)).keys(&["Alt+B"]).outside_fields().icon(m::ICON_ARROW_UPWARD).when(checks::documents).help("Go to the previous passage of the queue, in any document.").session(|s| s.step_review(false)),
    Accept("Accept passage", Review(1)).keys(&["Alt+A"]).outside_fields().icon(m::ICON_CHECK_CIRCLE).when(checks::review).help("Accept the passage, and go on to the next.").session(|s| s.decide(Verdict::Accepted)),
    Reject("Reject passage", Review(1)).keys(&["Alt+R"]).outside_fields().icon(m::ICON_CANCEL).when(checks::review).help("Reject the passage, and go on to the next.").session(|s| s.decide(Verdict::Rejected)),
    Dispute("Dispute passage", Review(1)).keys(&["Alt+D"]).outside_fields().icon(m::ICON_FORUM).when(checks::review).help("Mark the passage for discussion, and go on to the next.").session(|s| s.decide(Verdict::Disputed)),
    Propose("Propose change…", Review(1)).keys(&["Alt+P"]).outside_fields().icon(m::ICON_EDIT).when(checks::review).help("Propose another category, other text (select it first) or other attributes.").dialog(DialogCommand::Propose),
    Comment("Add comment", Review(1)).keys(&["Alt+C"]).outside_fields().icon(m::ICON_COMMENT).when(checks::comment).help("Comment on the passage, or reply to a comment.").focus(FocusCommand::Comment),
    WithdrawDecision("Withdraw decision", Review(1)).keys(&["Alt+W"]).outside_fields().when(checks::comment).help("Withdraw your decision on the passage; comments stay.").session(Session::withdraw),
    ShowInbox("Decisions on my passages", Review(2)).keys(&["Alt+4"]).outside_fields().icon(m::ICON_INBOX).help("See in the right panel what others have decided on your passages.").window(WindowCommand::ShowTab(RightTab::Inbox)),
    NextInInbox("Next new decision", Review(2)).keys(&["Alt+I"]).outside_fields().icon(m::ICON_MOVE_TO_INBOX).when(checks::documents).help("Go to the next passage of yours with a decision that you have not seen yet.").session(Session::next_in_inbox),
    AcceptProposal("Accept proposal", Review(2)).keys(&["Alt+T"]).outside_fields().icon(m::ICON_DONE_ALL).when(checks::my_passage).help("Change the current passage as proposed, or remove it if it was rejected.").session(Session::apply_latest_decision),
    DismissDecision("Dismiss decision", Review(2)).keys(&["Alt+S"]).outside_fields().when(checks::current).help("Mark the decision on this passage as read, and go on to the next new one.").session(Session::dismiss_current),
    People("People…", Review(3)).icon(m::ICON_GROUP).help("Edit the project's people: names, initials, colours, roles, assigned documents, blind coding.").dialog(DialogCommand::People),
    AssignDocuments("Assign documents…", Review(3)).when(checks::documents).help("Distribute documents among coders at random, so that every pair meets equally often; open the next batch.").dialog(DialogCommand::Assign),
    ReturnDocument("Return to coder…", Review(3)).icon(m::ICON_REPLY).when(checks::return_document).help("Reopen the open document for a coder who has marked it as done, with a reason. In a project with a lead, only the lead can.").dialog(DialogCommand::ReturnDocument),
    FreezeRound("Freeze round…", Review(3)).icon(m::ICON_LOCK).when(checks::freeze).help("Keep what everybody has coded up to now as a round, on which agreement stays computable. A round never changes.").dialog(DialogCommand::FreezeRound),

    NextDifference("Next difference", Compare(0)).keys(&["N"]).in_compare().icon(m::ICON_ARROW_DOWNWARD).when(checks::differences).help("Go to the next difference; after the last one, to the next document with open differences.").session(|s| s.step_difference(true)),
    PreviousDifference("Previous difference", Compare(0)).keys(&["P"]).in_compare().icon(m::ICON_ARROW_UPWARD).when(checks::differences).help("Go to the previous difference.").session(|s| s.step_difference(false)),
    NextOpenDifference("Next open difference", Compare(0)).keys(&["O"]).in_compare().when(checks::differences).help("Go to the next difference that is not settled yet.").session(Session::next_open_difference),
    NextDocumentToSettle("Next document to settle", Compare(0)).keys(&["Ctrl+Alt+N"]).icon(m::ICON_NAVIGATE_NEXT).when(checks::comparing).help("Open the next document that has open differences.").session(Session::next_document_to_settle),
    UseFirst("Use reading of person 1", Compare(1)).within(Submenu::Readings).keys(&["1", "A"]).in_compare().icon(m::ICON_CHECK).when(checks::difference).help("Put the reading of the first person of the project into the consensus.").session(|s| s.use_reading_of(0)),
    UseSecond("Use reading of person 2", Compare(1)).within(Submenu::Readings).keys(&["2", "B"]).in_compare().when(checks::difference).help("Put the reading of the second person of the project into the consensus.").session(|s| s.use_reading_of(1)),
    UseThird("Use reading of person 3", Compare(1)).within(Submenu::Readings).keys(&["3", "C"]).in_compare().when(checks::difference).help("Put the reading of the third person of the project into the consensus.").session(|s| s.use_reading_of(2)),
    UseFourth("Use reading of person 4", Compare(1)).within(Submenu::Readings).keys(&["4", "D"]).in_compare().when(checks::difference).help("Put the reading of the fourth person of the project into the consensus.").session(|s| s.use_reading_of(3)),
    UseFifth("Use reading of person 5", Compare(1)).within(Submenu::Readings).keys(&["5"]).in_compare().when(checks::difference).help("Put the reading of the fifth person of the project into the consensus.").session(|s| s.use_reading_of(4)),
    UseSixth("Use reading of person 6", Compare(1)).within(Submenu::Readings).keys(&["6"]).in_compare().when(checks::difference).help("Put the reading of the sixth person of the project into the consensus.").session(|s| s.use_reading_of(5)),
    UseSeventh("Use reading of person 7", Compare(1)).within(Submenu::Readings).keys(&["7"]).in_compare().when(checks::difference).help("Put the reading of the seventh person of the project into the consensus.").session(|s| s.use_reading_of(6)),
    UseEighth("Use reading of person 8", Compare(1)).within(Submenu::Readings).keys(&["8"]).in_compare().when(checks::difference).help("Put the reading of the eighth person of the project into the consensus.").session(|s| s.use_reading_of(7)),
    UseNinth("Use reading of person 9", Compare(1)).within(Submenu::Readings).keys(&["9"]).in_compare().when(checks::difference).help("Put the reading of the ninth person of the project into the consensus.").session(|s| s.use_reading_of(8)),
    UseAll("Use all versions", Compare(1)).keys(&["E"]).in_compare().icon(m::ICON_DONE_ALL).when(checks::difference).help("Put every annotator's version into the consensus.").session(|s| s.settle(Settling::AdoptAll)),
    LeaveOut("Leave out", Compare(1)).keys(&["L"]).in_compare().icon(m::ICON_BLOCK).when(checks::difference).help("Leave this passage out of the consensus.").session(|s| s.settle(Settling::Exclude)),
    ReopenDifference("Reopen difference", Compare(1)).keys(&["R"]).in_compare().icon(m::ICON_UNDO).when(checks::difference).help("Withdraw what was decided on this difference.").session(|s| s.settle(Settling::Reopen)),
    AddAgreed("Add agreed passages to consensus", Compare(2)).keys(&["Ctrl+Alt+A"]).icon(m::ICON_FACT_CHECK).when(checks::agreed).help("Add all passages of this document that everyone agrees on to the consensus, in one step.").session(|s| s.adopt_agreed(false)),
    AddAgreedEverywhere("Add agreed passages of all documents", Compare(2)).when(checks::comparing).help("Add all passages of the project that everyone agrees on to the consensus, in one step.").session(|s| s.adopt_agreed(true)),
    SettleInBulk("Settle in bulk…", Compare(2)).keys(&["Ctrl+Alt+B"]).icon(m::ICON_DONE_ALL).when(checks::adjudicating).help("Take the majority, everything of one person or what a reviewer accepted into the consensus, over several documents, in one step.").dialog(DialogCommand::SettleInBulk),
    ComputeAgreement("Recompute agreement", Compare(3)).within(Submenu::Agreement).keys(&["Ctrl+Shift+R"]).icon(m::ICON_REFRESH).when(checks::documents).help("Compute the figures of the Agreement screen from the tags as they are now.").session(compute_agreement),
    AgreementReport("Agreement report…", Compare(3)).within(Submenu::Agreement).icon(m::ICON_FACT_CHECK).when(checks::documents).help("Write a report for a paper: design, sample, measures with their sources, all figures, the most frequent confusions, and the raw units as CSV.").window(WindowCommand::AgreementReport),
    CopyAgreement("Copy agreement figures", Compare(3)).within(Submenu::Agreement).when(checks::agreement).help("Copy the tables of the Agreement screen as tab-separated text.").copy(CopyCommand::Agreement),
    CopyAgreementCsv("Copy agreement figures as CSV", Compare(3)).within(Submenu::Agreement).when(checks::agreement).help("Copy one line per figure, with its interval or the reason why it is undefined.").copy(CopyCommand::AgreementCsv),

    EditFilter("Edit filter", Analyse(0)).keys(&["/", "Shift+/"]).in_analyse().icon(m::ICON_FILTER_ALT).when(checks::analysing).help("Type the filter of the Analyse screen; names are completed.").focus(FocusCommand::Filter),
    ClearFilter("Clear filter", Analyse(0)).when(checks::filtered).help("Count every passage again.").session(Session::clear_filter),
    SaveView("Save view…", Analyse(1)).keys(&["S"]).in_analyse().icon(m::ICON_SAVE).when(checks::save_view).help("Save the filter, the view and its options under a name.").dialog(DialogCommand::SaveView),
    ToggleTables("Show as table", Analyse(1)).keys(&["T"]).in_analyse().when(checks::analysing).help("Show the table of a view in place of its figure.").checked(|session, _| session.analyse().shows_table()).session(Session::toggle_tables),
    ExportView("Export view…", Analyse(1)).keys(&["X"]).in_analyse().icon(m::ICON_FILE_SAVE).when(checks::counted).help("Export the view as a figure, a table, data or a network.").dialog(DialogCommand::ExportView),
    CopyTable("Copy table", Analyse(1)).when(checks::counted).help("Copy the table of the view as tab-separated text.").copy(CopyCommand::ViewTable),
    CopyFigure("Copy figure", Analyse(1)).when(checks::one_figure).help("Copy the figure of the view as a picture.").session(Session::copy_figure),
    EditCalendar("Events and phases…", Analyse(1)).keys(&["E"]).in_analyse().when(checks::save_view).help("Add an event at the marked bin, or change your events and phases.").dialog(DialogCommand::Calendar),
    SwapAxes("Swap rows and columns", Analyse(1)).keys(&["."]).in_analyse().when(checks::axes).help("Swap the rows and columns of the overview matrix.").session(Session::swap_axes),
    FillIn("Fill in…", Analyse(1)).keys(&["F"]).in_analyse().icon(m::ICON_EDIT_NOTE).when(checks::unspecified).help("Fill in what the listed passages do not specify; Ctrl+4 leads back.").focus(FocusCommand::FillIn),
    FocusAnswers("Go to possible answers", Analyse(2)).keys(&["A"]).in_analyse().when(checks::with_answers).help("Walk the demands and offers that have possible answers; Enter leads to the answers.").focus(FocusCommand::PossibleAnswers),
    LinkAnswer("Link possible answer", Analyse(2)).keys(&["Y"]).in_analyse().icon(m::ICON_ADD_LINK).when(checks::possible_answer).help("Link the marked possible answer to the marked demand or offer.").session(Session::link_answer),
    DismissAnswer("Dismiss possible answer", Analyse(2)).keys(&["N"]).in_analyse().when(checks::possible_answer).help("Note that the marked passage does not answer the marked demand or offer.").session(Session::dismiss_marked_answer),
    OpenAnswer("Open possible answer", Analyse(2)).keys(&["O"]).in_analyse().when(checks::shown_answer).help("Go to the marked possible answer in its text.").session(Session::open_marked_answer),

    Palette("Go to anything…", View(0)).keys(&["Ctrl+K"]).icon(m::ICON_SEARCH).help("Find a command, category, document or heading by name.").dialog(DialogCommand::Palette),
    ShowAnnotate("Annotate", View(1)).keys(&["Ctrl+1"]).icon(m::ICON_EDIT_NOTE).help("Read and tag.").checked(|session, _| session.screen() == Screen::Annotate).session(|s| s.show_screen(Screen::Annotate)),
    ShowCompare("Compare", View(1)).keys(&["Ctrl+2"]).icon(m::ICON_COMPARE).help("See where annotators differ, and settle the differences in a consensus.").checked(|session, _| session.screen() == Screen::Compare).session(|s| s.show_screen(Screen::Compare)),
    ShowAgreement("Agreement", View(1)).keys(&["Ctrl+3"]).icon(m::ICON_PERCENT).help("See how well annotators agree, in the measures that journals ask for.").checked(|session, _| session.screen() == Screen::Agreement).session(|s| s.show_screen(Screen::Agreement)),
    ShowAnalyse("Analyse", View(1)).keys(&["Ctrl+4"]).icon(m::ICON_BAR_CHART).help("See who asked whom for what, what is still open, and who moved.").checked(|session, _| session.screen() == Screen::Analyse).session(|s| s.show_screen(Screen::Analyse)),
    ShowBoard("Board", View(1)).keys(&["Ctrl+5"]).icon(m::ICON_TASK_ALT).help("See who has done what, what is left, and where people differ.").checked(|session, _| session.screen() == Screen::Board).session(|s| s.show_screen(Screen::Board)),
    ToggleLeft("Documents and codebook", View(2)).keys(&["F7"]).icon(m::ICON_LEFT_PANEL_OPEN).help("Show or hide the left panel.").checked(|_, settings| settings.left_open).window(WindowCommand::Toggle(Panel::Left)),
    ToggleRight("Inspector, summary, review", View(2)).keys(&["F8"]).icon(m::ICON_RIGHT_PANEL_OPEN).help("Show or hide the right panel.").checked(|_, settings| settings.right_open).window(WindowCommand::Toggle(Panel::Right)),
    ToggleBottom("Passages", View(2)).keys(&["F9"]).icon(m::ICON_BOTTOM_PANEL_OPEN).help("Show or hide the passages table.").checked(|_, settings| settings.bottom_open).window(WindowCommand::Toggle(Panel::Bottom)),
    ShowContents("Document contents", View(2)).keys(&["Ctrl+T"]).icon(m::ICON_TOC).when(checks::document).help("Show the headings or pages of this document in the left panel.").focus(FocusCommand::Contents),
    ShowInspector("Show inspector", View(2)).within(Submenu::RightPanel).keys(&["Alt+1"]).icon(m::ICON_FRAME_INSPECT).help("Show the current passage in the right panel.").window(WindowCommand::ShowTab(RightTab::Inspector)),
    ShowSummary("Show summary", View(2)).within(Submenu::RightPanel).keys(&["Alt+2"]).icon(m::ICON_BAR_CHART).help("Show the figures of the project in the right panel.").window(WindowCommand::ShowTab(RightTab::Summary)),
    ShowMemos("Show memos", View(2)).within(Submenu::RightPanel).keys(&["Alt+5"]).icon(m::ICON_NOTES).help("List the memos on the project, documents and categories in the right panel.").window(WindowCommand::ShowTab(RightTab::Memos)),
    ShowOriginalPage("Original page", View(2)).within(Submenu::RightPanel).keys(&["Alt+6"]).icon(m::ICON_DESCRIPTION).help("Show the page of the PDF at the reading position in the right panel, with the passage outlined.").window(WindowCommand::ShowTab(RightTab::Page)),
    SideBySide("Side by side", View(3)).keys(&["Ctrl+Shift+B"]).icon(m::ICON_COMPARE).when(checks::document).help("Show a second text next to the open one, or this one alone again.").checked(|session, _| session.is_side_by_side()).focus(FocusCommand::SideBySide),
    ScrollTogether("Scroll together", View(3)).icon(m::ICON_LINK).when(checks::side_by_side).help("Scroll both texts at once: a text and its earlier version by what they have in common, others by paragraphs.").checked(|session, _| session.scrolls_together()).session(Session::toggle_scroll_together),
    SwapTexts("Swap texts", View(3)).icon(m::ICON_REPEAT).when(checks::side_by_side).help("Move the text on the left to the right, and the other way round.").session(Session::swap_panes),
    FocusText("Go to text", View(3)).within(Submenu::Keyboard).keys(&["F5"]).help("Give the keyboard to the text.").focus(FocusCommand::Text),
    FocusPassages("Go to passages table", View(3)).within(Submenu::Keyboard).keys(&["Shift+F5"]).help("Give the keyboard to the passages table.").focus(FocusCommand::Passages),
    FocusOtherText("Go to other text", View(3)).within(Submenu::Keyboard).keys(&["Ctrl+F6"]).when(checks::side_by_side).help("Give the keyboard to the other one of two texts.").focus(FocusCommand::OtherText),
    NextPane("Next pane", View(3)).within(Submenu::Keyboard).keys(&["F6"]).help("Give the keyboard to the next pane: documents, codebook, text, second text, right panel, passages.").focus(FocusCommand::NextPane),
    PreviousPane("Previous pane", View(3)).within(Submenu::Keyboard).keys(&["Shift+F6"]).help("Give the keyboard to the previous pane.").focus(FocusCommand::PreviousPane),
    LargerText("Larger text", View(4)).within(Submenu::TextSize).keys(&["Ctrl+Plus", "Ctrl+=", "Ctrl+Shift+Plus"]).icon(m::ICON_TEXT_INCREASE).help("Make the text one point larger (Ctrl+wheel does the same).").setting(SettingCommand::TextSize(Step::Up)),
    SmallerText("Smaller text", View(4)).within(Submenu::TextSize).keys(&["Ctrl+Minus"]).icon(m::ICON_TEXT_DECREASE).help("Make the text one point smaller.").setting(SettingCommand::TextSize(Step::Down)),
    DefaultTextSize("Reset text size", View(4)).within(Submenu::TextSize).keys(&["Ctrl+0"]).help("Set the text size to 16 points again.").setting(SettingCommand::TextSize(Step::Default)),
    ZoomIn("Zoom in", View(4)).within(Submenu::TextSize).keys(&["Ctrl+Alt+Plus", "Ctrl+Alt+=", "Ctrl+Alt+Shift+Plus"]).help("Make the whole interface larger, up to 200 %.").setting(SettingCommand::Zoom(Step::Up)),
    ZoomOut("Zoom out", View(4)).within(Submenu::TextSize).keys(&["Ctrl+Alt+Minus"]).help("Make the whole interface smaller, down to 80 %.").setting(SettingCommand::Zoom(Step::Down)),
    ResetZoom("Reset zoom", View(4)).within(Submenu::TextSize).keys(&["Ctrl+Alt+0"]).help("Show the interface at 100 % again.").setting(SettingCommand::Zoom(Step::Default)),
    ToggleSnap("Snap to words", View(4)).help("Extend selections to whole words while dragging.").checked(|_, settings| settings.snap).setting(SettingCommand::ToggleSnap),
    ToggleSelectSentences("Select sentences while moving", View(4)).help("Let Alt+↓ and Alt+↑ select the sentence they reach, so that its category's key tags it.").checked(|_, settings| settings.select_sentences).setting(SettingCommand::ToggleSelectSentences),
    LightTheme("Light", View(4)).within(Submenu::Theme).icon(m::ICON_LIGHT_MODE).help("Dark text on a light page.").checked(|_, settings| settings.theme == ThemeChoice::Light).setting(SettingCommand::Theme(ThemeChoice::Light)),
    DarkTheme("Dark", View(4)).within(Submenu::Theme).icon(m::ICON_DARK_MODE).help("Light text on a dark page.").checked(|_, settings| settings.theme == ThemeChoice::Dark).setting(SettingCommand::Theme(ThemeChoice::Dark)),
    SystemTheme("Match system", View(4)).within(Submenu::Theme).icon(m::ICON_CONTRAST).help("Follow the system's theme; light if the system reports none.").checked(|_, settings| settings.theme == ThemeChoice::System).setting(SettingCommand::Theme(ThemeChoice::System)),

    Manual("Manual", Help(0)).keys(&["F1"]).icon(m::ICON_TOC).help("Show the page of the manual about the panel that has the keyboard.").program(ProgramCommand::Manual),
    Shortcuts("Keyboard shortcuts", Help(0)).keys(&["Ctrl+/"]).icon(m::ICON_KEYBOARD).help("Find keyboard shortcuts and mouse gestures.").program(ProgramCommand::Shortcuts),
    FocusMenuBar("Go to menu bar", Help(0)).keys(&["F10"]).help("Give the keyboard to the menus: Enter opens one, arrows and first letters go through it.").focus(FocusCommand::MenuBar),
    Notices("Notices…", Help(1)).icon(m::ICON_INFO).help("Read the latest messages of the status bar and the banners again.").dialog(DialogCommand::Notices),
    About("About Demarche", Help(2)).icon(m::ICON_INFO).help("Show the version and the licences.").program(ProgramCommand::About),
}

impl CommandId {
    /// The row of the command.
    pub fn command(self) -> &'static Command {
        &COMMANDS[self as usize]
    }
}

fn undo_title(session: &Session) -> Option<String> {
    session.undo_stack().undo_label().map(words::commands::undo)
}

fn redo_title(session: &Session) -> Option<String> {
    session.undo_stack().redo_label().map(words::commands::redo)
}

/// The second passage of a link ends it.
fn link_title(session: &Session) -> Option<String> {
    session.link_start().map(|_| words::commands::link_to_here().to_owned())
}

fn compute_agreement(session: &mut Session) {
    session.show_screen(Screen::Agreement);
    session.compute_agreement();
}
