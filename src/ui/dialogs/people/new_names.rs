//! Names of new people: one, or a list that is typed or pasted.

use egui::{Event, Id, Ui};

use demarche_model::Annotator;

/// Line ends and tabs, as a list or a column of a table is pasted with.
const LINES: [char; 3] = ['\n', '\r', '\t'];

/// Separates the names of a pasted list by semicolons, since the field has one line only.
pub(super) fn join_pasted_lines(ui: &Ui, field: Option<Id>) {
    if !field.is_some_and(|field| ui.memory(|memory| memory.has_focus(field))) {
        return;
    }
    ui.input_mut(|input| {
        for event in &mut input.events {
            if let Event::Paste(text) = event
                && text.contains(LINES)
            {
                *text = listed(text, &LINES).join("; ");
            }
        }
    });
}

/// Returns the names in a list that nobody has yet. Commas separate names only if semicolons don't, since some names are
/// written with one.
pub(super) fn new_names(list: &str, people: &[Annotator]) -> Vec<String> {
    let separator = if list.contains(';') { ';' } else { ',' };
    let mut names: Vec<String> = Vec::new();
    for name in listed(list, &[separator]) {
        if names.iter().all(|other| other != name) && people.iter().all(|person| person.name != name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn listed<'a>(list: &'a str, separators: &[char]) -> Vec<&'a str> {
    list.split(separators).map(str::trim).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use demarche_model::Colour;

    use super::*;

    #[test]
    fn a_list_is_separated_by_commas_or_else_by_semicolons() {
        let people = [Annotator::new("ana".into(), "Ana", Colour::nth(0))];
        for (list, names) in [
            ("Dora Vance", &["Dora Vance"][..]),
            ("  ", &[]),
            ("Ana", &[]),
            ("Ben, Ana, Cem,Ben", &["Ben", "Cem"]),
            ("Okafor, Ben; Yilmaz, Cem;", &["Okafor, Ben", "Yilmaz, Cem"]),
        ] {
            assert_eq!(new_names(list, &people), names, "{list}");
        }
        assert_eq!(listed("Ben\r\nCem\t\nDan\n", &LINES), ["Ben", "Cem", "Dan"]);
    }
}
