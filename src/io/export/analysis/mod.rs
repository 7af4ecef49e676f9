//! Export of the views of the analysis: JSON for scripts, tables for statistics, networks for network analysis.

mod csv;
mod json;
mod networks;
mod xlsx;

pub use csv::{TidyContext, write_tidy, write_tidy_head, write_wide};
pub use json::{Analysis, CoderRow, Documents, Excluded, JsonRow, NotStated, rows};
pub use networks::{write_adjacency, write_edges, write_events, write_gexf, write_graphml, write_nodes};
pub use xlsx::write_sheet;
