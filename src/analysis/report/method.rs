//! The method in words: what applied, and what was left out.

use super::material::{Material, ScaleOf};
use crate::agreement::Agreement;
use crate::bargain::{BinWidth, CoderChoice, Collectives, Overview, ignored_repeats};
use crate::views::{BAND_DOCUMENTS, BAND_DRAWS, BAND_SEED, Look};
use crate::words::report::{NO_AGREEMENT, method as words};
use demarche_model::{Meaning, ViewKind};

/// Paragraphs, each with a heading.
type Paragraphs = Vec<(&'static str, String)>;

/// What the report is about: the filter in words and as text, whose passages count, and the scales.
pub(super) fn facts(material: &Material<'_>) -> Paragraphs {
    let request = material.request;
    let filter = match request.bound {
        Some(_) => words::filter(&request.filter.in_words(request.project), &request.filter.to_string()),
        None => words::NO_FILTER.to_owned(),
    };
    let scales = [ScaleOf::Goldstein, ScaleOf::Plover].map(|scale| material.weights(scale).scale().name());
    vec![
        (words::FILTER, filter),
        (words::CODER, coder(material)),
        (words::SCALES_HEAD, scales.join(words::AND)),
    ]
}

/// Whose passages count.
fn coder(material: &Material<'_>) -> String {
    let request = material.request;
    let name = |id: &demarche_model::AnnotatorId| request.project.name_of(id).to_owned();
    let stand_in = request.readings.all.iter().find_map(|reading| reading.stand_in.as_ref());
    match (request.choice, stand_in) {
        (CoderChoice::Final, Some(id)) => words::stands_in(&name(id)),
        (CoderChoice::Final, None) => words::FINAL.to_owned(),
        (CoderChoice::People(people), _) => words::people(&people.iter().map(name).collect::<Vec<_>>()),
        (CoderChoice::Everyone, _) => words::EVERYONE.to_owned(),
    }
}

/// The method, with every rule that applied and the number of everything that was left out.
pub(super) fn paragraphs(material: &Material<'_>, agreed: Option<&Agreement>) -> Paragraphs {
    let mut out = vec![(words::CORPUS_HEAD, corpus(material))];
    let looks: Vec<Look<'_>> =
        (0..material.reads.len()).map(|read| material.look(read, ScaleOf::Goldstein)).collect();
    for (read, look) in looks.iter().enumerate() {
        let overview = Overview::of(look.scope(), material.weights(ScaleOf::Goldstein));
        let name = material.coder(read).map(|(_, name)| name);
        out.push((words::MOVES_HEAD, of_coder(name, moves(look, &overview))));
        out.push((words::ROLES_HEAD, of_coder(name, roles(material, look, &overview))));
        out.push((words::ACTORS_HEAD, of_coder(name, actors(look, &overview))));
        out.push((words::DATES_HEAD, of_coder(name, dates(material, look, &overview))));
        out.push((words::REPEATS_HEAD, of_coder(name, repeats(look))));
        out.push((words::SCORES_HEAD, of_coder(name, scores(material, look))));
    }
    let shows = |kind| material.request.shows(kind);
    if shows(ViewKind::Asks) {
        out.push((words::ASKS_HEAD, words::ASKS.to_owned()));
    }
    if shows(ViewKind::Follows) {
        out.push((words::FOLLOWS_HEAD, words::FOLLOWS.to_owned()));
    }
    out.push((words::CODERS_HEAD, coders(material, agreed)));
    out.push((words::TESTS_HEAD, words::TESTS.to_owned()));
    out.push((words::SOFTWARE_HEAD, words::software(env!("CARGO_PKG_VERSION"))));
    out
}

fn of_coder(name: Option<&str>, text: String) -> String {
    name.map_or_else(|| text.clone(), |name| words::for_coder(name, &text))
}

/// Joins the sentences that there are.
fn joined(sentences: impl IntoIterator<Item = Option<String>>) -> String {
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn corpus(material: &Material<'_>) -> String {
    let request = material.request;
    let documents = request.project.documents();
    let unread = documents.iter().filter(|document| !document.is_loaded()).count();
    let readings = request.readings;
    let not_counted = readings.not_counted.iter();
    let not_counted: Vec<String> = not_counted
        .map(|(owner, passages)| words::not_counted(request.project.name_of(owner), *passages))
        .collect();
    joined([
        Some(words::corpus(documents.len())),
        some(unread, words::unread),
        some(readings.undecided.len(), words::undecided),
        (!not_counted.is_empty()).then(|| words::list(&not_counted)),
        some(readings.unreadable.len(), words::unreadable),
    ])
}

/// A sentence about a number, unless it is 0.
fn some(count: usize, sentence: impl Fn(usize) -> String) -> Option<String> {
    (count > 0).then(|| sentence(count))
}

fn moves(look: &Look<'_>, overview: &Overview) -> String {
    let counted = look.rules.counted;
    joined([
        Some(words::moves(overview.passages.len(), overview.moves.len())),
        Some(match counted.denied {
            true => words::DENIED_COUNT.to_owned(),
            false => words::denied(overview.denied.len()),
        }),
        Some(match counted.hypothetical {
            true => words::HYPOTHETICAL_COUNT.to_owned(),
            false => words::hypothetical(overview.hypothetical.len()),
        }),
        some(overview.conditional.len(), words::conditional),
        some(overview.without_place.len(), words::without_place),
    ])
}

fn roles(material: &Material<'_>, look: &Look<'_>, overview: &Overview) -> String {
    let codebook = material.project().codebook();
    if !codebook.has_move_roles() {
        return words::NO_ROLES.to_owned();
    }
    let role = |category: &std::sync::Arc<demarche_model::Category>| {
        let role = codebook.move_role(&category.id)?;
        Some(words::role(&category.name, role.code()))
    };
    let roles: Vec<String> = codebook.categories.iter().filter_map(role).collect();
    let rules = look.rules;
    joined([
        Some(words::roles(&roles)),
        some(overview.not_stated.role.len(), words::without_role),
        some(overview.conditions.len(), |count| words::conditions(count, rules.conditions_as_demands)),
        some(overview.recommendations.len(), |count| {
            words::recommendations(count, rules.recommendations_as_demands)
        }),
    ])
}

fn actors(look: &Look<'_>, overview: &Overview) -> String {
    let relations = look.basis.project.relations();
    let several = look.moves_where(|passage| {
        look.actors(passage).len() > 1
            || look.targets(passage).len() > 1
            || look.basis.moves.issues().members(passage.issues).len() > 1
    });
    let missing = &overview.not_stated;
    let members = look.rules.collectives == Collectives::Members;
    joined([
        some(several.len(), words::several_values),
        some(relations.members.len(), |count| words::collectives(count, members)),
        some(relations.persons.len(), words::persons),
        (!look.basis.moves.has_issues()).then(|| words::NO_ISSUES.to_owned()),
        Some(words::not_specified(missing.actor.len(), missing.target.len(), missing.issue.len())),
    ])
}

fn dates(material: &Material<'_>, look: &Look<'_>, overview: &Overview) -> String {
    let has_when = material.project().codebook().meaning(&Meaning::When).is_some();
    let undated = overview.not_stated.date.len().saturating_sub(overview.reported.len());
    joined([
        Some(words::dates(has_when)),
        Some(words::bins(look.basis.bins.width.name())),
        some(overview.reported.len(), |count| words::reported(count, overview.moves.len())),
        some(undated, words::undated),
    ])
}

fn repeats(look: &Look<'_>) -> String {
    let repeated = look.asks().filter(|ask| ask.chain.len() > 1);
    let (chains, statements) =
        repeated.fold((0, 0), |(chains, all), ask| (chains + 1, all + ask.chain.len()));
    let ignored = ignored_repeats(look.basis.moves);
    joined([
        Some(words::REPEATS.to_owned()),
        some(chains, |chains| words::chains(chains, statements)),
        some(ignored, words::ignored_repeats),
        Some(words::ALL_DUPLICATES.to_owned()),
    ])
}

fn scores(material: &Material<'_>, look: &Look<'_>) -> String {
    let without = |scale: ScaleOf| {
        let weights = material.weights(scale);
        let missing = look.moves_where(|passage| {
            let category = look.basis.moves.category_id(passage.category);
            !look.kind(passage).is_derived() && weights.value(category).is_none()
        });
        some(missing.len(), |count| words::without_weight(count, weights.scale().name()))
    };
    joined([
        Some(words::SCORES.to_owned()),
        without(ScaleOf::Goldstein),
        without(ScaleOf::Plover),
        // A bin that is a document never has as many documents as a band needs.
        (look.basis.bins.width != BinWidth::Document)
            .then(|| words::band(BAND_DOCUMENTS, BAND_DRAWS, BAND_SEED)),
    ])
}

fn coders(material: &Material<'_>, agreed: Option<&Agreement>) -> String {
    let shared = material.shared.as_ref();
    joined([
        Some(match agreed {
            Some(agreed) => words::agreement(agreed.compared.len(), agreed.question.draws),
            None => NO_AGREEMENT.to_owned(),
        }),
        shared.map(|shared| words::range(&shared.names(), shared.project.documents().len())),
    ])
}
