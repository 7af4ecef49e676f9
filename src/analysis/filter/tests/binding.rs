use super::super::*;
use super::sample::{project, views};
use crate::bargain::CoderChoice;

fn bind(text: &str) -> Result<Bound, BindError> {
    Filter::parse(text).unwrap().bind(&project(), &views())
}

fn fault(text: &str) -> (std::ops::Range<usize>, BindFault) {
    let error = bind(text).unwrap_err();
    (error.at, error.fault)
}

fn unknown(field: Field, name: &str, nearest: Option<&str>) -> BindFault {
    BindFault::UnknownName { field, name: name.into(), nearest: nearest.map(Into::into) }
}

#[test]
fn names_and_ids_are_found_ignoring_case() {
    for text in [
        "category:DEMAND category:ultimatum",
        "actor:estmark,none,any target:\"none\"",
        "document:D1 document:communiqué document:\"Press briefing\"*",
        "author:\"ida holt\" source:gazette author:none",
        "@voice:\"OWN VOICE\" @Position:-5..3 @NEGATED:yes @aside:they @when:2026",
        "@actor:Norvania @issue:fees @voice:none",
        "coder:ana,BEN,Lena,\"Ana Reyes\",consensus",
        "view:FEES view:hard,fees view:h*",
        "review:accepted,none status:progress ask:any is:move,linked role:none,deed+",
    ] {
        assert!(bind(text).is_ok(), "{text}: {:?}", bind(text));
    }
}

#[test]
fn unknown_names_are_errors_with_the_nearest_name() {
    use Field::*;
    for (text, at, expected) in [
        ("category:thraet", 9..15, unknown(Category, "thraet", Some("Threat"))),
        ("category:demand,offr", 16..20, unknown(Category, "offr", Some("Offer"))),
        ("actor:Esmark", 6..12, unknown(Actor, "Esmark", Some("Estmark"))),
        ("target:Halcyon", 7..14, unknown(Target, "Halcyon", None)),
        ("issue:tariffs", 6..13, unknown(Issue, "tariffs", None)),
        ("-(é issue:\"port acces\")", 10..22, unknown(Issue, "port acces", Some("port access"))),
        ("document:Comunique", 9..18, unknown(Document, "Comunique", Some("Communiqué"))),
        ("author:Ida", 7..10, unknown(Author, "Ida", None)),
        ("source:Gazete", 7..13, unknown(Source, "Gazete", Some("Gazette"))),
        ("role:demands", 5..12, unknown(Role, "demands", Some("demand"))),
        ("review:acepted", 7..14, unknown(Review, "acepted", Some("accepted"))),
        ("status:finished", 7..15, unknown(Status, "finished", None)),
        ("ask:opne", 4..8, unknown(Ask, "opne", Some("open"))),
        ("is:conditionl", 3..13, unknown(Is, "conditionl", Some("conditional"))),
        ("view:feess", 5..10, unknown(View, "feess", Some("fees"))),
        ("coder:benn", 6..10, unknown(Coder, "benn", Some("Ben"))),
        ("near(actor:Esmark)", 11..17, unknown(Actor, "Esmark", Some("Estmark"))),
        ("@voice:quotd", 7..12, unknown(Attribute("voice".into()), "quotd", Some("quoted"))),
    ] {
        assert_eq!(fault(text), (at, expected), "{text}");
    }
}

#[test]
fn every_other_error_is_told_apart() {
    use BindFault::*;
    let text = |text: &str| text.into();
    for (filter, expected) in [
        ("category:zz*", UnknownBeginning { field: Field::Category, beginning: text("zz"), nearest: None }),
        ("category:Claim", Renamed { field: Field::Category, old: text("Claim"), new: text("Demand") }),
        ("@vioce:quoted", UnknownAttribute { name: text("vioce"), nearest: Some(text("voice")) }),
        ("words:many", NoNumber { field: Field::Words, text: text("many") }),
        ("words:3*", NoNumber { field: Field::Words, text: text("3") }),
        ("words:..", NoNumber { field: Field::Words, text: text("..") }),
        ("characters:8..3", Backwards { field: Field::Characters, text: text("8..3") }),
        ("date:2026-02-30", NoDate { field: Field::Date, text: text("2026-02-30") }),
        ("when:Feb", NoDate { field: Field::When, text: text("Feb") }),
        ("created:2026-03..2026-02", Backwards { field: Field::Created, text: text("2026-03..2026-02") }),
        ("note:\" \"", Empty(Field::Note)),
        ("actor:\"\"", Empty(Field::Actor)),
        ("coder:none", KeywordNotTaken { field: Field::Coder, word: "none" }),
        ("is:any", KeywordNotTaken { field: Field::Is, word: "any" }),
        ("(coder:ana)", CoderNested),
        ("coder:ana | role:demand", CoderNested),
        ("near(coder:ana)", CoderNested),
        ("-coder:ana", CoderNegated),
        ("-(role:demand coder:ana)", CoderNegated),
        ("coder:ana coder:ben", CoderTwice),
        ("view:mine coder:ana", CoderTwice),
        ("view:mine view:mine", CoderTwice),
        ("coder:final,ana", CoderAlone("final")),
        ("coder:ana,everyone", CoderAlone("everyone")),
        ("view:round", ViewCircle(["round", "trip", "round"].map(Into::into).to_vec())),
        ("view:fees view:trip", ViewCircle(["trip", "round", "trip"].map(Into::into).to_vec())),
    ] {
        assert_eq!(fault(filter).1, expected, "{filter}");
    }
    assert!(matches!(fault("view:any").1, UnknownName { field: Field::View, .. }));
}

#[test]
fn errors_in_a_view_are_told_at_its_name() {
    let (at, broken) = fault("role:demand view:broken");
    let BindFault::ViewUnreadable { view, error } = broken else { panic!("{broken:?}") };
    assert_eq!((at, view.as_str(), error.at), (17..23, "broken", 5..6));
    let (at, stale) = fault("view:stale");
    let BindFault::ViewUnfit { view, error } = stale else { panic!("{stale:?}") };
    assert_eq!((at, view.as_str(), error.at), (5..10, "stale", 6..13));
    for filter in ["-view:mine", "coder:ana view:mine", "(view:mine)"] {
        let (_, unfit) = fault(filter);
        assert!(matches!(unfit, BindFault::ViewUnfit { .. }), "{filter}");
    }
    assert!(matches!(fault("view:mine -(view:mine)").1, BindFault::CoderNegated));
}

#[test]
fn coders_are_chosen_once_on_top() {
    let coders = |text: &str| bind(text).unwrap().coders().cloned();
    assert_eq!(coders("role:demand"), None);
    assert_eq!(coders("coder:final role:demand"), Some(CoderChoice::Final));
    assert_eq!(coders("coder:everyone"), Some(CoderChoice::Everyone));
    assert_eq!(
        coders("coder:Lena,consensus,lena"),
        Some(CoderChoice::People(vec!["lena".into(), "consensus".into()]))
    );
    assert_eq!(coders("view:mine issue:fees"), Some(CoderChoice::People(vec!["ana".into()])));
    assert!(matches!(fault("coder:\"final\"").1, BindFault::UnknownName { .. }));
}

#[test]
fn long_chains_of_views_are_refused_and_wide_ones_are_bound_once() {
    let project = project();
    let chain = |length: usize, filter: &dyn Fn(usize) -> String| -> Views {
        (0..length)
            .map(|at| (format!("v{at}"), filter(at)))
            .chain([(format!("v{length}"), String::new())])
            .collect()
    };
    let first = Filter::parse("view:v0").unwrap();
    let wide = chain(MAX_VIEWS - 1, &|at| format!("view:v{0} -(view:v{0} view:v{0})", at + 1));
    assert!(first.bind(&project, &wide).is_ok());
    let long = chain(MAX_VIEWS, &|at| format!("view:v{}", at + 1));
    assert_eq!(first.bind(&project, &long).unwrap_err().fault, BindFault::ViewsTooDeep(MAX_VIEWS));
}
