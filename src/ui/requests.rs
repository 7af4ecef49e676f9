//! What panels and dialogs ask for during a frame. They see the session read-only; the application carries their requests
//! out after the frame, in order.

use demarche_session::Action;

/// The requests of a frame, oldest first.
#[derive(Default, Debug)]
pub struct Requests(Vec<Action>);

impl Requests {
    /// Asks for something.
    pub fn push(&mut self, action: impl Into<Action>) {
        self.0.push(action.into());
    }

    /// The requests so far.
    pub fn iter(&self) -> impl Iterator<Item = &Action> {
        self.0.iter()
    }
}

impl<A: Into<Action>> Extend<A> for Requests {
    fn extend<I: IntoIterator<Item = A>>(&mut self, actions: I) {
        self.0.extend(actions.into_iter().map(Into::into));
    }
}

impl IntoIterator for Requests {
    type Item = Action;
    type IntoIter = std::vec::IntoIter<Action>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
