//! Carries out what panels ask for, and what happens between two frames.

use std::time::Duration;

use demarche_analysis::summary::ProjectSummary;
use demarche_model::AnnotatorId;

use super::{Action, PassageFilter, Screen, Session, Shown, Tone, commands};

/// Seconds that a message in passing stays.
const MESSAGE_S: i64 = 8;

/// Longest that [`Session::finish_jobs`] waits for one result.
const PATIENCE: Duration = Duration::from_secs(60);

impl Session {
    /// Carries out a wish of a panel.
    pub fn perform(&mut self, action: Action) {
        match action {
            Action::Run(id) => self.run(id),
            Action::OpenDocument(id) => self.open_document(&id),
            Action::Select(selection) => self.select(selection),
            Action::Pick(None) => self.let_go(),
            Action::Pick(Some(at)) if self.screen == Screen::Compare => self.stand_at(at),
            Action::Pick(Some(at)) => {
                self.choose_one();
                self.place.picked = Some(at).filter(|at| self.project.span(at).is_some())
            }
            Action::GoTo(at) => self.go_to(&at),
            Action::GoToRange(document, range) => self.go_to_range(&document, range),
            Action::GoToPlace(at) => self.go_to_place(at),
            Action::Tag(category) | Action::TagAlso(category) if self.screen == Screen::Compare => {
                self.draw_anew(&category);
            }
            Action::Tag(category) => self.tag(&category),
            Action::TagAlso(category) => self.tag_also(&category),
            Action::TagEvery { query, scope, category } => self.tag_every(query, scope, category),
            Action::SetBounds { at, index, to } => self.set_bounds(&at, index, to),
            Action::Choose(spans) => self.choose(spans),
            Action::ChooseAlso(at) => self.choose_also(at),
            Action::SetCategory { at, category } => self.set_categories(&at, &category),
            Action::SetNote { at, note } => self.set_note(&at, note),
            Action::SetAttribute { at, attribute, to } => self.set_attributes(&at, attribute, to),
            Action::Remove(at) => self.remove_spans(&at),
            Action::StartLink(at) => self.start_link(at),
            Action::LinkTo { to, kind } => self.link_to(&to, kind),
            Action::DrawLink { from, to } => self.draw_link(&from, &to),
            Action::EndLinking => {
                self.end_linking();
            }
            Action::Link { from, to, kind } => self.link(&from, &to, kind),
            Action::Unlink { layer, id } => self.unlink(&layer, id),
            Action::Repair { document, key } => self.repair(&document, key),
            Action::Discard { document, key } => self.discard(&document, key),
            other => self.perform_on_project(other),
        }
    }

    /// The wishes that concern the project and the window rather than spans.
    fn perform_on_project(&mut self, action: Action) {
        match action {
            Action::SetStatus(document, status) => self.set_status(&document, status),
            Action::SetMeta(meta) => self.set_meta(*meta),
            Action::MergeElsewhere(layer) => self.merge_elsewhere(&layer),
            Action::StartMerge(path) => self.start_merge(path),
            Action::DecideMerge(spot, side) => self.decide_merge(spot, side),
            Action::FinishMerge => self.finish_merge(),
            Action::EndMerge => self.end_merge(),
            Action::WritePacket { name, documents, path } => self.write_packet(&name, documents, path),
            Action::MergeCopy(path) => self.merge_copy(&path),
            Action::RemoveDocument(id) => self.remove_document(&id),
            Action::CompareText(id, source) => self.prepare_update(&id, source),
            Action::UpdateText(decided) => self.apply_update(decided),
            Action::DropUpdate => self.drop_update(),
            Action::PlaceWaiting { document, places } => self.place_waiting(&document, places),
            Action::Codebook(change) => self.change_codebook(change),
            Action::SetName(name) => self.set_name(name),
            Action::Show(shown) => self.show(shown),
            Action::BeAnnotator { name } => self.be_annotator(&name),
            Action::Review(action) => self.perform_review(action),
            Action::Compare(wish) => self.compare(wish),
            Action::Filter(filter) => self.filter_passages(filter),
            Action::Arrange(arrangement) => {
                self.passages.arrange(&self.project, arrangement);
                self.sort_passages();
            }
            Action::CloseGroup { group, closed } => self.passages.close(group, closed),
            Action::Agreement(wish) => self.wish_agreement(wish),
            Action::Find(query) => self.find_in_document(query),
            Action::FindEverywhere(query) => self.find_everywhere(query),
            Action::EndFind => self.end_find(),
            Action::Preview(wish) => self.preview_wish(wish),
            Action::Import(paths) => self.import(paths),
            Action::ImportText(text) => self.import_text(text),
            Action::Export(request) => self.export(request),
            Action::ReadHistory => self.read_log(),
            Action::ExportHistory { path, who, document } => self.export_log(path, who, document),
            Action::ExportCodebook { format, path } => self.export_codebook(format, path),
            Action::DismissNotice(serial) => self.dismiss_notice(serial),
            Action::DismissReport => self.dismiss_report(),
            Action::CancelJobs => self.jobs.running().iter().for_each(|progress| progress.stop()),
            Action::Ask(ask) => self.ask(ask),
            _ => {}
        }
    }

    /// Chooses what the passages table shows.
    pub(super) fn filter_passages(&mut self, filter: PassageFilter) {
        self.passages.choose(&self.project, filter, self.sight());
        self.sort_passages();
    }

    /// Runs a command, or says why it can't be run now.
    pub fn run(&mut self, id: &str) {
        let Some(command) = commands::find(id) else { return };
        match (command.enabled)(self) {
            Err(why) => self.notify(why),
            Ok(()) => match command.run {
                commands::Run::Do(run) => run(self),
                commands::Run::Ask(ask) => self.ask(ask),
            },
        }
    }

    /// Chooses whose layers are shown and counted.
    pub fn show(&mut self, shown: Shown) {
        self.shown = shown;
        let sight = self.sight();
        self.stats = ProjectSummary::new(&self.project, sight.clone());
        let filter = self.passages.filter().clone();
        self.passages.choose(&self.project, filter, sight);
        self.sort_passages();
    }

    /// Whose layers are shown; `None` for everybody's.
    pub fn annotators_shown(&self) -> Option<Vec<AnnotatorId>> {
        match &self.shown {
            Shown::Mine => Some(vec![self.me.clone()]),
            Shown::Everyone => None,
            Shown::One(one) => Some(vec![one.clone()]),
        }
    }

    /// Takes in what jobs have brought, and saves by itself when it is time. Called once a frame.
    pub fn tick(&mut self) {
        while let Some(done) = self.jobs.poll(None) {
            done(self);
        }
        self.follow_disk();
        let now = self.env.now();
        self.notices.retain(|notice| notice.tone == Tone::Error || now.0 - notice.at.0 < MESSAGE_S);
        self.refresh_queue();
        self.autosave();
        self.refresh_comparison();
        self.tick_agreement();
    }

    /// Waits for one result of a job, and takes it in.
    pub(super) fn wait_for_result(&mut self) {
        if let Some(done) = self.jobs.poll(Some(PATIENCE)) {
            done(self);
        }
    }

    /// Waits until no job runs any more. For the command line and for tests.
    pub fn finish_jobs(&mut self) {
        while !self.jobs.running().is_empty() {
            let Some(done) = self.jobs.poll(Some(PATIENCE)) else { return };
            done(self);
        }
        self.tick();
    }
}
