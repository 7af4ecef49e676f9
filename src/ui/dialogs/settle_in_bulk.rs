//! Settling differences by a rule, with a count of what it would settle.

use egui::{DragValue, Ui};

use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::{common, settle_in_bulk as words};
use demarche_analysis::differences::{BulkCount, BulkRule, BulkSettling, Threshold};
use demarche_model::{AnnotatorId, Role};
use demarche_session::{BulkRequest, BulkScope, CompareAction, Session};

/// Width of the menus, in points.
const MENU: f32 = 200.0;

/// The thresholds of a majority on offer. The last one is followed by a field for the number.
const THRESHOLDS: [Threshold; 5] = [
    Threshold::MoreThanHalf,
    Threshold::Share { part: 2, whole: 3 },
    Threshold::Share { part: 3, whole: 4 },
    Threshold::Share { part: 1, whole: 1 },
    Threshold::Votes(2),
];

/// The form for a rule.
pub struct BulkForm {
    kind: RuleKind,
    threshold: Threshold,
    person: Option<AnnotatorId>,
    reviewer: Option<AnnotatorId>,
    request: BulkRequest,
    /// The request that was counted last, with the revision of the project.
    counted: Option<(BulkRequest, u64)>,
}

/// A kind of rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RuleKind {
    Majority,
    Person,
    Accepted,
}

impl BulkForm {
    /// A form for the majority, over the chosen documents if there are several, or over all.
    pub fn new(session: &Session) -> Self {
        let settling = BulkSettling {
            rule: BulkRule::Majority(Threshold::default()),
            leaves_out: false,
            takes_single: false,
            only_done: false,
        };
        let several = session.document_list().chosen().len() > 1;
        let scope = if several { BulkScope::Chosen } else { BulkScope::All };
        Self {
            kind: RuleKind::Majority,
            threshold: Threshold::default(),
            person: session.compared_people().into_iter().next(),
            reviewer: None,
            request: BulkRequest { settling, scope },
            counted: None,
        }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, words::title());
        widgets::weak(ui, words::hint());
        ui.add_space(space::S);
        super::form(ui, |ui| {
            widgets::caption(ui, words::rule());
            self.rules(ui, session);
            ui.add_space(space::S);
            widgets::caption(ui, words::options());
            self.options(ui);
            ui.add_space(space::S);
            widgets::caption(ui, words::documents());
            self.scopes(ui, session);
        });
        let request = self.request();
        let count = self.count(ui, session, &request, requests);
        let is_ready = count.is_some_and(|count| count.decided() > 0);
        match super::buttons(ui, words::confirm(), is_ready) {
            Some(Answer::Confirm) => {
                requests.push(CompareAction::SettleInBulk(request));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn request(&self) -> BulkRequest {
        let rule = match (self.kind, &self.person) {
            (RuleKind::Person, Some(person)) => BulkRule::Person(person.clone()),
            (RuleKind::Accepted, _) => BulkRule::Accepted(self.reviewer.clone()),
            (RuleKind::Majority | RuleKind::Person, _) => BulkRule::Majority(self.threshold),
        };
        let settling = BulkSettling { rule, ..self.request.settling.clone() };
        BulkRequest { settling, ..self.request }
    }

    fn rules(&mut self, ui: &mut Ui, session: &Session) {
        ui.horizontal(|ui| {
            ui.radio_value(&mut self.kind, RuleKind::Majority, words::majority());
            if self.kind == RuleKind::Majority {
                self.thresholds(ui);
            }
        });
        ui.horizontal(|ui| {
            ui.radio_value(&mut self.kind, RuleKind::Person, words::person());
            if self.kind == RuleKind::Person {
                let people = session.compared_people();
                person_menu(ui, session, words::people(), None, &people, &mut self.person);
            }
        });
        ui.horizontal(|ui| {
            ui.radio_value(&mut self.kind, RuleKind::Accepted, words::accepted());
            if self.kind == RuleKind::Accepted {
                let any = Some(words::any_reviewer());
                person_menu(ui, session, words::reviewers(), any, &reviewers(session), &mut self.reviewer);
            }
        });
    }

    fn thresholds(&mut self, ui: &mut Ui) {
        let current = words::threshold_name(self.threshold);
        widgets::combo(ui, words::threshold(), current, MENU, |ui| {
            for threshold in THRESHOLDS {
                let name = words::threshold_name(threshold);
                if ui.selectable_label(words::threshold_name(self.threshold) == name, name).clicked() {
                    self.threshold = threshold;
                }
            }
        });
        if let Threshold::Votes(votes) = &mut self.threshold {
            ui.add(DragValue::new(votes).range(1..=99)).on_hover_text(words::votes());
        }
    }

    fn options(&mut self, ui: &mut Ui) {
        let settling = &mut self.request.settling;
        for (value, name, hint) in [
            (&mut settling.leaves_out, words::leave_out(), words::leave_out_hint()),
            (&mut settling.takes_single, words::single(), words::single_hint()),
            (&mut settling.only_done, words::only_done(), words::only_done_hint()),
        ] {
            ui.checkbox(value, name).on_hover_text(hint);
        }
    }

    fn scopes(&mut self, ui: &mut Ui, session: &Session) {
        let chosen = session.document_list().chosen().len();
        let scope = &mut self.request.scope;
        ui.horizontal_wrapped(|ui| {
            ui.radio_value(scope, BulkScope::All, words::all_documents());
            ui.radio_value(scope, BulkScope::Document, words::this_document());
            if chosen > 0 {
                ui.radio_value(scope, BulkScope::Chosen, words::chosen_documents(chosen));
            }
        });
    }

    /// Shows what a request would settle. Asks for the count once for each state of the project.
    fn count(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        request: &BulkRequest,
        requests: &mut Requests,
    ) -> Option<BulkCount> {
        ui.add_space(space::S);
        let count = session.bulk_count(request);
        let Some(count) = count else {
            let wanted = Some((request.clone(), session.project().revision()));
            // While another count runs, this one has to wait for it.
            if self.counted != wanted || !session.is_counting_bulk() {
                self.counted = wanted;
                requests.push(CompareAction::CountBulk(request.clone()));
            }
            ui.label(words::counting());
            return None;
        };
        ui.label(if count.decided() > 0 { words::decided(count) } else { words::nothing().to_owned() });
        let open = [
            (count.ties, words::ties()),
            (count.short, words::short()),
            (count.untagged, words::untagged()),
            (count.silent, words::silent()),
        ];
        for (passages, why) in open.into_iter().filter(|(passages, _)| *passages > 0) {
            widgets::weak(ui, words::open(passages, why));
        }
        if count.settled > 0 {
            widgets::weak(ui, words::settled(count.settled));
        }
        if count.unfinished > 0 {
            widgets::weak(ui, words::unfinished(count.unfinished));
        }
        Some(count)
    }
}

/// Those who may decide on passages of others: reviewers and leads, or everyone if there are none.
fn reviewers(session: &Session) -> Vec<AnnotatorId> {
    let people = session.project().annotators();
    let has_reviewers = people.iter().any(|person| person.role > Role::Annotator);
    let may = people.iter().filter(|person| !has_reviewers || person.role > Role::Annotator);
    may.map(|person| person.id.clone()).collect()
}

/// Shows a menu of people. `any` is the name of the choice of none of them, if there is one.
fn person_menu(
    ui: &mut Ui,
    session: &Session,
    name: &str,
    any: Option<&str>,
    people: &[AnnotatorId],
    chosen: &mut Option<AnnotatorId>,
) {
    let project = session.project();
    let current =
        chosen.as_ref().map_or(any.unwrap_or(common::choose()), |id| project.name_of(id)).to_owned();
    widgets::combo(ui, name, current, MENU, |ui| {
        if let Some(any) = any
            && ui.selectable_label(chosen.is_none(), any).clicked()
        {
            *chosen = None;
        }
        for id in people {
            if ui.selectable_label(chosen.as_ref() == Some(id), project.name_of(id)).clicked() {
                *chosen = Some(id.clone());
            }
        }
    });
}
