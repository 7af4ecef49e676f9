//! The figures as text: for a document, and for a spreadsheet or a statistics program.

use demarche_analysis::agreement::{Agreement, Figure, figure_tables};
use demarche_model::{AnnotatorId, Project};

use super::Session;

impl Session {
    /// The tables as the screen shows them, tab-separated; `None` if nothing has been computed.
    pub fn agreement_text(&self) -> Option<String> {
        let result = &self.agreement.result.as_ref()?.agreement;
        Some(text(&self.project, result))
    }

    /// All figures as CSV, one per line, with intervals, sample sizes and reasons; `None` if nothing has been computed.
    pub fn agreement_csv(&self) -> Option<String> {
        let result = &self.agreement.result.as_ref()?.agreement;
        csv_of(&self.project, result)
    }
}

/// The names of annotators, comma-separated.
fn names(project: &Project, annotators: &[AnnotatorId]) -> String {
    let name = |id: &AnnotatorId| project.annotator(id).map_or_else(|| id.to_string(), |a| a.name.clone());
    annotators.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn text(project: &Project, result: &Agreement) -> String {
    let mut out = String::new();
    for table in figure_tables(result) {
        out += &format!("{} ({})\tn", table.title(), names(project, table.annotators));
        table.measures.iter().for_each(|measure| out += &format!("\t{}", measure.name()));
        out.push('\n');
        for row in &table.rows {
            out += &format!("{}\t{}", table.rows_are.name_of(row.subject, project.codebook()), row.size());
            for figure in &row.figures {
                out.push('\t');
                out += &figure.map(cell).unwrap_or_default();
            }
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

fn cell(figure: &Figure) -> String {
    match (figure.value, figure.interval) {
        (Ok(value), Ok((low, high))) => format!("{value:.3} [{low:.3}, {high:.3}]"),
        (Ok(value), Err(_)) => format!("{value:.3}"),
        (Err(_), _) => "–".to_owned(),
    }
}

fn csv_of(project: &Project, result: &Agreement) -> Option<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = "measure unit subject annotators value low high n documents why continuum";
    writer.write_record(head.split(' ')).ok()?;
    for figure in &result.figures {
        let number = |number: Option<f64>| number.map_or(String::new(), |number| number.to_string());
        let interval = figure.interval.ok();
        let record = [
            figure.measure.id().to_owned(),
            figure.unit.id().to_owned(),
            figure.subject.name(project.codebook()),
            names(project, &figure.annotators),
            number(figure.value.ok()),
            number(interval.map(|(low, _)| low)),
            number(interval.map(|(_, high)| high)),
            figure.size.to_string(),
            figure.documents.to_string(),
            figure.value.err().map_or(String::new(), |why| why.to_string()),
            figure.measure.continuum().map_or(String::new(), |continuum| continuum.id().to_owned()),
        ];
        writer.write_record(record).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}
