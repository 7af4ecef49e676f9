//! The moves of a project, as a filter and a choice of coders select them. Nothing depends on who runs the program.

use std::collections::HashSet;
use std::sync::Arc;

use super::Failure;
use super::terminal::eprint_status;
use super::words::{analyse as words, usage};
use crate::analysis::bargain::{Bins, CoderChoice, Overview, PassageSet, Readings, Weights};
use crate::analysis::filter::{Bound, Chips, FactSettings, Filter, Views};
use crate::analysis::read_moves::{KeptMoves, MovesRequest, ReadMoves};
use crate::analysis::report::{ReportRequest, SavedPart};
use crate::analysis::views::{Basis, Fold, FollowsOptions, Look, Rules, Sizes, View, ViewOptions};
use crate::io::export::analysis::{Analysis, CoderRow, Documents, Excluded, NotStated, rows};
use crate::model::{AnnotatorId, Document, Layer, Project, SavedView, SpanId, ViewKind, Visibility, nearest};
use crate::session::AnalyseQuestion;

/// The options that select moves, which several commands have.
#[derive(clap::Args, Debug, Default)]
pub(super) struct Selection {
    /// Only the passages that pass this filter, such as `role:demand actor:Estmark`; see docs/ANALYSIS.md
    #[arg(long, value_name = "FILTER")]
    pub filter: Option<String>,
    /// Whose passages count: `final`, `everyone`, or ids [default: final]
    #[arg(long, value_name = "CODER")]
    pub coder: Option<String>,
}

impl Selection {
    /// True if nothing was asked for.
    pub fn is_empty(&self) -> bool {
        self.filter.is_none() && self.coder.is_none()
    }
}

/// The moves of a project, as selected.
pub(super) struct Analysed<'p> {
    project: &'p Project,
    /// The filter as text.
    pub filter: String,
    /// The choice of coders as text.
    pub coder: String,
    pub readings: Readings,
    parsed: Filter,
    bound: Option<Bound>,
    choice: CoderChoice,
    visibility: Visibility,
    parts: Vec<ReadMoves>,
    settings: FactSettings,
    weights: Weights,
    bins: Bins,
    sizes: Sizes,
    rules: Rules,
}

impl<'p> Analysed<'p> {
    /// Reads the moves of a project as `asked`, which may be a saved view, and says on standard error whose they are.
    ///
    /// # Errors
    /// The filter can't be read or names something unknown; a coder is unknown.
    pub fn new(
        project: &'p Project,
        selection: &Selection,
        asked: &AnalyseQuestion,
    ) -> Result<Self, Failure> {
        let analysed = Self::silent(project, selection, asked)?;
        analysed.print_notes();
        Ok(analysed)
    }

    fn silent(project: &'p Project, selection: &Selection, asked: &AnalyseQuestion) -> Result<Self, Failure> {
        let filter = both(&parsed(&asked.filter)?, &parsed(selection.filter.as_deref().unwrap_or(""))?);
        let bound = bind(project, &filter)?;
        let choice = choice(project, selection.coder.as_deref(), bound.as_ref(), &asked.coders)?;
        let visibility = Visibility::default();
        let readings = choice.readings(project, &visibility, None);
        let settings = asked.settings(Arc::default());
        let request = MovesRequest { project, visible: &visibility, bound: bound.as_ref(), settings };
        let parts = KeptMoves::default().read(&request, &readings.all, &())?;
        let settings = request.settings;
        Ok(Self {
            project,
            filter: filter.to_string(),
            coder: code(&choice),
            readings,
            parsed: filter,
            bound,
            choice,
            visibility,
            parts,
            settings,
            weights: Weights::new(project.codebook(), asked.scale, &asked.weights),
            bins: asked.bins(project),
            sizes: Sizes::of(project),
            rules: asked.rules,
        })
    }

    /// What each reading shows, with the coder if there are several.
    pub fn looks(&self) -> Vec<(Option<String>, Look<'_>)> {
        let several = self.parts.len() > 1;
        let looks = self.readings.all.iter().zip(&self.parts).map(|(reading, part)| {
            let basis = Basis {
                project: self.project,
                moves: &part.moves,
                ledger: &part.ledger,
                weights: &self.weights,
                bins: &self.bins,
                sizes: &self.sizes,
            };
            let coder = reading.coder.as_ref().filter(|_| several).map(ToString::to_string);
            (coder, Look::new(basis, self.rules, part.selected.as_ref()))
        });
        looks.collect()
    }

    /// Everything that `summary --json` says about the analysis, with the views as they start.
    pub fn figures(&self) -> Analysis {
        let looks = self.looks();
        let rows = |options: ViewOptions| -> Vec<CoderRow> {
            let of_look = |(coder, look): &(Option<String>, Look<'_>)| {
                rows(look, &View::of(look, options.clone()), coder.as_deref())
            };
            looks.iter().flat_map(of_look).collect()
        };
        let start = |kind| rows(ViewOptions::start(kind));
        let overviews: Vec<Overview> =
            looks.iter().map(|(_, look)| Overview::of(look.scope(), &self.weights)).collect();
        let sum = |of: fn(&Overview) -> &PassageSet| overviews.iter().map(|one| of(one).len()).sum();
        let follows = FollowsOptions { fold: Fold::Never, ..FollowsOptions::default() };
        Analysis {
            filter: self.filter.clone(),
            coder: self.coder.clone(),
            stand_in: self.stand_in(),
            scale: self.weights.scale().code(),
            documents: Documents {
                counted: looks.iter().map(|(_, look)| look.counted_documents().count()).max().unwrap_or(0),
                left_out: self.readings.undecided.len(),
            },
            moves: sum(|one| &one.moves),
            excluded: Excluded { denied: sum(|one| &one.denied), hypothetical: sum(|one| &one.hypothetical) },
            not_stated: NotStated {
                actor: sum(|one| &one.not_stated.actor),
                target: sum(|one| &one.not_stated.target),
                issue: sum(|one| &one.not_stated.issue),
                date: sum(|one| &one.not_stated.date),
                role: sum(|one| &one.not_stated.role),
                weight: sum(|one| &one.not_stated.weight),
            },
            matrix: start(ViewKind::Matrix),
            asks: start(ViewKind::Asks),
            actors: start(ViewKind::Actors),
            dyads: start(ViewKind::Towards),
            bins: start(ViewKind::Time),
            together: start(ViewKind::Together),
            transitions: rows(ViewOptions::Follows(follows)),
        }
    }

    /// The part of a report that shows a saved view, among the passages that pass its filter and that of the selection.
    ///
    /// # Errors
    /// See [`Analysed::new`].
    pub fn saved_part(
        project: &'p Project,
        selection: &Selection,
        saved: &SavedView,
    ) -> Result<SavedPart, Failure> {
        let asked = AnalyseQuestion::of_view(saved, project);
        let analysed = Self::silent(project, selection, &asked)?;
        Ok(SavedPart {
            name: saved.name.clone(),
            filter: analysed.filter,
            readings: analysed.readings.all,
            moves: analysed.parts,
            rules: analysed.rules,
            weights: analysed.weights,
            bins: analysed.bins,
            options: asked.options.of(asked.view),
        })
    }

    /// What a report with these views is about.
    pub fn report_request<'a>(
        &'a self,
        (views, saved): (&'a [ViewKind], &'a [SavedPart]),
    ) -> ReportRequest<'a> {
        ReportRequest {
            project: self.project,
            filter: &self.parsed,
            bound: self.bound.as_ref(),
            choice: &self.choice,
            readings: &self.readings,
            moves: &self.parts,
            settings: &self.settings,
            visible: &self.visibility,
            rules: self.rules,
            views,
            saved,
        }
    }

    /// The passages that pass the filter, of all readings.
    pub fn selected(&self) -> HashSet<SpanId> {
        let of_look = |(_, look): &(Option<String>, Look<'_>)| {
            look.passages().map(|(_, passage)| passage.span).collect::<Vec<_>>()
        };
        self.looks().iter().flat_map(of_look).collect()
    }

    /// The project with the selected passages alone, for figures of all passages.
    pub fn restricted(&self) -> Project {
        let selected = self.selected();
        let chosen = |document: &Document| -> Vec<AnnotatorId> {
            let layers = self.readings.all.iter().flat_map(|reading| reading.layers(document));
            layers.map(|(owner, _)| owner.clone()).collect()
        };
        let restrict = |document: &Arc<Document>| {
            let chosen = chosen(document);
            let layers = document.layers.iter().filter(|(owner, _)| chosen.contains(owner));
            let layer = |(owner, layer): (&AnnotatorId, &Arc<Layer>)| {
                let spans = layer.spans().filter(|span| selected.contains(&span.id));
                let spans = spans.map(|span| (**span).clone());
                (owner.clone(), Arc::new(layer.with_contents(spans, [], [])))
            };
            Document { layers: layers.map(layer).collect(), ..(**document).clone() }
        };
        let project = self.project;
        Project::assemble(
            project.name().to_owned(),
            project.annotators().to_vec(),
            project.actors().to_vec(),
            project.issues().to_vec(),
            (**project.codebook()).clone(),
            project.documents().iter().map(restrict).collect(),
        )
        .with_document_sets(project.document_sets().clone())
    }

    /// The person who stands in for a consensus that does not exist.
    fn stand_in(&self) -> Option<String> {
        self.readings.all.iter().find_map(|reading| reading.stand_in.as_ref()).map(ToString::to_string)
    }

    fn print_notes(&self) {
        if let Some(coder) = self.readings.all.iter().find_map(|reading| reading.stand_in.as_ref()) {
            eprint_status(&words::stands_in(self.project.name_of(coder)));
        }
        if !self.readings.undecided.is_empty() {
            eprint_status(&words::undecided(self.readings.undecided.len()));
        }
        for (coder, passages) in &self.readings.not_counted {
            eprint_status(&words::not_counted(self.project.name_of(coder), *passages));
        }
    }
}

fn parsed(filter: &str) -> Result<Filter, Failure> {
    Filter::parse(filter).map_err(|error| Failure::Usage(words::filter(&error)))
}

/// A filter of passages that pass two filters.
fn both(one: &Filter, other: &Filter) -> Filter {
    match (one.is_empty(), other.is_empty()) {
        (true, _) => return other.clone(),
        (_, true) => return one.clone(),
        (false, false) => {}
    }
    let mut chips = Chips::from(one.clone());
    Chips::from(other.clone()).iter().for_each(|chip| chips.add(chip.term()));
    chips.filter()
}

/// Looks up the names of a filter, unless it is empty.
fn bind(project: &Project, filter: &Filter) -> Result<Option<Bound>, Failure> {
    if filter.is_empty() {
        return Ok(None);
    }
    let bound = filter.bind(project, &Views::of(project, None));
    bound.map(Some).map_err(|error| Failure::Usage(words::filter(&error)))
}

/// The coders of the option, or of `coder:` in the filter, which must agree; otherwise those at the start.
fn choice(
    project: &Project,
    option: Option<&str>,
    bound: Option<&Bound>,
    start: &CoderChoice,
) -> Result<CoderChoice, Failure> {
    let of_option = option.map(|text| named(project, text)).transpose()?;
    let of_filter = bound.and_then(Bound::coders).cloned();
    match (of_option, of_filter) {
        (Some(one), Some(other)) if one != other => Err(Failure::Usage(words::two_coders())),
        (Some(choice), _) | (None, Some(choice)) => Ok(choice),
        (None, None) => Ok(start.clone()),
    }
}

fn named(project: &Project, text: &str) -> Result<CoderChoice, Failure> {
    match text {
        "final" => Ok(CoderChoice::Final),
        "everyone" => Ok(CoderChoice::Everyone),
        _ => text
            .split(',')
            .map(|name| coder(project, name.trim()))
            .collect::<Result<_, _>>()
            .map(CoderChoice::People),
    }
}

/// The person, or the consensus, with an id or a name.
fn coder(project: &Project, name: &str) -> Result<AnnotatorId, Failure> {
    let owners =
        project.documents().iter().flat_map(|document| document.layers.keys()).map(AnnotatorId::whole);
    let mut known: Vec<AnnotatorId> =
        project.annotators().iter().map(|person| person.id.clone()).chain(owners).collect();
    known.sort();
    known.dedup();
    let found = known.iter().find(|id| id.as_str() == name || project.name_of(id).eq_ignore_ascii_case(name));
    found.cloned().ok_or_else(|| {
        let names = || ["final", "everyone"].into_iter().chain(known.iter().map(AnnotatorId::as_str));
        Failure::Usage(usage::unknown_near("coder", name, nearest(name, names()), names()))
    })
}

/// The choice as on the command line.
fn code(choice: &CoderChoice) -> String {
    match choice {
        CoderChoice::Final => "final".to_owned(),
        CoderChoice::Everyone => "everyone".to_owned(),
        CoderChoice::People(people) => people.iter().map(AnnotatorId::as_str).collect::<Vec<_>>().join(","),
    }
}
