//! What was done: the undo stack and the audit log.

pub(crate) mod audit_log;
pub(crate) mod undo;
