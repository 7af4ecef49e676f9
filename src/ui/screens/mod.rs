//! The screens other than Annotate, and the switch in the menu bar. A new one needs a variant of [`Screen`], a command
//! `view.…` and a module here.

mod agreement;
mod analyse;
mod board;
mod compare;
mod rounds;
mod switch;

use egui::Ui;

use demarche_session::{Screen, Session};

use super::Settings;
use super::pages::Pages;
use super::panels::find_bar::FindBar;
use crate::requests::Requests;
use crate::sides::{Limits, Side, Sides};

use self::agreement::AgreementScreen;
use self::analyse::AnalyseScreen;
use self::board::BoardScreen;
use self::compare::CompareScreen;

pub use switch::{SWITCH, SWITCH_MENU, switch, switch_menu};

/// The state of the screens between frames.
#[derive(Default)]
pub struct Screens {
    compare: CompareScreen,
    agreement: AgreementScreen,
    analyse: AnalyseScreen,
    board: BoardScreen,
}

/// The state that all screens share.
pub struct Around<'a> {
    /// The text view of the open document.
    pub page: &'a mut Pages,
    /// The find bar.
    pub find: &'a mut FindBar,
    /// The settings of the program.
    pub settings: &'a mut Settings,
    /// The room of the side panels.
    pub sides: &'a mut Sides,
    /// The side panel that stays if both don't fit.
    pub preferred: Side,
}

impl Around<'_> {
    /// Divides the width of a screen. `has_right` says whether the screen has a right panel that can be closed.
    fn divide(&mut self, width: f32, limits: Limits, has_right: bool) -> Sides {
        let open = (self.settings.left_open, has_right && self.settings.right_open);
        *self.sides = Sides::new(width, limits, open, self.preferred);
        *self.sides
    }
}

impl Screens {
    /// Gives the keyboard to the filter of the Analyse screen.
    pub fn edit_filter(&mut self) {
        self.analyse.edit_filter();
    }

    /// Gives the keyboard to the demands and offers with possible answers.
    pub fn go_to_answers(&mut self) {
        self.analyse.go_to_answers();
    }

    /// Shows the current screen of the session, unless that is Annotate.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, around: &mut Around<'_>, requests: &mut Requests) {
        match session.screen() {
            Screen::Annotate => {}
            Screen::Compare => self.compare.ui(ui, session, around, requests),
            Screen::Agreement => self.agreement.ui(ui, session, around, requests),
            Screen::Board => self.board.ui(ui, session, requests),
            Screen::Analyse => self.analyse.ui(ui, session, around, requests),
        }
    }
}
