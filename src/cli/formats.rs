//! `demarche formats`: lists the formats with what each carries and loses.

use std::io::Write;

use super::Failure;
use super::terminal::Lines;
use super::words::export as words;
use crate::io::FormatInfo;
use crate::io::annotations::importers;
use crate::io::codebook;
use crate::io::documents;
use crate::io::export::exporters;

/// Arguments of `demarche formats`: none.
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Lists the formats.
pub(super) fn run(_: Args) -> Result<(), Failure> {
    let mut out = Lines::stdout();
    out.line(words::document_formats())?;
    out.blank()?;
    for format in documents::formats() {
        let endings: Vec<String> = format.endings().iter().map(|ending| format!(".{ending}")).collect();
        write(
            &mut out,
            format.info(),
            &format!("{}; {}", endings.join(", "), words::directions(true, false)),
        )?;
    }
    out.line(words::span_formats())?;
    out.blank()?;
    for exporter in exporters() {
        list(&mut out, exporter.info(), exporter.imports())?;
    }
    for importer in importers() {
        if let Some(info) = importer.info() {
            let endings: Vec<String> = importer.endings().iter().map(|ending| format!(".{ending}")).collect();
            write(&mut out, info, &format!("{}; {}", endings.join(", "), words::directions(true, false)))?;
        }
    }
    out.line(words::codebook_formats())?;
    out.blank()?;
    for format in codebook::formats() {
        list(&mut out, format.info(), format.is_read())?;
    }
    Ok(())
}

fn list(out: &mut Lines<impl Write>, info: FormatInfo, imports: bool) -> std::io::Result<()> {
    let (extension, directions) = (words::extension(info.extension), words::directions(imports, true));
    write(out, info, &format!("{extension}; {directions}"))
}

fn write(out: &mut Lines<impl Write>, info: FormatInfo, details: &str) -> std::io::Result<()> {
    out.line(format_args!("{:<12} {} ({details})", info.name, info.title))?;
    out.line(format_args!("             carries  {}", info.carries))?;
    out.line(format_args!("             loses    {}", info.loses))?;
    out.blank()
}
