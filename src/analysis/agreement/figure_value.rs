//! The value of a figure, or the reason why it has none.

/// The value of a measure, or the reason why it is undefined.
pub type FigureValue = Result<f64, Undefined>;

/// The reason why a measure has no value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Undefined {
    /// Fewer than two annotators are compared.
    TooFewAnnotators,
    /// No document has been worked on by enough of the annotators.
    NoDocument,
    /// No document has been worked on by all of the annotators.
    NoDocumentOfAll,
    /// The documents contain nothing to compare.
    NoUnit,
    /// None of the annotators has used the category.
    NothingTagged,
    /// All units have the same label.
    OneLabel,
    /// An annotator has put several categories on one unit.
    SeveralLabels,
    /// Neither has drawn such a link between passages that are compared.
    NothingLinked,
    /// No two annotators have tagged the same text.
    NothingShared,
    /// No passages of the two annotators match, so there are no attributes to compare.
    NoMatch,
    /// Nobody has filled in the attribute.
    NeverFilledIn,
    /// On no passage have both annotators filled in the attribute.
    NotFilledInByBoth,
    /// The attribute is free text.
    FreeText,
}

/// The reason why a figure has no interval.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NoInterval {
    /// No interval was requested.
    NotDrawn,
    /// The figure itself is undefined.
    NoFigure,
    /// There are fewer than [`super::MIN_DOCUMENTS`] documents.
    TooFewDocuments,
    /// The figure depends on which document follows which, which draws at random don't preserve.
    JoinedDocuments,
    /// The figure is undefined in more than a tenth of the draws.
    OftenUndefined,
}
