//! The screens beside Annotate, and the switch in the menu bar. To add one: a variant of [`Screen`], its command
//! `view.…`, and a module here.

mod agreement;
mod compare;
mod switch;

use egui::Ui;

use demarche_session::{Screen, Session};

use super::Settings;
use super::page::PageState;
use super::panels::find_bar::FindBar;
use crate::requests::Requests;

use self::agreement::AgreementScreen;
use self::compare::CompareScreen;

pub use switch::switch;

/// What the screens remember between frames.
#[derive(Default)]
pub struct Screens {
    compare: CompareScreen,
    agreement: AgreementScreen,
}

/// What all screens share.
pub struct Around<'a> {
    /// The text of the document that is shown.
    pub page: &'a mut PageState,
    /// The bar for finding words in it.
    pub find: &'a mut FindBar,
    /// What is remembered of the program.
    pub settings: &'a mut Settings,
}

impl Screens {
    /// Shows the screen that the session is at, unless that is Annotate.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, around: &mut Around<'_>, requests: &mut Requests) {
        match session.screen() {
            Screen::Annotate => {}
            Screen::Compare => self.compare.ui(ui, session, around, requests),
            Screen::Agreement => self.agreement.ui(ui, session, around, requests),
        }
    }
}
