//! Making many files durable at once. Syncing them one by one costs a write to the medium each. Where the system can,
//! they are all synced by one call; otherwise by several threads, whose waits the file system combines.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Mutex;

use super::{Disk, DiskError};

/// Number of files up to which files are synced individually. Above it, the whole file system is synced, although that
/// also waits for what other programs have written.
pub(super) const AT_ONCE: usize = 16;

/// File systems on which `syncfs` is known to wait until everything is on the medium, by magic number: ext2 to ext4,
/// XFS, Btrfs, F2FS, bcachefs, overlayfs and tmpfs. Those of servers and other programs (NFS, CIFS, FUSE) may only pass
/// the data on.
#[cfg(target_os = "linux")]
const SYNCED_AT_ONCE: [u64; 7] =
    [0xEF53, 0x5846_5342, 0x9123_683E, 0xF2F5_2010, 0xCA45_1A4E, 0x794C_7630, 0x0102_1994];

/// Waits until everything on the file system of an open folder is durable. Returns false if the file system can't be
/// relied on for that.
#[cfg(target_os = "linux")]
pub(super) fn sync_file_system(folder: &rustix::fd::OwnedFd) -> Result<bool, DiskError> {
    let system = rustix::fs::fstatfs(folder).map_err(std::io::Error::from)?;
    let is_reliable = u64::try_from(system.f_type).is_ok_and(|magic| SYNCED_AT_ONCE.contains(&magic));
    if is_reliable {
        rustix::fs::syncfs(folder).map_err(std::io::Error::from)?;
    }
    Ok(is_reliable)
}

#[cfg(all(unix, not(target_os = "linux")))]
pub(super) fn sync_file_system(_: &rustix::fd::OwnedFd) -> Result<bool, DiskError> {
    Ok(false)
}

/// Waits until each of these files and folders is durable, several at a time.
pub(super) fn sync_each(disk: &dyn Disk, files: &[PathBuf], folders: &[PathBuf]) -> Result<(), DiskError> {
    in_parallel(files, |file| disk.sync_file(file))?;
    in_parallel(folders, |folder| match disk.sync_folder(folder) {
        // Some network shares can't sync a folder; the files themselves are safe there.
        Err(DiskError::System(error))
            if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) =>
        {
            Ok(())
        }
        synced => synced,
    })
}

/// Calls a function with each path, several at a time. Returns the first error, after which no more calls are started.
fn in_parallel(
    paths: &[PathBuf],
    work: impl Fn(&PathBuf) -> Result<(), DiskError> + Sync,
) -> Result<(), DiskError> {
    if let [only] = paths {
        return work(only);
    }
    let next = Mutex::new((paths.iter(), Ok(())));
    let take = || next.lock().ok().and_then(|mut next| next.0.next());
    std::thread::scope(|scope| {
        for _ in 0..paths.len().min(AT_ONCE) {
            scope.spawn(|| {
                while let Some(path) = take() {
                    if let (Err(error), Ok(mut next)) = (work(path), next.lock()) {
                        next.0 = [].iter();
                        if next.1.is_ok() {
                            next.1 = Err(error);
                        }
                    }
                }
            });
        }
    });
    next.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).1
}
