//! `demarche settle`: settles the differences between annotators by a rule.

use std::path::PathBuf;
use std::str::FromStr;

use serde::Serialize;

use super::Failure;
use super::common::EditableProject;
use super::documents::named_document;
use super::identity::Identity;
use super::terminal::{eprint_status, print_json};
use super::words::{settle as words, steps, usage};
use crate::analysis::differences::{BulkCount, BulkRule, BulkSettling, Threshold};
use crate::model::{AnnotatorId, DocumentId, Edit, PersonMatch, Project};
use crate::session::{Env, settle_by_rule};

/// Arguments of `demarche settle`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    #[command(flatten)]
    rule: Rule,
    /// Leave out what the rule finds untagged or rejected, instead of leaving it open
    #[arg(long)]
    leave_out: bool,
    /// Include documents in which one person alone has worked; what is taken there is marked as single
    #[arg(long)]
    single: bool,
    /// Include only documents that everyone who has worked on them has marked as done
    #[arg(long)]
    done: bool,
    /// The documents, by id or title [default: all]
    #[arg(long, value_name = "D1,D2…", value_delimiter = ',')]
    documents: Vec<String>,
    /// The annotators to compare, by id or name [default: everyone]
    #[arg(long, value_name = "A,B…", value_delimiter = ',')]
    annotators: Vec<String>,
    /// Count what would be settled, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Write the counts as JSON to standard output
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    identity: Identity,
}

/// The rule.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = false)]
struct Rule {
    /// Take what enough of those who have worked on a document agree on: a number such as 3, or a share such as 2/3 or 60%
    /// [default: more than half]
    #[arg(long, value_name = "VOTES", num_args = 0..=1, default_missing_value = "half")]
    majority: Option<Votes>,
    /// Take what one person has tagged
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// Take what a reviewer has accepted [default: any reviewer]
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    accepted: Option<String>,
}

/// A threshold, as it is typed.
#[derive(Clone, Copy, Debug)]
struct Votes(Threshold);

impl FromStr for Votes {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.trim().parse().ok().filter(|number| *number > 0_usize);
        let share =
            |(part, whole): (usize, usize)| (part <= whole).then_some(Threshold::Share { part, whole });
        let threshold = match (text, text.strip_suffix('%'), text.split_once('/')) {
            ("half", ..) => Some(Threshold::MoreThanHalf),
            (_, Some(percent), _) => number(percent).and_then(|percent| share((percent, 100))),
            (_, None, Some((part, whole))) => number(part).zip(number(whole)).and_then(share),
            (_, None, None) => number(text).map(Threshold::Votes),
        };
        threshold.map(Self).ok_or_else(words::wrong_votes)
    }
}

/// The numbers for scripts.
#[derive(Serialize)]
struct Report {
    taken: usize,
    single: usize,
    left_out: usize,
    open: Open,
    settled_before: usize,
    unfinished_documents: usize,
}

/// What stays open, and why.
#[derive(Serialize)]
struct Open {
    ties: usize,
    too_few_votes: usize,
    untagged: usize,
    not_decided: usize,
}

impl From<BulkCount> for Report {
    fn from(count: BulkCount) -> Self {
        Self {
            taken: count.taken,
            single: count.single,
            left_out: count.left_out,
            open: Open {
                ties: count.ties,
                too_few_votes: count.short,
                untagged: count.untagged,
                not_decided: count.silent,
            },
            settled_before: count.settled,
            unfinished_documents: count.unfinished,
        }
    }
}

/// Settles the differences, as one step of the history.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let mut editable = EditableProject::open(&args.project, &args.identity, args.dry_run)?;
    let project = &editable.loaded.project;
    let me = editable.who.clone();
    if project.is_unlisted(&me) {
        return Err(Failure::Usage(words::who_decides(project.annotators())));
    }
    if !project.may_adjudicate(&me) {
        return Err(anyhow::anyhow!("{}", words::not_an_adjudicator(project.name_of(&me))).into());
    }
    let people = match args.annotators.as_slice() {
        [] => project.coders(),
        names => names.iter().map(|name| person(project, name)).collect::<Result<_, _>>()?,
    };
    let settling = BulkSettling {
        rule: rule(project, &args.rule)?,
        leaves_out: args.leave_out,
        takes_single: args.single,
        only_done: args.done,
    };
    let documents = documents(project, &args.documents, &me)?;
    let (edits, count) = settle_by_rule((project, &Env::system(|| {})), &me, &people, &settling, &documents);
    if !args.dry_run && !edits.is_empty() {
        let applied = editable.loaded.project.apply(Edit::Batch(edits)).map_err(anyhow::Error::from)?;
        editable.save_step(steps::settle(count.taken, count.left_out), &applied.touched, &applied.inverse)?;
    }
    words::count(count, args.dry_run).iter().for_each(|line| eprint_status(line));
    if args.json {
        print_json(&Report::from(count))?;
    }
    let is_whole = editable.loaded.unread.is_empty();
    if is_whole { Ok(()) } else { Err(Failure::Reported) }
}

fn rule(project: &Project, rule: &Rule) -> Result<BulkRule, Failure> {
    Ok(match (&rule.majority, &rule.person, &rule.accepted) {
        (Some(Votes(threshold)), ..) => BulkRule::Majority(*threshold),
        (None, Some(name), _) => BulkRule::Person(person(project, name)?),
        (None, None, Some(name)) if !name.is_empty() => BulkRule::Accepted(Some(person(project, name)?)),
        (None, None, _) => BulkRule::Accepted(None),
    })
}

fn person(project: &Project, name: &str) -> Result<AnnotatorId, Failure> {
    let unlisted = project.unlisted_owners();
    match project.find_person(name.trim(), &unlisted) {
        PersonMatch::Known(id) => Ok(id),
        PersonMatch::Ambiguous(ids) => Err(Failure::Usage(usage::ambiguous_annotator(name, &ids))),
        PersonMatch::Near(_) | PersonMatch::New | PersonMatch::Invalid => {
            let listed = project.annotators().iter().map(|person| &person.id);
            let known = listed.chain(&unlisted).map(AnnotatorId::as_str);
            Err(Failure::Usage(usage::unknown_annotator(name, known)))
        }
    }
}

/// The documents with these ids or titles, or all, except those in which `me` works blind.
fn documents(project: &Project, names: &[String], me: &AnnotatorId) -> Result<Vec<DocumentId>, Failure> {
    let found = match names {
        [] => project.documents().iter().collect(),
        names => names.iter().map(|name| named_document(project, name)).collect::<Result<Vec<_>, _>>()?,
    };
    let others = project.coders();
    let is_open = |id: &DocumentId| others.iter().all(|other| project.may_see(me, id, other));
    Ok(found.into_iter().map(|document| document.id().clone()).filter(is_open).collect())
}
