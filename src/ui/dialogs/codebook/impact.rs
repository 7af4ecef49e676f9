//! What a change of the codebook would touch, in words.

use crate::model::CategoryId;
use crate::session::{Impact, Session};
use crate::ui::widgets::{count, plural};

/// The figures for some categories, counted anew only where the project has changed.
#[derive(Default)]
pub struct Counted {
    of: Option<(u64, Vec<CategoryId>)>,
    impact: Impact,
}

impl Counted {
    /// What tagging these categories touch.
    pub fn of(&mut self, session: &Session, categories: &[CategoryId]) -> &Impact {
        let now = (session.project().revision(), categories.to_vec());
        if self.of.as_ref() != Some(&now) {
            self.impact = of_categories(session, categories);
            self.of = Some(now);
        }
        &self.impact
    }
}

fn of_categories(session: &Session, categories: &[CategoryId]) -> Impact {
    let mut impact = Impact::default();
    for document in session.project().documents() {
        if !document.is_read() {
            continue;
        }
        let before = impact.spans;
        for (annotator, layer) in &document.layers {
            let here = layer.spans().filter(|span| categories.contains(&span.category)).count();
            if here == 0 {
                continue;
            }
            impact.spans += here;
            match impact.annotators.iter_mut().find(|(id, _)| id == annotator) {
                Some((_, count)) => *count += here,
                None => impact.annotators.push((annotator.clone(), here)),
            }
        }
        impact.documents += usize::from(impact.spans > before);
    }
    impact
}

/// How many of the spans are others'.
pub fn of_others(session: &Session, impact: &Impact) -> usize {
    let others = impact.annotators.iter().filter(|(id, _)| id != session.me());
    others.map(|(_, spans)| spans).sum()
}

/// `37 passages in 4 documents: 21 of Ana, 16 of Ben.`
pub fn words(session: &Session, impact: &Impact) -> String {
    let mut out = if impact.spans == 0 {
        "No passage is tagged so.".to_owned()
    } else {
        let whose: Vec<String> = impact
            .annotators
            .iter()
            .map(|(id, spans)| format!("{} of {}", count(*spans), person(session, id)))
            .collect();
        format!(
            "{} in {}: {}.",
            plural(impact.spans, "passage"),
            plural(impact.documents, "document"),
            whose.join(", ")
        )
    };
    if impact.unread > 0 {
        out.push_str(&format!(
            " {} not read yet, so that there may be more.",
            match impact.unread {
                1 => "1 document is".to_owned(),
                more => format!("{} documents are", count(more)),
            }
        ));
    }
    out
}

/// What becomes of the files of others, where they are touched.
pub fn others(session: &Session, impact: &Impact) -> Option<String> {
    let names: Vec<String> = impact
        .annotators
        .iter()
        .filter(|(id, _)| id != session.me())
        .map(|(id, _)| person(session, id))
        .collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("{one}'s file stays as it is; the codebook remembers the old name.")),
        more => Some(format!("The files of {} stay as they are; the codebook remembers the old name.", more.join(" and "))),
    }
}

fn person(session: &Session, id: &crate::model::AnnotatorId) -> String {
    session.project().annotator(id).map_or_else(|| id.to_string(), |annotator| annotator.name.clone())
}
