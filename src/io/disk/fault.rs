//! Faults that keep files from being written, by what the user can do about them.

use std::io::{self, ErrorKind};

/// A kind of fault that keeps files from being written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DiskFault {
    /// The disk is full.
    Full,
    /// The user may not take more room on the disk.
    Quota,
    /// The disk, or the share, can only be read.
    ReadOnly,
    /// The user lacks the permission.
    Denied,
    /// The folder of the project is gone.
    Gone,
    /// The drive or server does not answer.
    Unreachable,
    /// The medium can't be read or written.
    Broken,
    /// Any other fault.
    Other,
}

impl DiskFault {
    /// Returns the kind of an error of the operating system.
    pub(crate) fn of(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull => Self::Full,
            ErrorKind::QuotaExceeded => Self::Quota,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::PermissionDenied => Self::Denied,
            ErrorKind::StaleNetworkFileHandle
            | ErrorKind::NotConnected
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown
            | ErrorKind::TimedOut => Self::Unreachable,
            _ if is_of_medium(error) => Self::Broken,
            _ => Self::Other,
        }
    }
}

#[cfg(unix)]
fn is_of_medium(error: &io::Error) -> bool {
    let code = error.raw_os_error();
    code == Some(rustix::io::Errno::IO.raw_os_error()) || code == Some(rustix::io::Errno::NXIO.raw_os_error())
}

#[cfg(windows)]
fn is_of_medium(error: &io::Error) -> bool {
    // ERROR_CRC and ERROR_IO_DEVICE.
    matches!(error.raw_os_error(), Some(23 | 1117))
}

#[cfg(not(any(unix, windows)))]
fn is_of_medium(_: &io::Error) -> bool {
    false
}
