//! The pages of the manual. They are compiled into the program; `SUMMARY.md` gives their order and titles.

use crate::commands::KeyContext;
use crate::panes::Pane;
use demarche_io::settings::RightTab;
use demarche_session::Screen;

/// Declares the pages with their files in `docs/manual/src`.
macro_rules! pages {
    ($($(#[$doc:meta])* $page:ident($file:literal),)+) => {
        /// A page of the manual.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum ManualPage {
            $($(#[$doc])* $page,)+
        }

        impl ManualPage {
            /// Every page.
            pub const ALL: &'static [Self] = &[$(Self::$page),+];

            /// Returns the name of its file.
            pub fn file(self) -> &'static str {
                match self {
                    $(Self::$page => $file,)+
                }
            }

            /// Returns its text, in Markdown.
            pub fn text(self) -> &'static str {
                match self {
                    $(Self::$page => include_str!(concat!("../../../docs/manual/src/", $file)),)+
                }
            }
        }
    };
}

pages! {
    /// Getting started.
    Start("start.md"),
    /// A tour of the sample.
    Tour("tour.md"),
    /// The Annotate screen.
    Annotate("annotate.md"),
    /// The Compare screen.
    Compare("compare.md"),
    /// The Agreement screen.
    Agreement("agreement.md"),
    /// The Analyse screen.
    Analyse("analyse.md"),
    /// The Board screen.
    Board("board.md"),
    /// The list of documents.
    Documents("documents.md"),
    /// Two texts side by side.
    SideBySide("side-by-side.md"),
    /// The codebook.
    Codebook("codebook.md"),
    /// The inspector.
    Inspector("inspector.md"),
    /// The summary.
    Summary("summary.md"),
    /// Review and inbox.
    Review("review.md"),
    /// The memos.
    Memos("memos.md"),
    /// The page of the original.
    OriginalPage("original-page.md"),
    /// The passages table.
    Passages("passages.md"),
    /// Find.
    Find("find.md"),
    /// The filter.
    Filter("filter.md"),
    /// Importing and exporting.
    Exchange("exchange.md"),
    /// Working as a team.
    Team("team.md"),
    /// Saving, undo and recovery.
    Saving("saving.md"),
    /// Settings.
    Settings("settings.md"),
}

/// The table of contents, in Markdown.
pub const SUMMARY: &str = include_str!("../../../docs/manual/src/SUMMARY.md");

/// A line of the table of contents.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry {
    /// The heading of a part.
    Part(&'static str),
    /// A page with its title.
    Page(ManualPage, &'static str),
}

/// Returns the table of contents. Its first heading is that of the table itself.
pub fn contents() -> impl Iterator<Item = Entry> {
    SUMMARY.lines().skip(1).filter_map(|line| match line.strip_prefix("# ") {
        Some(part) => Some(Entry::Part(part)),
        None => {
            let (title, file) = line.strip_prefix("- [")?.strip_suffix(')')?.split_once("](")?;
            Some(Entry::Page(ManualPage::of_file(file)?, title))
        }
    })
}

/// A page under a heading: the whole text up to the next heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// The text, in Markdown.
    pub text: &'static str,
}

impl Section {
    /// Returns the name with which links lead to it, made as mdBook makes it.
    pub fn anchor(&self) -> String {
        let kept = self.title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    }
}

impl ManualPage {
    /// Returns the page in a file.
    pub fn of_file(file: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|page| page.file() == file)
    }

    /// Returns its title in the table of contents.
    pub fn title(self) -> &'static str {
        let title = contents().find_map(|entry| match entry {
            Entry::Page(page, title) if page == self => Some(title),
            Entry::Page(..) | Entry::Part(_) => None,
        });
        title.unwrap_or_default()
    }

    /// Returns its sections. The first one has the title of the page.
    pub fn sections(self) -> impl Iterator<Item = Section> {
        let text = self.text();
        let text = text.strip_prefix("# ").unwrap_or(text);
        text.split("\n## ").map(|section| {
            let (title, text) = section.split_once('\n').unwrap_or((section, ""));
            Section { title, text: text.trim() }
        })
    }

    /// Returns the screen whose single keys the page names.
    pub fn key_context(self) -> Option<KeyContext> {
        match self {
            Self::Compare => Some(KeyContext::Compare),
            Self::Analyse | Self::Filter => Some(KeyContext::Analyse),
            Self::Start
            | Self::Tour
            | Self::Annotate
            | Self::Agreement
            | Self::Board
            | Self::SideBySide
            | Self::Memos
            | Self::OriginalPage
            | Self::Documents
            | Self::Codebook
            | Self::Inspector
            | Self::Summary
            | Self::Review
            | Self::Passages
            | Self::Find
            | Self::Exchange
            | Self::Team
            | Self::Saving
            | Self::Settings => None,
        }
    }

    /// Returns the page about a screen.
    pub fn of_screen(screen: Screen) -> Self {
        match screen {
            Screen::Annotate => Self::Annotate,
            Screen::Compare => Self::Compare,
            Screen::Agreement => Self::Agreement,
            Screen::Board => Self::Board,
            Screen::Analyse => Self::Analyse,
        }
    }

    /// Returns the page about a pane of the Annotate screen. `tab` is the one of the right panel; `None` for the manual itself.
    pub fn of_pane(pane: Pane, tab: RightTab) -> Option<Self> {
        match pane {
            Pane::Documents => Some(Self::Documents),
            Pane::Codebook => Some(Self::Codebook),
            Pane::Text => Some(Self::Annotate),
            Pane::SecondText => Some(Self::SideBySide),
            Pane::Right => Some(Self::of_tab(tab)),
            Pane::Bottom => Some(Self::Passages),
            Pane::Manual => None,
        }
    }

    /// Returns the page about a tab of the right panel.
    pub fn of_tab(tab: RightTab) -> Self {
        match tab {
            RightTab::Inspector => Self::Inspector,
            RightTab::Summary => Self::Summary,
            RightTab::Review | RightTab::Inbox => Self::Review,
            RightTab::Memos => Self::Memos,
            RightTab::Page => Self::OriginalPage,
        }
    }
}
