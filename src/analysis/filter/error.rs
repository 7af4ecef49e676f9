//! Errors of reading a filter and of looking up its names.

use std::ops::Range;

use smol_str::SmolStr;
use thiserror::Error;

use super::ast::{Field, Relation};

/// A filter that can't be read, with the position of the error in characters.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("character {}: {fault}", .at.start + 1)]
pub struct FilterError {
    /// Position in the text, in characters.
    pub at: Range<usize>,
    /// The reason.
    pub fault: FilterFault,
}

/// The reason why a filter can't be read.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum FilterFault {
    /// The text is longer than this many characters.
    #[error("the filter is longer than {0} characters; save parts of it as views and use view:name")]
    TooLong(usize),
    /// Parentheses, relations and signs are nested deeper than this.
    #[error("the filter is nested more than {0} deep; remove some parentheses")]
    TooDeep(usize),
    /// There is no such field.
    #[error("no field is called “{name}”{}; put a text that contains a colon in quotes", offer(.nearest.as_deref()))]
    UnknownField {
        /// The name as typed.
        name: SmolStr,
        /// The most similar field.
        nearest: Option<SmolStr>,
    },
    /// There is no such relation.
    #[error("no relation is called “{name}”{}; put a space before a parenthesis that groups terms", offer(.nearest.as_deref()))]
    UnknownRelation {
        /// The name as typed.
        name: SmolStr,
        /// The most similar relation.
        nearest: Option<SmolStr>,
    },
    /// No value follows the colon.
    #[error("expected a value right after “{0}:”, without a space")]
    NoValueAfterColon(Field),
    /// No value follows the comma.
    #[error(
        "expected another value right after the comma, without a space; a distance follows a semicolon: “; 1 paragraph”"
    )]
    NoValueAfterComma,
    /// A comma follows a word that belongs to no field.
    #[error("a comma separates the values of a field; put a text that contains a comma in quotes")]
    CommaWithoutField,
    /// No term follows the sign.
    #[error("expected a term right after “-”, without a space")]
    NothingToNegate,
    /// The quotes that open here are not closed.
    #[error("the quotes are not closed; add a \"")]
    UnclosedQuotes,
    /// The parenthesis that opens here is not closed.
    #[error("the parenthesis is not closed; add a )")]
    UnclosedParenthesis,
    /// This parenthesis closes nothing.
    #[error("this parenthesis closes nothing; remove it or add a ( before")]
    UnopenedParenthesis,
    /// A character that nothing can start with here.
    #[error("“{0}” can't be used here; put a text that contains it in quotes")]
    Unexpected(char),
    /// No distance follows the semicolon.
    #[error("expected a distance after the semicolon, such as “3 words”, “1 sentence” or “2 paragraphs”")]
    NoDistance,
    /// The relation takes no distance.
    #[error("“{}” takes no distance; near, before and after do", .0.name())]
    DistanceNotTaken(Relation),
}

/// A filter whose names or values do not fit the project, with the position of the error in characters.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("character {}: {fault}", .at.start + 1)]
pub struct BindError {
    /// Position in the text that the filter was parsed from, in characters.
    pub at: Range<usize>,
    /// The reason.
    pub fault: BindFault,
}

/// The reason why a filter does not fit a project.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum BindFault {
    /// The project has nothing of this name.
    #[error("{field}: nothing is called “{name}”{}", offer(.nearest.as_deref()))]
    UnknownName {
        /// The field.
        field: Field,
        /// The name as typed.
        name: SmolStr,
        /// The most similar name.
        nearest: Option<SmolStr>,
    },
    /// No name begins like this.
    #[error("{field}: no name begins with “{beginning}”{}", offer(.nearest.as_deref()))]
    UnknownBeginning {
        /// The field.
        field: Field,
        /// The beginning as typed.
        beginning: SmolStr,
        /// The most similar name.
        nearest: Option<SmolStr>,
    },
    /// The category has another name now.
    #[error("{field}: “{old}” is called “{new}” now")]
    Renamed {
        /// The field.
        field: Field,
        /// The name as typed.
        old: SmolStr,
        /// The present name.
        new: SmolStr,
    },
    /// The codebook has no such attribute.
    #[error("the codebook has no attribute “{name}”{}", offer(.nearest.as_deref()))]
    UnknownAttribute {
        /// The id or name as typed.
        name: SmolStr,
        /// The most similar id.
        nearest: Option<SmolStr>,
    },
    /// The field is used with `none` or `any`, which mean nothing there.
    #[error("{field}: “{word}” means nothing here; put a name in quotes")]
    KeywordNotTaken {
        /// The field.
        field: Field,
        /// The word.
        word: &'static str,
    },
    /// The value is no number and no range of numbers.
    #[error("{field}: “{text}” is no number; write 5, 3..8, 3.. or ..8")]
    NoNumber {
        /// The field.
        field: Field,
        /// The value as typed.
        text: SmolStr,
    },
    /// The value is no date and no range of dates.
    #[error(
        "{field}: “{text}” is no date; write 2026-03-14, 2026-03, 2026, 2026-02..2026-03, 2026-02.. or ..2025"
    )]
    NoDate {
        /// The field.
        field: Field,
        /// The value as typed.
        text: SmolStr,
    },
    /// The range ends before it starts.
    #[error("{field}: the range “{text}” ends before it starts; swap its ends")]
    Backwards {
        /// The field.
        field: Field,
        /// The range as typed.
        text: SmolStr,
    },
    /// There is nothing between the quotes.
    #[error("{0}: there is nothing between the quotes; write {0}:none for passages without")]
    Empty(Field),
    /// `coder:` within parentheses, a relation or an alternative.
    #[error("coder: chooses the layers that are read, so it can't be inside parentheses or beside “|”")]
    CoderNested,
    /// `-coder:`.
    #[error("coder: chooses the layers that are read and can't be negated; name the coders that you want")]
    CoderNegated,
    /// `coder:` twice.
    #[error("coder: is there twice; list several people as coder:ana,ben")]
    CoderTwice,
    /// `final` or `everyone` beside other coders.
    #[error("coder: “{0}” can't be combined with others")]
    CoderAlone(&'static str),
    /// Several people have a saved view of this name.
    #[error("several people have a view called “{view}”: {}; one of them has to rename theirs", .owners.join(", "))]
    AmbiguousView {
        /// The name of the view.
        view: SmolStr,
        /// The people who have one.
        owners: Vec<SmolStr>,
    },
    /// The saved view leads back to itself through these.
    #[error("the view “{}” leads back to itself: {}", .0.first().map_or("", |name| name), .0.join(" → "))]
    ViewCircle(Vec<SmolStr>),
    /// Saved views refer to each other in a chain longer than this.
    #[error("views refer to each other in a chain of more than {0}; write one of their filters out")]
    ViewsTooDeep(usize),
    /// The filter of a saved view can't be read.
    #[error("the filter of the view “{view}” can't be read: {error}")]
    ViewUnreadable {
        /// The name of the view.
        view: SmolStr,
        /// The error in its filter.
        error: Box<FilterError>,
    },
    /// The filter of a saved view does not fit the project.
    #[error("the filter of the view “{view}” does not fit the project: {error}")]
    ViewUnfit {
        /// The name of the view.
        view: SmolStr,
        /// The error in its filter.
        error: Box<BindError>,
    },
}

/// The offer of a name that was probably meant.
fn offer(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!(": do you mean “{name}”?"))
}
