//! Reading a journal: the steps in it that the project's files may lack.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::folder::FileKey;
use super::super::history;
use super::file::Place;
use super::frame::Frames;
use super::wire::{FORMAT, WireKind, WireOwner, WirePart, WireSaved, WireStep, ids};
use crate::IoError;
use demarche_model::{AnnotatorId, LinkId, LogEntry, SpanId};

/// The unsaved steps of a journal, by the files that they set.
#[derive(Default)]
pub(super) struct Pending {
    parts: Vec<(u64, Set)>,
    /// Steps of the history by number, each with the last record that has it: a step may be extended.
    log: BTreeMap<usize, (u64, LogEntry)>,
    /// Whether the end of a file is damaged.
    pub torn: bool,
    /// Whether a file is in a format that this Demarche does not read, or is damaged before its end.
    pub unread: bool,
}

/// A change by a step.
pub(super) enum Set {
    /// `project.ron`, before and after.
    Project {
        base: Arc<str>,
        to: Arc<str>,
    },
    Layer(FileKey, LayerSet),
    Review(FileKey, String, Vec<SpanId>),
    /// A whole file.
    File(FileKey, String),
    /// A file that was removed.
    Gone(FileKey),
}

/// A change to a layer by a step.
pub(super) struct LayerSet {
    /// A layer file with the entries that were set.
    pub content: String,
    pub removed: Vec<SpanId>,
    pub removed_links: Vec<LinkId>,
    pub sets_status: bool,
    pub has_detached: bool,
    pub dropped: Vec<String>,
    pub context: Vec<SpanId>,
}

impl Set {
    fn key(&self) -> &FileKey {
        match self {
            Self::Project { .. } => &FileKey::Project,
            Self::Layer(key, _) | Self::Review(key, ..) | Self::File(key, _) | Self::Gone(key) => key,
        }
    }
}

impl Pending {
    /// Reads the journals of a person on this machine.
    ///
    /// # Errors
    /// A file can't be read.
    pub fn read(place: &Place) -> Result<Self, IoError> {
        let mut pending = Self::default();
        let mut known = ProjectTexts::default();
        for bytes in place.read()? {
            known = pending.read_file(&bytes, place, known);
        }
        Ok(pending)
    }

    /// Returns whether there is nothing to recover.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.log.is_empty()
    }

    /// The changes, in the order of the steps.
    pub fn parts(&self) -> impl Iterator<Item = &Set> {
        self.parts.iter().map(|(_, set)| set)
    }

    /// The steps of the history, by the person who made them.
    pub fn log(&self) -> BTreeMap<AnnotatorId, Vec<LogEntry>> {
        let mut log: BTreeMap<AnnotatorId, Vec<LogEntry>> = BTreeMap::new();
        for (_, entry) in self.log.values() {
            log.entry(entry.who.clone()).or_default().push(entry.clone());
        }
        log
    }

    /// Reads a file; `known` is `project.ron` as the file before it leaves it, which this one may continue. Returns it as this
    /// file leaves it.
    fn read_file(&mut self, bytes: &[u8], place: &Place, known: ProjectTexts) -> ProjectTexts {
        let mut frames = Frames::new(bytes);
        let owner = frames.next().and_then(parse_owner);
        let is_ours = |owner: &WireOwner| {
            owner.format == FORMAT && owner.person == place.person.as_str() && owner.machine == place.machine
        };
        match owner {
            None => {
                self.torn = true;
                self.unread |= frames.has_more();
                known
            }
            Some(owner) if !is_ours(&owner) => {
                self.unread = true;
                known
            }
            Some(_) => {
                let mut file = Reading { pending: self, known, last: 0 };
                let all = frames.by_ref().try_for_each(|payload| file.record(payload));
                let known = file.known;
                self.torn |= all.is_none() || frames.is_torn();
                self.unread |= frames.has_more();
                known
            }
        }
    }
}

/// Returns the owner of a journal, given its start.
pub(super) fn owner(start: &[u8]) -> Option<WireOwner> {
    Frames::new(start).next().and_then(parse_owner)
}

fn parse_owner(head: &str) -> Option<WireOwner> {
    ron::from_str(head).ok()
}

/// A journal that is being read.
struct Reading<'a> {
    pending: &'a mut Pending,
    known: ProjectTexts,
    last: u64,
}

/// `project.ron` as a journal has it.
#[derive(Default)]
struct ProjectTexts {
    /// The file that the first step comes from.
    base: Arc<str>,
    /// After the last step.
    now: Arc<str>,
}

impl Reading<'_> {
    /// Reads a record; `None` if it is damaged, or left over from before the journal was cut.
    fn record(&mut self, payload: &str) -> Option<()> {
        let (head, contents) = payload.split_once('\n')?;
        let step: WireStep = super::super::raw::options().from_str(head).ok()?;
        if step.seq < self.last {
            return None;
        }
        self.last = step.seq;
        if let Some(saved) = &step.saved {
            return self.saved(saved);
        }
        let (mut at, mut parts, mut log) = (0_usize, Vec::new(), Vec::new());
        for part in &step.parts {
            let content = contents.get(at..at.checked_add(part.bytes)?)?;
            at += part.bytes;
            match part.kind {
                WireKind::Log => {
                    let entry = history::parse_entry(content, &AnnotatorId::new(part.who.as_ref()?))?;
                    log.push((part.number, entry));
                }
                _ => parts.extend(self.part(part, content)?),
            }
        }
        self.pending.parts.extend(parts.into_iter().map(|set| (step.seq, set)));
        self.pending.log.extend(log.into_iter().map(|(number, entry)| (number, (step.seq, entry))));
        Some(())
    }

    fn part(&mut self, part: &WirePart, content: &str) -> Option<Option<Set>> {
        let key = part.file.as_ref()?.key()?;
        Some(Some(match part.kind {
            WireKind::Base => {
                self.known.base = content.into();
                self.known.now = content.into();
                return Some(None);
            }
            WireKind::Project => {
                let front = self.known.now.get(..part.front)?;
                let back = self.known.now.get(self.known.now.len().checked_sub(part.back)?..)?;
                self.known.now = format!("{front}{content}{back}").into();
                Set::Project { base: self.known.base.clone(), to: self.known.now.clone() }
            }
            WireKind::Layer => Set::Layer(
                key,
                LayerSet {
                    content: content.to_owned(),
                    removed: ids(&part.removed, SpanId)?,
                    removed_links: ids(&part.removed_links, LinkId)?,
                    sets_status: part.status,
                    has_detached: part.detached,
                    dropped: part.dropped.clone(),
                    context: ids(&part.context, SpanId)?,
                },
            ),
            WireKind::Review => Set::Review(key, content.to_owned(), ids(&part.removed, SpanId)?),
            WireKind::File => Set::File(key, content.to_owned()),
            WireKind::Gone => Set::Gone(key),
            WireKind::Log => return None,
        }))
    }

    /// Forgets the steps that were saved.
    fn saved(&mut self, saved: &WireSaved) -> Option<()> {
        let except: Vec<FileKey> = saved.except.iter().map(|file| file.key()).collect::<Option<_>>()?;
        let until = saved.until;
        if !except.contains(&FileKey::Project) {
            let last = self.pending.parts.iter().rev().find_map(|(seq, set)| match set {
                Set::Project { to, .. } if *seq <= until => Some(to.clone()),
                _ => None,
            });
            if let Some(last) = last {
                for (seq, set) in &mut self.pending.parts {
                    if let Set::Project { base, .. } = set
                        && *seq > until
                    {
                        *base = last.clone();
                    }
                }
                self.known.base = last;
            }
        }
        self.pending.parts.retain(|(seq, set)| *seq > until || except.contains(set.key()));
        self.pending.log.retain(|_, (seq, _)| *seq > until);
        Some(())
    }
}
