//! `demarche formats`: the formats, what each carries and what it loses.

use std::io::Write;

use super::Failure;
use crate::io::codebook;
use crate::io::export::{FormatInfo, exporters};

/// Nothing to choose.
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Lists the formats.
pub(super) fn run(_: Args) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let txt = "the text of .txt and .md files, in any encoding that can be found out or is named";
    writeln!(out, "txt       Plain text (.txt, .md; import)\n          carries  {txt}\n")?;
    for exporter in exporters() {
        let info = exporter.info();
        list(&mut out, info, if info.imports { "import, export" } else { "export" })?;
    }
    writeln!(out, "Of codebooks (`demarche codebook`, `demarche new --codebook`):\n")?;
    for format in codebook::formats() {
        let info = format.info();
        list(&mut out, info, if info.imports { "read, written" } else { "written" })?;
    }
    Ok(())
}

fn list(out: &mut impl Write, info: FormatInfo, ways: &str) -> std::io::Result<()> {
    writeln!(out, "{:<9} {} (.{}; {ways})", info.name, info.title, info.extension)?;
    writeln!(out, "          carries  {}", info.carries)?;
    writeln!(out, "          loses    {}\n", info.loses)
}
