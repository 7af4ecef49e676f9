//! The pages of the PDF that a document was imported from: drawn by jobs, kept for a while, and the places of passages on
//! them.

mod areas;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use demarche_io::documents::pages::{DrawnPage, PageError, PlacedText};
use demarche_io::project::{PDF, kept_ending, read_original};
use demarche_model::{Document, Origin, TextId, Unfinished};
use thiserror::Error;

use crate::{Env, JobKind, JobProgress, Session, WindowRequest};

pub use areas::{PageArea, areas};

/// Greatest size of the pictures that are kept, in bytes.
const KEPT: usize = 96 << 20;

/// Asks for pages of an original.
#[derive(Clone, PartialEq, Debug)]
pub enum OriginalAction {
    /// Draws a page. Only the latest wish is carried out.
    Draw(PageWish),
    /// Forgets why a page could not be drawn, so that it is tried again.
    Retry,
    /// Opens the original of the open document in its own program.
    Open,
}

/// The original of a document, as the project has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Original {
    /// The project has no copy of a PDF.
    NotKept,
    /// The text was not imported from a PDF, and the project has no copy of anything else.
    NoPdf,
    /// The copy has no pages that can be drawn.
    NotPdf,
    /// A PDF.
    Pdf(KeptPdf),
}

/// A PDF that the project has a copy of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptPdf {
    /// The version of the text that was imported from it.
    pub text: TextId,
    /// The file.
    pub origin: Origin,
}

impl KeptPdf {
    fn is(&self, other: &Self) -> bool {
        self.origin.whole_sha256() == other.origin.whole_sha256()
    }
}

/// A page to draw.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageWish {
    /// The file.
    pub pdf: KeptPdf,
    /// The index of the page, from 0.
    pub page: usize,
    /// The width of the picture in pixels.
    pub width_px: u32,
}

impl PageWish {
    fn is(&self, other: &Self) -> bool {
        self.is_page(&other.pdf, other.page) && self.width_px == other.width_px
    }

    fn is_page(&self, pdf: &KeptPdf, page: usize) -> bool {
        self.page == page && self.pdf.is(pdf)
    }
}

/// The reason why a page is not shown.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum PageFault {
    /// The page can't be drawn.
    #[error(transparent)]
    NotDrawn(#[from] PageError),
    /// The copy can't be read.
    #[error("{0}")]
    NotRead(String),
    /// The user has stopped it.
    #[error("drawing was stopped")]
    Stopped,
}

/// The drawn pages.
#[derive(Default)]
pub struct OriginalPages {
    /// The latest used last.
    drawn: Vec<(PageWish, Arc<DrawnPage>)>,
    running: Option<(PageWish, Arc<JobProgress>)>,
    fault: Option<(PageWish, PageFault)>,
    /// The words of the file that was shown last, with their places; none while they are being looked for, or if the
    /// file can't be read.
    placed: Option<(KeptPdf, Option<Arc<PlacedText>>)>,
}

impl OriginalPages {
    /// The picture of a page: of the width that was asked for, or the last one of another width.
    pub fn drawn(&self, wish: &PageWish) -> Option<&Arc<DrawnPage>> {
        let exact = self.drawn.iter().find(|(of, _)| of.is(wish));
        let found = exact.or_else(|| self.drawn.iter().rfind(|(of, _)| of.is_page(&wish.pdf, wish.page)));
        found.map(|(_, page)| page)
    }

    /// Returns whether a picture of exactly this width has been drawn, is being drawn, or can't be drawn.
    pub fn is_answered(&self, wish: &PageWish) -> bool {
        self.drawn.iter().any(|(of, _)| of.is(wish))
            || self.running.as_ref().is_some_and(|(of, _)| of.is(wish))
            || self.fault(wish).is_some()
    }

    /// The reason why a page is not drawn.
    pub fn fault(&self, wish: &PageWish) -> Option<&PageFault> {
        let (of, fault) = self.fault.as_ref()?;
        of.is_page(&wish.pdf, wish.page).then_some(fault)
    }

    /// The number of pages of a file; `None` until one of them has been drawn.
    pub fn count(&self, pdf: &KeptPdf) -> Option<usize> {
        let drawn = self.drawn.iter().rfind(|(of, _)| of.pdf.is(pdf)).map(|(_, page)| page.pages);
        drawn.or_else(|| match self.fault.as_ref()? {
            (of, PageFault::NotDrawn(PageError::NoSuchPage { pages, .. })) if of.pdf.is(pdf) => Some(*pages),
            _ => None,
        })
    }

    /// The words of a file with their places, once they are known.
    pub fn placed(&self, pdf: &KeptPdf) -> Option<&Arc<PlacedText>> {
        let (of, placed) = self.placed.as_ref()?;
        placed.as_ref().filter(|_| of.is(pdf))
    }

    /// Gives up a page whose drawing has panicked.
    pub(crate) fn give_up(&mut self) {
        if let Some((wish, _)) = self.running.take() {
            self.fault = Some((wish, PageFault::NotDrawn(PageError::Damaged)));
        }
    }

    /// Takes in the result of a job, unless something else has been asked for since. Returns whether it was wanted.
    fn finish(&mut self, wish: PageWish, result: Result<DrawnPage, PageFault>) -> bool {
        if self.running.take_if(|(of, _)| *of == wish).is_none() {
            return false;
        }
        match result {
            Ok(page) => {
                self.drawn.push((wish, Arc::new(page)));
                let size = |drawn: &[(PageWish, Arc<DrawnPage>)]| -> usize {
                    drawn.iter().map(|(_, page)| page.rgba.len()).sum()
                };
                while self.drawn.len() > 1 && size(&self.drawn) > KEPT {
                    self.drawn.remove(0);
                }
            }
            Err(fault) => self.fault = Some((wish, fault)),
        }
        true
    }
}

impl Session {
    /// The drawn pages of originals.
    pub fn original_pages(&self) -> &OriginalPages {
        &self.original_pages
    }

    /// The original of a document: of the current version of its text, or the latest one that has a PDF.
    pub fn original_of(&self, document: &Document) -> Original {
        let texts: Vec<TextId> = document.meta.text_ids().collect();
        let kept = texts.iter().rev().filter_map(|text| {
            let origin = document.meta.origin_of(text.version)?;
            (!origin.kept.is_empty()).then(|| KeptPdf { text: text.clone(), origin: origin.clone() })
        });
        let is_pdf = |text: &TextId| {
            let origin = document.meta.origin_of(text.version);
            origin.is_some_and(|origin| kept_ending(Path::new(&origin.file_name)) == PDF)
        };
        let mut original = if texts.iter().any(is_pdf) { Original::NotKept } else { Original::NoPdf };
        for kept in kept {
            if kept.origin.kept == PDF {
                return Original::Pdf(kept);
            }
            original = Original::NotPdf;
        }
        original
    }

    /// The copy of the original of the open document.
    pub fn original_to_open(&self) -> Option<PathBuf> {
        let document = self.document()?;
        let origin = &document.meta.origin;
        match self.original_of(document) {
            Original::Pdf(pdf) => Some(self.folder().original(&pdf.text, &pdf.origin.kept)),
            Original::NotPdf if !origin.kept.is_empty() => {
                Some(self.folder().original(&document.meta.text_id(), &origin.kept))
            }
            Original::NotPdf | Original::NotKept | Original::NoPdf => None,
        }
    }

    pub(crate) fn perform_original(&mut self, action: OriginalAction) {
        match action {
            OriginalAction::Draw(wish) => self.draw_page(wish),
            OriginalAction::Retry => self.original_pages.fault = None,
            OriginalAction::Open => self.request(WindowRequest::Original),
        }
    }

    /// Draws a page on another thread. A page that is still being drawn is given up.
    fn draw_page(&mut self, wish: PageWish) {
        let pages = &mut self.original_pages;
        if let Some(at) = pages.drawn.iter().position(|(of, _)| of.is(&wish)) {
            let used = pages.drawn.remove(at);
            pages.drawn.push(used);
        }
        if pages.is_answered(&wish) {
            return;
        }
        pages.fault = None;
        if let Some((_, progress)) = pages.running.take() {
            progress.stop();
        }
        let (folder, env, asked) = (self.files.folder().clone(), self.env.clone(), wish.clone());
        let progress = self.jobs.start(JobKind::DrawPage, move |worker| {
            let bytes = read_original(&folder, &asked.pdf.text, &asked.pdf.origin);
            let result = bytes.map_err(|error| PageFault::NotRead(error.to_string())).and_then(|bytes| {
                let drawn = env.reader().draw_page(&bytes, asked.page, asked.width_px, worker.progress());
                drawn.map_err(|error| match error {
                    Unfinished::Stopped => PageFault::Stopped,
                    Unfinished::Failed(why) => why.into(),
                })
            });
            Box::new(move |session| {
                let (pdf, is_drawn) = (asked.pdf.clone(), result.is_ok());
                if session.original_pages.finish(asked, result) && is_drawn {
                    session.place_words(pdf);
                }
            })
        });
        self.original_pages.running = Some((wish, progress));
    }

    /// Looks for the places of the words of a file, once.
    fn place_words(&mut self, pdf: KeptPdf) {
        if self.original_pages.placed.as_ref().is_some_and(|(of, _)| of.is(&pdf)) {
            return;
        }
        self.original_pages.placed = Some((pdf.clone(), None));
        let (folder, env): (_, Env) = (self.files.folder().clone(), self.env.clone());
        self.jobs.start(JobKind::PlaceWords, move |worker| {
            let bytes = read_original(&folder, &pdf.text, &pdf.origin).ok();
            let placed = bytes.and_then(|bytes| env.reader().place_words(&bytes, worker.progress()).ok());
            Box::new(move |session| {
                let current = session.original_pages.placed.as_mut().filter(|(of, _)| of.is(&pdf));
                if let Some((_, known)) = current {
                    *known = placed.map(Arc::new);
                }
            })
        });
    }
}
