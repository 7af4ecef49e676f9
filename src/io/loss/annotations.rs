//! Things of a file of annotations that a project can't hold.

use serde::{Deserialize, Serialize};

/// Things of a file of annotations that a project can't hold.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnnotationLoss {
    Equivalences,
    SharedTriggers,
    RelationAttributes,
    RelationNotes,
    RepeatedAttributes,
    /// Lines of brat's annotation.conf.
    ConfigurationLines,
    ExternalTexts,
    EmptyAnnotations,
    ReferenceFeatures,
    /// Structures that belong to no text of the file.
    LooseStructures,
    LanguageAnalyses,
    /// Links and relations between anything but two passages.
    UnjoinedLinks,
    TwoWayLinks,
    UndirectedLinks,
    RelationFeatures,
    Grammar,
    Chains,
    Slots,
    OtherColumns,
    /// Columns of a table of passages with a name that nothing in the project has.
    UnreadColumns,
    /// Beginnings of entities without an end, and ends without a beginning.
    UnjoinedEnds,
    /// Files of a ZIP archive without labelled spans.
    OtherFiles,
    /// Pages and headings beyond the end of the text.
    AnchorsOutside,
}
