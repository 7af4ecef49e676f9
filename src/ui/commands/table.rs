//! The table itself.

use crate::theme::icons as m;
use demarche_analysis::segment;
use demarche_io::settings::{RightTab, ThemeChoice};
use demarche_model::Verdict;
use demarche_session::{Bound, Screen, Session, Settling, Stride, word_around};

use super::Menu::{Codebook, Compare, Document, Edit, File, Help, Review, View};
use super::window::{
    CopyCommand, DialogCommand, FocusCommand, IntakeCommand, Panel, ProgramCommand, SettingCommand, TextSize,
    WindowCommand,
};
use super::{Command, Row, checks};

/// Declares the commands: an id for each, and its row. A row ends with what it runs, so that no command does nothing.
macro_rules! commands {
    ($($id:ident($name:literal, $menu:expr) $(.$method:ident $arguments:tt)+,)+) => {
        /// Names a command in code and tests.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum CommandId {
            $(#[doc = $name] $id,)+
        }

        /// Every command, in the order of the menus and of [`CommandId`].
        pub static COMMANDS: &[Command] = &[
            $(Row::new(CommandId::$id, $name, $menu)$(.$method $arguments)+,)+
        ];
    };
}

commands! {
    NewProject("New project…", File(0)).keys(&["Ctrl+N"]).icon(m::ICON_CREATE_NEW_FOLDER).help("Make a project in a new folder.").program(ProgramCommand::New),
    OpenProject("Open project…", File(0)).keys(&["Ctrl+O"]).icon(m::ICON_FOLDER_OPEN).help("Open a project folder.").program(ProgramCommand::Open),
    OpenPacket("Open packet…", File(0)).icon(m::ICON_MARK_EMAIL_READ).help("Open a project that somebody has sent as one file.").program(ProgramCommand::OpenPacket),
    OpenSample("Open the sample project", File(0)).icon(m::ICON_SCHOOL).help("Open a working copy of the project that comes with Demarche.").program(ProgramCommand::OpenSample),
    Save("Save", File(1)).keys(&["Ctrl+S"]).icon(m::ICON_SAVE).when(checks::writable).help("Write what has changed; happens by itself two seconds after the last change.").runs(Session::save),
    ImportDocuments("Import documents…", File(2)).keys(&["Ctrl+I"]).icon(m::ICON_UPLOAD_FILE).when(checks::writable).help("Bring texts, Word and PDF files, web pages, transcripts or labelled passages into the project.").takes_in(IntakeCommand::Import),
    ImportClipboard("Import from the clipboard", File(2)).keys(&["Ctrl+Shift+V"]).outside_fields().icon(m::ICON_CONTENT_PASTE).when(checks::writable).help("Make a document of the text in the clipboard.").takes_in(IntakeCommand::Paste),
    TogglePreview("Preview before importing", File(2)).help("Whether files are shown, and can be mended, before they come in.").checked(|_, settings| settings.preview).sets(SettingCommand::TogglePreview),
    ExportPassages("Export passages…", File(2)).keys(&["Ctrl+E"]).icon(m::ICON_DOWNLOAD).when(checks::documents).help("Write the tagged passages for other programs.").dialog(DialogCommand::Export),
    MergeProject("Merge a project…", File(3)).icon(m::ICON_CALL_MERGE).when(checks::writable).help("Take in what another copy of this project holds: a folder, or a packet that comes back.").takes_in(IntakeCommand::Merge),
    SendPacket("Send to a coder…", File(3)).icon(m::ICON_OUTGOING_MAIL).when(checks::documents).help("Write one file with documents and codebook for one person; nobody else's passages are inside.").dialog(DialogCommand::SendPacket),
    SendBack("Send back…", File(3)).icon(m::ICON_REPLY).when(checks::documents).help("Write one file with your passages alone, to be merged by whoever gets it.").dialog(DialogCommand::SendBack),

    ProjectDetails("Project details…", File(4)).icon(m::ICON_INFO).help("Name of the project, and who works here.").dialog(DialogCommand::ProjectDetails),
    History("History…", File(4)).keys(&["Ctrl+H"]).icon(m::ICON_HISTORY).help("Who changed what, and when; also as a table for spreadsheets.").dialog(DialogCommand::History),
    Problems("Problems in files…", File(4)).icon(m::ICON_WARNING).when(checks::problems).help("What is wrong in the project's files, and where.").dialog(DialogCommand::Problems),
    Quit("Quit", File(5)).keys(&["Ctrl+Q"]).icon(m::ICON_LOGOUT).help("Close Demarche.").program(ProgramCommand::Quit),

    Undo("Undo", Edit(0)).keys(&["Ctrl+Z"]).outside_fields().icon(m::ICON_UNDO).when(checks::undo).help("Take the last step back.").titled(undo_title).runs(Session::undo),
    Redo("Redo", Edit(0)).keys(&["Ctrl+Shift+Z", "Ctrl+Y"]).outside_fields().icon(m::ICON_REDO).when(checks::redo).help("Bring back what was undone.").titled(redo_title).runs(Session::redo),
    Copy("Copy", Edit(1)).icon(m::ICON_CONTENT_COPY).when(checks::copy).help("Copy the selected words, or those of the picked passage (Ctrl+C in the text).").copies(CopyCommand::Words),
    CopyCitation("Copy with citation", Edit(1)).keys(&["Ctrl+Shift+C"]).icon(m::ICON_FORMAT_QUOTE).when(checks::copy).help("Copy the words with the document's title, date and source.").copies(CopyCommand::Citation),
    CopyPassages("Copy passages with citation", Edit(1)).icon(m::ICON_FORMAT_LIST_BULLETED).when(checks::passages).help("Copy the chosen rows of the passages table, or all that it shows, each with its citation (Ctrl+C in the table).").copies(CopyCommand::Passages),
    CopyAgreement("Copy figures of agreement", Edit(1)).when(checks::agreement).help("Copy the tables of the Agreement screen, cells parted by tabs.").copies(CopyCommand::Agreement),
    CopyAgreementCsv("Copy figures of agreement as CSV", Edit(1)).when(checks::agreement).help("Copy every figure with its interval and its reason, one a line.").copies(CopyCommand::AgreementCsv),
    Find("Find…", Edit(2)).keys(&["Ctrl+F"]).icon(m::ICON_SEARCH).when(checks::document).help("Find words in this document.").focuses(FocusCommand::Find),
    FindEverywhere("Find in all documents…", Edit(2)).keys(&["Ctrl+Shift+F"]).icon(m::ICON_TRAVEL_EXPLORE).when(checks::documents).help("Find words in every document of the project.").focuses(FocusCommand::FindEverywhere),
    NextHit("Next hit", Edit(2)).keys(&["F3"]).when(checks::hits).help("Go to the next place that was found.").runs(|s| s.step_hit(true)),
    PreviousHit("Previous hit", Edit(2)).keys(&["Shift+F3"]).when(checks::hits).help("Go to the place found before.").runs(|s| s.step_hit(false)),
    TagAgain("Tag again as before", Edit(3)).keys(&["Enter"]).in_text().icon(m::ICON_REPEAT).when(checks::tag_again).help("Tag the selection with the category used last.").runs(Session::tag_again),
    TagEvery("Tag every occurrence…", Edit(3)).keys(&["Ctrl+D"]).icon(m::ICON_SELECT_ALL).when(checks::words_to_tag).help("Tag every place where the selected words stand, as one step.").dialog(DialogCommand::Occurrences),
    ExtendPassage("Add selection to passage", Edit(3)).keys(&["Ctrl+Shift+A"]).icon(m::ICON_ADD_LINK).when(checks::extend).help("Make the selected words a further part of the passage picked before.").runs(Session::extend_span),
    SelectWord("Select word", Edit(4)).keys(&["Ctrl+W"]).in_text().when(checks::document).help("Select the word at the caret.").runs(|s| s.select_around(word_around)),
    SelectSentence("Select sentence", Edit(4)).keys(&["Ctrl+L"]).icon(m::ICON_SHORT_TEXT).when(checks::document).help("Select the sentence at the caret.").runs(|s| s.select_around(segment::sentence_at)),
    SelectParagraph("Select paragraph", Edit(4)).keys(&["Ctrl+Shift+L"]).icon(m::ICON_NOTES).when(checks::document).help("Select the paragraph at the caret.").runs(|s| s.select_around(segment::paragraph_at)),
    SelectNone("Select nothing", Edit(4)).keys(&["Escape"]).in_text().when(checks::document).help("Let go of selection and passage.").runs(Session::clear_selection),
    PickAtCaret("Pick passage at caret", Edit(5)).keys(&["Space"]).in_text().icon(m::ICON_ADS_CLICK).when(checks::document).help("Pick the shortest passage at the caret; again, the next longer one.").runs(Session::set_current_at_caret),
    NextPassage("Next passage", Edit(5)).keys(&["Tab"]).in_text().icon(m::ICON_ARROW_DOWNWARD).when(checks::document).help("Go to the next tagged passage.").runs(|s| s.step_span(true)),
    PreviousPassage("Previous passage", Edit(5)).keys(&["Shift+Tab"]).in_text().icon(m::ICON_ARROW_UPWARD).when(checks::document).help("Go to the tagged passage before.").runs(|s| s.step_span(false)),
    NextRow("Next row of the passages", Edit(5)).keys(&["F4"]).when(checks::passages).help("Go to the next passage of the table, in whatever document it stands.").runs(|s| s.step_passage(true)),
    PreviousRow("Previous row of the passages", Edit(5)).keys(&["Shift+F4"]).when(checks::passages).help("Go to the passage before in the table.").runs(|s| s.step_passage(false)),
    ChooseAtCaret("Choose passage at caret too", Edit(5)).keys(&["Shift+Space"]).in_text().when(checks::document).help("Add the passage at the caret to those that are changed together, or take it out; Ctrl+click does so too.").runs(Session::toggle_selected_at_caret),
    EditAttributes("Say who, whom, about what", Edit(5)).keys(&["Ctrl+J"]).icon(m::ICON_FACT_CHECK).when(checks::my_choice).help("Go to the attributes of the picked passage: a letter leads to each.").focuses(FocusCommand::Attributes),
    SameAsBefore("Say the same as before", Edit(5)).keys(&["Ctrl+Shift+J"]).icon(m::ICON_CONTENT_PASTE_GO).when(checks::my_choice).help("Fill what is empty in the attributes of the picked passage from the passage before.").runs(Session::copy_previous_attributes),
    WriteNote("Write a note", Edit(5)).keys(&["F2"]).icon(m::ICON_EDIT_NOTE).when(checks::picked).help("Go to the note of the picked passage.").focuses(FocusCommand::Note),
    RemovePassage("Remove passage", Edit(5)).keys(&["Delete", "Backspace"]).in_text().icon(m::ICON_DELETE).when(checks::my_choice).help("Remove the tag from the picked passage, or from all that are chosen; the text stays.").runs(Session::remove_selected),
    EndWordLater("End one word later", Edit(6)).keys(&["Alt+ArrowRight"]).in_text().when(checks::my_pick).help("Move the end of the picked passage one word on.").runs(|s| s.nudge(Bound::End, Stride::Word, true)),
    EndWordEarlier("End one word earlier", Edit(6)).keys(&["Alt+ArrowLeft"]).in_text().when(checks::my_pick).help("Move the end of the picked passage one word back.").runs(|s| s.nudge(Bound::End, Stride::Word, false)),
    StartWordEarlier("Start one word earlier", Edit(6)).keys(&["Alt+Shift+ArrowLeft"]).in_text().when(checks::my_pick).help("Move the start of the picked passage one word back.").runs(|s| s.nudge(Bound::Start, Stride::Word, false)),
    StartWordLater("Start one word later", Edit(6)).keys(&["Alt+Shift+ArrowRight"]).in_text().when(checks::my_pick).help("Move the start of the picked passage one word on.").runs(|s| s.nudge(Bound::Start, Stride::Word, true)),
    EndCharacterLater("End one character later", Edit(7)).keys(&["Ctrl+Alt+ArrowRight", "]"]).in_text().when(checks::my_pick).help("Move the end of the picked passage one character on.").runs(|s| s.nudge(Bound::End, Stride::Character, true)),
    EndCharacterEarlier("End one character earlier", Edit(7)).keys(&["Ctrl+Alt+ArrowLeft", "["]).in_text().when(checks::my_pick).help("Move the end of the picked passage one character back.").runs(|s| s.nudge(Bound::End, Stride::Character, false)),
    StartCharacterEarlier("Start one character earlier", Edit(7)).keys(&["Ctrl+Alt+Shift+ArrowLeft", "Shift+{"]).in_text().when(checks::my_pick).help("Move the start of the picked passage one character back.").runs(|s| s.nudge(Bound::Start, Stride::Character, false)),
    StartCharacterLater("Start one character later", Edit(7)).keys(&["Ctrl+Alt+Shift+ArrowRight", "Shift+}"]).in_text().when(checks::my_pick).help("Move the start of the picked passage one character on.").runs(|s| s.nudge(Bound::Start, Stride::Character, true)),

    LinkHere("Start a link here", Edit(8)).keys(&["Ctrl+M"]).icon(m::ICON_LINK).when(checks::link).help("Mark the picked passage; then pick another, in any document, and press the key again to link the two.").titled(link_title).runs(Session::link_here),
    FollowLink("Go along the link", Edit(8)).keys(&["Ctrl+Shift+M"]).icon(m::ICON_ARROW_FORWARD).when(checks::picked).help("Go to the other end of the first link of the picked passage.").runs(Session::follow_link),
    CancelLink("Make no link", Edit(8)).icon(m::ICON_LINK_OFF).when(checks::linking).help("Let go of the passage from which a link was started (Escape in the text does so, too).").runs(|s| { s.cancel_link(); }),

    NewCategory("New category…", Codebook(0)).keys(&["Ctrl+Shift+N"]).icon(m::ICON_NEW_LABEL).when(checks::writable).help("Add a category to the codebook.").dialog(DialogCommand::NewCategory),
    EditCodebook("Edit codebook…", Codebook(0)).keys(&["Ctrl+Shift+K"]).icon(m::ICON_EDIT_SQUARE).help("Change categories, attributes, kinds of link, actors and issues.").dialog(DialogCommand::EditCodebook),
    MergeCategories("Merge categories…", Codebook(1)).icon(m::ICON_CALL_MERGE).when(checks::categories).help("Make several categories one; says first what that touches.").dialog(DialogCommand::MergeCategories),
    SplitCategory("Split a category…", Codebook(1)).icon(m::ICON_CALL_SPLIT).when(checks::categories).help("Sort the passages of a category into several, one by one.").dialog(DialogCommand::SplitCategory),
    ImportCodebook("Import codebook…", Codebook(2)).icon(m::ICON_FILE_OPEN).when(checks::writable).help("Take in what another codebook has, from a file.").dialog(DialogCommand::ImportCodebook),
    ExportCodebook("Export codebook…", Codebook(2)).icon(m::ICON_FILE_SAVE).help("Write the codebook for other projects and programs.").dialog(DialogCommand::ExportCodebook),

    NextDocument("Next document", Document(0)).keys(&["Ctrl+PageDown"]).icon(m::ICON_NAVIGATE_NEXT).when(checks::documents).help("Show the next document of the list.").runs(|s| s.step_document(true)),
    PreviousDocument("Previous document", Document(0)).keys(&["Ctrl+PageUp"]).icon(m::ICON_NAVIGATE_BEFORE).when(checks::documents).help("Show the document before.").runs(|s| s.step_document(false)),
    NextUnfinished("Next document to do", Document(0)).keys(&["Ctrl+Shift+PageDown"]).icon(m::ICON_PENDING_ACTIONS).when(checks::documents).help("Show the next document that you are not done with.").runs(Session::next_unfinished),
    GoToPage("Go to page…", Document(0)).keys(&["Ctrl+G"]).icon(m::ICON_FIND_IN_PAGE).when(checks::pages).help("Go to a page of this document by its number.").dialog(DialogCommand::GoToPage),
    ToggleDone("Mark as done", Document(1)).keys(&["Ctrl+Enter"]).outside_fields().icon(m::ICON_TASK_ALT).when(checks::edit_document).help("Say that you are done with this document, or no longer.").runs(Session::toggle_done),
    DocumentDetails("Title, author and source…", Document(1)).icon(m::ICON_EDIT_DOCUMENT).when(checks::edit_document).help("Change what is known of this document.").dialog(DialogCommand::DocumentDetails),
    UpdateText("Update the text…", Document(2)).icon(m::ICON_UPDATE).when(checks::edit_document).help("Give this document a new text; its passages find their places, and you decide on those in doubt.").dialog(DialogCommand::UpdateText),
    WaitingPassages("Passages in doubt…", Document(2)).icon(m::ICON_RULE).when(checks::waiting).help("Look at your passages whose place is in doubt since the text has changed.").dialog(DialogCommand::WaitingPassages),
    EarlierText("Show the earlier text…", Document(2)).icon(m::ICON_HISTORY).when(checks::earlier_text).help("Read the text that this document had before it was updated.").dialog(DialogCommand::EarlierText),
    RemoveDocument("Remove from project", Document(3)).icon(m::ICON_DELETE_FOREVER).when(checks::edit_document).help("Take this document and its tags out of the project. Can be undone.").runs(Session::remove_shown_document),

    StartReview("Review passages", Review(0)).keys(&["Alt+3"]).outside_fields().icon(m::ICON_RATE_REVIEW).when(checks::documents).help("Walk the passages of others and decide on each, in the right panel.").runs(Session::start_review),
    FocusReview("Go to the queue", Review(0)).keys(&["Alt+Q"]).outside_fields().when(checks::documents).help("Give the queue the keyboard: there single letters decide.").focuses(FocusCommand::ReviewQueue),
    NextReview("Next passage to review", Review(0)).keys(&["Alt+N"]).outside_fields().icon(m::ICON_ARROW_DOWNWARD).when(checks::documents).help("Go to the next passage of the queue, in whatever document it stands.").runs(|s| s.step_review(true)),
    PreviousReview("Previous passage to review", Review(0)).keys(&["Alt+B"]).outside_fields().icon(m::ICON_ARROW_UPWARD).when(checks::documents).help("Go to the passage before in the queue.").runs(|s| s.step_review(false)),
    Accept("Accept passage", Review(1)).keys(&["Alt+A"]).outside_fields().icon(m::ICON_CHECK_CIRCLE).when(checks::review).help("Say that the passage stands, and go on to the next.").runs(|s| s.decide(Verdict::Accepted)),
    Reject("Reject passage", Review(1)).keys(&["Alt+R"]).outside_fields().icon(m::ICON_CANCEL).when(checks::review).help("Say that the passage should go, and go on to the next.").runs(|s| s.decide(Verdict::Rejected)),
    Dispute("Dispute passage", Review(1)).keys(&["Alt+D"]).outside_fields().icon(m::ICON_FORUM).when(checks::review).help("Say that the passage has to be talked about, and go on to the next.").runs(|s| s.decide(Verdict::Disputed)),
    Propose("Propose a change…", Review(1)).keys(&["Alt+P"]).outside_fields().icon(m::ICON_EDIT).when(checks::review).help("Propose another category, other words (those that are selected) or other attributes.").dialog(DialogCommand::Propose),
    Comment("Write a comment", Review(1)).keys(&["Alt+C"]).outside_fields().icon(m::ICON_COMMENT).when(checks::comment).help("Say something of the passage, or answer what others say.").focuses(FocusCommand::Comment),
    Withdraw("Take my decision back", Review(1)).keys(&["Alt+W"]).outside_fields().when(checks::comment).help("Decide no longer on the passage; comments stay.").runs(Session::withdraw),
    ShowInbox("Decisions on my passages", Review(2)).keys(&["Alt+4"]).outside_fields().icon(m::ICON_INBOX).help("See in the right panel what others have decided on your passages.").window(WindowCommand::ShowTab(RightTab::Inbox)),
    NextInInbox("Next new decision", Review(2)).keys(&["Alt+I"]).outside_fields().icon(m::ICON_MOVE_TO_INBOX).when(checks::documents).help("Go to the next passage of yours that others have decided on since you looked.").runs(Session::next_in_inbox),
    TakeOver("Take over the proposal", Review(2)).keys(&["Alt+T"]).outside_fields().icon(m::ICON_DONE_ALL).when(checks::my_pick).help("Change the picked passage as proposed; remove it where it is rejected.").runs(Session::apply_latest_decision),
    SetAside("Set the decision aside", Review(2)).keys(&["Alt+S"]).outside_fields().when(checks::picked).help("Take what others say of the passage as read, and go on to the next new decision.").runs(Session::dismiss_current),
    People("People…", Review(3)).icon(m::ICON_GROUP).help("Who works here: names, initials, colours, roles, documents to read; blind work.").dialog(DialogCommand::People),

    NextDifference("Next difference", Compare(0)).keys(&["N"]).in_compare().icon(m::ICON_ARROW_DOWNWARD).when(checks::differences).help("Go to the next difference of the list, and from its end to the next document that has open ones.").runs(|s| s.step_difference(true)),
    PreviousDifference("Previous difference", Compare(0)).keys(&["P"]).in_compare().icon(m::ICON_ARROW_UPWARD).when(checks::differences).help("Go to the difference before in the list.").runs(|s| s.step_difference(false)),
    NextOpenDifference("Next open difference", Compare(0)).keys(&["O"]).in_compare().when(checks::differences).help("Go to the next difference that is not settled yet.").runs(Session::next_open_difference),
    NextDocumentToSettle("Next document to settle", Compare(0)).keys(&["Ctrl+Alt+N"]).icon(m::ICON_NAVIGATE_NEXT).when(checks::comparing).help("Show the next document that has open differences.").runs(Session::next_document_to_settle),
    TakeFirst("Take the first reading", Compare(1)).keys(&["1", "A"]).in_compare().icon(m::ICON_CHECK).when(checks::difference).help("Put the reading of the first annotator into the consensus; where there is none, leave the passage out.").runs(|s| s.settle(Settling::Adopt(0))),
    TakeSecond("Take the second reading", Compare(1)).keys(&["2", "B"]).in_compare().when(checks::difference).help("Put the reading of the second annotator into the consensus; where there is none, leave the passage out.").runs(|s| s.settle(Settling::Adopt(1))),
    TakeThird("Take the third reading", Compare(1)).keys(&["3", "C"]).in_compare().when(checks::difference).help("Put the reading of the third annotator into the consensus, where three are compared.").runs(|s| s.settle(Settling::Adopt(2))),
    TakeFourth("Take the fourth reading", Compare(1)).keys(&["4", "D"]).in_compare().when(checks::difference).help("Put the reading of the fourth annotator into the consensus, where four are compared.").runs(|s| s.settle(Settling::Adopt(3))),
    TakeAll("Take every reading", Compare(1)).keys(&["E"]).in_compare().icon(m::ICON_DONE_ALL).when(checks::difference).help("Put every reading into the consensus: both of two.").runs(|s| s.settle(Settling::AdoptAll)),
    LeaveOut("Leave out", Compare(1)).keys(&["L"]).in_compare().icon(m::ICON_BLOCK).when(checks::difference).help("Put nothing of this difference into the consensus.").runs(|s| s.settle(Settling::Exclude)),
    ReopenDifference("Open again", Compare(1)).keys(&["R"]).in_compare().icon(m::ICON_UNDO).when(checks::difference).help("Take back what was decided on this difference.").runs(|s| s.settle(Settling::Reopen)),
    TakeAgreed("Take what is agreed", Compare(2)).keys(&["Ctrl+Alt+A"]).icon(m::ICON_FACT_CHECK).when(checks::agreed).help("Put all passages of this document into the consensus that everybody agrees on, as one step.").runs(|s| s.adopt_agreed(false)),
    TakeAgreedEverywhere("Take what is agreed in all documents", Compare(2)).when(checks::comparing).help("Put all passages of the project into the consensus that everybody agrees on, as one step.").runs(|s| s.adopt_agreed(true)),

    Palette("Go to anything…", View(0)).keys(&["Ctrl+K"]).icon(m::ICON_SEARCH).help("Find a command, category or document by name.").dialog(DialogCommand::Palette),
    ShowAnnotate("Annotate", View(1)).keys(&["Ctrl+1"]).icon(m::ICON_EDIT_NOTE).help("Read and tag.").checked(|session, _| session.screen() == Screen::Annotate).runs(|s| s.show_screen(Screen::Annotate)),
    ShowCompare("Compare", View(1)).keys(&["Ctrl+2"]).icon(m::ICON_COMPARE).help("See where annotators differ, and settle it into the consensus.").checked(|session, _| session.screen() == Screen::Compare).runs(|s| s.show_screen(Screen::Compare)),
    ShowAgreement("Agreement", View(1)).keys(&["Ctrl+3"]).icon(m::ICON_PERCENT).help("See how far annotators agree, in the figures that journals ask for.").checked(|session, _| session.screen() == Screen::Agreement).runs(|s| s.show_screen(Screen::Agreement)),
    ToggleLeft("Documents and codebook", View(2)).keys(&["F7"]).icon(m::ICON_LEFT_PANEL_OPEN).help("Show or hide the left panel.").checked(|_, settings| settings.left_open).window(WindowCommand::Toggle(Panel::Left)),
    ShowContents("Contents of the document", View(1)).keys(&["Ctrl+T"]).icon(m::ICON_TOC).when(checks::document).help("Show the headings or pages of this document in the left panel and go to them.").focuses(FocusCommand::Contents),
    ToggleRight("Inspector, summary, review", View(2)).keys(&["F8"]).icon(m::ICON_RIGHT_PANEL_OPEN).help("Show or hide the right panel.").checked(|_, settings| settings.right_open).window(WindowCommand::Toggle(Panel::Right)),
    ToggleBottom("Passages", View(2)).keys(&["F9"]).icon(m::ICON_BOTTOM_PANEL_OPEN).help("Show or hide the passages table.").checked(|_, settings| settings.bottom_open).window(WindowCommand::Toggle(Panel::Bottom)),
    ShowInspector("Show inspector", View(2)).keys(&["Alt+1"]).icon(m::ICON_FRAME_INSPECT).help("Show the picked passage in the right panel.").window(WindowCommand::ShowTab(RightTab::Inspector)),
    ShowSummary("Show summary", View(2)).keys(&["Alt+2"]).icon(m::ICON_BAR_CHART).help("Show the figures of the project in the right panel.").window(WindowCommand::ShowTab(RightTab::Summary)),
    FocusText("Go to the text", View(3)).keys(&["F5"]).help("Give the text the keyboard.").focuses(FocusCommand::Text),
    FocusPassages("Go to the passages", View(3)).keys(&["Shift+F5"]).help("Give the passages table the keyboard.").focuses(FocusCommand::Passages),
    FocusNext("Go to the next field", View(3)).keys(&["F6"]).help("Give the next field or button the keyboard.").focuses(FocusCommand::Next),
    LargerText("Larger text", View(4)).keys(&["Ctrl+Plus", "Ctrl+=", "Ctrl+Shift+Plus"]).icon(m::ICON_TEXT_INCREASE).help("Set the text one point larger.").sets(SettingCommand::TextSize(TextSize::Larger)),
    SmallerText("Smaller text", View(4)).keys(&["Ctrl+Minus"]).icon(m::ICON_TEXT_DECREASE).help("Set the text one point smaller.").sets(SettingCommand::TextSize(TextSize::Smaller)),
    DefaultTextSize("Text size as at first", View(4)).keys(&["Ctrl+0"]).help("Set the text in 16 points again.").sets(SettingCommand::TextSize(TextSize::Default)),
    ToggleSnap("Snap selections to words", View(5)).help("Whether what is dragged over grows to whole words.").checked(|_, settings| settings.snap).sets(SettingCommand::ToggleSnap),
    LightTheme("Light", View(6)).icon(m::ICON_LIGHT_MODE).help("Dark type on a light page.").checked(|_, settings| settings.theme == ThemeChoice::Light).sets(SettingCommand::Theme(ThemeChoice::Light)),
    DarkTheme("Dark", View(6)).icon(m::ICON_DARK_MODE).help("Light type on a dark page.").checked(|_, settings| settings.theme == ThemeChoice::Dark).sets(SettingCommand::Theme(ThemeChoice::Dark)),
    SystemTheme("As the system", View(6)).icon(m::ICON_CONTRAST).help("Light or dark as the system is; light where it does not tell.").checked(|_, settings| settings.theme == ThemeChoice::System).sets(SettingCommand::Theme(ThemeChoice::System)),
    ComputeAgreement("Compute agreement again", View(7)).keys(&["Ctrl+Shift+R"]).icon(m::ICON_REFRESH).when(checks::documents).help("Compute the figures of the Agreement screen from what is tagged now.").runs(compute_agreement),

    Shortcuts("Keyboard shortcuts", Help(0)).keys(&["F1"]).icon(m::ICON_KEYBOARD).help("All keys at a glance.").dialog(DialogCommand::Shortcuts),
    About("About Demarche", Help(1)).icon(m::ICON_INFO).help("Version and licences.").dialog(DialogCommand::About),
}

impl CommandId {
    /// What is known of the command.
    pub fn command(self) -> &'static Command {
        &COMMANDS[self as usize]
    }
}

fn undo_title(session: &Session) -> Option<String> {
    session.undo_stack().undo_label().map(|label| format!("Undo {label}"))
}

fn redo_title(session: &Session) -> Option<String> {
    session.undo_stack().redo_label().map(|label| format!("Redo {label}"))
}

/// The second passage of a link ends it.
fn link_title(session: &Session) -> Option<String> {
    session.link_start().map(|_| "Link to here…".to_owned())
}

fn compute_agreement(session: &mut Session) {
    session.show_screen(Screen::Agreement);
    session.compute_agreement();
}
