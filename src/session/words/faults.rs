//! Faults of the disk, the journal and the clock.

use std::path::Path;

use demarche_io::disk::DiskFault;
use demarche_io::project::format_time;
use demarche_model::Stamp;

use crate::save_fault::{Kept, SaveFault, Unwritten};

/// What can't be saved, what to do, and where it is kept.
pub(crate) fn save(fault: &SaveFault, kept: &Kept, project: &Path) -> String {
    let unwritten = match fault.unwritten {
        Unwritten::Work => "your changes are not saved",
        Unwritten::History => "the history lacks your latest steps, though everything else is saved",
    };
    let what = match fault.disk {
        DiskFault::Other => format!("{}: {}.", capitalised(unwritten), fault.why),
        _ => format!("{}, so {unwritten}. {}", capitalised(&short(fault)), remedy(fault)),
    };
    format!("{what} Saving is tried again every 15 seconds, and on Ctrl+S. {}", keeping(kept, project))
}

/// The reason in a few words.
pub(crate) fn short(fault: &SaveFault) -> String {
    let short = match fault.disk {
        DiskFault::Full => "the disk is full",
        DiskFault::Quota => "your share of the disk is used up",
        DiskFault::ReadOnly => "the disk can only be read",
        DiskFault::Denied => "you may not write to the project",
        DiskFault::Gone => "the folder of the project is gone",
        DiskFault::Unreachable => "the drive does not answer",
        DiskFault::Broken => "the disk reports an error",
        DiskFault::Other => &fault.why,
    };
    short.to_owned()
}

/// What to do.
fn remedy(fault: &SaveFault) -> String {
    let remedy = match fault.disk {
        DiskFault::Full => "Make room on it.",
        DiskFault::Quota => "Delete files of yours there, or ask for more room.",
        DiskFault::ReadOnly => "Make it writable.",
        DiskFault::Denied => return format!("Have the permission given back ({}).", fault.why),
        DiskFault::Gone => "Move it back, connect its drive, or save the project in another folder.",
        DiskFault::Unreachable => "Check the connection.",
        DiskFault::Broken => "Check the disk, and copy the project to another one.",
        DiskFault::Other => "",
    };
    remedy.to_owned()
}

/// Where changes are that can't be saved, with the path last.
fn keeping(kept: &Kept, project: &Path) -> String {
    let project = project.display();
    match kept {
        Kept::InProject => format!("Your changes are kept in the project’s journal: {project}"),
        Kept::OnThisComputer(path) => format!(
            "Your changes are kept in a journal on this computer: {} (project: {project})",
            path.display()
        ),
        Kept::InMemory => format!("Keep this window open: your changes are nowhere else: {project}"),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

pub(crate) fn panicked() -> &'static str {
    "a defect in Demarche ended the last attempt"
}

/// A journal that can’t be written.
pub(crate) fn journal(why: &str) -> String {
    format!(
        "Changes can’t be kept as you make them. They are saved within ten seconds; if the program ends before that, they \
         are lost. The reason: {why}"
    )
}

/// A clock that shows an earlier time than that of the latest step.
pub(crate) fn clock(latest: Stamp) -> String {
    let latest = format_time(latest).replace('T', " ");
    format!(
        "The clock of this computer was set back: your latest change was made at {} UTC, which is later than now. New \
         changes get earlier times; check the date and the time.",
        latest.get(..16).unwrap_or(&latest)
    )
}
