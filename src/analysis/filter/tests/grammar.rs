use super::super::*;

fn fault(text: &str) -> (std::ops::Range<usize>, FilterFault) {
    let error = Filter::parse(text).unwrap_err();
    (error.at, error.fault)
}

/// The filter as printed, after checking that it reads back as the same.
fn canonical(text: &str) -> String {
    let filter = Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let printed = filter.to_string();
    assert_eq!(Filter::parse(&printed).as_ref(), Ok(&filter), "{printed}");
    printed
}

#[test]
fn examples_of_the_specification_are_read() {
    for text in [
        "role:demand actor:Estmark -is:condition date:2026-02..",
        "category:threat near(category:demand; 1 paragraph)",
        "issue:none",
        "document:\"Press briefing\"* coder:consensus review:accepted",
        "ask:open role:demand",
        "(issue:\"port access\" | issue:fees) -answered-by(any)",
        "role:offer,demand date:..2025 @voice:quoted",
        "category:=threat \"survey data\" Halcyon",
        "near(category:demand,offer actor:Norvania; 3 sentences)",
        "role:deed-,deed+ words:3..8",
        "",
        "-(role:demand | role:threat)",
        "actor:\"Skippers’ union\" target:none",
        "created:2026-03-16 note:any",
        "@position:-5..3",
    ] {
        assert_eq!(canonical(text), text);
    }
}

#[test]
fn spacing_and_quotes_become_canonical() {
    for (text, expected) in [
        ("  role:demand \t\n actor:Estmark ", "role:demand actor:Estmark"),
        ("a|b |c", "a | b | c"),
        ("|", " |"),
        ("( a | )", "(a |)"),
        ("near(any;2 words)", "near(any; 2 words)"),
        ("near( any ;  1   Sentences )", "near(any; 1 sentence)"),
        ("before(any; 0 character)", "before(any; 0 characters)"),
        ("Role:demand NEAR(any)", "role:demand near(any)"),
        ("text:survey", "survey"),
        ("text:\"a b\"", "\"a b\""),
        ("text:any any text:none none", "text:any any text:none \"none\""),
        ("text:-x text:a:b text:=x", "text:-x text:a:b text:=x"),
        ("=x", "text:=x"),
        ("nego* \"port acc\"*", "nego* \"port acc\"*"),
        ("actor:\"Estmark\"", "actor:\"Estmark\""),
        ("issue:\"a \\\"b\\\" \\\\ \\c\"", "issue:\"a \\\"b\\\" \\\\ \\\\c\""),
        ("category:==x category:x**", "category:=\"=x\" category:\"x*\"*"),
        ("--role:demand", "--role:demand"),
        ("()", "()"),
        ("a\"b\"", "a \"b\""),
        ("deed- @voice 12%", "deed- @voice 12%"),
        ("near answers", "near answers"),
    ] {
        assert_eq!(canonical(text), expected, "{text}");
    }
}

#[test]
fn errors_name_their_place_and_reason() {
    use FilterFault::*;
    let unknown = |name: &str, nearest: Option<&str>| UnknownField {
        name: name.into(),
        nearest: nearest.map(Into::into),
    };
    for (text, at, expected) in [
        ("near(category:demand, 1 paragraph)", 21..22, NoValueAfterComma),
        ("foo:1", 0..3, unknown("foo", None)),
        ("actr:Estmark", 0..4, unknown("actr", Some("actor"))),
        ("é rôle:demand", 2..6, unknown("rôle", Some("role"))),
        ("a.b:c", 0..3, unknown("a.b", None)),
        ("12:30", 0..2, unknown("12", None)),
        ("actor: Estmark", 6..7, NoValueAfterColon(Field::Actor)),
        ("actor:", 6..7, NoValueAfterColon(Field::Actor)),
        ("actor:*", 6..7, NoValueAfterColon(Field::Actor)),
        ("-", 0..1, NothingToNegate),
        ("a - b", 2..3, NothingToNegate),
        ("(-)", 1..2, NothingToNegate),
        ("actor:\"Est", 6..10, UnclosedQuotes),
        ("actor:\"Est\\\"", 6..12, UnclosedQuotes),
        ("role:demand (a | b", 12..13, UnclosedParenthesis),
        ("near(a", 4..5, UnclosedParenthesis),
        ("a)", 1..2, UnopenedParenthesis),
        ("a ; b", 2..3, Unexpected(';')),
        ("(a; b)", 2..3, Unexpected(';')),
        (":x", 0..1, Unexpected(':')),
        ("*", 0..1, Unexpected('*')),
        (",", 0..1, Unexpected(',')),
        ("hello, world", 5..6, CommaWithoutField),
        ("near(a; 1)", 6..9, NoDistance),
        ("near(a; paragraph)", 6..17, NoDistance),
        ("near(a; 2 pages)", 6..15, NoDistance),
        ("near(a; 99999999999 words)", 6..25, NoDistance),
        ("near(a; 1 word x)", 15..16, Unexpected('x')),
        ("inside(a; 1 word)", 8..16, DistanceNotTaken(Relation::Inside)),
    ] {
        assert_eq!(fault(text), (at, expected), "{text}");
    }
    let relation = |text: &str| fault(text).1;
    let none = UnknownRelation { name: "at-least".into(), nearest: None };
    assert_eq!(relation("at-least(2: role:demand, role:offer)"), none);
    let nearest = Some("overlaps".into());
    assert_eq!(relation("overlap(a)"), UnknownRelation { name: "overlap".into(), nearest });
}

#[test]
fn no_filter_is_too_deep_or_too_long_for_the_stack() {
    for text in ["(".repeat(99_999), "-".repeat(99_999), "near(".repeat(19_999)] {
        assert_eq!(fault(&text).1, FilterFault::TooDeep(MAX_DEPTH));
    }
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert!(Filter::parse(&nested(MAX_DEPTH - 1)).is_ok());
    assert_eq!(fault(&nested(MAX_DEPTH)).1, FilterFault::TooDeep(MAX_DEPTH));
    let long = "a ".repeat(MAX_CHARACTERS / 2);
    assert!(Filter::parse(&long).is_ok());
    assert_eq!(fault(&format!("{long}é")).1, FilterFault::TooLong(MAX_CHARACTERS));
}

#[test]
fn messages_say_what_to_do() {
    let message = |text: &str| Filter::parse(text).unwrap_err().to_string();
    assert!(message("actr:x").starts_with("character 1: ") && message("actr:x").contains("“actor”"));
    assert!(message("near(a, 1 word)").contains("a comma separates"));
    assert!(message("near(actor:b, 1 word)").contains("semicolon"));
}

#[test]
fn values_know_their_place() {
    let filter = Filter::parse("é actor:=\"Skippers’ union\"*,none").unwrap();
    let Some([_, Term::Field(condition)]) = filter.terms() else { panic!("{filter:?}") };
    let places: Vec<_> = condition.values().iter().map(Value::position).collect();
    assert_eq!(places, [8..27, 28..32]);
    let first = &condition.values()[0];
    assert!(first.is_exact() && first.is_prefix() && first.is_quoted());
    assert_eq!((first.text(), condition.values()[1].keyword()), ("Skippers’ union", Some(Keyword::None)));
}

#[test]
fn names_are_quoted_where_they_must_be() {
    for (name, printed) in [
        ("Estmark", "Estmark"),
        ("none", "\"none\""),
        ("any", "\"any\""),
        ("Skippers’ union", "\"Skippers’ union\""),
        ("", "\"\""),
        ("=x", "\"=x\""),
        ("x*", "\"x*\""),
        ("a,b", "\"a,b\""),
        ("None", "None"),
    ] {
        assert_eq!(Value::name(name).to_string(), printed);
    }
}
