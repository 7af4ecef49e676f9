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

#[test]
fn annotations_without_words_leave_the_others_in_place() {
    let file = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n#T_RL=custom.R|BT_custom.Span\n\n\n\
        #Text=one two\n1-1\t0-3\tone\tA\t_\t\n1-1.1\t3-3\t\tZ[1]|Y[2]\t_\t\n1-2\t4-7\ttwo\tB\t1-1.1[1_0]\t\n\n\
        #Text=word.\n2-1\t8-12\tword\t_\t_\t\n2-1.1\t12-12\t\tX\t_\t\n2-2\t12-13\t.\tC\t_\t\n";
    assert_eq!(
        shown(&read("a.tsv", file)),
        [
            "a: one two\nword.\n",
            "- A “one” [] \"\"",
            "- B “two” [] \"\"",
            "- C “.” [] \"\"",
            "lost: 3 EmptyAnnotations",
            "lost: 1 UnjoinedLinks",
        ]
    );
}

#[test]
fn slots_are_links_and_their_passages_stay() {
    let file = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n\
        #T_SP=custom.Host|ROLE_custom.Host:links_custom.HostLink|custom.Span\n\
        #T_SP=custom.Rich|ROLE_custom.Rich:links_custom.RichLink|uima.tcas.Annotation|value\n\n\n\
        #Text=one two three\n1-1\t0-3\tone\t_\tagent;*\t1-2[1];1-3\t_[5]|_[6]\t*|*\tx[5]|y[6]\t\n\
        1-2\t4-7\ttwo\tA[1]|B[2]\t_\t_\tp\t1-3\t*\t\n1-3\t8-13\tthree\tC\t_\t*\t_\t_\t_\t\n\n\
        #Text=four\n2-1\t14-18\tfour\t_\tp\t9-9\t_\t_\t_\t\n";
    assert_eq!(
        shown(&read("a.tsv", file)),
        [
            "a: one two three\nfour\n",
            "- Host “one” [] \"\"",
            "- x “one” [] \"\"",
            "- y “one” [] \"\"",
            "- A “two” [] \"\"",
            "- B “two” [] \"\"",
            "- Rich “two” [] \"\"",
            "- C “three” [] \"\"",
            "- Host “three” [] \"\"",
            "- Host “four” [] \"\"",
            "agent 0 3",
            "links 0 6",
            "p 5 6",
            "lost: 1 Slots",
        ]
    );
}

#[test]
fn texts_before_version_3_2_are_escaped_as_in_java() {
    let rows = "1-1\t0-4\tÜber\tA\t\n1-2\t5-9\tcafé\tB\t\n1-3\t10-12\t👩\tC\t\n1-4\t13-15\t\\x\tD\t\n";
    let text = r"\u00DCber caf\uu00e9 \uD83D\uDC69 \134x";
    for version in ["3.0", "3.1"] {
        let file =
            format!("#FORMAT=WebAnno TSV {version}\n#T_SP=custom.Span|label\n\n\n#Text={text}\n{rows}");
        let expect = [
            "a: Über café 👩 \\x\n",
            "- A “Über” [] \"\"",
            "- B “café” [] \"\"",
            "- C “👩” [] \"\"",
            "- D “\\x” [] \"\"",
        ];
        assert_eq!(shown(&read("a.tsv", &file)), expect, "{version}");
    }
    let file = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n\n\n#Text=a \\\\u00DC\n1-1\t0-1\ta\tA\t\n1-2\t2-8\t\\\\u00DC\tB\t\n";
    assert_eq!(shown(&read("a.tsv", file))[2], "- B “\\u00DC” [] \"\"");
}

#[test]
fn features_that_are_all_true_or_false_are_flags() {
    let file = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label|sure|kind\n\n\n#Text=one two\n\
        1-1\t0-3\tone\tA\ttrue\ttrue\t\n1-2\t4-7\ttwo\tB\tfalse\tother\t\n";
    assert_eq!(
        shown(&read("a.tsv", file))[1..],
        [
            "- A “one” [(\"sure\", Of(Flag(true))), (\"kind\", Word(\"true\"))] \"\"",
            "- B “two” [(\"sure\", Of(Flag(false))), (\"kind\", Word(\"other\"))] \"\"",
        ]
    );
}

#[test]
fn version_1_is_imported() {
    let file = "#id=1\n#text=Ana met the Halden group.\n1\tAna\t_\tNNP\tB-PER\tO\t2\tSBJ\t_\t_\n\
        2\tmet\t_\tVBD\tO\tO\t0\tROOT\t_\t_\n3\tthe\t_\t_\t_\t_\t_\t_\t_\t_\n\
        4\tHalden\t_\t_\tB-ORG|B-LOC\t_\t_\t_\t_\t_\n5\tgroup\t_\t_\tI-ORG\t_\t_\t_\t_\t_\n6\t.\t_\t_\tX\t_\t_\t_\t_\t_\n\n\
        #id=2\n1\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n";
    assert_eq!(
        shown(&read("a.tsv", file)),
        [
            "a: Ana met the Halden group.\nYes\n",
            "- PER “Ana” [] \"\"",
            "- ORG “Halden group” [] \"\"",
            "- LOC “Halden” [] \"\"",
            "- X “.” [] \"\"",
            "lost: 6 Grammar",
        ]
    );
    let short = "#id=1\n#text=Ana waits\n1\tAna\tB-PER\n2\twaits\tO\n";
    assert_eq!(shown(&read("a.tsv", short)), ["a: Ana waits\n", "- PER “Ana” [] \"\""]);
}

#[test]
fn version_2_is_imported() {
    let file = " # webanno.custom.Move | actor | kind # webanno.custom.Answer | how | AttachTo=webanno.custom.Move # \
        de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS | PosValue\n#id=1\n#text=We will wait.\n\
        1-1\tWe\tB-Halden|B-Ana\tB-_|B-plan\t_\t_\tPRP\t\n1-2\twill\tI-Halden|O\tI-_|O\t_\t_\tMD\t\n\
        1-3\twait\t_\twebanno.custom.Move_\tstrong\t1-1\tVB\t\n1-4\t.\t_\t_\tweak\t1-1\t.\t\n";
    assert_eq!(
        shown(&read("a.tsv", file)),
        [
            "a: We will wait.\n",
            "- Move “We will” [(\"actor\", Word(\"Halden\"))] \"\"",
            "- Move “We” [(\"actor\", Word(\"Ana\")), (\"kind\", Word(\"plan\"))] \"\"",
            "- Move “wait” [] \"\"",
            "strong 0 2",
            "lost: 1 UnjoinedLinks",
            "lost: 4 Grammar",
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
