//! The sources of measures, by their identifiers, so that a measure without a source needs no entry.

use std::collections::BTreeSet;

use crate::agreement::{Agreement, Measure};

/// Efron & Tibshirani's introduction to the bootstrap.
const BOOTSTRAP: &str =
    "Efron, B., & Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman & Hall.";

/// The identifiers of measures, each with its short citation and its source.
const CITATIONS: [(&[&str], &str, &str); 11] = [
    (
        &["f1_exact", "f1_overlap", "precision", "recall"],
        "Hripcsak & Rothschild, 2005",
        "Hripcsak, G., & Rothschild, A. S. (2005). Agreement, the F-measure, and reliability in information retrieval. \
         Journal of the American Medical Informatics Association, 12(3), 296–298.",
    ),
    (
        &["alpha_u"],
        "Krippendorff, 2004",
        "Krippendorff, K. (2004). Measuring the reliability of qualitative text analysis data. Quality & Quantity, 38, \
         787–800.",
    ),
    (
        &["alpha_nominal"],
        "Krippendorff, 2019",
        "Krippendorff, K. (2019). Content Analysis: An Introduction to Its Methodology (4th ed.). SAGE.",
    ),
    (
        &["cohen_kappa"],
        "Cohen, 1960",
        "Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement, \
         20(1), 37–46.",
    ),
    (
        &["fleiss_kappa"],
        "Fleiss, 1971",
        "Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin, 76(5), \
         378–382.",
    ),
    (
        &["alpha_masi", "alpha_jaccard"],
        "Passonneau, 2006",
        "Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation. \
         Proceedings of LREC 2006, 831–836.",
    ),
    (
        &["u_alpha", "cu_alpha", "s_u_alpha", "joint_u_alpha"],
        "Krippendorff, Mathet, Bouvry & Widlöcher, 2016",
        "Krippendorff, K., Mathet, Y., Bouvry, S., & Widlöcher, A. (2016). On the reliability of unitizing textual \
         continua: Further developments. Quality & Quantity, 50, 2347–2364.",
    ),
    (
        &["gwet_ac1"],
        "Gwet, 2008",
        "Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. \
         British Journal of Mathematical and Statistical Psychology, 61(1), 29–48.",
    ),
    (
        &["brennan_prediger"],
        "Brennan & Prediger, 1981",
        "Brennan, R. L., & Prediger, D. J. (1981). Coefficient kappa: Some uses, misuses, and alternatives. Educational \
         and Psychological Measurement, 41(3), 687–699.",
    ),
    (
        &["gamma"],
        "Mathet, Widlöcher & Métivier, 2015",
        "Mathet, Y., Widlöcher, A., & Métivier, J.-P. (2015). The unified and holistic method gamma (γ) for \
         inter-annotator agreement measure and alignment. Computational Linguistics, 41(3), 437–479.",
    ),
    (
        &["gamma_cat"],
        "Mathet, 2017",
        "Mathet, Y. (2017). The agreement measure γcat, a complement to γ focused on categorization of a continuum. \
         Computational Linguistics, 43(3), 661–681.",
    ),
];

/// The short citation of a measure; `None` for one that is a plain count or mean.
pub(crate) fn citation(measure: Measure) -> Option<&'static str> {
    CITATIONS.iter().find(|(ids, ..)| ids.contains(&measure.id())).map(|(_, short, _)| *short)
}

/// The sources of the measures of an answer, by author.
pub(super) fn sources(agreed: &Agreement) -> Vec<&'static str> {
    let used: BTreeSet<&str> = agreed.figures.iter().map(|figure| figure.measure.id()).collect();
    let is_used = |ids: &[&str]| ids.iter().any(|id| used.contains(id));
    let mut sources: Vec<&str> =
        CITATIONS.iter().filter(|(ids, ..)| is_used(ids)).map(|(_, _, source)| *source).collect();
    sources.extend(agreed.figures.iter().any(|figure| figure.interval.is_ok()).then_some(BOOTSTRAP));
    sources.sort_unstable();
    sources
}
