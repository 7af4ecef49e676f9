//! The requests of panels and dialogs during a frame. They see the session read-only; the application carries out their
//! requests after the frame, in order.

use crate::commands::{
    CommandId, CopyCommand, DialogCommand, FocusCommand, ImportCommand, ProgramCommand, SettingCommand,
    WindowCommand,
};
use demarche_session::Action;

/// A request of a panel or dialog.
#[derive(Clone, PartialEq, Debug)]
pub enum Request {
    /// A change of the session.
    Action(Action),
    /// A command of the table, if it can run now.
    Command(CommandId),
    /// Something that only the window can do.
    Window(WindowCommand),
}

impl<A: Into<Action>> From<A> for Request {
    fn from(action: A) -> Self {
        Self::Action(action.into())
    }
}

impl From<CommandId> for Request {
    fn from(id: CommandId) -> Self {
        Self::Command(id)
    }
}

impl From<WindowCommand> for Request {
    fn from(command: WindowCommand) -> Self {
        Self::Window(command)
    }
}

/// Converts the commands of a subject into requests.
macro_rules! from_subject {
    ($($subject:ident($command:ty)),* $(,)?) => {$(
        impl From<$command> for Request {
            fn from(command: $command) -> Self {
                Self::Window(WindowCommand::$subject(command))
            }
        }
    )*};
}

from_subject!(
    Program(ProgramCommand),
    Import(ImportCommand),
    Dialog(DialogCommand),
    Focus(FocusCommand),
    Copy(CopyCommand),
    Set(SettingCommand),
);

/// The requests of a frame, oldest first.
#[derive(Default, Debug)]
pub struct Requests(Vec<Request>);

impl Requests {
    /// Returns whether nothing is requested.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a request.
    pub fn push(&mut self, request: impl Into<Request>) {
        self.0.push(request.into());
    }
}

impl<R: Into<Request>> Extend<R> for Requests {
    fn extend<I: IntoIterator<Item = R>>(&mut self, requests: I) {
        self.0.extend(requests.into_iter().map(Into::into));
    }
}

impl IntoIterator for Requests {
    type Item = Request;
    type IntoIter = std::vec::IntoIter<Request>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
