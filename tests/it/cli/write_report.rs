//! `demarche report`.

use std::fs;
use std::io::Read;
use std::path::Path;

use serde_json::Value;

use super::analyse::{sample, save_view};
use crate::support::cli::demarche;

/// The tables and figures of every report.
const KEYS: [&str; 18] = [
    "corpus",
    "codebook",
    "agreement",
    "confusions",
    "categories",
    "categories-range",
    "issues",
    "latest-words",
    "issues-range",
    "outcomes",
    "outcomes-range",
    "transitions",
    "bars",
    "score",
    "interactions",
    "codeline",
    "quotes",
    "method",
];

fn report(home: &Path, output: &str, args: &[&str]) -> String {
    let all = [&["report", "talks", "--output", output], args].concat();
    let (code, _, err) = demarche(&all, home);
    assert_eq!(code, 0, "{err}");
    fs::read_to_string(home.join(output)).unwrap_or_default()
}

fn json(home: &Path, args: &[&str]) -> Vec<Value> {
    let (code, out, err) = demarche(&[&["analyse", "talks"], args, &["--format", "json"]].concat(), home);
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap()
}

/// The cells of the rows of a table, without markup.
fn rows(page: &str, key: &str) -> Vec<Vec<String>> {
    let start = page.find(&format!("id=\"{key}\">")).unwrap_or_else(|| panic!("{key}"));
    let body = page[start..].split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    let plain = |cell: &str| {
        let parts = cell.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        parts.collect::<String>().trim().to_owned()
    };
    let cells = |row: &str| {
        let cells = row.split("</th>").flat_map(|part| part.split("</td>"));
        cells.map(plain).collect::<Vec<_>>()
    };
    body.split("</tr>").map(cells).filter(|row| row.len() > 1).map(without_last).collect()
}

/// The rest after the last cell is none.
fn without_last(mut row: Vec<String>) -> Vec<String> {
    if row.last().is_some_and(String::is_empty) {
        row.pop();
    }
    row
}

/// Checks that every element is closed where it has to be.
fn assert_well_formed(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1).map(|part| part.split('>').next().unwrap()) {
        if tag.starts_with('!') || tag.ends_with('/') {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None => open.push(tag.split([' ', '\n']).next().unwrap()),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn a_page_has_every_table_and_figure_and_no_script() {
    let home = sample();
    let page = report(home.path(), "report.html", &[]);
    assert_well_formed(&page);
    let mut from = 0;
    for key in KEYS {
        assert!(page.contains(&format!("id=\"{key}\"")), "{key}");
    }
    for figure in ["issues-0-title", "bars-0-title", "score-0-title", "score-1-title", "interactions-0-title"]
    {
        assert!(page.contains(&format!("id=\"{figure}\"")), "{figure}");
    }
    while let Some(at) = page[from..].find(" id=\"") {
        let id = &page[from + at..].split('"').nth(1).unwrap();
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
        from += at + 5;
    }
    assert!(!page.contains("<script") && !page.contains("http://127") && !page.contains(" src="));
    assert!(page.contains("Goldstein (CAMEO") && page.contains("2021 Open Event Data Alliance"));
    assert_eq!(page, report(home.path(), "again.html", &[]), "the same project gives the same report");
}

#[test]
fn categories_by_actor_are_those_of_the_matrix() {
    let home = sample();
    let page = report(home.path(), "report.html", &["--coder", "ana"]);
    let args = ["matrix", "--rows", "category", "--columns", "actor", "--coder", "ana"];
    let cells = json(home.path(), &args);
    let rows = rows(&page, "categories");
    let demand = rows.iter().find(|row| row[0] == "Demand").unwrap();
    let estmark: u64 = (cells.iter())
        .filter(|cell| cell["row"] == "demand" && cell["column"] == "Estmark")
        .map(|cell| cell["moves"].as_u64().unwrap())
        .sum();
    assert!(demand[1].starts_with(&format!("{estmark} (")), "{demand:?} {estmark}");
}

#[test]
fn outcomes_are_those_of_the_asks() {
    let home = sample();
    for coder in ["ana", "ben"] {
        let page = report(home.path(), "report.html", &["--coder", coder]);
        let asks = json(home.path(), &["asks", "--coder", coder]);
        let rows = rows(&page, "outcomes");
        let states = ["met", "half", "refused", "countered", "dropped", "otherwise", "open"];
        for (name, kind) in [("All demands", "demand"), ("All offers", "offer")] {
            let row = rows.iter().find(|row| row[0] == name).unwrap();
            let own = |ask: &&Value| {
                ask["kind"] == kind && ask["condition"] == false && ask["recommendation"] == false
            };
            let of = |state: &str| asks.iter().filter(own).filter(|ask| ask["state"] == state).count();
            let expected: Vec<String> = std::iter::once(asks.iter().filter(own).count())
                .chain(states.into_iter().map(of))
                .map(|count| count.to_string())
                .collect();
            assert_eq!(row[1..9], expected, "{coder} {kind}");
        }
    }
}

/// The rows of a table of Ana's report.
fn table(home: &Path, key: &str) -> Vec<Vec<String>> {
    rows(&report(home, "report.html", &["--coder", "ana"]), key)
}

/// Checks each count of a table of the report against the table of a view.
fn assert_same(home: &Path, key: &str, view: &[&str]) {
    let args = [&["analyse", "talks"], view, &["--coder", "ana", "--format", "csv-wide"]].concat();
    let (code, out, err) = demarche(&args, home);
    assert_eq!(code, 0, "{err}");
    let expected: Vec<Vec<&str>> =
        out.lines().skip(1).map(|line| line.split(',').skip(1).collect()).collect();
    let count = |cell: &String| cell.split(" (").next().unwrap().to_owned();
    let counts = |row: &Vec<String>| row.iter().skip(1).map(count).collect::<Vec<_>>();
    let found: Vec<Vec<String>> = table(home, key).iter().map(counts).collect();
    assert_eq!(found, expected, "{key}");
}

#[test]
fn counts_are_those_of_the_views_cell_by_cell() {
    let home = sample();
    assert_same(home.path(), "categories", &["matrix", "--rows", "category", "--columns", "actor"]);
    assert_same(home.path(), "issues", &["matrix"]);
}

#[test]
fn outcomes_of_each_pair_are_those_of_its_asks() {
    let home = sample();
    let asks = json(home.path(), &["asks", "--coder", "ana"]);
    let names = |list: &Value| {
        let names = list.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
        names.collect::<Vec<_>>().join(", ")
    };
    let states = ["met", "half", "refused", "countered", "dropped", "otherwise", "open"];
    for row in table(home.path(), "outcomes").iter().filter(|row| row[0].contains(" → ")) {
        let (kind, pair) = row[0].split_once(": ").unwrap();
        let own = |ask: &&Value| {
            let kinds = if ask["kind"] == "demand" { "Demands" } else { "Offers" };
            let is_derived = ask["condition"] == true || ask["recommendation"] == true;
            let parties = [&ask["asker"], &ask["asked"]].map(names).join(" → ");
            kinds == kind && !is_derived && parties == pair
        };
        let of: Vec<&Value> = asks.iter().filter(own).collect();
        let with = |state: &str| of.iter().filter(|ask| ask["state"] == state).count();
        let waits = of.iter().filter(|ask| ask["state"] == "open" && ask["candidates_all"] != 0).count();
        let counts = std::iter::once(of.len()).chain(states.map(with)).chain([waits]);
        assert_eq!(row[1..], counts.map(|count| count.to_string()).collect::<Vec<_>>(), "{row:?}");
    }
}

/// What the report folds a role to, since the sample has few pairs.
fn folded(role: &Value) -> &'static str {
    match role.as_str().unwrap() {
        "demand" | "threat" | "rejection" | "withdrawal" => "hard",
        "offer" | "concession" | "commitment" | "acceptance" => "soft",
        "reason" => "reason",
        other => panic!("{other}"),
    }
}

#[test]
fn transitions_are_those_of_the_view() {
    let home = sample();
    let follows = json(home.path(), &["follows", "--coder", "ana"]);
    let seen = |from: &str, to: &str| -> f64 {
        let is_in = |cell: &&Value| {
            (from.is_empty() || folded(&cell["from"]) == from) && (to.is_empty() || folded(&cell["to"]) == to)
        };
        follows.iter().filter(is_in).map(|cell| cell["observed"].as_f64().unwrap()).sum()
    };
    let shown = |number: f64| format!("{number:.2}").replace('-', "−");
    let found = table(home.path(), "transitions");
    assert_eq!(found.len(), 9);
    for row in found {
        let (observed, all) = (seen(&row[0], &row[1]), seen("", ""));
        let shares = [seen(&row[0], ""), seen("", &row[1])].map(|sum| sum / all);
        let expected = shares[0] * shares[1] * all;
        let z = (observed - expected) / (expected * (1.0 - shares[0]) * (1.0 - shares[1])).sqrt();
        assert_eq!(row[2..5], [observed.to_string(), shown(expected), shown(z)], "{row:?}");
    }
}

#[test]
fn a_filter_and_views_narrow_a_report() {
    let home = sample();
    let args = ["--filter", "actor:Estmark", "--coder", "ana", "--view", "asks", "--view", "movement"];
    let page = report(home.path(), "report.html", &args);
    assert!(page.contains("actor: Estmark"), "the filter is in words");
    assert!(page.contains("id=\"outcomes\"") && page.contains("id=\"movement\""));
    assert!(!page.contains("id=\"categories\"") && !page.contains("id=\"codeline\""));
    let several = report(home.path(), "both.html", &["--coder", "ana,ben"]);
    assert!(several.contains("id=\"outcomes-ana\"") && several.contains("id=\"outcomes-ben\""));
}

#[test]
fn a_saved_view_is_a_part_of_a_report() {
    let home = sample();
    let rest = "    filter: \"actor:Estmark\",\n    view: \"matrix\",\n    rows: \"category\",\n";
    save_view(home.path(), "ben", 1, "What Estmark does", rest);
    let page = report(home.path(), "view.html", &["--coder", "ana", "--view", "What Estmark does"]);
    assert!(page.contains("id=\"view-1\"") && page.contains("What Estmark does"));
    assert!(page.contains("Filter: actor:Estmark"));
    assert!(!page.contains("id=\"outcomes\""));
}

#[test]
fn markdown_and_workbooks_hold_the_same_parts() {
    let home = sample();
    let text = report(home.path(), "report.md", &[]);
    let numbered = |prefix: &str| text.lines().filter(|line| line.starts_with(prefix)).count();
    assert_eq!((numbered("### Table "), numbered("### Figure ")), (13, 4));
    assert!(text.lines().any(|line| line.starts_with("[bars-1]: data:image/svg+xml,")));
    report(home.path(), "report.xlsx", &["--view", "asks"]);
    let file = fs::File::open(home.path().join("report.xlsx")).unwrap();
    let mut book = zip::ZipArchive::new(file).unwrap();
    let mut sheets = String::new();
    book.by_name("xl/workbook.xml").unwrap().read_to_string(&mut sheets).unwrap();
    for name in ["Method", "Table 1", "Table 3b", "Table 4", "Table 4b", "Table 5"] {
        assert!(sheets.contains(&format!("name=\"{name}\"")), "{name}");
    }
}

#[test]
fn wrong_usage_writes_nothing() {
    let home = sample();
    let wrong: [&[&str]; 5] = [
        &["report", "talks", "--output", "report.pdf"],
        &["report", "talks", "--output", "report"],
        &["report", "talks", "--output", "report.html", "--view", "matrx"],
        &["report", "talks", "--output", "report.html", "--filter", "foo:1"],
        &["report", "talks"],
    ];
    for args in wrong {
        assert_eq!(demarche(args, home.path()).0, 2, "{args:?}");
    }
    assert!(!home.path().join("report.html").exists());
}
