//! What the pointer carries from the text to the codebook.

use demarche_model::{CategoryId, SpanRef};
use demarche_session::{AnnotateAction, NavigateAction, TextSelection};

use super::requests::Requests;

/// Words or a passage that the pointer carries: a drop on a category tags them with it.
#[derive(Clone, PartialEq, Debug)]
pub enum Carried {
    /// Selected words.
    Words(TextSelection),
    /// A passage.
    Passage(SpanRef),
}

impl Carried {
    /// Requests that the words or the passage be tagged with a category.
    pub fn tag(&self, category: &CategoryId, requests: &mut Requests) {
        match self {
            Self::Words(selection) => {
                requests.push(NavigateAction::SelectText(*selection));
                requests.push(AnnotateAction::Tag(category.clone()));
            }
            Self::Passage(at) => {
                let (at, category) = (vec![at.clone()], category.clone());
                requests.push(AnnotateAction::SetCategory { at, category });
            }
        }
    }
}
