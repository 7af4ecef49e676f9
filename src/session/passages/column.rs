//! The columns of the passages table: their values and sort keys.

use smol_str::{SmolStr, SmolStrBuilder};

use demarche_model::{
    AnnotatorId, AttributeId, AttributeKind, Codebook, Document, Locator, Project, SortKey, Span, Value,
    ValueInput,
};

/// Characters of a quote that its sort key consists of.
const SORTED: usize = 160;

/// A column of the passages table.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Column {
    /// The span's category.
    Category,
    /// The document's title.
    Document,
    /// The document's date.
    Date,
    /// Page and heading.
    Place,
    /// The tagged words.
    Passage,
    /// An attribute of the codebook.
    Attribute(AttributeId),
    /// The annotator's note.
    Note,
    /// The span's annotator.
    Annotator,
}

/// A way to filter a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ColumnKind {
    /// By words that it contains.
    Text,
    /// By values from a list.
    List,
    /// By the lowest and the highest value.
    Range,
}

impl ColumnKind {
    /// The way to filter the column of an attribute.
    fn from_attribute(kind: &AttributeKind) -> Self {
        match kind.input() {
            ValueInput::Listed { .. } | ValueInput::Flag => Self::List,
            ValueInput::Typed if kind.is_ordered() => Self::Range,
            ValueInput::Typed => Self::Text,
        }
    }
}

impl Column {
    /// All columns of a codebook, in order.
    pub fn all(codebook: &Codebook) -> impl Iterator<Item = Self> {
        let attributes = codebook.attributes.iter().map(|attribute| Self::Attribute(attribute.id.clone()));
        [Self::Category, Self::Document, Self::Date, Self::Place, Self::Passage]
            .into_iter()
            .chain(attributes)
            .chain([Self::Note, Self::Annotator])
    }

    /// The name in settings.
    pub fn id(&self) -> String {
        match self {
            Self::Category => "category".to_owned(),
            Self::Document => "document".to_owned(),
            Self::Date => "date".to_owned(),
            Self::Place => "place".to_owned(),
            Self::Passage => "passage".to_owned(),
            Self::Attribute(id) => format!("attribute {id}"),
            Self::Note => "note".to_owned(),
            Self::Annotator => "annotator".to_owned(),
        }
    }

    /// The way to filter it.
    pub fn kind(&self, codebook: &Codebook) -> ColumnKind {
        match self {
            Self::Category | Self::Document | Self::Annotator => ColumnKind::List,
            Self::Date => ColumnKind::Range,
            Self::Passage | Self::Place | Self::Note => ColumnKind::Text,
            Self::Attribute(id) => {
                let attribute = codebook.attribute(id);
                attribute.map_or(ColumnKind::List, |found| ColumnKind::from_attribute(&found.kind))
            }
        }
    }

    /// Returns whether rows can be grouped by it.
    pub fn groups(&self) -> bool {
        !matches!(self, Self::Passage | Self::Place | Self::Note)
    }
}

/// A span with everything that its row shows.
#[derive(Clone, Copy)]
pub struct Passage<'a> {
    /// The project.
    pub project: &'a Project,
    /// The span's document.
    pub document: &'a Document,
    /// The span's annotator.
    pub annotator: &'a AnnotatorId,
    /// The span.
    pub span: &'a Span,
}

impl<'a> Passage<'a> {
    /// The tagged words; empty if the text is not in memory.
    pub fn quote(&self) -> String {
        self.document.text.as_ref().map_or_else(String::new, |text| self.span.quote(text))
    }

    /// Page and heading of the passage, if they are known.
    pub fn locator(&self) -> Locator<'a> {
        self.document.anchors.locate(self.span.ranges.cover())
    }

    /// The text of a column; empty without a value.
    pub fn text(&self, column: &Column) -> String {
        let meta = &self.document.meta;
        match column {
            Column::Category => self.project.codebook().name_of(&self.span.category).to_owned(),
            Column::Document => meta.title.clone(),
            Column::Date => meta.date.as_ref().map_or_else(String::new, |date| date.to_string()),
            Column::Place => self.locator().to_string(),
            Column::Passage => self.quote(),
            Column::Attribute(id) => self.span.attributes.get(id).map_or_else(String::new, Value::to_string),
            Column::Note => self.span.note.clone(),
            Column::Annotator => self.annotator_name().to_owned(),
        }
    }

    /// The annotator's name for people.
    pub fn annotator_name(&self) -> &'a str {
        self.project.name_of(self.annotator)
    }

    /// The sort key of a column: the position in the codebook for categories and choices, otherwise the text or number.
    pub(super) fn key(&self, column: &Column) -> OrderKey {
        let codebook = self.project.codebook();
        match column {
            Column::Category => match codebook.position(&self.span.category) {
                Some(position) => OrderKey::Number(position as u64),
                None => OrderKey::words(self.span.category.as_str()),
            },
            Column::Place => self.location_key(),
            Column::Passage => OrderKey::start(&self.quote()),
            Column::Attribute(id) => self.value_key(id),
            other => OrderKey::words(&self.text(other)),
        }
    }

    /// Like [`Passage::key`], but different for groups that have the same name.
    pub(super) fn group_key(&self, column: &Column) -> OrderKey {
        match column {
            Column::Document => match self.project.position(self.document.id()) {
                Some(position) => OrderKey::Number(position as u64),
                None => OrderKey::Missing,
            },
            Column::Annotator => OrderKey::words_and(self.annotator_name(), self.annotator.as_str()),
            other => self.key(other),
        }
    }

    /// A key by document and offset, so that page 10 comes after page 9.
    fn location_key(&self) -> OrderKey {
        if self.locator() == Locator::default() {
            return OrderKey::Missing;
        }
        let document = self.project.position(self.document.id()).unwrap_or_default() as u64;
        OrderKey::Number(document << 40 | self.span.ranges.start() as u64)
    }

    fn value_key(&self, id: &AttributeId) -> OrderKey {
        let Some(value) = self.span.attributes.get(id) else { return OrderKey::Missing };
        let kind = self.project.codebook().attribute(id).map(|found| &found.kind);
        match value.sort_key(kind.and_then(AttributeKind::own_list).unwrap_or_default()) {
            SortKey::Number(number) => OrderKey::Number(ordered(number)),
            SortKey::Position(position) => OrderKey::Number(position as u64),
            SortKey::Words(text) => OrderKey::words(&text),
        }
    }
}

/// The sort key of a value. A missing one comes last in both directions.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OrderKey {
    /// A number, or a position in a list.
    Number(u64),
    /// A text, folded for comparing.
    Words(SmolStr),
    /// No value.
    Missing,
}

impl OrderKey {
    /// The key of a text: its letters without case and accents, which decide only between texts that are otherwise equal.
    pub(super) fn words(text: &str) -> Self {
        Self::words_and(text, "")
    }

    fn words_and(text: &str, id: &str) -> Self {
        if text.is_empty() {
            return Self::Missing;
        }
        let mut key = SmolStrBuilder::new();
        text.chars().for_each(|c| fold(c, &mut key));
        key.push('\0');
        key.push_str(text);
        if !id.is_empty() {
            key.push('\0');
            key.push_str(id);
        }
        Self::Words(key.finish())
    }

    /// The key of a long text: its start, from the first letter on.
    fn start(text: &str) -> Self {
        let mut key = SmolStrBuilder::new();
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        text.chars().take(SORTED).for_each(|c| fold(c, &mut key));
        Self::Words(key.finish())
    }
}

/// Converts a floating-point number to an integer with the same order.
fn ordered(number: f64) -> u64 {
    let bits = (number + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// Latin letters with diacritics, after the letter that they sort with.
const ACCENTED: [&str; 24] = [
    "aàáâãäåāăą",
    "cçćĉċč",
    "dďđð",
    "eèéêëēĕėęě",
    "gĝğġģ",
    "hĥħ",
    "iìíîïĩīĭįı",
    "jĵ",
    "kķ",
    "lĺļľŀł",
    "nñńņňŉ",
    "oòóôõöøōŏő",
    "rŕŗř",
    "sśŝşšș",
    "tţťŧț",
    "uùúûüũūŭůűų",
    "wŵ",
    "yýÿŷ",
    "zźżž",
    "aæ",
    "oœ",
    "sß",
    "tþ",
    "nŋ",
];

fn fold(c: char, out: &mut SmolStrBuilder) {
    if c.is_ascii() {
        return out.push(if c.is_whitespace() { ' ' } else { c.to_ascii_lowercase() });
    }
    for c in c.to_lowercase() {
        match c {
            // Combining marks.
            '\u{300}'..='\u{36F}' => {}
            'à'..='ț' => {
                let plain = ACCENTED.iter().find(|group| group.contains(c));
                out.push(plain.and_then(|group| group.chars().next()).unwrap_or(c));
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{OrderKey, ordered};

    #[test]
    fn words_sort_as_in_a_dictionary() {
        let expected = ["Agreement", "Ägypten", "e\u{301}lan", "Élan vital", "Zypern", "Ω", "위협"];
        let mut words = expected;
        words.reverse();
        words.sort_by_key(|word| OrderKey::words(word));
        assert_eq!(words, expected);
        assert!(OrderKey::words("a") < OrderKey::words("á") && OrderKey::words("Á") < OrderKey::words("b"));
        assert!(OrderKey::words("zz") < OrderKey::Missing && OrderKey::words("") == OrderKey::Missing);
        assert_eq!(OrderKey::start("… “Talks"), OrderKey::start("talks"));
    }

    #[test]
    fn numbers_sort_as_numbers() {
        let sorted = [f64::NEG_INFINITY, -2.5, -0.0, 1e-9, 3.0, 20.0, f64::INFINITY];
        assert!(sorted.map(ordered).is_sorted());
        assert_eq!(ordered(-0.0), ordered(0.0));
    }
}
