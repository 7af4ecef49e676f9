//! Import of Label Studio's JSON: what `export::label_studio` writes, and what Label Studio exports as JSON or JSON-MIN. The
//! labelling configuration is read as well, if it is next to the file as `config.xml` or as XML with the same name. Source:
//! <https://labelstud.io/guide/export>.
//!
//! Offsets are characters; older versions counted UTF-16 units. The quotes of regions show which, see [`settle`](super::placing::settle).

mod config;
mod results;

use super::importer::{Importer, Input};
use super::json::{self, At, Head, Json};
use super::{Draft, DraftDocument, DraftPerson};
use crate::IoError;
use crate::annotations::refusal::{DocumentFault, FileFault};
use crate::disk::outside;
use crate::loss::{Losses, TaskLoss};
use crate::words::disk::why_unread;
use config::Config;
use results::Results;

/// Label Studio's JSON.
pub(super) struct LabelStudio;

/// Greatest size of a configuration, in bytes.
const CONFIG: u64 = 4 << 20;

impl Importer for LabelStudio {
    fn name(&self) -> &'static str {
        "label-studio"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        let head = Head::new(head);
        // The same lists are in COCO, in doccano's older files and in exports of Hypothesis.
        let is_other = head.has_any(&["text", "images", "categories", "export_userid"]);
        let annotated = head.starts("annotations", b'[') && !is_other;
        let task = head.starts("data", b'{') || annotated || head.has("completions");
        // JSON-MIN: the data itself, and a list of regions under the name of each control.
        task || head.is_array && head.has_any(&["annotation_id", "lead_time"])
    }

    fn states_unit(&self) -> bool {
        false
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft = Draft::default();
        let config = match config_beside(input) {
            Some(Ok(config)) => config,
            Some(Err(why)) => {
                draft.problems.push(input.refused(None, FileFault::Configuration(why.to_string())));
                Config::default()
            }
            None => Config::default(),
        };
        let mut losses = Losses::default();
        json::records(input, &mut draft, &mut losses, |at, json, draft, losses| {
            task(at, &json, &config, draft, losses);
        });
        draft.codebook = config.codebook;
        draft.losses = losses.report();
        Ok(draft)
    }
}

/// Reads the configuration next to a file; `None` if there is none.
fn config_beside(input: &Input<'_>) -> Option<std::io::Result<Config>> {
    let candidates = [input.path.with_file_name("config.xml"), input.beside("xml")];
    let found = candidates.iter().find_map(|path| match outside::read_found(path, CONFIG) {
        Err(error) if error.is_missing() => None,
        read => Some(read),
    })?;
    let read = |bytes: Vec<u8>| {
        let decoded = input.decode(&bytes).map_err(std::io::Error::other)?;
        Config::read(&decoded.text).map_err(std::io::Error::other)
    };
    Some(found.map_err(|error| std::io::Error::other(why_unread(&error))).and_then(read))
}

fn task(at: At<'_>, json: &Json, config: &Config, draft: &mut Draft, losses: &mut Losses) {
    let data = json.get("data").filter(|data| data.is_object()).unwrap_or(json);
    let Some(text) = text_of(data, config) else {
        draft.problems.push(at.refused(DocumentFault::NoTaskText));
        return;
    };
    let mut document =
        DraftDocument { line: at.line, id: at.name(), text: text.to_owned(), ..DraftDocument::default() };
    document.record = json::id(json, "id");
    json::about(&mut document, data);
    losses.add(TaskLoss::Predictions, json::list(json, "predictions").len());
    let mut results = Results::new(at, config, document);
    let annotations = ["annotations", "completions"].iter().flat_map(|key| json::list(json, key));
    for (number, annotation) in annotations.enumerate() {
        if annotation.get("was_cancelled").and_then(Json::as_bool) == Some(true) {
            losses.add(TaskLoss::SkippedAnnotations, 1);
            continue;
        }
        let annotator = annotator(annotation, draft);
        results.annotation(
            number,
            json::list(annotation, "result"),
            annotator,
            json::time(annotation, "created_at"),
            losses,
        );
    }
    if json.get("annotations").is_none() && json.get("completions").is_none() {
        results.minimal(json, losses);
    }
    let Results { document, mut problems, .. } = results;
    draft.problems.append(&mut problems);
    draft.documents.push(document);
}

/// Endings of pictures and sounds.
const MEDIA: [&str; 12] =
    [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".wav", ".mp3", ".mp4", ".pdf"];

/// Returns the text of a task: under the key in the configuration, then `text`, then the longest text that is not the
/// location of a picture or a sound.
fn text_of<'a>(data: &'a Json, config: &Config) -> Option<&'a str> {
    let is_place = |text: &str| {
        let lower = text.to_lowercase();
        let is_path = text.contains("://") || text.starts_with('/') || text.starts_with("data:");
        let is_file = MEDIA.iter().any(|ending| lower.ends_with(ending));
        (is_path || is_file) && !text.contains(char::is_whitespace)
    };
    let at = |key: &str| data.get(key).and_then(Json::as_str);
    let longest = || {
        let texts =
            data.as_object()?.iter().filter_map(|(_, json)| json.as_str()).filter(|text| !is_place(text));
        texts.max_by_key(|text| text.len())
    };
    config.text.as_deref().and_then(at).or_else(|| at("text")).or_else(longest)
}

/// Returns the annotator of an annotation: our own field, or the email or number of the user.
fn annotator(annotation: &Json, draft: &mut Draft) -> Option<String> {
    if let Some(own) = json::text(annotation, "annotator") {
        return Some(own);
    }
    let by = annotation.get("completed_by").filter(|by| !by.is_null())?;
    if !by.is_object() {
        return Some(by.as_str().map_or_else(|| format!("user {by}"), str::to_owned));
    }
    let number = || json::id(by, "id").map(|id| format!("user {id}"));
    let id = json::text(by, "email").or_else(|| json::text(by, "username")).or_else(number)?;
    let names: Vec<String> =
        ["first_name", "last_name"].iter().filter_map(|key| json::text(by, key)).collect();
    if !names.is_empty() && draft.people.iter().all(|person| person.id != id) {
        draft.people.push(DraftPerson { id: id.clone(), name: names.join(" "), colour: None });
    }
    Some(id)
}
