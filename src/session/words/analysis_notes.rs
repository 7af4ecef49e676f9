//! Saved views and memos.

pub(crate) fn name_taken(name: &str) -> String {
    format!("Not saved: you have a view called {name}. Choose another name.")
}

pub(crate) fn memo_too_long() -> String {
    "A memo holds at most 100,000 characters. Continue in the memo of another document or category."
        .to_owned()
}

pub(crate) fn memo_deleted() -> &'static str {
    "Memo deleted"
}
