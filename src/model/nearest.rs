//! The name that was probably meant.

/// Similarity from which a name is worth proposing, from 0 to 1.
const SIMILAR: f64 = 0.5;

/// Returns the candidate that is most similar to a name, if any is similar. Case, blanks, `-` and `_` make no difference;
/// among equals the first is chosen.
///
/// # Examples
///
/// ```
/// use demarche_model::nearest;
///
/// let names = ["Threat", "Demand", "Red line"];
/// assert_eq!(nearest("threaat", names), Some("Threat"));
/// assert_eq!(nearest("red_line", names), Some("Red line"));
/// assert_eq!(nearest("Weather", names), None);
/// ```
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = folded(name);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let similarity = strsim::normalized_damerau_levenshtein(&name, &folded(candidate));
        if similarity >= SIMILAR && best.is_none_or(|(other, _)| similarity > other) {
            best = Some((similarity, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn folded(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|c| if c.is_whitespace() || matches!(c, '-' | '_') { ' ' } else { c })
        .collect()
}
