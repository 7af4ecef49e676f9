//! Several spans chosen and changed together, each time as one step. Spans of others stay as they are, and the user is
//! told how many.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use demarche_model::{AnnotatorId, CategoryId, Edit, LayerId, LinkKindId, Ranges, Span, SpanRef};

use super::state::SelectedSpans;
use crate::words::{counted, passages};
use crate::{Session, TextSelection};

/// The user's spans among several, by layer.
pub(crate) type Mine = Vec<(LayerId, Vec<Arc<Span>>)>;

/// How many of several spans belong to each other annotator, and so stay as they are.
pub(crate) type Others = BTreeMap<AnnotatorId, usize>;

impl Session {
    /// The spans that are changed together, the one that is shown first: several that were chosen, or the picked one.
    pub fn selected_spans(&self) -> &[SpanRef] {
        if self.has_several_selected() {
            self.tagging.selected().spans()
        } else {
            self.view.state().current.as_slice()
        }
    }

    /// Tells whether a span is chosen, at a cost that does not depend on how many are. `None` where not several are.
    pub fn selected_set(&self) -> Option<&SelectedSpans> {
        self.has_several_selected().then_some(self.tagging.selected())
    }

    /// Moves on whenever other spans are chosen. What is derived from them is cached under it.
    pub fn selected_serial(&self) -> u64 {
        self.tagging.selected().serial()
    }

    fn has_several_selected(&self) -> bool {
        let spans = self.tagging.selected().spans();
        spans.len() > 1 && spans.first() == self.current()
    }

    /// Chooses several spans; the first is shown, in its document.
    pub(crate) fn select_spans(&mut self, mut spans: Vec<SpanRef>) {
        let mut seen = HashSet::new();
        spans.retain(|at| self.project.span(at).is_some() && seen.insert(at.clone()));
        let first = spans.first().cloned();
        if let Some(first) = first.as_ref().filter(|at| Some(&at.layer.document) != self.view.document()) {
            self.go_to(first);
        }
        self.view.set_current(first);
        if !self.view.text_selection().is_empty() {
            self.view.select_text(TextSelection::caret(self.view.text_selection().head));
        }
        self.tagging.select_spans(spans);
    }

    /// Adds a span to the chosen ones as the one that is shown, or takes it out.
    pub(crate) fn toggle_selected(&mut self, at: SpanRef) {
        let mut spans = self.selected_spans().to_vec();
        let before = spans.len();
        spans.retain(|other| *other != at);
        if spans.len() == before {
            spans.insert(0, at);
        }
        self.select_spans(spans);
    }

    /// Removes the spans that are changed together.
    pub fn remove_selected(&mut self) {
        let at = self.selected_spans().to_vec();
        self.remove_spans(&at);
    }

    /// The spans that there are among these, by layer, each once.
    pub(crate) fn by_layer(&self, at: &[SpanRef]) -> BTreeMap<LayerId, Vec<Arc<Span>>> {
        let mut seen = HashSet::new();
        let mut layers: BTreeMap<LayerId, Vec<Arc<Span>>> = BTreeMap::new();
        for at in at.iter().filter(|at| seen.insert(*at)) {
            if let Some(span) = self.project.span(at) {
                layers.entry(at.layer.clone()).or_default().push(span.clone());
            }
        }
        layers
    }

    /// The user's spans among these by layer, and how many belong to others.
    pub(crate) fn mine_of(&self, at: &[SpanRef]) -> (Mine, Others) {
        let mut others = Others::new();
        let mut mine = Vec::new();
        for (layer, spans) in self.by_layer(at) {
            if self.may_edit(&layer.annotator) {
                mine.push((layer, spans));
            } else {
                *others.entry(layer.annotator).or_default() += spans.len();
            }
        }
        (mine, others)
    }

    /// What to say of the spans that stay: ` 3 are Ben’s and stay.`; nothing where there are none.
    pub(crate) fn say_others(&self, others: &Others) -> String {
        let name = |id: &AnnotatorId| self.project.name_of(id).to_owned();
        let say = |(id, count): (&AnnotatorId, &usize)| {
            let (are, stay) = if *count == 1 { ("is", "stays") } else { ("are", "stay") };
            format!(" {count} {are} {}’s and {stay}.", name(id))
        };
        others.iter().map(say).collect()
    }

    /// The edits that put spans where the old ones are; the time of change is set.
    pub(crate) fn replacing(&self, layer: &LayerId, spans: Vec<Span>) -> impl Iterator<Item = Edit> + use<> {
        let (layer, now) = (layer.clone(), self.env.now());
        let edit = move |span: Span| {
            let to = Some(Arc::new(Span { modified: now, ..span }));
            Edit::SetSpan { layer: layer.clone(), id: span.id, to }
        };
        spans.into_iter().map(edit)
    }

    /// Retags spans. Of those that would come to stand twice over the same words the second stays as it was.
    pub(crate) fn set_categories(&mut self, at: &[SpanRef], category: &CategoryId) {
        let Some(found) = self.project.codebook().category(category).cloned() else { return };
        if found.retired {
            return self.notify(format!("{} is retired: no new passages are tagged with it", found.name));
        }
        if let [one] = at {
            return self.set_category(one, category);
        }
        let (mine, others) = self.mine_of(at);
        let (mut edits, mut twice) = (Vec::new(), 0);
        for (layer, spans) in mine {
            let mut taken: HashSet<Ranges> = HashSet::new();
            let mut changed = Vec::new();
            for span in spans.iter().filter(|span| span.category != *category) {
                let to = Span { category: category.clone(), ..Span::clone(span) };
                if self.same_span(&layer, &to).is_none() && taken.insert(to.ranges.clone()) {
                    changed.push(to);
                } else {
                    twice += 1;
                }
            }
            edits.extend(self.replacing(&layer, changed));
        }
        let stay = self.say_others(&others);
        let twice = match twice {
            0 => String::new(),
            1 => format!(" 1 stays, for its words are tagged as {} already.", found.name),
            many => format!(" {many} stay, for their words are tagged as {} already.", found.name),
        };
        let count = edits.len();
        if count == 0 {
            return self.notify(format!("Nothing to retag as {}.{twice}{stay}", found.name));
        }
        if self.edit(format!("retag {} as {}", passages(count), found.name), Edit::Batch(edits)) {
            self.tagging.remember_category(category);
            self.notify(format!("Retagged as {}: {}.{twice}{stay}", found.name, passages(count)));
        }
    }

    /// Removes the user's spans among these, with the links in the user's layers that start or end at them.
    pub(crate) fn remove_spans(&mut self, at: &[SpanRef]) {
        let (mine, others) = self.mine_of(at);
        let of_layer = |(layer, spans): &(LayerId, Vec<Arc<Span>>)| -> Vec<SpanRef> {
            spans.iter().map(|span| SpanRef { layer: layer.clone(), span: span.id }).collect()
        };
        let gone: Vec<SpanRef> = mine.iter().flat_map(of_layer).collect();
        let Some((_, first)) = mine.iter().find_map(|(layer, spans)| Some((layer, spans.first()?.clone())))
        else {
            return self.refuse_removal(&others);
        };
        let (mut edits, kinds) = self.links_going(&gone);
        for (layer, spans) in &mine {
            let removed = spans.iter().map(|s| Edit::SetSpan { layer: layer.clone(), id: s.id, to: None });
            edits.extend(removed);
        }
        let name = self.project.codebook().name_of(&first.category).to_owned();
        let what = if gone.len() == 1 { name } else { passages(gone.len()) };
        let (links, by_kind) = (kinds.values().sum::<usize>(), self.say_kinds(&kinds));
        let label = match links {
            0 => format!("remove {what}"),
            _ => format!("remove {what} and {}", counted(links, "link", "links")),
        };
        let here = mine.iter().find(|(layer, _)| Some(&layer.document) == self.view.document());
        let caret = here.and_then(|(_, spans)| spans.iter().map(|span| span.ranges.start()).min());
        let left = self.say_links_left(&gone);
        let edit = if edits.len() == 1 { edits.remove(0) } else { Edit::Batch(edits) };
        let done = self.edit_then(label, edit, |session| {
            if let Some(caret) = caret {
                session.view.select_text(TextSelection::caret(caret));
            }
            session.view.clear_current();
        });
        if done {
            let back = if gone.len() + links == 1 { "it" } else { "them" };
            let stay = self.say_others(&others);
            self.notify(format!("Removed: {what}{by_kind}. Ctrl+Z brings {back} back.{stay}{left}"));
        }
    }

    fn refuse_removal(&mut self, others: &Others) {
        if let Some(annotator) = others.keys().next() {
            let name = self.project.name_of(annotator);
            let what = if others.values().sum::<usize>() == 1 { "this passage" } else { "these passages" };
            self.notify(format!("Only {name} can remove {what}"));
        }
    }

    /// The edits that remove the user's links at these spans, and how many there are of each kind.
    fn links_going(&self, spans: &[SpanRef]) -> (Vec<Edit>, BTreeMap<LinkKindId, usize>) {
        let mut edits = Vec::new();
        let mut kinds = BTreeMap::new();
        for (layer, id) in self.links_removed_with(spans) {
            if let Some(link) = self.project.layer(&layer).and_then(|l| l.link(id)) {
                *kinds.entry(link.kind.clone()).or_default() += 1;
            }
            edits.push(Edit::SetLink { layer, id, to: None });
        }
        (edits, kinds)
    }

    /// ` and 4 links (3 responds to, 1 supports)`; nothing where no link goes.
    fn say_kinds(&self, kinds: &BTreeMap<LinkKindId, usize>) -> String {
        if kinds.is_empty() {
            return String::new();
        }
        let known = &self.project.codebook().link_kinds;
        let name = |id: &LinkKindId| {
            known.iter().find(|kind| kind.id == *id).map_or(id.to_string(), |k| k.name.clone())
        };
        let mut each: Vec<(usize, String)> = kinds.iter().map(|(id, count)| (*count, name(id))).collect();
        each.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let each: Vec<String> = each.into_iter().map(|(count, name)| format!("{count} {name}")).collect();
        format!(" and {} ({})", counted(kinds.values().sum(), "link", "links"), each.join(", "))
    }
}
