//! How fast formats of labelled spans go out and come in: `cargo bench --bench formats`, or
//! `cargo bench --bench formats -- brat qdpx` for some of them, `-- brat-pair` for the large pair. Prints Markdown tables.
//!
//! The project has 100 documents of 10 kB with 1,000 passages each, of two people, half of them with attributes. An export
//! counts as done when it has been read back and compared, so that is in its time; what writing alone takes stands beside
//! it. An import reads the files, places what they hold in an empty project, and applies it; saving is not in. Each figure
//! is the median of some runs. The load of the machine disturbs the CPU time (of all threads) less than the clock.

#[path = "support/measure.rs"]
#[allow(dead_code)]
mod measure;
#[path = "support/tagged.rs"]
mod tagged;

use std::fs;
use std::path::Path;
use std::time::Duration;

use demarche::io::IoError;
use demarche::io::annotations::{Fresh, NameChoices, SpanOwner};
use demarche::io::documents::Reader;
use demarche::io::export::{Exporter, FolderOut, Scope, export_to_path, exporters};
use demarche::io::import::{Files, ImportRequest, import};
use demarche::model::{AnnotatorId, Edit, Project, Stamp};
use measure::Cost;
use uuid::Uuid;

/// Seconds that an export may take, and an import, and that of the large pair.
const FLOORS: (f64, f64, f64) = (1.0, 2.0, 1.5);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|argument| argument == name);
    let runs = std::env::var("RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(5);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{cores} cores, load {}, medians of {runs} runs: CPU / clock\n", load());
    println!("| format | written alone | export, read back | import | size |\n|---|---|---|---|---|");
    let project = tagged::project(100, 10_000, 1000);
    for exporter in exporters().iter().filter(|exporter| wanted(exporter.info().name)) {
        row(*exporter, &project, runs);
    }
    if wanted("brat-pair") {
        pair(runs);
    }
    println!("\nload {}", load());
}

/// Load of the machine over the last minute.
fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

fn row(exporter: Exporter<'_>, project: &Project, runs: usize) {
    let info = exporter.info();
    let scope = Scope::everything(project);
    let alone = median(runs, || write_nowhere(exporter, &scope));
    let folder = tempfile::tempdir().expect("a folder");
    let ending = if exporter.is_folder() { String::new() } else { format!(".{}", info.extension) };
    let path = folder.path().join(format!("export{ending}"));
    let mut told = String::new();
    let export = median(runs, || {
        let exported = export_to_path(exporter, &scope, &path).expect("exported");
        told = exported.read_back.map(|back| back.to_string()).unwrap_or_default();
    });
    let imported = exporter.imports().then(|| median(runs, || import_path(project, &path)));
    let size = size(&path) as f64 / 1e6;
    let imported = imported.map(|cost| shown(cost, FLOORS.1)).unwrap_or_default();
    let export = shown(export, FLOORS.0);
    println!("| {} | {} | {export} | {imported} | {size:.1} MB |", info.name, plain(alone));
    eprintln!("    {}: {told}", info.name);
}

/// A 10 MB text with 100,000 passages, as brat has it.
fn pair(runs: usize) {
    let project = tagged::project(1, 10_000_000, 100_000);
    let folder = tempfile::tempdir().expect("a folder");
    let brat = exporters().iter().find(|exporter| exporter.info().name == "brat").expect("brat");
    let mut scope = Scope::everything(&project);
    scope.annotators = Some(vec!["ana".into()]);
    export_to_path(*brat, &scope, folder.path()).expect("exported");
    let cost = median(runs, || import_path(&project, folder.path()));
    println!("| brat, one pair of 10 MB with 100,000 passages | | | {} | |", shown(cost, FLOORS.2));
}

fn write_nowhere(exporter: Exporter<'_>, scope: &Scope<'_>) {
    struct Nowhere;
    impl FolderOut for Nowhere {
        fn file(&mut self, _: &str, _: &[u8]) -> Result<(), IoError> {
            Ok(())
        }
    }
    match exporter {
        Exporter::File(format) => format.write(scope, &mut std::io::sink()),
        Exporter::Folder(format) => format.write(scope, &mut Nowhere),
    }
    .expect("written");
}

/// Imports a file or folder into a project with the same lists and no document.
fn import_path(like: &Project, path: &Path) {
    let mut project = tagged::emptied(like);
    let me = AnnotatorId::new("ana");
    let mut last = 0;
    let mut ids = || {
        last += 1;
        Uuid::from_u128(last)
    };
    let fresh = Fresh { ids: &mut ids, now: Stamp(0) };
    let request = ImportRequest {
        encoding: None,
        documents: Vec::new(),
        labelled: &Files::at(&[path.to_owned()], None).labelled,
        format: None,
        reader: &Reader::in_process(),
        owner: SpanOwner::Unsigned(&me),
        names: &NameChoices::default(),
        originals: None,
    };
    let imported = import(&project, request, fresh, &()).expect("imported");
    assert!(imported.labelled.spans > 0, "nothing was imported from {}", path.display());
    project.apply(Edit::Batch(imported.edits)).expect("applied");
}

fn median(runs: usize, mut work: impl FnMut()) -> Cost {
    let mut costs: Vec<Cost> = (0..runs).map(|_| Cost::of(&mut work).0).collect();
    let middle = |costs: &mut Vec<Cost>, of: fn(&Cost) -> Duration| {
        costs.sort_unstable_by_key(of);
        of(&costs[costs.len() / 2])
    };
    Cost {
        thread: middle(&mut costs, |cost| cost.thread),
        process: middle(&mut costs, |cost| cost.process),
        clock: middle(&mut costs, |cost| cost.clock),
    }
}

fn plain(cost: Cost) -> String {
    format!("{:.2} / {:.2} s", cost.process.as_secs_f64(), cost.clock.as_secs_f64())
}

fn shown(cost: Cost, floor: f64) -> String {
    let missed = if cost.clock.as_secs_f64() < floor { "" } else { " **missed**" };
    format!("{}{missed}", plain(cost))
}

fn size(path: &Path) -> u64 {
    if path.is_dir() {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        return entries.map(|entry| size(&entry.path())).sum();
    }
    fs::metadata(path).map_or(0, |file| file.len())
}
