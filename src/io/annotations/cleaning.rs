//! Removal of what no project contains: NULs, and control characters in names.
//!
//! Files can hold them in escapes, such as `\u0000` in JSON. Most formats can't write them.

use super::{Draft, DraftSpan, DraftValue};
use crate::Loss;
use crate::loss::DocumentLoss;
use crate::words::remarks;
use demarche_model::{AttributeId, CategoryId, LinkKindId, Value};

/// Replaces NULs in texts, notes and values, and control characters in names, and reports how many.
pub(super) fn clean(draft: &mut Draft) {
    let mut cleaner = Cleaner::default();
    cleaner.codebook(draft);
    draft.people.iter_mut().for_each(|person| cleaner.name(&mut person.id));
    for document in &mut draft.documents {
        cleaner.text(&mut document.text);
        let facts = [&mut document.title, &mut document.author, &mut document.source];
        facts.into_iter().flatten().for_each(|fact| cleaner.text(fact));
        document.spans.iter_mut().for_each(|span| cleaner.span(span));
        document.links.iter_mut().for_each(|link| cleaner.name(&mut link.kind));
    }
    draft.losses.extend((cleaner.nuls > 0).then(|| Loss::new(DocumentLoss::Nuls, cleaner.nuls)));
    draft.remarks.extend((cleaner.names > 0).then(|| remarks::cleaned_names(cleaner.names)));
}

/// Counts what is replaced.
#[derive(Default)]
struct Cleaner {
    nuls: usize,
    names: usize,
}

impl Cleaner {
    fn text(&mut self, text: &mut String) {
        if text.contains('\0') {
            self.nuls += text.matches('\0').count();
            *text = text.replace('\0', "\u{FFFD}");
        }
    }

    fn name(&mut self, name: &mut String) {
        if name.trim().contains(is_unwritable) {
            self.names += 1;
            *name = cleaned(name.trim());
        }
    }

    fn span(&mut self, span: &mut DraftSpan) {
        self.name(&mut span.category);
        span.annotator.iter_mut().for_each(|annotator| self.name(annotator));
        self.text(&mut span.note);
        for (name, value) in &mut span.attributes {
            self.name(name);
            self.value(value);
        }
        let origin = span.provenance.iter_mut();
        for origin in origin {
            self.name(&mut origin.by);
            let sources = origin.from.iter_mut().chain(&mut origin.over);
            sources.for_each(|(annotator, _)| self.name(annotator));
        }
    }

    fn value(&mut self, value: &mut DraftValue) {
        match value {
            DraftValue::Word(word) | DraftValue::Of(Value::Text(word)) => self.text(word),
            DraftValue::Words(words) => words.iter_mut().for_each(|word| self.text(word)),
            DraftValue::Of(Value::Choice(word) | Value::Date(word)) if word.contains('\0') => {
                self.nuls += word.matches('\0').count();
                *word = word.replace('\0', "\u{FFFD}").into();
            }
            DraftValue::Of(Value::Choices(words)) if words.iter().any(|word| word.contains('\0')) => {
                self.nuls += words.iter().map(|word| word.matches('\0').count()).sum::<usize>();
                *words = words.iter().map(|word| word.replace('\0', "\u{FFFD}").into()).collect();
            }
            DraftValue::Of(
                Value::Choice(_) | Value::Choices(_) | Value::Date(_) | Value::Number(_) | Value::Flag(_),
            ) => {}
        }
    }

    /// Cleans the ids of definitions, so that names in spans still refer to them.
    fn codebook(&mut self, draft: &mut Draft) {
        let codebook = &mut draft.codebook;
        for category in codebook.categories.iter_mut().map(std::sync::Arc::make_mut) {
            category.id = CategoryId::new(cleaned(category.id.as_str()));
            category.parent = category.parent.as_ref().map(|id| CategoryId::new(cleaned(id.as_str())));
        }
        for attribute in codebook.attributes.iter_mut().map(std::sync::Arc::make_mut) {
            attribute.id = AttributeId::new(cleaned(attribute.id.as_str()));
            attribute.categories.iter_mut().for_each(|id| *id = CategoryId::new(cleaned(id.as_str())));
        }
        for kind in codebook.link_kinds.iter_mut().map(std::sync::Arc::make_mut) {
            kind.id = LinkKindId::new(cleaned(kind.id.as_str()));
        }
    }
}

/// Returns a name with blanks for control characters that are white space, and U+FFFD for the others.
pub(super) fn cleaned(name: &str) -> String {
    let plain = |c: char| match c {
        _ if !is_unwritable(c) => c,
        _ if c.is_whitespace() => ' ',
        _ => '\u{FFFD}',
    };
    name.chars().map(plain).collect()
}

/// Returns whether formats can't write a character in a name.
pub(super) fn is_unwritable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotations::importer::Input;
    use crate::annotations::{DraftDocument, importer};

    #[test]
    fn escapes_of_control_characters_are_replaced_and_counted() {
        let line = r#"{"text":"A\u0000b.","spans":[{"category":"a\tb\u0001","start":0,"end":2,"note":"\u0000","annotator":"Ana\n","attributes":{"x\u0000":"\u0000"}}]}"#;
        let input = Input::new(std::path::Path::new("a.jsonl"), line.as_bytes().to_vec());
        let draft = importer("jsonl").unwrap().read(&input).unwrap();
        let DraftDocument { text, spans, .. } = &draft.documents[0];
        assert_eq!((text.as_str(), spans[0].category.as_str()), ("A\u{FFFD}b.", "a b\u{FFFD}"));
        assert_eq!((spans[0].note.as_str(), spans[0].attributes[0].0.as_str()), ("\u{FFFD}", "x\u{FFFD}"));
        assert_eq!(draft.losses, [Loss::new(DocumentLoss::Nuls, 3)]);
        assert_eq!(draft.remarks.len(), 1);
    }
}
