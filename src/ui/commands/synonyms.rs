//! Other words for commands, under which the palette finds them: those of other programs, and of the field.

use super::CommandId::{self, *};

/// Words, and the commands that they mean.
static SYNONYMS: &[(&[&str], &[CommandId])] = &[
    (
        &["preferences", "settings", "options", "configuration"],
        &[
            ToggleSnap,
            TogglePreview,
            LightTheme,
            DarkTheme,
            SystemTheme,
            LargerText,
            SmallerText,
            DefaultTextSize,
            Identity,
        ],
    ),
    (&["appearance", "theme", "colours", "dark mode", "night"], &[LightTheme, DarkTheme, SystemTheme]),
    (&["zoom", "font size", "bigger", "magnify"], &[LargerText, SmallerText, DefaultTextSize]),
    (&["rename", "title"], &[ProjectDetails, RenameDocument, DocumentDetails, EditCodebook]),
    (&["facsimile", "scan", "pdf", "page image"], &[ShowOriginalPage]),
    (&["group", "folder", "collection", "document group"], &[NewDocumentSet]),
    (&["exit", "close", "leave"], &[Quit]),
    (&["pdf", "save pdf", "paper"], &[Print]),
    (&["delete", "erase", "untag", "uncode"], &[RemovePassage]),
    (&["delete", "erase"], &[RemoveDocument]),
    (&["search"], &[Find, FindEverywhere]),
    (&["help", "guide", "documentation", "tutorial", "handbook"], &[Manual]),
    (&["help", "hotkeys", "key bindings", "keys", "gestures"], &[Shortcuts]),
    (&["version", "licence", "license"], &[About]),
    (&["tutorial", "example", "demo"], &[OpenSample]),
    (&["add files", "load", "upload", "open document"], &[ImportDocuments]),
    (&["paste"], &[ImportClipboard]),
    (
        &["excel", "csv", "xlsx", "jsonl", "download", "spreadsheet", "refi", "nvivo", "maxqda"],
        &[ExportPassages],
    ),
    (&["duplicate", "copy project", "move project"], &[SaveAs]),
    (&["user", "name", "annotator", "coder"], &[Identity]),
    (&["users", "team", "annotators", "coders", "blind"], &[People]),
    (&["assign", "distribute", "sample", "batch", "shares", "random"], &[AssignDocuments]),
    (&["audit", "log", "changes"], &[History]),
    (&["errors", "check", "validate"], &[Problems]),
    (&["code", "label", "annotate", "highlight"], &[TagAgain, TagEvery]),
    (&["auto code", "replace all"], &[TagEvery]),
    (&["memo", "comment"], &[EditNote]),
    (&["memo", "note", "comment", "diary", "journal"], &[DocumentMemo, ProjectMemo, CategoryMemo, ShowMemos]),
    (&["relation", "connect", "arrow"], &[StartLink]),
    (&["mark", "ribbon", "favourite"], &[ToggleBookmark, NextBookmark, PreviousBookmark, ListBookmarks]),
    (&["new code", "add code", "label"], &[NewCategory]),
    (&["codes", "labels", "tags", "coding scheme", "schema"], &[EditCodebook]),
    (&["finish", "complete"], &[ToggleDone]),
    (&["metadata", "properties", "date", "source"], &[DocumentDetails]),
    (&["metadata", "properties"], &[ProjectDetails]),
    (&["replace text", "new version", "correct"], &[UpdateText]),
    (&["versions", "old text"], &[EarlierVersions, EarlierBeside]),
    (&["compare versions", "diff"], &[EarlierBeside]),
    (&["adjudicate", "adjudication", "curate", "consensus", "differences", "disagreement"], &[ShowCompare]),
    (&["kappa", "alpha", "reliability", "icr", "irr", "statistics"], &[ShowAgreement]),
    (&["charts", "graphs", "statistics", "matrix", "network"], &[ShowAnalyse]),
    (&["figures", "counts", "statistics"], &[ShowSummary]),
    (&["outline", "table of contents", "headings", "pages"], &[ShowContents]),
    (&["split", "split view", "two documents", "second document", "open beside", "parallel"], &[SideBySide]),
    (&["synchronised scrolling", "lock scrolling", "sync"], &[ScrollTogether]),
    (&["sidebar"], &[ToggleLeft, ToggleRight]),
    (&["table", "list of passages", "segments", "quotations"], &[ToggleBottom]),
    (&["properties", "attributes", "actor", "target", "issue"], &[EditAttributes]),
    (&["command palette", "jump"], &[Palette]),
];

impl CommandId {
    /// Returns other words for the command.
    pub fn synonyms(self) -> impl Iterator<Item = &'static str> {
        let of_command = SYNONYMS.iter().filter(move |(_, commands)| commands.contains(&self));
        of_command.flat_map(|(words, _)| words.iter().copied())
    }
}
