//! The syntax that brat's configuration files share.

use thiserror::Error;

/// A line that says something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    /// Its section, without brackets.
    pub section: String,
    /// Its line, from 1.
    pub line: usize,
    /// How many blanks or tabs stand before it.
    pub depth: usize,
    /// The names before the first blank (in `[labels]`: tab), separated by `|`; the first is the type's.
    pub terms: Vec<String>,
    /// What follows: `key:value`, separated by commas.
    pub arguments: Vec<(String, String)>,
    /// Whether a `!` marks it as not to be used.
    pub unused: bool,
}

/// Something that is wrong in a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fault {
    pub line: usize,
    pub kind: FaultKind,
}

/// What is wrong in a line.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub(super) enum FaultKind {
    #[error("the line has no name; left out")]
    NoName,
    #[error("“{0}” is not like key:value; left out")]
    NoValue(String),
}

/// Takes a file apart. A line that makes no sense is a fault, and the others are read.
pub(super) fn parse(text: &str) -> (Vec<Entry>, Vec<Fault>) {
    let mut section = String::new();
    let mut macros: Vec<(String, String)> = Vec::new();
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for (line, raw) in (1..).zip(text.lines()) {
        let content = raw.trim();
        if content.is_empty() || content.starts_with('#') || content.bytes().all(|b| b == b'-') {
            continue;
        }
        if let Some(name) = content.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.trim().to_owned();
            // A macro holds within its section.
            macros.clear();
            continue;
        }
        if let Some((name, value)) = raw.split_once(">=").filter(|_| raw.starts_with('<')) {
            macros.push((format!("{name}>"), value.trim().to_owned()));
            continue;
        }
        let expanded =
            macros.iter().fold(raw.trim_end().to_owned(), |line, (from, to)| line.replace(from, to));
        match entry(&section, line, &expanded) {
            Ok((entry, mut bad)) => {
                entries.push(entry);
                faults.append(&mut bad);
            }
            Err(fault) => faults.push(fault),
        }
    }
    (entries, faults)
}

fn entry(section: &str, line: usize, raw: &str) -> Result<(Entry, Vec<Fault>), Fault> {
    let content = raw.trim_start();
    let depth = raw.chars().count() - content.chars().count();
    let end = if section == "labels" { content.find('\t') } else { content.find(char::is_whitespace) };
    let (names, rest) = content.split_at(end.unwrap_or(content.len()));
    let mut unused = false;
    let mut terms = Vec::new();
    for term in names.split('|').map(str::trim).filter(|term| !term.is_empty()) {
        let bare = term.strip_prefix('!');
        unused |= bare.is_some();
        terms.push(bare.unwrap_or(term).to_owned());
    }
    if terms.first().is_none_or(String::is_empty) {
        return Err(Fault { line, kind: FaultKind::NoName });
    }
    let mut faults = Vec::new();
    let mut arguments = Vec::new();
    for argument in rest.split(',').map(str::trim).filter(|argument| !argument.is_empty()) {
        match argument.split_once(':') {
            Some((key, value)) => arguments.push((key.trim().to_owned(), value.trim().to_owned())),
            None => faults.push(Fault { line, kind: FaultKind::NoValue(argument.to_owned()) }),
        }
    }
    Ok((Entry { section: section.to_owned(), line, depth, terms, arguments, unused }, faults))
}

/// A name as brat stores it: letters, digits, `_` and `-` of ASCII, and not hyphens alone.
pub(crate) fn safe_name(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') { c } else { '_' };
    let out: String = name.chars().map(safe).collect();
    if out.bytes().all(|b| b == b'-') { format!("_{out}") } else { out }
}

/// A value of an attribute: anything without blanks and what parts values.
pub(crate) fn safe_value(value: &str) -> String {
    let unsafe_ =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | '|' | '<' | '>' | '\u{FEFF}');
    let out: String = value.chars().map(|c| if unsafe_(c) { '_' } else { c }).collect();
    if out.is_empty() { "_".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::{parse, safe_name, safe_value};

    #[test]
    fn a_configuration_is_taken_apart() {
        let text = "# made by hand\n<P>=A|B\n\n[entities]\n<M>=x\nMove|m\n\t!Threat\n-----\n[attributes]\nTone  Arg:<P>, Value:a|b, odd\n[labels]\nMove | A move | Mv\n|\n";
        let (entries, faults) = parse(text);
        let shown: Vec<String> = entries
            .iter()
            .map(|e| {
                format!("{}:{} {} {:?} {:?} {}", e.section, e.line, e.depth, e.terms, e.arguments, e.unused)
            })
            .collect();
        let expect = [
            "entities:6 0 [\"Move\", \"m\"] [] false",
            "entities:7 1 [\"Threat\"] [] true",
            "attributes:10 0 [\"Tone\"] [(\"Arg\", \"<P>\"), (\"Value\", \"a|b\")] false",
            "labels:12 0 [\"Move\", \"A move\", \"Mv\"] [] false",
        ];
        assert_eq!(shown, expect);
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [10, 13]);
    }

    #[test]
    fn names_are_made_safe() {
        for (name, safe) in [("a b.c", "a_b_c"), ("위협", "__"), ("--", "_--"), ("", "_"), ("x-1_Y", "x-1_Y")]
        {
            assert_eq!(safe_name(name), safe);
        }
        assert_eq!(safe_value("author's claim"), "author's_claim");
        assert_eq!((safe_value("위협").as_str(), safe_value("").as_str()), ("위협", "_"));
    }
}
