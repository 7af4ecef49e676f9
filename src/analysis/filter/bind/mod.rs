//! Looks up the names of a filter in a project.

mod coders;
mod condition;
mod entries;
mod names;
mod ranges;
mod views;

use std::collections::BTreeMap;

use smol_str::SmolStr;

use demarche_model::Project;

use super::ast::{Field, Filter, Relation, Term, Value};
use super::bound::{Bound, Needs, Node, Related};
use super::error::{BindError, BindFault};
use crate::bargain::CoderChoice;
use names::{Entry, error};
use views::Named;

pub(super) use entries::{attribute, attributes, choices, coders, documents, of_documents, sets};
pub(super) use names::Entry as NameEntry;
pub use views::{Views, saved_view};

/// Longest chain of saved views that refer to each other.
pub const MAX_VIEWS: usize = 32;

impl Filter {
    /// Looks up the names of the filter. Ids and names are compared ignoring case.
    ///
    /// # Errors
    /// A name is unknown, a value does not fit its field, or `coder:` or `view:` is used where it can't be.
    ///
    /// # Examples
    ///
    /// ```
    /// use demarche_analysis::filter::{BindFault, Filter, Views};
    /// use demarche_model::{Category, Codebook, Colour, Project};
    ///
    /// let mut codebook = Codebook::default();
    /// codebook.categories.push(Category::new("threat".into(), "Threat", Colour::nth(0)).into());
    /// let project = Project::new("Harbour talks", codebook);
    ///
    /// assert!(Filter::parse("category:Threat").unwrap().bind(&project, &Views::new()).is_ok());
    /// let error = Filter::parse("category:thraet").unwrap().bind(&project, &Views::new()).unwrap_err();
    /// assert_eq!(error.at, 9..15);
    /// assert!(matches!(error.fault, BindFault::UnknownName { nearest: Some(name), .. } if name == "Threat"));
    /// ```
    pub fn bind(&self, project: &Project, views: &Views) -> Result<Bound, BindError> {
        let mut binder = Binder::new(project, views);
        let root = binder.filter(self, Place::Top)?;
        let mut identity = self.to_string();
        for (name, view) in &binder.bound_views {
            identity.push_str(&format!("\n{name}={}", view.text));
        }
        Ok(Bound {
            identity,
            list_revision: project.list_revision(),
            coders: binder.coders,
            root,
            views: binder.nodes,
            needs: binder.needs,
        })
    }
}

/// The place of a term, for `coder:`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    /// One of the terms of a filter without alternatives.
    Top,
    /// Below a sign.
    Negated,
    /// Inside parentheses, a relation or an alternative.
    Nested,
}

/// A saved view that is bound.
struct BoundView {
    node: usize,
    text: String,
    /// True if it chooses coders.
    has_coders: bool,
}

struct Binder<'a> {
    project: &'a Project,
    views: &'a Views,
    /// By name.
    bound_views: BTreeMap<SmolStr, BoundView>,
    nodes: Vec<Node>,
    /// The views that are being bound, the outermost first.
    open_views: Vec<SmolStr>,
    coders: Option<CoderChoice>,
    needs: Needs,
    relations: usize,
}

impl<'a> Binder<'a> {
    fn new(project: &'a Project, views: &'a Views) -> Self {
        Self {
            project,
            views,
            bound_views: BTreeMap::new(),
            nodes: Vec::new(),
            open_views: Vec::new(),
            coders: None,
            needs: Needs::default(),
            relations: 0,
        }
    }

    fn filter(&mut self, filter: &Filter, place: Place) -> Result<Node, BindError> {
        if let Some(terms) = filter.terms() {
            return self.terms(terms, place);
        }
        let place = if place == Place::Negated { place } else { Place::Nested };
        let alternatives = filter.alternatives().iter().map(|terms| self.terms(terms, place));
        Ok(Node::OneOf(alternatives.collect::<Result<_, _>>()?))
    }

    fn terms(&mut self, terms: &[Term], place: Place) -> Result<Node, BindError> {
        let nodes = terms.iter().map(|term| self.term(term, place));
        Ok(Node::All(nodes.collect::<Result<_, _>>()?))
    }

    fn term(&mut self, term: &Term, place: Place) -> Result<Node, BindError> {
        let inner = if place == Place::Negated { place } else { Place::Nested };
        match term {
            Term::Any => Ok(Node::Every),
            Term::Not(term) => Ok(Node::Not(Box::new(self.term(term, Place::Negated)?))),
            Term::Group(filter) => self.filter(filter, inner),
            Term::Related(relation, other) => self.related(*relation, other),
            Term::Field(condition) => match condition.field() {
                Field::Coder => self.choose_coders(condition, place),
                Field::View => self.views(condition.values(), place),
                field => condition::bind(self, field, condition.values()),
            },
        }
    }

    fn related(&mut self, relation: Relation, other: &Filter) -> Result<Node, BindError> {
        self.needs.links |= relation.is_link();
        let uncertain_dates = self.needs.dates;
        let other = self.filter(other, Place::Nested)?;
        // Only dates of the passage itself are counted as uncertain.
        self.needs.dates = uncertain_dates;
        Ok(self.relate(relation, other))
    }

    fn relate(&mut self, relation: Relation, other: Node) -> Node {
        self.relations += 1;
        Node::Related(Box::new(Related { id: self.relations, relation, other }))
    }

    fn views(&mut self, values: &[Value], place: Place) -> Result<Node, BindError> {
        let views: Vec<_> = self.views.names().map(|name| Entry::named(name, name)).collect();
        let mut nodes = Vec::new();
        for value in values {
            let names = names::find(&Field::View, value, &views)?;
            // A view whose filter is one of the terms may choose coders like any other term.
            let is_alone = values.len() == 1 && names.len() == 1;
            let place = if is_alone || place == Place::Negated { place } else { Place::Nested };
            for name in names {
                nodes.push(self.view(name, value, place)?);
            }
        }
        Ok(Node::OneOf(nodes))
    }

    fn view(&mut self, name: &str, value: &Value, place: Place) -> Result<Node, BindError> {
        let here = |fault| error(value, fault);
        if let Some(view) = self.bound_views.get(name) {
            return match (view.has_coders, place) {
                (true, Place::Top) => Err(here(BindFault::CoderTwice)),
                (true, Place::Negated) => Err(here(BindFault::CoderNegated)),
                (true, Place::Nested) => Err(here(BindFault::CoderNested)),
                (false, Place::Top | Place::Negated | Place::Nested) => Ok(Node::View(view.node)),
            };
        }
        if let Some(first) = self.open_views.iter().position(|open| open == name) {
            let circle = self.open_views[first..].iter().cloned().chain([SmolStr::new(name)]);
            return Err(here(BindFault::ViewCircle(circle.collect())));
        }
        if self.open_views.len() == MAX_VIEWS {
            return Err(here(BindFault::ViewsTooDeep(MAX_VIEWS)));
        }
        let text = match self.views.get(name) {
            Some(Named::One(filter)) => filter.clone(),
            Some(Named::Several(owners)) => {
                let view = SmolStr::new(name);
                return Err(here(BindFault::AmbiguousView { view, owners: owners.clone() }));
            }
            None => String::new(),
        };
        let filter = Filter::parse(&text).map_err(|error| {
            here(BindFault::ViewUnreadable { view: SmolStr::new(name), error: Box::new(error) })
        })?;
        let had_coders = self.coders.is_some();
        self.open_views.push(SmolStr::new(name));
        let node = self.filter(&filter, place).map_err(|error| in_view(name, value, error))?;
        self.open_views.pop();
        self.nodes.push(node);
        let node = self.nodes.len() - 1;
        let has_coders = self.coders.is_some() && !had_coders;
        self.bound_views.insert(SmolStr::new(name), BoundView { node, text, has_coders });
        Ok(Node::View(node))
    }
}

/// An error in the filter of a view, at the place where the view is named.
fn in_view(name: &str, value: &Value, inner: BindError) -> BindError {
    // These are about the chain of views, which they name themselves.
    let names_views = matches!(inner.fault, BindFault::ViewCircle(_) | BindFault::ViewsTooDeep(_));
    let unfit = |inner| BindFault::ViewUnfit { view: SmolStr::new(name), error: Box::new(inner) };
    error(value, if names_views { inner.fault } else { unfit(inner) })
}
