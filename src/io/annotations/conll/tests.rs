use std::path::Path;

use proptest::prelude::*;

use super::Conll;
use crate::annotations::importer::{Importer, Input};
use crate::annotations::mutation::{self, count, damaged, damages};
use crate::annotations::{Draft, Fresh, SpanOwner, place};
use crate::export::random::{Likeness, likeness, projects};
use crate::export::{Scope, export_to_path, exporter, sample};
use crate::loss::RangeLoss;
use crate::words::remarks;
use demarche_model::Project;

fn read(bytes: &[u8]) -> Draft {
    Conll.read(&Input::new(Path::new("in.conll"), bytes.to_vec())).unwrap()
}

/// Returns the texts of a draft with passages in brackets, then its problems.
fn shown(draft: &Draft) -> Vec<String> {
    let mut lines = Vec::new();
    for document in &draft.documents {
        let mut text: Vec<String> = document.text.chars().map(String::from).collect();
        for span in &document.spans {
            let (start, end) = (span.ranges[0].0 as usize, span.ranges[0].1 as usize);
            let who = span.annotator.as_deref().unwrap_or_default();
            text[start].insert(0, '[');
            text[end - 1] += &format!("]{who}/{}", span.category);
        }
        lines.push(format!("{}: {}", document.id, text.concat()));
    }
    lines.extend(draft.problems.iter().map(ToString::to_string));
    lines.extend(draft.losses.iter().map(|loss| format!("lost: {}", loss.short())));
    lines
}

#[test]
fn files_of_other_programs_are_imported() {
    let two = "\u{feff}# sentence 1\r\nEU\tB-ORG\r\nrejects\tO\r\nGerman\tB-MISC\r\ncall\tI-MISC\r\n.\tO\r\n\r\nPeter\tB-PER\r\n#\tO\r\n";
    assert_eq!(shown(&read(two.as_bytes())), ["in: [EU]/ORG rejects [German call]/MISC.\n[Peter]/PER #\n"]);
    let four = "-DOCSTART- -X- -X- O\n\nEU NNP I-NP I-ORG\nsaid VBD I-VP O\n( ( O O\nUN NNP I-NP I-ORG\n) ) O O\n\n\
        -DOCSTART- -X- O\n\nOslo NNP I-NP S-LOC\nalone\n\tO\n";
    assert_eq!(
        shown(&read(four.as_bytes())),
        [
            "in: [EU]/ORG said ([UN]/ORG)\n",
            "in-2: [Oslo]/LOC\n",
            "the line “alone” has no columns for token and tag: in.conll:12",
            "the line “ O” has no columns for token and tag: in.conll:13",
            "lost: 10 OtherColumns",
        ]
    );
}

#[test]
fn our_export_is_placed_in_the_original_texts() {
    let folder = tempfile::tempdir().unwrap();
    let project = sample::project();
    let scope = Scope::everything(&project);
    let exported =
        export_to_path(exporter("conll").unwrap(), &scope, &folder.path().join("a.conll")).unwrap();
    let back = exported.read_back.unwrap();
    let mut lines = vec![back.to_string()];
    lines.extend(back.differences.iter().map(|loss| format!("back: {}", loss.short())));
    lines.extend(exported.losses.iter().map(|loss| format!("lost: {}", loss.short())));
    assert_eq!(
        lines,
        [
            "Read back and compared: 6 of 8 passages came back, 0 of 1 links",
            "back: 3 NewPassages",
            "lost: 2 DocumentFacts",
            "lost: 6 AttributeValues",
            "lost: 1 Notes",
            "lost: 1 Links",
            "lost: 1 OverlappingParts",
            "lost: 1 SplitPassages",
            "lost: 1 MovedPassages",
            "lost: 2 InnerSentenceEnds",
        ]
    );
}

#[test]
fn a_text_that_is_not_here_is_rebuilt_and_that_is_said() {
    let project = Project::new("p", sample::codebook());
    // Ben's passage extends across the end of a sentence, but the text is the same.
    let file = b"-DOCSTART- d1 ana O\n\nOne B-threat\n, O\n\ntwo O\n\n\
        -DOCSTART- d1 ben O\n\nOne B-threat\n, I-threat\ntwo I-threat\n";
    let mut ids = uuid::Uuid::now_v7;
    let fresh = Fresh { ids: &mut ids, now: sample::NOW };
    let incoming = place(&project, Path::new("in.conll"), read(file), SpanOwner::Named, fresh).unwrap();
    assert_eq!((incoming.documents.len(), incoming.spans), (1, 2));
    assert_eq!(incoming.remarks, [remarks::rebuilt(1)]);
    let mut project = project;
    project.apply(incoming.edit).unwrap();
    let document = &project.documents()[0];
    let quotes = document
        .layers
        .values()
        .map(|layer| layer.spans().next().unwrap().quote(document.text.as_ref().unwrap()));
    assert_eq!(quotes.collect::<Vec<_>>(), ["One", "One,\ntwo"]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    /// Passages that are neither moved, cut nor covered are read back, and every loss is counted.
    #[test]
    fn passages_not_counted_as_lost_are_read_back(project in projects("[a한é👩 \u{200d}\u{301}\tש\n.]{1,60}x")) {
        let folder = tempfile::tempdir().unwrap();
        let Likeness { found, all, lost, .. } = likeness("conll", &project, &folder.path().join("a.conll"));
        let counted = lost(RangeLoss::MovedPassages)
            + lost(RangeLoss::SplitPassages)
            + lost(RangeLoss::OverlappingParts)
            + lost(RangeLoss::PartsWithoutWords);
        prop_assert!(found + counted >= all, "{} of {}", found, all);
    }
}

proptest! {
    #![proptest_config(count(48))]

    #[test]
    fn no_damage_makes_it_panic(damages in damages()) {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join("tests/golden/export/conll/export.conll");
        let bytes = damaged(&std::fs::read(golden).unwrap(), &damages);
        mutation::read(&Conll, Path::new("in.conll"), bytes);
    }
}
