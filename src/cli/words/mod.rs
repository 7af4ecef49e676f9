//! The English of the command line, one file per subject, as functions of values: a catalogue of languages can take its
//! place. Help on arguments is at their fields. The command line says *span*, as its formats do.

pub mod agreement;
pub mod analyse;
pub mod assign;
pub mod codebook;
pub mod export;
pub mod import;
pub mod merge;
pub mod people;
pub mod project;
pub mod rounds;
pub mod sets;
pub mod settle;
pub mod steps;
pub mod summary;
pub mod update;
pub mod usage;
pub mod window;

/// A message of the program, as other commands write theirs: `demarche: no such file`.
pub fn message(text: impl std::fmt::Display) -> String {
    format!("demarche: {text}")
}

/// `1 span`, `2 spans`.
pub fn plural(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// `Ana`, `Ana and Ben`, `Ana, Ben and Eva`.
pub fn list(names: &[String]) -> String {
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn lists_end_with_and() {
        let names = ["Ana", "Ben", "Eva"].map(str::to_owned);
        assert_eq!(list(&[]), "");
        assert_eq!(list(&names[..1]), "Ana");
        assert_eq!(list(&names), "Ana, Ben and Eva");
    }
}
