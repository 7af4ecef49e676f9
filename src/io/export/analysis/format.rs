//! The formats of views, for command line and window.

use thiserror::Error;

use super::super::exporter::broken;
use super::super::figure::{PictureError, to_png, to_svg};
use super::{
    TidyContext, rows, write_adjacency, write_edges, write_events, write_gexf, write_graphml, write_nodes,
    write_page, write_sheet, write_tidy, write_tidy_head, write_wide,
};
use crate::IoError;
use demarche_analysis::figure::Palette;
use demarche_analysis::views::{Look, View};
use demarche_model::ViewKind;

/// Width of a figure, in points.
const WIDTH_PT: f32 = 900.0;

/// Reason why a view was not written.
#[derive(Debug, Error)]
pub enum ViewError {
    /// The figure has no picture.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The file can't be written, or the table is too large for it.
    #[error(transparent)]
    Unwritten(#[from] IoError),
}

/// A view to write: the coder if there are several, what the view looks at, and its numbers.
pub type CodedView<'a> = (Option<String>, &'a Look<'a>, View);

/// A format of views.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ViewFormat {
    /// A row per number.
    Csv,
    /// The table as on the screen.
    CsvWide,
    /// The rows as objects.
    Json,
    /// A sheet with the table.
    Xlsx,
    /// A page with the table.
    Html,
    /// The figure.
    Svg,
    /// The figure at two pixels per point.
    Png,
    /// The network, with an edge for each pair.
    Graphml,
    /// The network, with an edge for each pair, role and date.
    Gexf,
    /// The actors of the network.
    Nodes,
    /// The pairs of the network.
    Edges,
    /// The matrix of the network.
    Adjacency,
    /// The moves of the network.
    Events,
}

impl ViewFormat {
    /// All formats.
    pub const ALL: [Self; 13] = [
        Self::Csv,
        Self::CsvWide,
        Self::Json,
        Self::Xlsx,
        Self::Html,
        Self::Svg,
        Self::Png,
        Self::Graphml,
        Self::Gexf,
        Self::Nodes,
        Self::Edges,
        Self::Adjacency,
        Self::Events,
    ];

    /// Its name on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::CsvWide => "csv-wide",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Graphml => "graphml",
            Self::Gexf => "gexf",
            Self::Nodes => "nodes",
            Self::Edges => "edges",
            Self::Adjacency => "adjacency",
            Self::Events => "events",
        }
    }

    /// True if a view can be written in the format.
    pub fn is_of(self, kind: ViewKind) -> bool {
        let has_figure = !matches!(kind, ViewKind::Asks | ViewKind::Actors);
        (!self.is_network() || kind == ViewKind::Towards) && (!self.is_figure() || has_figure)
    }

    fn is_figure(self) -> bool {
        self == Self::Svg || self == Self::Png
    }

    /// True for the formats of networks.
    fn is_network(self) -> bool {
        match self {
            Self::Graphml | Self::Gexf | Self::Nodes | Self::Edges | Self::Adjacency | Self::Events => true,
            Self::Csv | Self::CsvWide | Self::Json | Self::Xlsx | Self::Html | Self::Svg | Self::Png => false,
        }
    }

    /// True if it holds the passages of one coder only.
    pub fn needs_one_coder(self) -> bool {
        self.is_network() || self.is_figure()
    }

    /// True if it is no text.
    pub fn is_binary(self) -> bool {
        self == Self::Xlsx || self == Self::Png
    }

    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::CsvWide | Self::Nodes | Self::Edges | Self::Adjacency | Self::Events => "csv",
            Self::Json | Self::Xlsx | Self::Html | Self::Svg | Self::Png | Self::Graphml | Self::Gexf => {
                self.code()
            }
        }
    }

    /// Writes views of one kind in the format; `filter` is their filter as text.
    ///
    /// # Errors
    /// The figure has no picture, or the table is too large for the format.
    pub fn bytes(self, kind: ViewKind, filter: &str, views: &[CodedView<'_>]) -> Result<Vec<u8>, ViewError> {
        let mut out = Vec::new();
        let answers =
            || -> Vec<_> { views.iter().map(|(coder, _, view)| (coder.clone(), view.answer())).collect() };
        match self {
            Self::Csv if !is_list(kind) => {
                write_tidy_head(&mut out, views.len() > 1)?;
                for (coder, look, view) in views {
                    let context = TidyContext { filter, coder: coder.as_deref() };
                    write_tidy(look, view, context, &mut out)?;
                }
            }
            Self::Csv | Self::CsvWide => {
                for (at, (coder, _, view)) in views.iter().enumerate() {
                    write_wide(&view.answer().table, coder.as_deref(), at == 0, &mut out)?;
                }
            }
            Self::Xlsx => write_sheet(kind.code(), &answers(), &mut out)?,
            Self::Html => write_page(kind.code(), &answers(), &mut out)?,
            Self::Svg | Self::Png => out = self.figure(views)?,
            Self::Json => {
                let rows: Vec<_> =
                    views.iter().flat_map(|(coder, look, view)| rows(look, view, coder.as_deref())).collect();
                serde_json::to_writer_pretty(&mut out, &rows).map_err(|error| broken(error.into()))?;
                out.push(b'\n');
            }
            Self::Graphml | Self::Gexf | Self::Nodes | Self::Edges | Self::Adjacency | Self::Events => {
                self.network(views, &mut out)?
            }
        }
        Ok(out)
    }

    /// The figure of the only view.
    fn figure(self, views: &[CodedView<'_>]) -> Result<Vec<u8>, PictureError> {
        let scene = views.first().and_then(|(_, look, view)| view.figure(look, WIDTH_PT));
        let Some(scene) = scene else { return Ok(Vec::new()) };
        Ok(match self {
            Self::Png => to_png(&scene, &Palette::PRINT)?,
            _ => to_svg(&scene, &Palette::PRINT, "").into_bytes(),
        })
    }

    fn network(self, views: &[CodedView<'_>], out: &mut Vec<u8>) -> Result<(), IoError> {
        for (_, look, view) in views {
            let View::Towards(view) = view else { continue };
            match self {
                Self::Graphml => write_graphml(view, out)?,
                Self::Gexf => write_gexf(look, view, out)?,
                Self::Nodes => write_nodes(view, out)?,
                Self::Edges => write_edges(view, out)?,
                Self::Adjacency => write_adjacency(view, out)?,
                Self::Events => write_events(look, view, out)?,
                Self::Csv | Self::CsvWide | Self::Json | Self::Xlsx | Self::Html | Self::Svg | Self::Png => {}
            }
        }
        Ok(())
    }
}

/// True for the views whose table has a row per thing, not per number.
fn is_list(kind: ViewKind) -> bool {
    match kind {
        ViewKind::Asks | ViewKind::Codeline | ViewKind::Movement => true,
        ViewKind::Matrix
        | ViewKind::Actors
        | ViewKind::Time
        | ViewKind::Towards
        | ViewKind::Together
        | ViewKind::Follows => false,
    }
}
