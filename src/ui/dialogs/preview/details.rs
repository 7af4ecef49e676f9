//! The chosen file: what is known of it, how it was read, what was left out, and its text.

use egui::{RichText, Ui};

use super::ImportPreview;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets::{self, MetaFields};
use demarche_model::{DocumentId, DocumentMeta};
use demarche_session::{Candidate, CandidateContent, CandidateDocument, Preview, PreviewAction};

/// Size of the type of the text in points.
const TYPE: f32 = 14.0;

/// Encodings that are offered, by the names that browsers use.
const ENCODINGS: [&str; 16] = [
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1256",
    "KOI8-R",
    "GB18030",
    "Big5",
    "Shift_JIS",
    "EUC-JP",
    "EUC-KR",
    "ISO-8859-2",
];

/// Which candidate the fields are for: its number, its preview, and how it was read.
pub(super) type Of = (usize, u64, Option<String>);

impl ImportPreview {
    /// Shows the chosen file; says whether what stands in the fields can come in.
    pub(super) fn details(&mut self, ui: &mut Ui, preview: &Preview, requests: &mut Requests) -> bool {
        let Some(candidate) = preview.candidates().get(self.at) else { return true };
        match &candidate.content {
            CandidateContent::Failed(why) => {
                self.failed(ui, candidate, why, requests);
                true
            }
            CandidateContent::Document(found) => self.document(ui, preview, candidate, found, requests),
        }
    }

    fn failed(&mut self, ui: &mut Ui, candidate: &Candidate, why: &str, requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        ui.add_space(space::S);
        ui.label(RichText::new("This file can't be read").font(crate::theme::strong(size::INTERFACE)));
        ui.add_space(space::XS);
        ui.label(RichText::new(why).color(tokens.error));
        if let Some(path) = &candidate.path {
            ui.add_space(space::XS);
            widgets::weak(ui, path.display().to_string());
        }
        if candidate.asks_encoding() {
            ui.add_space(space::M);
            ui.horizontal(|ui| self.encoding(ui, candidate, "", requests));
        }
    }

    fn document(
        &mut self,
        ui: &mut Ui,
        preview: &Preview,
        candidate: &Candidate,
        found: &CandidateDocument,
        requests: &mut Requests,
    ) -> bool {
        let fits = self.fields(ui, preview, candidate, &found.imported.meta, requests);
        ui.add_space(space::XS);
        ui.horizontal(|ui| self.facts(ui, candidate, found, requests));
        left_out(ui, found);
        if let Some(title) = &found.existing {
            let said = format!("This file is here already, as “{title}”. Tick it to have it twice.");
            ui.label(RichText::new(said).size(size::SMALL).color(Tokens::of(ui).warning));
        }
        ui.add_space(space::XS);
        let tokens = Tokens::of(ui);
        let frame = egui::Frame::new().fill(tokens.page).stroke(egui::Stroke::new(1.0, tokens.line));
        frame.corner_radius(size::RADIUS).show(ui, |ui| {
            let imported = &found.imported;
            // Texts are told apart by what holds them; the id is of no matter here.
            self.reader.ui(ui, &DocumentId::new("preview"), &imported.text, &imported.anchors, TYPE);
        });
        fits
    }

    /// Title, date, author and source, to be mended. What is typed counts at once.
    fn fields(
        &mut self,
        ui: &mut Ui,
        preview: &Preview,
        candidate: &Candidate,
        meta: &DocumentMeta,
        requests: &mut Requests,
    ) -> bool {
        let of: Of = (self.at, preview.serial(), candidate.encoding.clone());
        let known = self.fields.take().filter(|(known, _)| *known == of);
        let (_, mut fields) = known.unwrap_or_else(|| (of.clone(), MetaFields::new(meta)));
        fields.ui_in_rows(ui);
        let applied = fields.applied_to(meta);
        self.fields = Some((of, fields));
        let fits = applied.is_some();
        if let Some(applied) = applied.filter(|applied| applied != meta) {
            requests.push(PreviewAction::SetMeta { at: self.at, meta: Box::new(applied) });
        }
        fits
    }

    /// How long it is, and the encoding that it was read in.
    fn facts(
        &mut self,
        ui: &mut Ui,
        candidate: &Candidate,
        found: &CandidateDocument,
        requests: &mut Requests,
    ) {
        let anchors = &found.imported.anchors;
        let mut facts = vec![widgets::plural(found.imported.text.characters(), "character")];
        for (count, noun) in [
            (anchors.pages().len(), "page"),
            (anchors.headings().len(), "heading"),
            (anchors.times().len(), "time"),
        ] {
            if count > 0 {
                facts.push(widgets::plural(count, noun));
            }
        }
        widgets::weak(ui, facts.join(" · "));
        if candidate.asks_encoding() {
            self.encoding(ui, candidate, &found.imported.meta.origin.encoding, requests);
        }
    }

    fn encoding(&mut self, ui: &mut Ui, candidate: &Candidate, read_as: &str, requests: &mut Requests) {
        let shown = match (&candidate.encoding, read_as) {
            (Some(chosen), _) => chosen.clone(),
            (None, "") => "Encoding…".to_owned(),
            (None, found) => found.to_owned(),
        };
        let mut wanted = None;
        widgets::combo(ui, "Encoding", RichText::new(shown).size(size::SMALL), 120.0, |ui| {
            if ui.selectable_label(candidate.encoding.is_none(), "Find it out").clicked() {
                wanted = Some(None);
            }
            for name in ENCODINGS {
                let chosen = candidate.encoding.as_deref() == Some(name);
                if ui.selectable_label(chosen, name).clicked() {
                    wanted = Some(Some(name.to_owned()));
                }
            }
        })
        .on_hover_text("The encoding of the file; choose another one where letters are wrong");
        if let Some(encoding) = wanted.filter(|wanted| *wanted != candidate.encoding) {
            requests.push(PreviewAction::ReadAgain { at: self.at, encoding });
        }
    }
}

/// What the file holds and the text does not.
fn left_out(ui: &mut Ui, found: &CandidateDocument) {
    if found.dropped.is_empty() {
        return;
    }
    let dropped = found.dropped.iter().map(|loss| format!("{} {}", widgets::count(loss.count), loss.name()));
    widgets::weak(ui, format!("Left out: {}", dropped.collect::<Vec<_>>().join(", ")));
}
