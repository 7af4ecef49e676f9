//! The figures as text: for a document, and for a spreadsheet or a statistics program.

use demarche_analysis::agreement::{
    Agreement, CurvePoint, Figure, FigureValue, PairMatrix, figure_tables, shown_pair_matrices,
};
use demarche_model::{AnnotatorId, Project};

use super::Session;
use crate::words::agreement as words;

impl Session {
    /// The tables as the screen shows them, tab-separated; `None` if nothing has been computed.
    pub fn agreement_text(&self) -> Option<String> {
        let result = &self.agreement.result.as_ref()?.agreement;
        let mut out = text(&self.project, result);
        shown_pair_matrices(result).iter().for_each(|matrix| out += &pairs(&self.project, result, matrix));
        let title = |point: &CurvePoint| {
            let document = point.documents.first().and_then(|id| self.project.document(id));
            document.map_or_else(String::new, |document| document.meta.title.clone())
        };
        let documents: Vec<_> = result.by_document.iter().map(|point| (title(point), point)).collect();
        out += &points(words::each_document(), &documents);
        if let Some(found) = self.agreement.over_rounds() {
            let name =
                |id: &Option<_>| id.as_ref().map_or_else(|| words::now().to_owned(), ToString::to_string);
            let rounds = found.rounds.iter().filter_map(|(id, point)| Some((name(id), point.as_ref()?)));
            out += &points(words::each_round(), &rounds.collect::<Vec<_>>());
            let people = found.with_themselves.iter();
            let people = people.map(|(id, point)| (self.project.name_of(id).to_owned(), point));
            if let Some(since) = &found.since {
                out += &points(&words::with_themselves(&since.to_string()), &people.collect::<Vec<_>>());
            }
        }
        Some(out)
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

/// A figure of every pair, and the mean of each annotator.
fn pairs(project: &Project, result: &Agreement, matrix: &PairMatrix) -> String {
    let people = result.question.annotators.iter().map(|id| project.name_of(id));
    let people: Vec<&str> = people.collect();
    let mut out =
        format!("{}\t{}", words::each_pair(matrix.measure.name(), matrix.unit.name()), words::mean());
    people.iter().for_each(|name| out += &format!("\t{name}"));
    out.push('\n');
    for (row, person) in people.iter().enumerate() {
        out += &format!("{person}\t{}", matrix.mean(row).map_or_else(String::new, |mean| value(Ok(mean))));
        for column in 0..people.len() {
            let shown = matrix.figure(row, column).map(|figure| value(figure.value));
            out += &format!("\t{}", shown.unwrap_or_default());
        }
        out.push('\n');
    }
    out.push('\n');
    out
}

/// A row of overall figures for each point; nothing if none has any.
fn points(heading: &str, points: &[(String, &CurvePoint)]) -> String {
    let Some((_, first)) = points.iter().find(|(_, point)| !point.figures.is_empty()) else {
        return String::new();
    };
    let mut out = heading.to_owned();
    for figure in &first.figures {
        out += &format!("\t{} ({})", figure.measure.name(), figure.unit.name());
    }
    out.push('\n');
    for (name, point) in points {
        out += name;
        point.figures.iter().for_each(|figure| out += &format!("\t{}", value(figure.value)));
        out.push('\n');
    }
    out.push('\n');
    out
}

fn value(value: FigureValue) -> String {
    value.map_or_else(|_| "–".to_owned(), |value| format!("{value:.3}"))
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
