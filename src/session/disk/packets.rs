//! Packets: sent to one person or to all coders, and merged in one go when they have come back.

use std::path::{Path, PathBuf};

use demarche_analysis::merge_project::{LeftOut, MergePlan, OtherCopy, ProjectResolutions};
use demarche_io::IoError;
use demarche_io::project::{
    Other, coders_of, copies_at, documents_for, packet_name, part_for, person, read_other, write_packet,
};
use demarche_model::{Annotator, DocumentId, Edit, EditError, Project};

use super::merge_project::keep_originals;
use crate::words::{disk as disk_words, merge as words, not_done, steps};
use crate::{JobKind, Report, Session, Tone};

/// A packet that was read, to be merged with others.
struct ReadPacket {
    source: PathBuf,
    outcome: Outcome,
}

/// What came of reading a packet.
enum Outcome {
    /// It can't be read.
    Unreadable(IoError),
    /// The project can't take what it brings.
    Refused(EditError),
    /// It clashes with the project: someone has to decide, so that it has to be merged on its own.
    Clashes(usize),
    /// It can be merged.
    Mergeable(Box<(OtherCopy, MergePlan)>),
}

impl Session {
    /// Writes a packet for a person: the codebook, documents, and only their own layers. A new name is added to the
    /// project's annotators.
    pub(crate) fn write_packet(&mut self, name: &str, documents: Vec<DocumentId>, path: PathBuf) {
        if let Some(newer) = self.files.newer() {
            return self.notify_error(disk_words::newer(newer));
        }
        let name = name.trim().to_owned();
        if name.is_empty() || documents.is_empty() {
            return self.notify(words::packet_incomplete());
        }
        let who = person(&self.project, &name, || self.env.new_person_key());
        if self.project.annotator(&who.id).is_none() {
            let at = self.project.annotators().len();
            let to = Some((at, who.clone()));
            if !self.edit(steps::add_person(&name), Edit::SetAnnotator { id: who.id.clone(), to }) {
                return;
            }
        }
        self.read_then(move |session| session.pack(&who, documents, path));
    }

    fn pack(&mut self, who: &Annotator, documents: Vec<DocumentId>, path: PathBuf) {
        let part = part_for(&self.project, who, &documents);
        let (folder, name) = (self.files.folder().clone(), who.name.clone());
        self.jobs.start(JobKind::WritePacket, move |_| {
            let written = write_packet(&path, &part, &folder);
            Box::new(move |session: &mut Session| match written {
                Ok(()) => session.notify(words::packet_written(&name, &path)),
                Err(error) => session.notify_error(words::packet_not_written(&error)),
            })
        });
    }

    /// Writes a packet for each coder into a folder. A report says which were written.
    pub(crate) fn write_packets(&mut self, folder: PathBuf) {
        if let Some(newer) = self.files.newer() {
            return self.notify_error(disk_words::newer(newer));
        }
        let me = self.me.clone();
        self.read_then(move |session| {
            let project = session.project.clone();
            let coders = coders_of(&project).filter(|person| person.id != me);
            let coders: Vec<Annotator> = coders.cloned().collect();
            if coders.is_empty() {
                return session.notify(words::nobody_to_send_to());
            }
            let from = session.files.folder().clone();
            session.jobs.start(JobKind::WritePacket, move |_| {
                let write = |who: &Annotator| {
                    let documents = documents_for(&project, who);
                    let path = folder.join(packet_name(&project, who));
                    let written = write_packet(&path, &part_for(&project, who, &documents), &from);
                    (who.name.clone(), documents.len(), written)
                };
                let written: Vec<_> = coders.iter().map(write).collect();
                Box::new(move |session: &mut Session| {
                    session.show_report(report_of_sending(&written, folder))
                })
            });
        });
    }

    /// Merges copies of the project, or the packets in a folder. A single one is shown first; of several, each is a step, and
    /// one that can't be merged does not stop the others.
    pub(crate) fn start_merging(&mut self, sources: Vec<PathBuf>) {
        let sources: Vec<PathBuf> = sources.iter().flat_map(|source| copies_at(source)).collect();
        if let [one] = sources.as_slice() {
            return self.start_merge(one.clone());
        }
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        if sources.is_empty() {
            return self.notify(words::no_packets());
        }
        self.read_then(move |session| {
            let (ours, folder) = (session.project.clone(), session.files.folder().clone());
            let revision = ours.revision();
            session.jobs.start(JobKind::ReadOtherProject, move |_| {
                let mut ours = ours;
                let read = |source: &PathBuf| {
                    let outcome = read_packet(source, &mut ours, |copy, ours| {
                        keep_originals(&folder, source, ours, &copy.project);
                    });
                    ReadPacket { source: source.clone(), outcome }
                };
                let read: Vec<ReadPacket> = sources.iter().map(read).collect();
                Box::new(move |session: &mut Session| match session.project.revision() == revision {
                    true => session.merge_packets(read),
                    // The plans are for a project that has changed since.
                    false => session.start_merging(sources),
                })
            });
        });
    }

    /// Applies what was planned, each packet as a step, and shows what came of each.
    fn merge_packets(&mut self, packets: Vec<ReadPacket>) {
        let all = packets.len();
        let mut merged = 0;
        let mut lines = Vec::new();
        for ReadPacket { source, outcome } in packets {
            let name = source.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let (tone, text) = match outcome {
                Outcome::Unreadable(error) => (Tone::Error, error.to_string()),
                Outcome::Refused(error) => (Tone::Error, not_done(&error)),
                Outcome::Clashes(conflicts) => (Tone::Error, words::merge_alone(conflicts)),
                Outcome::Mergeable(read) => {
                    merged += 1;
                    self.merge_packet(&name, *read)
                }
            };
            lines.push((tone, words::of_packet(&name, &text)));
        }
        self.read_layers();
        self.show_report(Report { title: words::packets_merged(merged, all), lines, path: None });
    }

    fn merge_packet(&mut self, name: &str, (copy, plan): (OtherCopy, MergePlan)) -> (Tone, String) {
        let spans: usize = plan.layers.iter().map(|layer| layer.added + layer.changed + layer.removed).sum();
        let ignored = plan.left_out.iter().filter(|item| item.is_work()).count();
        let tone = if ignored > 0 || plan.contradictions > 0 { Tone::Error } else { Tone::Plain };
        if !plan.edits.is_empty() {
            self.project.admit_values_of(&copy.project);
            self.edit(steps::merge_project(Some(name)), Edit::Batch(plan.edits));
        }
        let left_out: Vec<String> =
            plan.left_out.iter().filter(|item| item.is_work()).map(LeftOut::to_string).collect();
        (tone, words::packet_merged(spans, plan.decisions, &left_out, plan.contradictions))
    }
}

/// Reads a packet, and plans its merge into `ours`, which then has what it brings, as the next packet needs it.
fn read_packet(source: &Path, ours: &mut Project, keep: impl FnOnce(&OtherCopy, &Project)) -> Outcome {
    let Other { copy, problems } = match read_other(source, ours) {
        Ok(other) => other,
        Err(error) => return Outcome::Unreadable(error),
    };
    let is_whole = copy.project.documents().iter().all(|d| d.is_loaded() && d.unreadable.is_empty());
    if let (false, Some(problem)) = (is_whole, problems.into_iter().next()) {
        return Outcome::Unreadable(IoError::Problem(problem));
    }
    let copy = copy.matching(ours);
    let plan = copy.plan(ours, &Default::default(), &ProjectResolutions::new());
    if !plan.conflicts.is_empty() {
        return Outcome::Clashes(plan.conflicts.len());
    }
    keep(&copy, ours);
    ours.admit_values_of(&copy.project);
    match ours.apply(Edit::Batch(plan.edits.clone())) {
        Ok(_) => Outcome::Mergeable(Box::new((copy, plan))),
        Err(error) => Outcome::Refused(error),
    }
}

fn report_of_sending(written: &[(String, usize, Result<(), IoError>)], folder: PathBuf) -> Report {
    let line = |(name, documents, result): &(String, usize, Result<(), IoError>)| match result {
        Ok(()) => (Tone::Plain, words::packet_for(name, *documents)),
        Err(error) => (Tone::Error, words::of_packet(name, &error.to_string())),
    };
    let done = written.iter().filter(|(.., result)| result.is_ok()).count();
    Report {
        title: words::packets_written(done, written.len()),
        lines: written.iter().map(line).collect(),
        path: Some(folder),
    }
}
