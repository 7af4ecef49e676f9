use super::super::*;
use super::sample::{project, views};

/// The texts that are offered at `¦`, and the part that they replace.
fn offered(marked: &str) -> (String, Vec<String>) {
    let caret = marked.chars().position(|c| c == '¦').unwrap();
    let chars: Vec<char> = marked.chars().filter(|c| *c != '¦').collect();
    let text: String = chars.iter().collect();
    let completion = complete(&text, caret, &project(), &views());
    let texts = completion.candidates.into_iter().map(|candidate| candidate.text).collect();
    (chars[completion.replace].iter().collect(), texts)
}

#[test]
fn names_are_offered_nearest_first_and_quoted() {
    for (marked, replaced, expected) in [
        ("act¦", "act", vec!["actor:", "@actor:", "characters:", "exact("]),
        ("role:demand -ans¦", "ans", vec!["answers(", "answered-by("]),
        ("@vo¦", "@vo", vec!["@voice:"]),
        ("actor:un¦", "un", vec!["\"Skippers’ union\""]),
        ("actor:no¦", "no", vec!["Norvania", "\"none\"", "none"]),
        ("actor:\"skip¦", "\"skip", vec!["\"Skippers’ union\""]),
        ("issue:fee¦", "fee", vec!["fees", "\"transit fees\""]),
        ("category:thraet¦", "thraet", vec!["Threat"]),
        (
            "document:¦",
            "",
            vec!["\"Press briefing, 18 February\"", "Communiqué", "\"Not read\"", "none", "any"],
        ),
        ("coder:¦", "", vec!["final", "everyone", "ana", "ben", "lena", "consensus"]),
        ("date:¦", "", vec!["2026", "2026-02", "none", "any"]),
        ("@voice:¦", "", vec!["quoted", "\"own voice\"", "none", "any"]),
        ("@negated:y¦", "y", vec!["yes", "any"]),
        ("ask:re¦", "re", vec!["refused", "countered"]),
        ("view:f¦", "f", vec!["fees"]),
        ("near(any; 2 s¦", "2 s", vec!["2 sentences"]),
        ("near(any; ¦)", "", vec!["1 paragraph", "1 sentence", "1 word", "1 character"]),
        ("author:¦", "", vec!["\"Ida Holt\"", "none", "any"]),
        ("foo:¦ x", "", vec![]),
    ] {
        let (part, texts) = offered(marked);
        assert_eq!(part, replaced, "{marked}");
        if marked != "foo:¦ x" {
            assert_eq!(texts, expected, "{marked}");
        }
    }
}

#[test]
fn all_that_is_offered_can_be_read() {
    let project = project();
    for field in Field::NAMED {
        let text = format!("{field}:");
        for candidate in complete(&text, text.chars().count(), &project, &views()).candidates {
            let filter = Filter::parse(&format!("{text}{}", candidate.text)).unwrap();
            let bound = filter.bind(&project, &views());
            let is_broken_view = field == Field::View && bound.is_err();
            assert!(bound.is_ok() || is_broken_view, "{filter}: {bound:?}");
        }
    }
    for candidate in complete("", 0, &project, &views()).candidates {
        assert!(!candidate.about.is_empty(), "{}", candidate.text);
        let value = if candidate.text.ends_with('(') { "any)" } else { "any" };
        assert!(Filter::parse(&format!("{}{value}", candidate.text)).is_ok(), "{}", candidate.text);
    }
}
