//! The possible answers of a marked demand or offer: linking one, dismissing it, opening it.

use demarche_analysis::bargain::{Ask, AskKind, AskState, PassageIndex};
use demarche_model::{AnnotatorId, AnswerPair, LinkKindId, SpanRef};

use super::ReadingFound;
use crate::words::analyse as words;
use crate::{AnalysisNotesAction, NavigateAction, Screen, Session};

/// A demand or offer that the user has marked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct MarkedAsk {
    /// The coder of its reading.
    pub coder: Option<AnnotatorId>,
    /// Its first passage.
    pub ask: SpanRef,
    /// The possible answer that is marked, by its position.
    pub answer: usize,
}

/// The marked demand or offer with its possible answers.
#[derive(Clone, PartialEq, Debug)]
pub struct PossibleAnswers {
    /// Its first passage.
    pub ask: SpanRef,
    /// Its kind.
    pub kind: AskKind,
    /// Its outcome by the answers that are linked.
    pub state: AskState,
    /// The answers that are linked to it. While there is one, no other is possible.
    pub linked: Vec<SpanRef>,
    /// The moves that may answer it, the nearest first.
    pub answers: Vec<PossibleAnswer>,
    /// The one that is marked, by its position.
    pub marked: usize,
}

/// A move that may answer the marked demand or offer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PossibleAnswer {
    /// The passage.
    pub span: SpanRef,
    /// True if it is uncertain that it was made later.
    pub is_order_uncertain: bool,
}

/// A possible answer that a person has dismissed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DismissedAnswer {
    /// The first passage of the demand or offer.
    pub ask: SpanRef,
    /// The passage that is no answer.
    pub answer: SpanRef,
    /// The pair to restore, if the user has dismissed it; what others have dismissed, only they can restore.
    pub mine: Option<AnswerPair>,
}

impl PossibleAnswers {
    fn of(reading: &ReadingFound, ask: &Ask, marked: usize) -> Self {
        let answers = ask.candidates.iter().map(|candidate| PossibleAnswer {
            span: reading.moves.span_ref(candidate.passage),
            is_order_uncertain: candidate.is_order_uncertain,
        });
        Self {
            ask: reading.moves.span_ref(ask.id()),
            kind: ask.kind,
            state: ask.state,
            marked: marked.min(ask.candidates.len().saturating_sub(1)),
            linked: ask.answers.iter().map(|answer| reading.moves.span_ref(answer.passage)).collect(),
            answers: answers.collect(),
        }
    }

    /// The possible answer that is marked.
    pub fn answer(&self) -> Option<&PossibleAnswer> {
        self.answers.get(self.marked)
    }
}

impl Session {
    /// The marked demand or offer with its possible answers, as they were computed last.
    pub fn possible_answers(&self) -> Option<PossibleAnswers> {
        let marked = self.analyse.marked_ask.as_ref()?;
        let result = self.analyse.result()?;
        let reading = result.readings.iter().find(|reading| reading.coder == marked.coder)?;
        let index = reading.moves.find(&marked.ask.layer.document, marked.ask.span)?;
        let ask = reading.ledger.ask(index)?;
        Some(PossibleAnswers::of(reading, ask, marked.answer))
    }

    /// The pairs of a listed demand or offer and a possible answer that were dismissed. Looks them up: not for every row.
    pub fn dismissed_answers(&self) -> Vec<DismissedAnswer> {
        let Some(result) = self.analyse.result() else { return Vec::new() };
        let mine = self.project.analysis_notes_of(&self.me).map(|notes| &notes.dismissed);
        let of_reading = |reading: &ReadingFound| {
            let pair = |(ask, answer): &(PassageIndex, PassageIndex)| {
                let answer = reading.moves.span_ref(*answer);
                let chain = reading.ledger.ask(*ask).map_or(&[][..], |ask| ask.chain.as_slice());
                let mut pairs = chain
                    .iter()
                    .map(|member| AnswerPair { ask: reading.moves.get(*member).span, answer: answer.span });
                DismissedAnswer {
                    ask: reading.moves.span_ref(*ask),
                    mine: pairs.find(|pair| mine.is_some_and(|mine| mine.contains(pair))),
                    answer,
                }
            };
            reading.listed_asks.dismissed.iter().map(pair).collect::<Vec<_>>()
        };
        result.readings.iter().flat_map(of_reading).collect()
    }

    /// The reason why the user can't link a passage as an answer.
    pub fn answer_refusal(&self, answer: &SpanRef) -> Option<String> {
        let owner = &answer.layer.annotator;
        if self.read_only().is_some() {
            return Some(words::read_only().to_owned());
        }
        if self.answer_kind().is_none() {
            return Some(words::no_answer_kind().to_owned());
        }
        if self.may_edit(owner) {
            return None;
        }
        Some(match owner.is_consensus() {
            true => words::passage_of_consensus().to_owned(),
            false => words::passage_of(self.project.name_of(owner)),
        })
    }

    /// Links the marked possible answer to the marked demand or offer, in one step that can be undone.
    pub fn link_answer(&mut self) {
        let Some((ask, answer)) = self.marked_pair() else { return };
        match (self.answer_refusal(&answer), self.answer_kind()) {
            (Some(reason), _) => self.notify(reason),
            (None, Some(kind)) => self.link(&answer, &ask, kind),
            (None, None) => {}
        }
    }

    /// Dismisses the marked possible answer, in one step that can be undone.
    pub fn dismiss_marked_answer(&mut self) {
        let Some((ask, answer)) = self.marked_pair() else { return };
        let pair = AnswerPair { ask: ask.span, answer: answer.span };
        self.perform_analysis_notes(AnalysisNotesAction::Dismiss(pair));
    }

    /// Shows the marked possible answer in its text.
    pub fn open_marked_answer(&mut self) {
        let Some((_, answer)) = self.marked_pair() else { return };
        self.show_screen(Screen::Annotate);
        self.perform(NavigateAction::GoTo(answer));
    }

    pub(super) fn mark_ask(&mut self, reading: usize, passage: PassageIndex) {
        let found = self.analyse.result().and_then(|result| result.readings.get(reading));
        let marked = found.map(|reading| MarkedAsk {
            coder: reading.coder.clone(),
            ask: reading.moves.span_ref(passage),
            answer: 0,
        });
        let is_same = |before: &MarkedAsk| Some(&before.ask) == marked.as_ref().map(|marked| &marked.ask);
        if !self.analyse.marked_ask.as_ref().is_some_and(is_same) {
            self.analyse.marked_ask = marked;
        }
    }

    /// The first kind of link that answers.
    fn answer_kind(&self) -> Option<LinkKindId> {
        let mut kinds = self.project.codebook().link_kinds.iter();
        kinds.find(|kind| kind.is_answer()).map(|kind| kind.id.clone())
    }

    fn marked_pair(&self) -> Option<(SpanRef, SpanRef)> {
        let answers = self.possible_answers()?;
        let answer = answers.answer()?.span.clone();
        Some((answers.ask, answer))
    }
}
