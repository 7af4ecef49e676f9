//! Conflicts of a three-way merge, as sentences.

use demarche_analysis::context::shorten;
use demarche_model::merge::{Conflict, ConflictKey, ConflictValue, Side};
use demarche_model::{Quote, RelationKey, SpanId};

use super::analysis_notes::memo_subject;

/// Greatest length of a quote, in characters.
const QUOTE: usize = 60;
/// Greatest length of each side's value, in characters.
const VALUE: usize = 80;

/// Describes a merge conflict: what it is about and, if they fit in a line, the values of both sides.
pub fn describe_conflict(conflict: &Conflict) -> String {
    let line = conflict_line(conflict, |_| None);
    match (&conflict.ours, &conflict.theirs) {
        (ConflictValue::Description(ours), ConflictValue::Description(theirs)) => {
            let value = |text: &str| shorten(&text.replace('\n', "; "), VALUE).to_string();
            format!("{line} (here: {}; there: {})", value(ours), value(theirs))
        }
        _ => line,
    }
}

fn relation(key: &RelationKey) -> String {
    match key {
        RelationKey::Members(name) => format!("the members of “{name}”"),
        RelationKey::Party(name) => format!("the party of “{name}”"),
        RelationKey::Observer(name) => format!("the observer “{name}”"),
        RelationKey::IssueAbove(name) => format!("the issue above “{name}”"),
    }
}

/// Says what a merge conflict is about, without the values. `quote` returns the words of a span.
pub(crate) fn conflict_line<'a>(conflict: &Conflict, quote: impl Fn(&SpanId) -> Option<&'a Quote>) -> String {
    if let Some(id) = conflict.shared_id() {
        return format!("the id `{id}` is that of two people; give one of them another id");
    }
    let what = match &conflict.at {
        ConflictKey::Span(id) => {
            format!("the span “{}”", shorten(&quote(id).map(Quote::shown).unwrap_or_default(), QUOTE))
        }
        ConflictKey::Link(id) => format!("the link {id}"),
        ConflictKey::Decision(id) => format!("the decision on the span {id}"),
        ConflictKey::Name => "the name of the project".to_owned(),
        ConflictKey::Annotator(id) => format!("the annotator `{id}`"),
        ConflictKey::Category(id) => format!("the category `{id}`"),
        ConflictKey::Alias(id) => format!("the successor of the category `{id}`"),
        ConflictKey::Attribute(id) => format!("the attribute `{id}`"),
        ConflictKey::LinkKind(id) => format!("the link kind `{id}`"),
        ConflictKey::DocumentSet(id) => format!("the set of documents `{id}`"),
        ConflictKey::Relation(key) => relation(key),
        ConflictKey::Document(id) => format!("the document `{id}`"),
        ConflictKey::View(id) => format!("the saved view {id}"),
        ConflictKey::Event(id) => format!("the event {id}"),
        ConflictKey::Phase(id) => format!("the phase {id}"),
        ConflictKey::Memo(subject) => format!("the memo on {}", memo_subject(subject)),
    };
    match conflict.removed_side() {
        Some(Side::Ours) => format!("{what} was removed here and changed there"),
        Some(Side::Theirs) => format!("{what} was changed here and removed there"),
        None => {
            let fields: Vec<String> = conflict.fields.iter().map(ToString::to_string).collect();
            format!("{what} was changed in both: {}", fields.join(", "))
        }
    }
}
