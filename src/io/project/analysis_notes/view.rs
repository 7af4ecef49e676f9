//! A saved view: one file, with a line for each setting that is not as the view starts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use smol_str::SmolStr;

use super::super::compose::{File, joined, string};
use super::super::format::FileKind;
use super::super::owner::{check_writer, notes_file};
use super::super::source::Source;
use super::Owner;
use crate::Problem;
use crate::words::analysis_notes as words;
use demarche_model::{AnalysisNotes, CategoryId, NodePlace, PersonKey, SavedView, ViewId, ViewKind};

/// Reads a saved view.
///
/// # Errors
/// The file can't be read.
pub(super) fn read(
    source: &str,
    file: &Path,
    id: ViewId,
    writer: Owner<'_>,
) -> Result<AnalysisNotes, Problem> {
    let mut source = Source::new(source, file, FileKind::View)?;
    check_writer(&mut source, writer)?;
    let name_line = source.line_of("name");
    let name: String = source.required("name")?;
    if name.trim().is_empty() {
        return Err(source.problem(name_line, words::empty_name()));
    }
    let kind_line = source.line_of("view");
    let code: String = source.required("view")?;
    let kind = ViewKind::from_code(&code);
    let kind = kind.ok_or_else(|| source.problem(kind_line, words::unknown_view(&code)))?;
    let (weights_line, nodes_line) = (source.line_of("weights"), source.line_of("nodes"));
    let code = |source: &mut Source<'_>, field| {
        source.optional::<String>(field).map(|code| code.map(SmolStr::from).filter(|code| !code.is_empty()))
    };
    let view = SavedView {
        id,
        name,
        filter: source.optional("filter")?.unwrap_or_default(),
        kind,
        rows: code(&mut source, "rows")?,
        columns: code(&mut source, "columns")?,
        measure: code(&mut source, "measure")?,
        scale: code(&mut source, "scale")?,
        weights: map(&mut source, "weights", |id: String| CategoryId::new(id), |weight: f64| weight)?,
        bin: code(&mut source, "bin")?,
        chips: map(&mut source, "chips", |chip: String| chip.into(), |value: String| value.into())?,
        nodes: map(&mut source, "nodes", |actor: String| actor, |(x, y)| NodePlace { x, y })?,
    };
    if !view.is_finite() {
        let is_weight = view.weights.values().any(|weight| !weight.is_finite());
        let line = if is_weight { weights_line } else { nodes_line };
        return Err(source.problem(line, words::not_a_number()));
    }
    source.finish()?;
    Ok(AnalysisNotes { views: BTreeMap::from([(id, Arc::new(view))]), ..AnalysisNotes::default() })
}

fn map<K: Ord, V, WireV: serde::de::DeserializeOwned>(
    source: &mut Source<'_>,
    field: &str,
    key: impl Fn(String) -> K,
    value: impl Fn(WireV) -> V,
) -> Result<BTreeMap<K, V>, Problem> {
    let wire: Option<BTreeMap<String, WireV>> = source.optional(field)?;
    Ok(wire.unwrap_or_default().into_iter().map(|(k, v)| (key(k), value(v))).collect())
}

/// Returns the text of a saved view.
pub(super) fn compose(view: &SavedView, key: Option<PersonKey>) -> String {
    let mut file = notes_file(key);
    file.text("name", &view.name);
    text_if_any(&mut file, "filter", &view.filter);
    file.text("view", view.kind.code());
    let before = [("rows", &view.rows), ("columns", &view.columns), ("measure", &view.measure)];
    for (field, code) in before.into_iter().chain([("scale", &view.scale)]) {
        text_if_any(&mut file, field, code.as_deref().unwrap_or_default());
    }
    write_map(&mut file, "weights", &view.weights, CategoryId::as_str, |out, weight| {
        let _ = write!(out, "{weight:?}");
    });
    text_if_any(&mut file, "bin", view.bin.as_deref().unwrap_or_default());
    write_map(&mut file, "chips", &view.chips, SmolStr::as_str, |out, value| string(out, value));
    write_map(&mut file, "nodes", &view.nodes, String::as_str, |out, place| {
        let _ = write!(out, "({:?}, {:?})", place.x, place.y);
    });
    file.finish()
}

fn text_if_any(file: &mut File, field: &str, text: &str) {
    if !text.is_empty() {
        file.text(field, text);
    }
}

fn write_map<K, V>(
    file: &mut File,
    field: &str,
    map: &BTreeMap<K, V>,
    key: impl Fn(&K) -> &str,
    write: impl Fn(&mut String, &V),
) {
    if map.is_empty() {
        return;
    }
    file.plain(field, |out| {
        joined(out, ['{', '}'], map, |out, (k, v)| {
            string(out, key(k));
            out.push_str(": ");
            write(out, v);
        });
    });
}
