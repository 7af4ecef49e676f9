//! `demarche formats`: lists the formats with what each carries and loses.

use std::io::Write;

use super::Failure;
use super::words::export as words;
use crate::io::FormatInfo;
use crate::io::codebook;
use crate::io::documents;
use crate::io::export::exporters;

/// Arguments of `demarche formats`: none.
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Lists the formats.
pub(super) fn run(_: Args) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}\n", words::document_formats())?;
    for format in documents::formats() {
        let endings: Vec<String> = format.endings().iter().map(|ending| format!(".{ending}")).collect();
        write(
            &mut out,
            format.info(),
            &format!("{}; {}", endings.join(", "), words::directions(true, false)),
        )?;
    }
    writeln!(out, "{}\n", words::span_formats())?;
    for exporter in exporters() {
        list(&mut out, exporter.info(), exporter.imports())?;
    }
    writeln!(out, "{}\n", words::codebook_formats())?;
    for format in codebook::formats() {
        list(&mut out, format.info(), format.is_read())?;
    }
    Ok(())
}

fn list(out: &mut impl Write, info: FormatInfo, imports: bool) -> std::io::Result<()> {
    let (extension, directions) = (words::extension(info.extension), words::directions(imports, true));
    write(out, info, &format!("{extension}; {directions}"))
}

fn write(out: &mut impl Write, info: FormatInfo, details: &str) -> std::io::Result<()> {
    writeln!(out, "{:<12} {} ({details})", info.name, info.title)?;
    writeln!(out, "             carries  {}", info.carries)?;
    writeln!(out, "             loses    {}\n", info.loses)
}
