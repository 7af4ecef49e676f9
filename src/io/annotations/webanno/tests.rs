use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::WebAnno;
use crate::annotations::importer::{Importer, Input};
use crate::annotations::mutation::{self, count, damaged, damages};
use crate::annotations::{Draft, importer_of};
use crate::export::random::{Likeness, likeness, projects};
use crate::export::{Scope, export_to_path, exporter, sample};
use crate::loss::RangeLoss;
use demarche_model::{Edit, LayerId, Link, LinkId};

fn read(path: &str, content: &str) -> Draft {
    WebAnno.read(&Input::new(Path::new(path), content.as_bytes().to_vec())).unwrap()
}

fn shown(draft: &Draft) -> Vec<String> {
    let document = &draft.documents[0];
    let units: Vec<u16> = document.text.encode_utf16().collect();
    let mut lines = vec![format!("{}: {}", document.id, document.text)];
    for span in &document.spans {
        let (start, end) = (span.ranges[0].0 as usize, span.ranges[0].1 as usize);
        let words = String::from_utf16(&units[start..end]).unwrap();
        let who = span.annotator.as_deref().unwrap_or("-");
        lines.push(format!("{who} {} “{words}” {:?} {:?}", span.category, span.attributes, span.note));
    }
    lines.extend(document.links.iter().map(|link| format!("{} {} {}", link.kind, link.from, link.to)));
    lines.extend(draft.problems.iter().map(|p| format!("{}: {}", p.line.unwrap(), p.message)));
    lines.extend(draft.losses.iter().map(|loss| format!("lost: {}", loss.short())));
    lines
}

/// A file as INCEpTION writes it: stacked annotations, sub-tokens, escapes, relations, linguistic layers.
const FOREIGN: &str = "#FORMAT=WebAnno TSV 3.3\n\
    #T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue|coarseValue\n\
    #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\
    #T_SP=webanno.custom.Move|actor|strength\n\
    #T_SP=webanno.custom.Mark\n\
    #T_RL=webanno.custom.Answer|kind|BT_webanno.custom.Move\n\
    \n\n\
    #Text=👩 We won\\t t go.\n\
    1-1\t0-2\t👩\tSYM\t*\t_\t_\t_\t_\t_\t_\t_\t\n\
    1-2\t3-5\tWe\tPRP\t*\thttp://x[1]|*[2]\tORG[1]|PER\\_x[2]\tNorvania[4]\t*[4]\t_\t_\t_\t\n\
    1-3\t6-9\twon\t_\t_\t_\t_\t_\t_\t_\t_\t_\t\n\
    \n\
    #Text=It [may].\n\
    2-1\t17-19\tIt\t_\t_\t_\t_\t*[4]\t*[4]\t_\tas \\[x\\]\t1-2[4_4]\t\n\
    2-2\t20-21\t[\t_\t_\t_\t_\t_\t_\t*\t_\t_\t\n\
    2-3\t21-24\tmay\t_\t_\t_\t_\t_\t_\t_\t_\t_\t\n\
    2-3.1\t21-23\tma\t_\t_\t_\tLOC\t_\t_\t_\t_\t_\t\n";

#[test]
fn inception_files_are_imported() {
    assert_eq!(
        shown(&read("doc.tsv", FOREIGN)),
        [
            "doc: 👩 We won\t t go.\nIt [may].\n",
            "- ORG “We” [(\"identifier\", Word(\"http://x\"))] \"\"",
            "- PER_x “We” [] \"\"",
            "- Move “We won\t t go.\nIt” [(\"actor\", Word(\"Norvania\"))] \"\"",
            "- Mark “[” [] \"\"",
            "- LOC “ma” [] \"\"",
            "as [x] 2 2",
            "lost: 4 Grammar",
        ]
    );
}

#[test]
fn the_place_says_whose_it_is() {
    let file = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n\n\n#Text=One\n1-1\t0-3\tOne\tA\t\n";
    for (path, expect) in [
        ("annotation/d1.txt/ana.tsv", "ana A “One” [] \"\""),
        ("curation/d1.txt/CURATION_USER.tsv", "consensus A “One” [] \"\""),
        ("annotation/d1.txt/INITIAL_CAS.tsv", "- A “One” [] \"\""),
    ] {
        assert_eq!(shown(&read(path, file)), ["d1: One\n", expect], "{path}");
    }
    assert_eq!(importer_of(Path::new("a.tsv"), file.as_bytes()).unwrap().name(), "webanno-tsv");
    assert!(importer_of(Path::new("a.tsv"), b"document\ttitle\n").is_none());
}

#[test]
fn a_bad_sentence_stops_only_itself() {
    let file = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n#T_RL=custom.R|BT_custom.Span\n\n\n\
        #Text=One\n1-1\t0-3\tTwo\tA\t_\t\n\n#Text=One\n1-1\t0\tOne\tA\n\n#Text=One\n1-1\t0-3\n\n#Text=One\n\
        4-1\t0-3\tOne\tA\t9-9\t\n\n#Text=Two\n5-1\t2-5\tTwo\tA\n\n#Text=Two\n6-1\t99999999-100000002\tTwo\tA\n\n\
        #Text=a\\b\n7-1\t5-8\ta\\b\tB[x]\t7-1[1]\t\n";
    assert_eq!(
        shown(&read("a.tsv", file)),
        [
            "a: One\n a\\b\n",
            "- A “One” [] \"\"",
            "- B “a\\b” [] \"\"",
            "7: “Two” is not at 0–3 in the text; the sentence was left out",
            "10: `0` are not offsets",
            "13: the row “1-1 0-3” has no id, offsets and token",
            "19: this sentence starts before the previous one ends",
            "22: this sentence starts at 99999999, far beyond the previous one",
            "25: `7-1[1]` is not the source of a relation",
            "16: a relation joins 9-9 and 4-1, which are not both passages",
        ]
    );
    assert!(WebAnno.read(&Input::new(Path::new("a.tsv"), b"a\tb".to_vec())).is_err());
}

#[test]
fn our_export_is_placed_in_the_original_texts() {
    let folder = tempfile::tempdir().unwrap();
    let mut project = sample::project();
    let layer = LayerId::new(&"d001".into(), &"ana".into());
    let link = project.layer(&layer).unwrap().links().next().unwrap().clone();
    let to = sample::span(7, "move", sample::FIRST, &["\tTabs,"]).id;
    let more = Link { id: LinkId(uuid::Uuid::from_u128(77)), to, ..Link::clone(&link) };
    project.apply(Edit::SetLink { layer, id: more.id, to: Some(more.into()) }).unwrap();
    let scope = Scope::everything(&project);
    let exported = export_to_path(exporter("webanno-tsv").unwrap(), &scope, folder.path()).unwrap();
    let back = exported.read_back.unwrap();
    let mut lines = vec![back.to_string()];
    lines.extend(back.differences.iter().map(|loss| format!("back: {}", loss.short())));
    lines.extend(exported.losses.iter().map(|loss| format!("lost: {}", loss.short())));
    assert_eq!(
        lines,
        [
            "Read back and compared: 6 of 8 passages came back, 0 of 2 links",
            "back: 4 NewPassages",
            "lost: 2 DocumentFacts",
            "lost: 1 LinksToOthers",
            "lost: 1 SplitPassages",
            "lost: 1 TrimmedPassages",
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    /// Everything except white space at the ends and gaps is read back, with overlaps and inside words.
    #[test]
    fn all_passages_are_read_back(project in projects("[a한é👩 \u{200d}\u{301}\tש\n.|_*\\\\\\[]{1,60}x")) {
        let folder = tempfile::tempdir().unwrap();
        let Likeness { found, all, exact, lost } = likeness("webanno-tsv", &project, folder.path());
        let counted = lost(RangeLoss::TrimmedPassages)
            + lost(RangeLoss::SplitPassages)
            + lost(RangeLoss::PartsWithoutWords);
        prop_assert!(found + counted >= all, "{} of {}", found, all);
        prop_assert!(exact || counted > 0);
    }
}

proptest! {
    #![proptest_config(count(48))]

    #[test]
    fn no_damage_makes_it_panic(damages in damages(), foreign: bool) {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
            .join("tests/golden/export/webanno-tsv/annotation/d001.txt/ana.tsv");
        let file = if foreign { FOREIGN.as_bytes().to_vec() } else { fs::read(golden).unwrap() };
        mutation::read(&WebAnno, Path::new("in.tsv"), damaged(&file, &damages));
    }
}
