//! `demarche formats`: the formats, what each carries and what it loses.

use std::io::Write;

use super::Failure;
use crate::io::FormatInfo;
use crate::io::codebook;
use crate::io::documents;
use crate::io::export::exporters;

/// Nothing to choose.
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Lists the formats.
pub(super) fn run(_: Args) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "Of documents (`demarche import`, `demarche new`):\n")?;
    for format in documents::formats() {
        let endings: Vec<String> = format.endings().iter().map(|ending| format!(".{ending}")).collect();
        write(&mut out, format.info(), &format!("{}; import", endings.join(", ")))?;
    }
    writeln!(out, "Of labelled spans (`demarche export`, `demarche import`):\n")?;
    for exporter in exporters() {
        let info = exporter.info();
        list(&mut out, info, if exporter.imports() { "import, export" } else { "export" })?;
    }
    writeln!(out, "Of codebooks (`demarche codebook`, `demarche new --codebook`):\n")?;
    for format in codebook::formats() {
        let info = format.info();
        list(&mut out, info, if format.is_read() { "read, written" } else { "written" })?;
    }
    Ok(())
}

fn list(out: &mut impl Write, info: FormatInfo, ways: &str) -> std::io::Result<()> {
    let ending =
        if info.extension.is_empty() { "a folder".to_owned() } else { format!(".{}", info.extension) };
    write(out, info, &format!("{ending}; {ways}"))
}

fn write(out: &mut impl Write, info: FormatInfo, ways: &str) -> std::io::Result<()> {
    writeln!(out, "{:<12} {} ({ways})", info.name, info.title)?;
    writeln!(out, "             carries  {}", info.carries)?;
    writeln!(out, "             loses    {}\n", info.loses)
}
