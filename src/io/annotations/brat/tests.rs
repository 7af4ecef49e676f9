use std::fs;
use std::path::Path;

use super::Brat;
use proptest::prelude::*;

use crate::annotations::importer::{Importer, Input};
use crate::annotations::mutation::{self, count, damaged, damages};
use crate::annotations::{Draft, DraftValue};
use crate::words::remarks;
use crate::{AnnotationLoss, Loss};
use demarche_model::Value;

/// Reads an `.ann` file next to a text in a folder.
fn read(folder: &Path, text: &str, standoff: &str) -> Draft {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("a.txt"), text).unwrap();
    fs::write(folder.join("a.ann"), standoff).unwrap();
    Brat.read(&Input::open(&folder.join("a.ann")).unwrap()).unwrap()
}

fn lines(draft: &Draft) -> Vec<String> {
    let span = |span: &crate::annotations::DraftSpan| {
        format!("{} {:?} {:?} {:?} {:?}", span.category, span.ranges, span.quote, span.attributes, span.note)
    };
    let mut lines: Vec<String> = draft.documents[0].spans.iter().map(span).collect();
    lines.extend(
        draft.documents[0].links.iter().map(|link| format!("{} {} {}", link.kind, link.from, link.to)),
    );
    lines.extend(
        draft.problems.iter().map(|p| format!("{}: {} {}", p.line.unwrap(), p.kind.name(), p.message)),
    );
    lines.extend(draft.losses.iter().map(|loss| format!("lost: {}", loss.short())));
    lines.extend(draft.remarks.iter().cloned());
    lines
}

#[test]
fn standoff_of_every_kind_is_imported() {
    let folder = tempfile::tempdir().unwrap();
    let standoff = "T1\tActor 0 8\tNorvania\nT2\tThreat 9 18;19 28\tthreatens closing it\n\
        T3\tPort 29 37\tthe port\r\nE1\tThreat:T2 Agent:T1 Theme:T3 Theme2:E1\nA1\tNegated E1\nM1\tHedged T2\n\
        A2\tTone T1 very cold\nA3\tTopic T1 fees\nA4\tTopic T1 port\nR1\tnear Arg1:T1 Arg2:T3\n\
        N1\tReference T1 Wikipedia:534\tNorvania (state)\n#1\tAnnotatorNotes T1\tfirst\n#2\tAnnotatorNotes T1\t\n\
        #3\tRationale T3\tbecause\n*\tEquiv T1 T3\n";
    let text = "Norvania threatens\nclosing it the port.";
    let standoff = standoff.replace("19 28", "19 29").replace("T3\tPort 29 37", "T3\tPort 30 38");
    assert_eq!(
        lines(&read(folder.path(), text, &standoff)),
        [
            r#"Actor [(0, 8)] None [("Tone", Word("very cold")), ("Topic", Words(["fees", "port"]))] "Reference Wikipedia:534 Norvania (state)\nfirst\n""#,
            r#"Threat [(9, 29)] None [("Negated", Of(Flag(true))), ("Hedged", Of(Flag(true)))] """#,
            r#"Port [(30, 38)] None [("Rationale", Of(Text("because")))] """#,
            "Agent 1 0",
            "Theme 1 2",
            "Theme 1 1",
            "near 0 2",
            "lost: 1 Equivalences",
            &remarks::events_as_triggers(1),
        ]
    );
}

#[test]
fn a_bad_line_stops_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    let standoff = "T1\tA 0 3\tOne\nT1\tA 0 3\tOne\nT2 A 0 3 One\nT3\tA\tOne\nT4\tA 0 x\tOne\nT5\tA 0 3;\tOne\nQ1\tx\n\
        E1\tA:T9 B:T1\nE2\tA:T1 B:T9 C\nR1\tr Arg1:T1\nR2\tr Arg1:T1 Arg2:T9\nR3\tr Arg1:T1 Arg2:T1\nA1\tB T9\nA2\tB\n\
        A3\tB R3\n#1\tAnnotatorNotes R3\tx\n#2\tAnnotatorNotes\nT6\tA 4 7\tOne\nT7\tA 90 99\tOne\n";
    assert_eq!(
        lines(&read(folder.path(), "One two three.", standoff)),
        [
            r#"A [(0, 3)] None [] """#,
            r#"A [(4, 7)] Some("One") [] """#,
            r#"A [(90, 99)] Some("One") [] """#,
            "r 0 0",
            "2: duplicate-id the id `T1` is used above",
            "3: malformed the line has no tab after its id",
            "4: malformed a passage has no offsets",
            "5: malformed `0 x` are not offsets",
            "6: malformed `0 3;` are not offsets",
            "7: malformed a line can't start with `Q1`",
            "8: malformed the trigger of an event is not a passage",
            "9: dangling-link `B:T9` does not lead to a passage or an event",
            "9: dangling-link `C` does not lead to a passage or an event",
            "10: malformed a relation is not like `kind Arg1:T1 Arg2:T2`",
            "11: dangling-link a relation joins T1 and T9, which are not both passages",
            "13: dangling-link the line is about `T9`, which is not in the file",
            "14: malformed an attribute is not like `name T1 value`",
            "17: malformed a note is not like `type T1`, a tab and its words",
            "lost: 1 RelationAttributes",
            "lost: 1 RelationNotes",
            &remarks::events_as_triggers(1),
        ]
    );
}

#[test]
fn the_folder_says_whose_it_is_and_what_types_are() {
    let folder = tempfile::tempdir().unwrap();
    let whose = |draft: &Draft| draft.documents[0].spans[0].annotator.clone();
    let ana = folder.path().join("ana");
    assert_eq!(whose(&read(&ana, "One", "T1\tA 0 3\tOne\n")), None);
    let ben = read(&folder.path().join("ben"), "One", "T1\tA 0 3\tOne\n");
    assert_eq!(whose(&ben).as_deref(), Some("ben"));
    assert_eq!(ben.remarks, [remarks::folder_is_annotator("ben")]);
    let other = read(&folder.path().join("other"), "Two", "T1\tA 0 3\tTwo\n");
    assert_eq!(whose(&other), None);
    fs::write(
        folder.path().join("annotation.conf"),
        "[entities]\nMove\n\tA\n[relations]\nr Arg1:A, Arg2:A\n",
    )
    .unwrap();
    fs::write(folder.path().join("visual.conf"), "[labels]\nA | An A\n").unwrap();
    let draft = read(&ana, "One", "T1\tA 0 3\tOne\n");
    let category = draft.codebook.category(&"A".into()).unwrap();
    assert_eq!((category.name.as_str(), category.parent.as_ref()), ("An A", Some(&"Move".into())));
    assert_eq!((draft.losses.len(), draft.shared_losses[0].1.count), (0, 1));
    fs::write(ana.join("annotation.conf"), "# Annotator: Ana K.\n[entities]\nA\n").unwrap();
    assert_eq!(whose(&read(&ana, "One", "T1\tA 0 3\tOne\n")).as_deref(), Some("Ana K."));
}

#[test]
fn a_file_without_its_text_is_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ann");
    fs::write(&path, "T1\tA 0 3\tOne\n").unwrap();
    let draft = Brat.read(&Input::open(&path).unwrap()).unwrap();
    assert_eq!((draft.documents.len(), draft.problems[0].kind.name()), (0, "missing"));
    fs::write(folder.path().join("a.txt"), b"\0\xff\0\xfe").unwrap();
    let draft = Brat.read(&Input::open(&path).unwrap()).unwrap();
    assert_eq!((draft.documents.len(), draft.problems[0].kind.name()), (0, "not-imported"));
}

#[test]
fn an_empty_flag_is_a_yes() {
    let folder = tempfile::tempdir().unwrap();
    let draft = read(folder.path(), "One", "T1\tA 0 3\tOne\nA1\tB T1 \nA2\tB T1\n");
    let yes = ("B".to_owned(), DraftValue::Of(Value::Flag(true)));
    assert_eq!(draft.documents[0].spans[0].attributes, [yes]);
    assert_eq!(draft.losses, [Loss::new(AnnotationLoss::RepeatedAttributes, 1)]);
}

proptest! {
    #![proptest_config(count(48))]

    #[test]
    fn no_damage_makes_it_panic(damages in damages(), of_text: bool) {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join("tests/golden/export/brat/ana");
        let [text, standoff] = ["d001.txt", "d001.ann"].map(|name| fs::read(golden.join(name)).unwrap());
        let folder = tempfile::tempdir().unwrap();
        let text = if of_text { damaged(&text, &damages) } else { text };
        let standoff = if of_text { standoff } else { damaged(&standoff, &damages) };
        fs::write(folder.path().join("a.txt"), text).unwrap();
        mutation::read(&Brat, &folder.path().join("a.ann"), standoff);
    }
}

/// Measures the import of a text of 10 MB with 100,000 passages, which should take 1.5 s.
#[test]
#[ignore = "measures; run with --release"]
fn speed_of_a_large_pair() {
    let folder = tempfile::tempdir().unwrap();
    let line = "The delegation will suspend the talks unless the port reopens by Friday — 위협 and more of it, said twice.\n";
    let text = line.repeat(10_000_000 / line.len());
    let characters: Vec<char> = text.chars().collect();
    let step = characters.len() / 100_001;
    let mut standoff = String::new();
    for number in 1..=100_000usize {
        let (start, end) = (number * step, number * step + step.min(60));
        let words: String =
            characters[start..end].iter().map(|c| if *c == '\n' { ' ' } else { *c }).collect();
        standoff += &format!("T{number}\tType{} {start} {end}\t{words}\n", number % 7);
        standoff += &format!("A{number}\tactor T{number} Norvania\n");
    }
    fs::write(folder.path().join("a.txt"), &text).unwrap();
    fs::write(folder.path().join("a.ann"), standoff).unwrap();
    let project = demarche_model::Project::new("p", crate::export::sample::codebook());
    let path = folder.path().join("a.ann");
    let start = std::time::Instant::now();
    let draft = Brat.read(&Input::open(&path).unwrap()).unwrap();
    let read = start.elapsed();
    let mut last = 0;
    let mut ids = || {
        last += 1;
        uuid::Uuid::from_u128(last)
    };
    let fresh = crate::annotations::Fresh { ids: &mut ids, now: crate::export::sample::NOW };
    let me = demarche_model::AnnotatorId::new("me");
    let incoming =
        crate::annotations::place(&project, &path, draft, crate::annotations::SpanOwner::All(&me), fresh)
            .unwrap();
    let placed = start.elapsed();
    assert_eq!((incoming.spans, incoming.problems.len()), (100_000, 0));
    let mut project = project;
    project.apply(incoming.edit).unwrap();
    println!("read {read:?}, placed {placed:?}, applied {:?}", start.elapsed());
}
