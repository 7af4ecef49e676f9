//! The check of a whole project.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use super::analysis_notes;
use super::check_entries::{
    ReviewOf, decisions_on_nothing, layer_entries, names_missing_in_views, orphaned_memos, proposals,
};
use super::check_limits::limits;
use super::check_orphans::{
    files_of_nobody, history_of_nobody, not_recovered, refused_commits, stray_histories,
};
use super::checksums;
use super::context::Categories;
use super::folder::{FileKey, Folder};
use super::history::read_history;
use super::layer::LayerRead;
use super::listing::Listing;
use super::open::{read_files, read_project};
use super::original;
use super::packet::sent;
use super::project_file::ProjectRead;
use super::rebuild::lost_project_file;
use crate::words::project as words;
use crate::{IoError, Problem, ProblemKind};
use demarche_analysis::differences::{OtherDecision, contradictions, left_out};
use demarche_model::{
    AnnotatorId, DocumentId, DocumentMeta, LayerId, Link, LogEntry, Project, Review, SpanId,
};

/// Reads every file of a project and returns all problems, sorted by file and line. Changes nothing. A `project.ron`
/// that can't be read at all is the only problem then.
///
/// # Errors
/// There is no project, or one of its folders can't be listed.
pub fn check(folder: &Folder) -> Result<Vec<Problem>, IoError> {
    let read = match read_project(folder) {
        Err(IoError::Problem(problem)) => return Ok(vec![problem]),
        Err(IoError::NoProject(root)) => {
            return lost_project_file(folder).map(|lost| vec![lost]).ok_or(IoError::NoProject(root));
        }
        read => read?,
    };
    let listing = Listing::read(folder)?.with_people(&read.annotators);
    let mut run = Run { lists: read.problems.is_empty().then(|| read.lists()), ..Run::default() };
    let known = Categories::new(&read.codebook);
    // If the record of a category is damaged, spans with that category are not wrong.
    let categories = (!read.category_lost).then_some(&known);
    for (meta, _) in &read.documents {
        run.add_document(folder, &listing, categories, meta);
    }
    run.problems.extend(read.problems.iter().chain(&read.warnings).chain(&read.newer).cloned());
    run.add_orphans(&listing, &read);
    // A packet names its coder alone, and has what others say about their passages.
    let is_packet = sent(folder).is_some();
    run.add_unlisted(&listing, &read, is_packet);
    run.add_dangling(&read);
    let mut noted = Project::default();
    run.problems.extend(analysis_notes::load(folder, &listing, &mut noted).0);
    let (steps, problems) = read_history(folder)?;
    run.problems.extend(problems);
    run.problems.extend(limits(&read.documents, &listing));
    run.problems.extend(stray_histories(folder)?);
    run.problems.extend(not_recovered(folder));
    run.problems.extend(refused_commits(folder));
    run.add_decisions(&steps);
    if let Some(lists) = &run.lists {
        run.problems.extend(proposals(&run.reviews, lists));
        run.problems.extend(names_missing_in_views(folder, &noted, lists));
        run.problems.extend(orphaned_memos(&noted, lists));
        run.problems.extend(files_of_nobody(folder, &listing, lists)?);
        run.problems.extend(history_of_nobody(&steps, lists));
    }
    run.problems.sort();
    run.problems.dedup();
    Ok(run.problems)
}

#[derive(Default)]
struct Run {
    problems: Vec<Problem>,
    /// The layer file and the document of each span.
    spans: HashMap<SpanId, (PathBuf, DocumentId)>,
    links: Vec<(PathBuf, usize, DocumentId, Link)>,
    /// Documents with spans that could not be read, so that links to them can't be judged.
    unknown: HashSet<DocumentId>,
    reviews: Vec<ReviewOf>,
    /// Codebook, people, actors, issues and documents. `None` if a record of them is damaged: what it named is not missing.
    lists: Option<Project>,
}

impl Run {
    fn add_document(
        &mut self,
        folder: &Folder,
        listing: &Listing,
        categories: Option<&Categories<'_>>,
        meta: &DocumentMeta,
    ) {
        let id = &meta.id;
        self.problems.extend(original::check(folder, meta));
        let files = match read_files(folder, listing, categories, meta) {
            Ok(files) => files,
            Err(error) => {
                self.unknown.insert(id.clone());
                if let IoError::Problem(problem) = error {
                    self.problems.push(problem);
                }
                return;
            }
        };
        if !files.unreadable.is_empty() {
            self.unknown.insert(id.clone());
        }
        let known = |problem: &Problem| files.problems.iter().any(|known| known.file == problem.file);
        let changed = checksums::check(meta, &files.texts);
        self.problems.extend(changed.into_iter().filter(|problem| !known(problem)));
        self.problems.extend(files.problems);
        self.add_contradictions(id, &files.layers, &files.reviews);
        for (annotator, layer) in files.layers {
            let file = FileKey::Layer(LayerId::new(id, &annotator)).relative();
            if layer.detached.iter().any(|d| d.claim.is_none() && !d.link) {
                self.unknown.insert(id.clone());
            }
            self.problems.extend(self.lists.iter().flat_map(|lists| layer_entries(&file, &layer, lists)));
            for (span, line) in layer.lines {
                self.add_span(&file, span, line, id);
            }
            self.links.extend(layer.links.into_iter().map(|(l, line)| (file.clone(), line, id.clone(), l)));
        }
        self.reviews.extend(files.reviews.into_iter().map(|(who, review)| (id.clone(), who, review)));
    }

    /// Reports decisions of adjudicators that contradict each other, each pair once, at the line of the later one.
    fn add_contradictions(
        &mut self,
        document: &DocumentId,
        layers: &[(AnnotatorId, LayerRead)],
        reviews: &[(AnnotatorId, Review)],
    ) {
        let parts: Vec<&(AnnotatorId, LayerRead)> =
            layers.iter().filter(|(who, _)| who.is_consensus()).collect();
        let spans = || parts.iter().flat_map(|(_, layer)| &layer.spans).map(|span| &**span);
        let rejected = reviews.iter().filter(|(who, _)| who.is_consensus());
        let rejected = rejected.flat_map(|(_, review)| left_out(review.decisions.values())).collect();
        let place = |id: SpanId| {
            let (owner, layer) = parts.iter().find(|(_, layer)| layer.lines.contains_key(&id))?;
            let file = FileKey::Layer(LayerId::new(document, owner)).relative();
            Some((file, layer.lines.get(&id).copied()))
        };
        let mut seen = HashSet::new();
        for found in contradictions(spans(), &rejected) {
            if !seen.insert((found.span, found.with)) {
                continue;
            }
            let span = |id: SpanId| spans().find(|span| span.id == id);
            let message =
                words::contradiction(&found, span) + "; settle the passage again on the Compare screen";
            let at = match found.with {
                OtherDecision::Adopted(other) => place(found.span).max(place(other)),
                OtherDecision::LeftOut => place(found.span),
            };
            let Some((file, line)) = at else { continue };
            self.report(file, line, ProblemKind::AdjudicationConflict, message);
        }
    }

    fn add_span(&mut self, file: &PathBuf, span: SpanId, line: usize, document: &DocumentId) {
        match self.spans.get(&span) {
            Some((first, _)) if first != file => {
                let message = words::span_id_taken(first);
                self.report(file.clone(), Some(line), ProblemKind::DuplicateId, message);
            }
            _ => {
                self.spans.insert(span, (file.clone(), document.clone()));
            }
        }
    }

    fn add_orphans(&mut self, listing: &Listing, read: &ProjectRead) {
        for stray in listing.strays() {
            self.report(stray.clone(), None, ProblemKind::Orphan, words::stray_name());
        }
        for copy in listing.copies() {
            self.report(copy.clone(), None, ProblemKind::ConflictCopy, words::conflict_copy());
        }
        self.problems.extend(listing.specials());
        // If the record of a document is damaged, its files are not orphans.
        if read.document_lost {
            return;
        }
        let known: HashSet<&DocumentId> = read.documents.iter().map(|(meta, _)| &meta.id).collect();
        for document in listing.documents().filter(|document| !known.contains(document)) {
            for (key, _) in owned_files(listing, document) {
                self.report(key.relative(), None, ProblemKind::Orphan, words::orphan(document));
            }
        }
    }

    /// Reports the files of people who are missing from `project.ron`, unless a record there is damaged.
    fn add_unlisted(&mut self, listing: &Listing, read: &ProjectRead, is_packet: bool) {
        if read.annotator_lost {
            return;
        }
        let listed: HashSet<&AnnotatorId> = read.annotators.iter().map(|person| &person.id).collect();
        let documents = read.documents.iter().map(|(meta, _)| &meta.id);
        for (key, owner) in documents.flat_map(|document| owned_files(listing, document)) {
            let writer = owner.writer();
            let is_known = listed.contains(&writer) || (is_packet && matches!(key, FileKey::Review(..)));
            if !writer.is_consensus() && !is_known {
                let message = words::unlisted(&writer);
                self.report(key.relative(), None, ProblemKind::UnlistedAnnotator, message);
            }
        }
        for (owner, part) in listing.analysis_notes().filter(|(owner, _)| !listed.contains(owner)) {
            let file = FileKey::AnalysisNotes(owner.clone(), *part).relative();
            self.report(file, None, ProblemKind::UnlistedAnnotator, words::unlisted(owner));
        }
    }

    fn add_dangling(&mut self, read: &ProjectRead) {
        let known: HashSet<&DocumentId> = read.documents.iter().map(|(meta, _)| &meta.id).collect();
        for (file, line, document, link) in std::mem::take(&mut self.links) {
            let from = self.spans.get(&link.from);
            if from.is_none_or(|(home, _)| *home != file) && !self.unknown.contains(&document) {
                let message = words::link_without_start(link.from);
                self.report(file.clone(), Some(line), ProblemKind::DanglingLink, message);
            }
            let target = &link.to_document;
            let exists = self.spans.get(&link.to).is_some_and(|(_, home)| home == target);
            let is_unsure = self.unknown.contains(target) || (read.document_lost && !known.contains(target));
            if !exists && !is_unsure {
                let message = words::link_without_end(&document, link.to, target);
                self.report(file, Some(line), ProblemKind::DanglingLink, message);
            }
        }
    }

    fn add_decisions(&mut self, steps: &[LogEntry]) {
        let exists = |span: SpanId, document: &DocumentId| {
            self.spans.get(&span).is_some_and(|(_, home)| home == document)
        };
        let found = decisions_on_nothing(&self.reviews, exists, &self.unknown, steps);
        self.problems.extend(found);
    }

    fn report(&mut self, file: PathBuf, line: Option<usize>, kind: ProblemKind, message: String) {
        self.problems.push(Problem { file, line, kind, message });
    }
}

/// The layers and reviews of a document, with their owners.
fn owned_files<'a>(
    listing: &'a Listing,
    document: &'a DocumentId,
) -> impl Iterator<Item = (FileKey, &'a AnnotatorId)> {
    let layers = listing.annotators(document).map(|a| (FileKey::Layer(LayerId::new(document, a)), a));
    let reviews = listing.reviewers(document).map(|r| (FileKey::Review(document.clone(), r.clone()), r));
    layers.chain(reviews)
}
