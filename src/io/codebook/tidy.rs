//! Texts in a form that every format of other programs can hold.

use crate::loss::{CodebookLoss, Losses};
use demarche_model::{AttributeDef, Category, Codebook};

/// The separator of items in one cell or line.
const BETWEEN: &str = " | ";

/// Removes what other formats can't hold: white space at the ends, CR, and characters that XML 1.0 or spreadsheets don't
/// allow.
pub(super) fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|c| is_held(*c)).collect();
    kept.trim().to_owned()
}

fn is_held(c: char) -> bool {
    (!c.is_control() || matches!(c, '\t' | '\n')) && !matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Joins items in one line.
pub(super) fn joined(items: &[impl AsRef<str>]) -> String {
    items.iter().map(|item| tidy(item.as_ref())).collect::<Vec<_>>().join(BETWEEN)
}

/// Splits a line or cell into items: at ` | ` or, if there is none, at line ends, as people write lists in a cell.
pub(super) fn split(cell: &str) -> Vec<String> {
    let by_bar = cell.contains(BETWEEN);
    let items: Vec<&str> = if by_bar { cell.split(BETWEEN).collect() } else { cell.lines().collect() };
    items.into_iter().map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// Returns whether a list is the same after [`joined`] and [`split`].
pub(super) fn survives(items: &[impl AsRef<str>]) -> bool {
    split(&joined(items)).iter().map(String::as_str).eq(items.iter().map(AsRef::as_ref))
}

/// Counts the names and texts of a category that [`tidy`] changes.
pub(super) fn note_untidy(category: &Category, losses: &mut Losses) {
    let texts = [
        category.id.as_str(),
        &category.name,
        &category.definition,
        &category.include,
        &category.exclude,
        category.parent.as_ref().map_or("", |parent| parent.as_str()),
    ];
    let changed = texts.iter().filter(|text| tidy(text) != **text).count();
    losses.add(CodebookLoss::UntidyTexts, changed);
    losses.add(CodebookLoss::UnnamedCategories, usize::from(category.name.is_empty()));
}

/// Counts attributes and link kinds, for formats that have neither.
pub(super) fn note_no_relations(codebook: &Codebook, losses: &mut Losses) {
    losses.add(CodebookLoss::Attributes, codebook.attributes.len());
    losses.add(CodebookLoss::LinkKinds, codebook.link_kinds.len());
}

/// Counts what attributes and kinds of link mean, for formats that carry these without it.
pub(crate) fn note_meanings(codebook: &Codebook, losses: &mut Losses) {
    let of = |attribute: &AttributeDef| attribute.means.len() + usize::from(attribute.unit.is_some());
    let attributes: usize = codebook.attributes.iter().map(|attribute| of(attribute)).sum();
    let kinds = codebook.link_kinds.iter().filter(|kind| kind.answers.is_some()).count();
    losses.add(CodebookLoss::Meanings, attributes + kinds);
}

/// Counts the old ids of categories, for formats that can't carry them.
pub(super) fn note_aliases(codebook: &Codebook, losses: &mut Losses) {
    losses.add(CodebookLoss::Aliases, codebook.aliases.len());
}

/// Counts the description, for formats that can't carry it.
pub(super) fn note_description(description: &str, losses: &mut Losses) {
    losses.add(CodebookLoss::Description, usize::from(!description.is_empty()));
}

#[cfg(test)]
mod tests {
    use super::{split, survives, tidy};

    #[test]
    fn texts_and_lists_keep_what_can_be_kept() {
        assert_eq!(tidy(" a\r\nb\u{1}\u{FFFF}\tc \n"), "a\nb\tc");
        assert_eq!(split("a | b |  | c"), ["a", "b", "c"]);
        assert_eq!(split("a\n\n b \n"), ["a", "b"]);
        assert!(survives(&["a", "b|c"]) && survives(&[""; 0]));
        assert!(!survives(&["a | b"]) && !survives(&[" a"]) && !survives(&[""]) && !survives(&["a\nb"]));
        assert!(survives(&["a\nb", "c"]), "a bar separates them");
    }
}
