//! Names that break programs: in any script, close to one another, or reserved by a file system.

use proptest::prelude::*;

/// Names that differ from another one in case, composition, spacing or punctuation alone.
const TWINS: &[&str] = &[
    "Ana",
    "ana",
    "ANA",
    "Ana.",
    "straße",
    "STRASSE",
    "Straße",
    "jose\u{301}",
    "jos\u{e9}",
    "JOSÉ",
    "ﬁn",
    "fin",
    "İzmir",
    "izmir",
    "ızmir",
    "red line",
    "red-line",
    "red_line",
    "Red Line",
    "a  b",
    "a b",
];

/// Names with a meaning for a file system or a file format.
const RESERVED: &[&str] = &[
    "CON",
    "nul.txt",
    "com1",
    "LPT9",
    "..",
    "../up",
    ".git",
    "a/b",
    "a\\b",
    "C:",
    "consensus",
    "Consensus",
    "T1",
    "#1",
    "*",
    "_",
    "-",
    "null",
    "true",
    "1",
    "-1",
    "{}",
    "[]",
    "a;b",
    "a,b",
    "a|b",
    "a\tb",
    "a\nb",
    "a:b",
    "<a&b>",
    "\"q\"",
    "'q'",
    "=1+1",
    "B-x",
    "O",
    "%20",
    "\\n",
    "&amp;",
    "unnamed",
    "unsigned",
    "person",
    "me",
];

/// Names without a letter or digit that could be an id, or with characters that are not displayed.
const UNREADABLE: &[&str] = &[
    "…",
    "!!!",
    "👩‍👩‍👧",
    "🇰🇷",
    "\u{200d}",
    "\u{202e}abc",
    "שלום",
    "مرحبا",
    "김민수",
    "이영희",
    "Анна",
    "a\u{300}\u{301}\u{323}",
    "\u{301}",
    "\u{0}",
    "a\u{1}b",
    "\u{7f}",
    "\u{85}x",
    "a\u{2028}b",
    "\u{feff}x",
    "\u{fffe}",
    "\u{fffd}",
    "\u{10ffff}",
    "\u{e000}",
    "𝔞𝔫𝔞",
];

/// Generates a name that is not blank.
pub fn name() -> impl Strategy<Value = String> {
    let fixed = |names: &'static [&'static str]| prop::sample::select(names).prop_map(str::to_owned);
    // Slugs are cut after 40 characters.
    let long = "[a-c]{0,2}".prop_map(|end| {
        "The delegation of the Republic of Norvania, no".chars().take(45).collect::<String>() + &end
    });
    let spaced =
        ("[ .]{0,2}", fixed(TWINS), "[ .]{0,2}").prop_map(|(before, name, after)| before + &name + &after);
    let any = prop_oneof![
        3 => fixed(TWINS),
        3 => fixed(RESERVED),
        3 => fixed(UNREADABLE),
        2 => long,
        2 => spaced,
        2 => any::<String>(),
        1 => "\\PC{1,12}",
    ];
    any.prop_filter("a name", |name| !name.trim().is_empty())
}
