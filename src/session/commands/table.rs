//! The table itself.

use demarche_analysis::segment;
use demarche_model::{Status, Verdict};

use super::super::{Ask, PanelId, Screen, Session, Settling, TextSize, ThemeChoice};
use super::Menu::{Codebook, Compare, Document, Edit, File, Help, Review, View};
use super::{Command, checks};
use crate::annotate::tagging::{Bound, Stride};
use crate::reading::navigate::word_around;

/// Every command, in the order of the menus.
#[rustfmt::skip]
pub static COMMANDS: &[Command] = &[
    Command::new("project.new", "New project…", File(0)).keys("Ctrl+N").icon("create_new_folder").help("Make a project in a new folder.").asks(Ask::NewProject),
    Command::new("project.open", "Open project…", File(0)).keys("Ctrl+O").icon("folder_open").help("Open a project folder.").asks(Ask::OpenProject),
    Command::new("project.open-packet", "Open packet…", File(0)).icon("mark_email_read").help("Open a project that somebody has sent as one file.").asks(Ask::OpenPacket),
    Command::new("project.sample", "Open the sample project", File(0)).icon("school").help("Open a working copy of the project that comes with Demarche.").asks(Ask::OpenSample),
    Command::new("project.save", "Save", File(1)).keys("Ctrl+S").icon("save").when(checks::writable).help("Write what has changed; happens by itself two seconds after the last change.").runs(Session::save),
    Command::new("document.import", "Import documents…", File(2)).keys("Ctrl+I").icon("upload_file").when(checks::writable).help("Bring texts, Word and PDF files, web pages, transcripts or labelled passages into the project.").asks(Ask::Import),
    Command::new("document.paste", "Import from the clipboard", File(2)).keys("Ctrl+Shift+V").icon("content_paste").when(checks::writable).help("Make a document of the text in the clipboard.").asks(Ask::PasteDocument),
    Command::new("document.preview", "Preview before importing", File(2)).help("Whether files are shown, and can be mended, before they come in.").asks(Ask::TogglePreview),
    Command::new("project.export", "Export passages…", File(2)).keys("Ctrl+E").icon("download").when(checks::documents).help("Write the tagged passages for other programs.").asks(Ask::Export),
    Command::new("project.merge", "Merge a project…", File(3)).icon("call_merge").when(checks::writable).help("Take in what another copy of this project holds: a folder, or a packet that comes back.").asks(Ask::MergeProject),
    Command::new("project.send", "Send to a coder…", File(3)).icon("outgoing_mail").when(checks::documents).help("Write one file with documents and codebook for one person; nobody else's passages are inside.").asks(Ask::SendPacket),
    Command::new("project.send-back", "Send back…", File(3)).icon("reply").when(checks::documents).help("Write one file with your passages alone, to be merged by whoever gets it.").asks(Ask::SendBack),

    Command::new("project.details", "Project details…", File(4)).icon("info").help("Name of the project, and who works here.").asks(Ask::ProjectDetails),
    Command::new("project.history", "History…", File(4)).keys("Ctrl+H").icon("history").help("Who changed what, and when; also as a table for spreadsheets.").asks(Ask::History),
    Command::new("project.problems", "Problems in files…", File(4)).icon("warning").when(checks::problems).help("What is wrong in the project's files, and where.").asks(Ask::Problems),
    Command::new("app.quit", "Quit", File(5)).keys("Ctrl+Q").icon("logout").help("Close Demarche.").asks(Ask::Quit),

    Command::new("edit.undo", "Undo", Edit(0)).keys("Ctrl+Z").icon("undo").when(checks::undo).help("Take the last step back.").runs(Session::undo),
    Command::new("edit.redo", "Redo", Edit(0)).keys("Ctrl+Shift+Z / Ctrl+Y").icon("redo").when(checks::redo).help("Bring back what was undone.").runs(Session::redo),
    Command::new("edit.copy", "Copy", Edit(1)).icon("content_copy").when(checks::copy).help("Copy the selected words, or those of the picked passage (Ctrl+C in the text).").asks(Ask::Copy),
    Command::new("edit.cite", "Copy with citation", Edit(1)).keys("Ctrl+Shift+C").icon("format_quote").when(checks::copy).help("Copy the words with the document's title, date and source.").asks(Ask::CopyCitation),
    Command::new("passages.copy", "Copy passages with citation", Edit(1)).icon("format_list_bulleted").when(checks::passages).help("Copy the chosen rows of the passages table, or all that it shows, each with its citation (Ctrl+C in the table).").asks(Ask::CopyPassages),
    Command::new("agreement.copy", "Copy figures of agreement", Edit(1)).when(checks::agreement).help("Copy the tables of the Agreement screen, cells parted by tabs.").asks(Ask::CopyAgreement),
    Command::new("agreement.csv", "Copy figures of agreement as CSV", Edit(1)).when(checks::agreement).help("Copy every figure with its interval and its reason, one a line.").asks(Ask::CopyAgreementCsv),
    Command::new("find.document", "Find…", Edit(2)).keys("Ctrl+F").icon("search").when(checks::document).help("Find words in this document.").asks(Ask::Find),
    Command::new("find.project", "Find in all documents…", Edit(2)).keys("Ctrl+Shift+F").icon("travel_explore").when(checks::documents).help("Find words in every document of the project.").asks(Ask::FindEverywhere),
    Command::new("find.next", "Next hit", Edit(2)).keys("F3").when(checks::hits).help("Go to the next place that was found.").runs(|s| s.step_hit(true)),
    Command::new("find.previous", "Previous hit", Edit(2)).keys("Shift+F3").when(checks::hits).help("Go to the place found before.").runs(|s| s.step_hit(false)),
    Command::new("tag.again", "Tag again as before", Edit(3)).keys("Enter").in_text().icon("repeat").when(checks::tag_again).help("Tag the selection with the category used last.").runs(tag_again),
    Command::new("tag.occurrences", "Tag every occurrence…", Edit(3)).keys("Ctrl+D").icon("select_all").when(checks::words_to_tag).help("Tag every place where the selected words stand, as one step.").asks(Ask::Occurrences),
    Command::new("tag.extend", "Add selection to passage", Edit(3)).keys("Ctrl+Shift+A").icon("add_link").when(checks::extend).help("Make the selected words a further part of the passage picked before.").runs(Session::extend_span),
    Command::new("select.word", "Select word", Edit(4)).keys("Ctrl+W").in_text().when(checks::document).help("Select the word at the caret.").runs(|s| s.select_around(word_around)),
    Command::new("select.sentence", "Select sentence", Edit(4)).keys("Ctrl+L").icon("short_text").when(checks::document).help("Select the sentence at the caret.").runs(|s| s.select_around(segment::sentence_at)),
    Command::new("select.paragraph", "Select paragraph", Edit(4)).keys("Ctrl+Shift+L").icon("notes").when(checks::document).help("Select the paragraph at the caret.").runs(|s| s.select_around(segment::paragraph_at)),
    Command::new("select.none", "Select nothing", Edit(4)).keys("Escape").in_text().when(checks::document).help("Let go of selection and passage.").runs(select_none),
    Command::new("span.pick", "Pick passage at caret", Edit(5)).keys("Space").in_text().icon("ads_click").when(checks::document).help("Pick the shortest passage at the caret; again, the next longer one.").runs(Session::pick_at_caret),
    Command::new("span.next", "Next passage", Edit(5)).keys("Tab").in_text().icon("arrow_downward").when(checks::document).help("Go to the next tagged passage.").runs(|s| s.step_span(true)),
    Command::new("span.previous", "Previous passage", Edit(5)).keys("Shift+Tab").in_text().icon("arrow_upward").when(checks::document).help("Go to the tagged passage before.").runs(|s| s.step_span(false)),
    Command::new("passage.next", "Next row of the passages", Edit(5)).keys("F4").when(checks::passages).help("Go to the next passage of the table, in whatever document it stands.").runs(|s| s.step_passage(true)),
    Command::new("passage.previous", "Previous row of the passages", Edit(5)).keys("Shift+F4").when(checks::passages).help("Go to the passage before in the table.").runs(|s| s.step_passage(false)),
    Command::new("span.choose", "Choose passage at caret too", Edit(5)).keys("Shift+Space").in_text().when(checks::document).help("Add the passage at the caret to those that are changed together, or take it out; Ctrl+click does so too.").runs(Session::choose_at_caret),
    Command::new("span.attributes", "Say who, whom, about what", Edit(5)).keys("Ctrl+J").icon("fact_check").when(checks::my_choice).help("Go to the attributes of the picked passage: a letter leads to each.").asks(Ask::Attributes),
    Command::new("span.same", "Say the same as before", Edit(5)).keys("Ctrl+Shift+J").icon("content_paste_go").when(checks::my_choice).help("Fill what is empty in the attributes of the picked passage from the passage before.").runs(Session::same_as_last),
    Command::new("span.note", "Write a note", Edit(5)).keys("F2").icon("edit_note").when(checks::picked).help("Go to the note of the picked passage.").asks(Ask::Note),
    Command::new("span.remove", "Remove passage", Edit(5)).keys("Delete / Backspace").in_text().icon("delete").when(checks::my_choice).help("Remove the tag from the picked passage, or from all that are chosen; the text stays.").runs(remove_chosen),
    Command::new("span.end.right", "End one word later", Edit(6)).keys("Alt+ArrowRight").in_text().when(checks::my_pick).help("Move the end of the picked passage one word on.").runs(|s| s.nudge(Bound::End, Stride::Word, true)),
    Command::new("span.end.left", "End one word earlier", Edit(6)).keys("Alt+ArrowLeft").in_text().when(checks::my_pick).help("Move the end of the picked passage one word back.").runs(|s| s.nudge(Bound::End, Stride::Word, false)),
    Command::new("span.start.left", "Start one word earlier", Edit(6)).keys("Alt+Shift+ArrowLeft").in_text().when(checks::my_pick).help("Move the start of the picked passage one word back.").runs(|s| s.nudge(Bound::Start, Stride::Word, false)),
    Command::new("span.start.right", "Start one word later", Edit(6)).keys("Alt+Shift+ArrowRight").in_text().when(checks::my_pick).help("Move the start of the picked passage one word on.").runs(|s| s.nudge(Bound::Start, Stride::Word, true)),
    Command::new("span.end.right.character", "End one character later", Edit(7)).keys("Ctrl+Alt+ArrowRight / ]").in_text().when(checks::my_pick).help("Move the end of the picked passage one character on.").runs(|s| s.nudge(Bound::End, Stride::Character, true)),
    Command::new("span.end.left.character", "End one character earlier", Edit(7)).keys("Ctrl+Alt+ArrowLeft / [").in_text().when(checks::my_pick).help("Move the end of the picked passage one character back.").runs(|s| s.nudge(Bound::End, Stride::Character, false)),
    Command::new("span.start.left.character", "Start one character earlier", Edit(7)).keys("Ctrl+Alt+Shift+ArrowLeft / Shift+{").in_text().when(checks::my_pick).help("Move the start of the picked passage one character back.").runs(|s| s.nudge(Bound::Start, Stride::Character, false)),
    Command::new("span.start.right.character", "Start one character later", Edit(7)).keys("Ctrl+Alt+Shift+ArrowRight / Shift+}").in_text().when(checks::my_pick).help("Move the start of the picked passage one character on.").runs(|s| s.nudge(Bound::Start, Stride::Character, true)),

    Command::new("link.here", "Start a link here", Edit(8)).keys("Ctrl+M").icon("link").when(checks::link).help("Mark the picked passage; then pick another, in any document, and press the key again to link the two.").runs(Session::link_here),
    Command::new("link.follow", "Go along the link", Edit(8)).keys("Ctrl+Shift+M").icon("arrow_forward").when(checks::picked).help("Go to the other end of the first link of the picked passage.").runs(Session::follow_link),
    Command::new("link.end", "Make no link", Edit(8)).icon("link_off").when(checks::linking).help("Let go of the passage from which a link was started (Escape in the text does so, too).").runs(|s| { s.end_linking(); }),

    Command::new("codebook.new", "New category…", Codebook(0)).keys("Ctrl+Shift+N").icon("new_label").when(checks::writable).help("Add a category to the codebook.").asks(Ask::NewCategory),
    Command::new("codebook.edit", "Edit codebook…", Codebook(0)).keys("Ctrl+Shift+K").icon("edit_square").help("Change categories, attributes, kinds of link, actors and issues.").asks(Ask::EditCodebook),
    Command::new("codebook.merge", "Merge categories…", Codebook(1)).icon("call_merge").when(checks::categories).help("Make several categories one; says first what that touches.").asks(Ask::MergeCategories),
    Command::new("codebook.split", "Split a category…", Codebook(1)).icon("call_split").when(checks::categories).help("Sort the passages of a category into several, one by one.").asks(Ask::SplitCategory),
    Command::new("codebook.import", "Import codebook…", Codebook(2)).icon("file_open").when(checks::writable).help("Take in what another codebook has, from a file.").asks(Ask::ImportCodebook),
    Command::new("codebook.export", "Export codebook…", Codebook(2)).icon("file_save").help("Write the codebook for other projects and programs.").asks(Ask::ExportCodebook),

    Command::new("document.next", "Next document", Document(0)).keys("Ctrl+PageDown").icon("navigate_next").when(checks::documents).help("Show the next document of the list.").runs(|s| s.step_document(true)),
    Command::new("document.previous", "Previous document", Document(0)).keys("Ctrl+PageUp").icon("navigate_before").when(checks::documents).help("Show the document before.").runs(|s| s.step_document(false)),
    Command::new("document.unfinished", "Next document to do", Document(0)).keys("Ctrl+Shift+PageDown").icon("pending_actions").when(checks::documents).help("Show the next document that you are not done with.").runs(Session::next_unfinished),
    Command::new("document.page", "Go to page…", Document(0)).keys("Ctrl+G").icon("find_in_page").when(checks::pages).help("Go to a page of this document by its number.").asks(Ask::GoToPage),
    Command::new("document.done", "Mark as done", Document(1)).keys("Ctrl+Enter").icon("task_alt").when(checks::edit_document).help("Say that you are done with this document, or no longer.").runs(toggle_done),
    Command::new("document.details", "Title, author and source…", Document(1)).icon("edit_document").when(checks::edit_document).help("Change what is known of this document.").asks(Ask::DocumentDetails),
    Command::new("document.update", "Update the text…", Document(2)).icon("update").when(checks::edit_document).help("Give this document a new text; its passages find their places, and you decide on those in doubt.").asks(Ask::UpdateText),
    Command::new("document.waiting", "Passages in doubt…", Document(2)).icon("rule").when(checks::waiting).help("Look at your passages whose place is in doubt since the text has changed.").asks(Ask::WaitingPassages),
    Command::new("document.earlier", "Show the earlier text…", Document(2)).icon("history").when(checks::earlier_text).help("Read the text that this document had before it was updated.").asks(Ask::EarlierText),
    Command::new("document.remove", "Remove from project", Document(3)).icon("delete_forever").when(checks::edit_document).help("Take this document and its tags out of the project. Can be undone.").runs(remove_document),

    Command::new("review.start", "Review passages", Review(0)).keys("Alt+3").icon("rate_review").when(checks::documents).help("Walk the passages of others and decide on each, in the right panel.").runs(Session::start_review),
    Command::new("review.focus", "Go to the queue", Review(0)).keys("Alt+Q").when(checks::documents).help("Give the queue the keyboard: there single letters decide.").asks(Ask::FocusReview),
    Command::new("review.next", "Next passage to review", Review(0)).keys("Alt+N").icon("arrow_downward").when(checks::documents).help("Go to the next passage of the queue, in whatever document it stands.").runs(|s| s.step_review(true)),
    Command::new("review.previous", "Previous passage to review", Review(0)).keys("Alt+B").icon("arrow_upward").when(checks::documents).help("Go to the passage before in the queue.").runs(|s| s.step_review(false)),
    Command::new("review.accept", "Accept passage", Review(1)).keys("Alt+A").icon("check_circle").when(checks::review).help("Say that the passage stands, and go on to the next.").runs(|s| s.decide(Verdict::Accepted)),
    Command::new("review.reject", "Reject passage", Review(1)).keys("Alt+R").icon("cancel").when(checks::review).help("Say that the passage should go, and go on to the next.").runs(|s| s.decide(Verdict::Rejected)),
    Command::new("review.dispute", "Dispute passage", Review(1)).keys("Alt+D").icon("forum").when(checks::review).help("Say that the passage has to be talked about, and go on to the next.").runs(|s| s.decide(Verdict::Disputed)),
    Command::new("review.propose", "Propose a change…", Review(1)).keys("Alt+P").icon("edit").when(checks::review).help("Propose another category, other words (those that are selected) or other attributes.").asks(Ask::Propose),
    Command::new("review.comment", "Write a comment", Review(1)).keys("Alt+C").icon("comment").when(checks::comment).help("Say something of the passage, or answer what others say.").asks(Ask::Comment),
    Command::new("review.withdraw", "Take my decision back", Review(1)).keys("Alt+W").when(checks::comment).help("Decide no longer on the passage; comments stay.").runs(Session::withdraw),
    Command::new("review.inbox", "Decisions on my passages", Review(2)).keys("Alt+4").icon("inbox").help("See in the right panel what others have decided on your passages.").asks(Ask::Toggle(PanelId::Inbox)),
    Command::new("review.inbox.next", "Next new decision", Review(2)).keys("Alt+I").icon("move_to_inbox").when(checks::documents).help("Go to the next passage of yours that others have decided on since you looked.").runs(Session::next_in_inbox),
    Command::new("review.follow", "Take over the proposal", Review(2)).keys("Alt+T").icon("done_all").when(checks::my_pick).help("Change the picked passage as proposed; remove it where it is rejected.").runs(Session::follow_latest),
    Command::new("review.aside", "Set the decision aside", Review(2)).keys("Alt+S").when(checks::picked).help("Take what others say of the passage as read, and go on to the next new decision.").runs(Session::set_picked_aside),
    Command::new("people.edit", "People…", Review(3)).icon("group").help("Who works here: names, initials, colours, roles, documents to read; blind work.").asks(Ask::People),

    Command::new("compare.next", "Next difference", Compare(0)).keys("N").in_compare().icon("arrow_downward").when(checks::differences).help("Go to the next difference of the list, and from its end to the next document that has open ones.").runs(|s| s.step_difference(true)),
    Command::new("compare.previous", "Previous difference", Compare(0)).keys("P").in_compare().icon("arrow_upward").when(checks::differences).help("Go to the difference before in the list.").runs(|s| s.step_difference(false)),
    Command::new("compare.open", "Next open difference", Compare(0)).keys("O").in_compare().when(checks::differences).help("Go to the next difference that is not settled yet.").runs(Session::next_open_difference),
    Command::new("compare.document", "Next document to settle", Compare(0)).keys("Ctrl+Alt+N").icon("navigate_next").when(checks::comparing).help("Show the next document that has open differences.").runs(Session::next_document_to_settle),
    Command::new("compare.first", "Take the first reading", Compare(1)).keys("1 / A").in_compare().icon("check").when(checks::difference).help("Put the reading of the first annotator into the consensus; where there is none, leave the passage out.").runs(|s| s.settle(Settling::Take(0))),
    Command::new("compare.second", "Take the second reading", Compare(1)).keys("2 / B").in_compare().when(checks::difference).help("Put the reading of the second annotator into the consensus; where there is none, leave the passage out.").runs(|s| s.settle(Settling::Take(1))),
    Command::new("compare.third", "Take the third reading", Compare(1)).keys("3 / C").in_compare().when(checks::difference).help("Put the reading of the third annotator into the consensus, where three are compared.").runs(|s| s.settle(Settling::Take(2))),
    Command::new("compare.fourth", "Take the fourth reading", Compare(1)).keys("4 / D").in_compare().when(checks::difference).help("Put the reading of the fourth annotator into the consensus, where four are compared.").runs(|s| s.settle(Settling::Take(3))),
    Command::new("compare.all", "Take every reading", Compare(1)).keys("E").in_compare().icon("done_all").when(checks::difference).help("Put every reading into the consensus: both of two.").runs(|s| s.settle(Settling::TakeAll)),
    Command::new("compare.leave", "Leave out", Compare(1)).keys("L").in_compare().icon("block").when(checks::difference).help("Put nothing of this difference into the consensus.").runs(|s| s.settle(Settling::LeaveOut)),
    Command::new("compare.reopen", "Open again", Compare(1)).keys("R").in_compare().icon("undo").when(checks::difference).help("Take back what was decided on this difference.").runs(|s| s.settle(Settling::Reopen)),
    Command::new("compare.agreed", "Take what is agreed", Compare(2)).keys("Ctrl+Alt+A").icon("fact_check").when(checks::agreed).help("Put all passages of this document into the consensus that everybody agrees on, as one step.").runs(|s| s.take_agreed(false)),
    Command::new("compare.agreed.everywhere", "Take what is agreed in all documents", Compare(2)).when(checks::comparing).help("Put all passages of the project into the consensus that everybody agrees on, as one step.").runs(|s| s.take_agreed(true)),

    Command::new("view.palette", "Go to anything…", View(0)).keys("Ctrl+K").icon("search").help("Find a command, category or document by name.").asks(Ask::Palette),
    Command::new("view.annotate", "Annotate", View(1)).keys("Ctrl+1").icon("edit_note").help("Read and tag.").runs(|s| s.show_screen(Screen::Annotate)),
    Command::new("view.compare", "Compare", View(1)).keys("Ctrl+2").icon("compare").help("See where annotators differ, and settle it into the consensus.").runs(|s| s.show_screen(Screen::Compare)),
    Command::new("view.agreement", "Agreement", View(1)).keys("Ctrl+3").icon("percent").help("See how far annotators agree, in the figures that journals ask for.").runs(|s| s.show_screen(Screen::Agreement)),
    Command::new("view.left", "Documents and codebook", View(2)).keys("F7").icon("left_panel_open").help("Show or hide the left panel.").asks(Ask::Toggle(PanelId::Left)),
    Command::new("view.contents", "Contents of the document", View(1)).keys("Ctrl+T").icon("toc").when(checks::document).help("Show the headings or pages of this document in the left panel and go to them.").asks(Ask::Contents),
    Command::new("view.right", "Inspector, summary, review", View(2)).keys("F8").icon("right_panel_open").help("Show or hide the right panel.").asks(Ask::Toggle(PanelId::Right)),
    Command::new("view.bottom", "Passages", View(2)).keys("F9").icon("bottom_panel_open").help("Show or hide the passages table.").asks(Ask::Toggle(PanelId::Bottom)),
    Command::new("view.inspector", "Show inspector", View(2)).keys("Alt+1").icon("frame_inspect").help("Show the picked passage in the right panel.").asks(Ask::Toggle(PanelId::Inspector)),
    Command::new("view.summary", "Show summary", View(2)).keys("Alt+2").icon("bar_chart").help("Show the figures of the project in the right panel.").asks(Ask::Toggle(PanelId::Summary)),
    Command::new("view.focus.text", "Go to the text", View(3)).keys("F5").help("Give the text the keyboard.").asks(Ask::FocusText),
    Command::new("view.focus.passages", "Go to the passages", View(3)).keys("Shift+F5").help("Give the passages table the keyboard.").asks(Ask::FocusPassages),
    Command::new("view.focus.next", "Go to the next field", View(3)).keys("F6").help("Give the next field or button the keyboard.").asks(Ask::FocusNext),
    Command::new("view.larger", "Larger text", View(4)).keys("Ctrl+Plus / Ctrl+= / Ctrl+Shift+Plus").icon("text_increase").help("Set the text one point larger.").asks(Ask::Size(TextSize::Larger)),
    Command::new("view.smaller", "Smaller text", View(4)).keys("Ctrl+Minus").icon("text_decrease").help("Set the text one point smaller.").asks(Ask::Size(TextSize::Smaller)),
    Command::new("view.size", "Text size as at first", View(4)).keys("Ctrl+0").help("Set the text in 16 points again.").asks(Ask::Size(TextSize::Default)),
    Command::new("view.snap", "Snap selections to words", View(5)).help("Whether what is dragged over grows to whole words.").asks(Ask::ToggleSnap),
    Command::new("view.light", "Light", View(6)).icon("light_mode").help("Dark type on a light page.").asks(Ask::Theme(ThemeChoice::Light)),
    Command::new("view.dark", "Dark", View(6)).icon("dark_mode").help("Light type on a dark page.").asks(Ask::Theme(ThemeChoice::Dark)),
    Command::new("view.system", "As the system", View(6)).icon("contrast").help("Light or dark as the system is; light where it does not tell.").asks(Ask::Theme(ThemeChoice::System)),
    Command::new("agreement.compute", "Compute agreement again", View(7)).keys("Ctrl+Shift+R").icon("refresh").when(checks::documents).help("Compute the figures of the Agreement screen from what is tagged now.").runs(compute_agreement),

    Command::new("help.keys", "Keyboard shortcuts", Help(0)).keys("F1").icon("keyboard").help("All keys at a glance.").asks(Ask::Shortcuts),
    Command::new("help.about", "About Demarche", Help(1)).icon("info").help("Version and licences.").asks(Ask::About),
];

fn tag_again(session: &mut Session) {
    if let Some(category) = session.last_category().cloned() {
        session.tag(&category);
    }
}

fn select_none(session: &mut Session) {
    if session.end_linking() {
        return;
    }
    session.view.select(super::super::Selection::caret(session.view.selection().head));
    session.view.unpick();
    session.tagging.choose_one();
}

fn remove_chosen(session: &mut Session) {
    let at = session.chosen().to_vec();
    session.remove_spans(&at);
}

fn toggle_done(session: &mut Session) {
    let Some(id) = session.view.document().cloned() else { return };
    let done = session.status(&id) == Status::Done;
    session.set_status(&id, if done { Status::InProgress } else { Status::Done });
    session.notify(if done {
        "In progress again"
    } else {
        "Done. Ctrl+Shift+PageDown goes to the next one to do"
    });
}

fn remove_document(session: &mut Session) {
    if let Some(id) = session.view.document().cloned() {
        session.remove_document(&id);
    }
}

fn compute_agreement(session: &mut Session) {
    session.show_screen(Screen::Agreement);
    session.compute_agreement();
}
