//! The export of a view.

use demarche_io::export::analysis::ViewFormat;

texts! {
    title: "Export view",
    confirm: "Export",
    not_of_view: "This view has no such figure",
    one_coder: "This format shows one coder: choose one above the view",
}

/// The formats in groups, each with its heading.
pub fn groups() -> [(&'static str, &'static [ViewFormat]); 4] {
    use ViewFormat as F;
    [
        ("Figure", &[F::Svg, F::Png]),
        ("Table", &[F::CsvWide, F::Xlsx, F::Html]),
        ("Data", &[F::Csv, F::Json]),
        ("Network", &[F::Graphml, F::Gexf, F::Nodes, F::Edges, F::Adjacency, F::Events]),
    ]
}

/// A format in words.
pub fn format(format: ViewFormat) -> &'static str {
    match format {
        ViewFormat::Svg => "SVG, with text as text",
        ViewFormat::Png => "PNG, two pixels per point",
        ViewFormat::CsvWide => "CSV, the table as on the screen",
        ViewFormat::Xlsx => "Excel, with bars behind the numbers",
        ViewFormat::Html => "HTML, a page with table and notes",
        ViewFormat::Csv => "CSV, one row per number",
        ViewFormat::Json => "JSON, with the ids of passages",
        ViewFormat::Graphml => "GraphML, one edge for each pair",
        ViewFormat::Gexf => "GEXF, one edge for each pair, role and date",
        ViewFormat::Nodes => "CSV of actors",
        ViewFormat::Edges => "CSV of pairs",
        ViewFormat::Adjacency => "CSV, a matrix of actors by actors",
        ViewFormat::Events => "CSV of moves, with date and words",
    }
}
