//! The values of a column with their frequencies, for lists to choose from.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use smol_str::SmolStr;

use demarche_model::{AnnotatorId, Progress, Project, Span, Stopped, Visibility};

use super::super::filtering::{AT_ONCE, OtherFilter};
use super::super::{JobKind, JobProgress, Session};
use super::column::{Column, OrderKey, Passage};
use super::filter::{DocumentParts, Narrowing, each_value};
use super::rows::starting_in;
use super::terms::without;

/// A value of a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValueCount {
    /// The key for a filter: an id, or the value itself; empty for no value.
    pub key: SmolStr,
    /// The name for people; empty for no value.
    pub name: String,
    /// Number of spans with this value, among those that match the filters of all other columns.
    pub count: usize,
}

/// The values of a column as they were counted last.
#[derive(Default)]
pub(super) struct ValueList {
    counted: Option<(Request, Vec<ValueCount>)>,
    running: Option<(Request, Arc<JobProgress>)>,
    failed: Option<Request>,
}

/// What values are counted for: a column, what narrows the other columns, and the state of the project.
#[derive(Clone, PartialEq, Debug)]
struct Request {
    column: Column,
    others: String,
    narrowing: Narrowing,
    visibility: Visibility,
    me: AnnotatorId,
    revision: u64,
    list_revision: u64,
}

impl Session {
    /// The values of a column among spans that match the filters of all other columns, in the column's sort order with
    /// empty ones last, as they were counted last. `None` until they are.
    pub fn passage_values(&self, column: &Column) -> Option<&[ValueCount]> {
        let (request, counted) = self.passages.values.counted.as_ref()?;
        (request.column == *column).then_some(counted.as_slice())
    }

    /// Returns whether the values of a column match the filters and the project, or a worker has failed to count them.
    pub fn values_are_fresh(&self, column: &Column) -> bool {
        let values = &self.passages.values;
        let counted = values.counted.as_ref().map(|(request, _)| request);
        let request = self.values_request(column);
        [counted, values.failed.as_ref()].into_iter().flatten().any(|known| *known == request)
    }

    fn values_request(&self, column: &Column) -> Request {
        let mut narrowing = self.passage_filter().clone();
        narrowing.clear(column);
        Request {
            column: column.clone(),
            others: without(self.filter(), column),
            narrowing: narrowing.narrowing(),
            visibility: self.passages.query.visibility.clone(),
            me: self.me.clone(),
            revision: self.project.revision(),
            list_revision: self.project.list_revision(),
        }
    }

    /// Counts the values of a column: at once in a small project, otherwise with a worker.
    pub(super) fn count_values(&mut self, column: &Column) {
        let request = self.values_request(column);
        let is_running =
            self.passages.values.running.as_ref().is_some_and(|(running, _)| *running == request);
        if is_running || self.values_are_fresh(column) {
            return;
        }
        let selected = self.passage_filter().values(column);
        let filter = self.other_filter(&request.others);
        if let Some((_, before)) = self.passages.values.running.take() {
            before.stop();
        }
        if self.totals().spans <= AT_ONCE {
            if let Ok(values) = counted(&self.project, &request, selected, &filter, &()) {
                self.passages.values.counted = Some((request, values));
            }
            return;
        }
        let (project, asked) = (self.project.clone(), request.clone());
        let progress = self.jobs.start(JobKind::CountValues, move |worker| {
            let progress = worker.progress();
            let found = worker.compute(|| counted(&project, &asked, selected, &filter, progress));
            Box::new(move |session: &mut Session| session.passages.values.end(asked, found))
        });
        self.passages.values.running = Some((request, progress));
    }

    pub(crate) fn give_up_counting_values(&mut self) {
        let values = &mut self.passages.values;
        values.failed = values.running.take().map(|(request, _)| request);
    }
}

impl ValueList {
    /// Stores what a worker has counted, unless something else was requested since.
    fn end(&mut self, request: Request, found: Result<Vec<ValueCount>, Stopped>) {
        if self.running.take_if(|(running, _)| *running == request).is_none() {
            return;
        }
        if let Ok(values) = found {
            self.counted = Some((request, values));
        }
    }
}

/// Counts the values of a column. Values that the column is filtered by are listed even if no span has them any more.
fn counted(
    project: &Project,
    request: &Request,
    selected: BTreeSet<SmolStr>,
    filter: &OtherFilter,
    progress: &dyn Progress,
) -> Result<Vec<ValueCount>, Stopped> {
    let spans = filter.passing(project, progress)?;
    let (column, prepared) = (&request.column, request.narrowing.prepared());
    let mut counts: HashMap<SmolStr, (usize, OrderKey, String)> = HashMap::new();
    for document in project.documents().iter().filter(|document| prepared.document(document.id())) {
        progress.check()?;
        let layers = document.layers.iter().map(|(annotator, layer)| (annotator, &**layer));
        for (annotator, layer) in request.visibility.filter(layers) {
            let parts = DocumentParts::from_document(document);
            let passing = spans.of_layer(document.id(), annotator);
            let passes = |span: &Span| passing.is_none_or(|passing| passing.holds(span.id));
            let is_counted = |span: &&Span| passes(span) && prepared.span(parts, annotator, span);
            for span in starting_in(layer, None).map(|span| &**span).filter(is_counted) {
                let passage = Passage { project, document, annotator, span };
                each_value(column, parts.meta, annotator, span, &mut |key| match counts.get_mut(key) {
                    Some((count, ..)) => *count += 1,
                    None => {
                        let (order, name) = order_and_name(column, &passage, key);
                        counts.insert(SmolStr::new(key), (1, order, name));
                    }
                });
            }
        }
    }
    for key in selected {
        counts.entry(key.clone()).or_insert_with(|| (0, OrderKey::Missing, key.to_string()));
    }
    let mut values: Vec<(OrderKey, ValueCount)> = counts
        .into_iter()
        .map(|(key, (count, order, name))| (order, ValueCount { key, name, count }))
        .collect();
    values.sort_by(|(a, left), (b, right)| (a, &left.name, &left.key).cmp(&(b, &right.name, &right.key)));
    Ok(values.into_iter().map(|(_, value)| value).collect())
}

/// The sort key and the name of a value.
fn order_and_name(column: &Column, passage: &Passage<'_>, key: &str) -> (OrderKey, String) {
    match column {
        // An attribute with several values has each of them in the list.
        Column::Attribute(_) if key.is_empty() => (OrderKey::Missing, String::new()),
        Column::Attribute(_) => {
            let whole = passage.text(column);
            let order = if whole == key { passage.key(column) } else { OrderKey::words(key) };
            (order, key.to_owned())
        }
        _ => (passage.group_key(column), passage.text(column)),
    }
}
