//! Saved views.

pub(crate) fn name_taken(name: &str) -> String {
    format!("Not saved: you have a view called {name}. Choose another name.")
}
