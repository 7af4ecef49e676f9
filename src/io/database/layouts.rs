//! The tables and columns of each program's projects that are read. Columns that a version lacks are left out.
//!
//! Sources: the code of QualCoder (databases v1–v17), Taguette (SQLAlchemy models), RQDA (0.1.5–0.2.2) and Discourse Network
//! Analyzer (2.0 and 3), in their public repositories.

use super::{DatabaseFault, Tables, taguette};

/// The tables that a program's projects have.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The name of the format.
    pub name: &'static str,
    /// The name of the program.
    pub program: &'static str,
    /// The tables without which a database is not a project of the program. Their names tell it from other databases.
    pub needed: &'static [&'static str],
    /// The tables that are read, with their columns.
    pub tables: &'static [(&'static str, &'static [&'static str])],
    /// Converts what was read, in the reading process.
    pub prepare: fn(&mut Tables) -> Result<(), DatabaseFault>,
}

impl Layout {
    /// Returns the layout with the name of a format.
    pub fn named(name: &str) -> Option<&'static Self> {
        [&QUALCODER, &TAGUETTE, &RQDA, &DNA].into_iter().find(|layout| layout.name == name)
    }
}

fn as_they_are(_: &mut Tables) -> Result<(), DatabaseFault> {
    Ok(())
}

/// QualCoder.
pub(crate) static QUALCODER: Layout = Layout {
    name: "qualcoder",
    program: "QualCoder",
    needed: &["source", "code_name", "code_cat", "code_text"],
    tables: &[
        ("project", &["memo"]),
        ("source", &["id", "name", "fulltext", "mediapath", "memo", "owner", "date"]),
        ("code_cat", &["catid", "name", "memo", "supercatid"]),
        ("code_name", &["cid", "name", "memo", "catid", "supercid", "color"]),
        (
            "code_text",
            &["ctid", "cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo", "important"],
        ),
        ("code_image", &["imid"]),
        ("code_av", &["avid"]),
        ("annotation", &["fid", "pos0", "pos1", "memo", "owner", "date"]),
        ("cases", &["caseid", "name", "memo", "owner", "date"]),
        ("case_text", &["caseid", "fid", "pos0", "pos1"]),
        ("attribute", &["name", "attr_type", "value", "id", "owner"]),
        ("journal", &["name", "jentry", "owner", "date"]),
        ("coder_names", &["name"]),
        ("graph", &["grid"]),
        ("stored_sql", &["title"]),
        ("ris", &["risid"]),
    ],
    prepare: as_they_are,
};

/// Taguette.
pub(crate) static TAGUETTE: Layout = Layout {
    name: "taguette",
    program: "Taguette",
    needed: &["documents", "highlights", "highlight_tags", "tags"],
    tables: &[
        ("projects", &["id", "name", "description"]),
        ("documents", &["id", "name", "description", "filename", "project_id", "contents"]),
        ("tags", &["id", "project_id", "path", "description"]),
        ("highlights", &["id", "document_id", "start_offset", "end_offset", "snippet"]),
        ("highlight_tags", &["highlight_id", "tag_id"]),
        ("commands", &["date", "user_login", "payload"]),
    ],
    prepare: taguette::prepare,
};

/// RQDA.
pub(crate) static RQDA: Layout = Layout {
    name: "rqda",
    program: "RQDA",
    needed: &["source", "freecode", "coding", "treecode"],
    tables: &[
        ("project", &["memo"]),
        ("source", &["id", "name", "file", "memo", "owner", "date", "status"]),
        ("freecode", &["id", "name", "memo", "status", "color"]),
        ("codecat", &["catid", "name", "memo", "status"]),
        ("treecode", &["cid", "catid", "status"]),
        ("filecat", &["catid", "name", "status"]),
        ("treefile", &["fid", "catid", "status"]),
        ("coding", &["cid", "fid", "seltext", "selfirst", "selend", "status", "owner", "date", "memo"]),
        ("coding2", &["cid", "fid", "seltext", "selfirst", "selend", "status", "owner", "date", "memo"]),
        ("cases", &["id", "name", "memo", "owner", "status"]),
        ("caselinkage", &["caseid", "fid", "selfirst", "selend", "status"]),
        ("caseAttr", &["variable", "value", "caseID", "owner", "status"]),
        ("fileAttr", &["variable", "value", "fileID", "owner", "status"]),
        ("journal", &["name", "journal", "owner", "date", "status"]),
        ("annotation", &["fid", "position", "annotation", "owner", "date", "status"]),
        ("imageCoding", &["cid", "status"]),
    ],
    prepare: as_they_are,
};

/// Discourse Network Analyzer. Version 2 has `ATTRIBUTES` instead of `ENTITIES`, and names instead of their ids.
pub(crate) static DNA: Layout = Layout {
    name: "dna",
    program: "Discourse Network Analyzer",
    needed: &["DOCUMENTS", "STATEMENTS", "STATEMENTTYPES", "DATASHORTTEXT"],
    tables: &[
        ("SETTINGS", &["Property", "Value"]),
        ("CODERS", &["ID", "Name", "Red", "Green", "Blue"]),
        (
            "DOCUMENTS",
            &["ID", "Title", "Text", "Coder", "Author", "Source", "Section", "Notes", "Type", "Date"],
        ),
        ("STATEMENTTYPES", &["ID", "Label", "Red", "Green", "Blue"]),
        ("VARIABLES", &["ID", "Variable", "DataType", "StatementTypeId"]),
        ("STATEMENTS", &["ID", "StatementTypeId", "DocumentId", "Start", "Stop", "Coder"]),
        ("STATEMENTLINKS", &["ID", "SourceId", "TargetId"]),
        ("DATABOOLEAN", &["StatementId", "VariableId", "Value"]),
        ("DATAINTEGER", &["StatementId", "VariableId", "Value"]),
        ("DATASHORTTEXT", &["StatementId", "VariableId", "Entity", "Value"]),
        ("DATALONGTEXT", &["StatementId", "VariableId", "Value"]),
        ("ENTITIES", &["ID", "VariableId", "Value", "ChildOf"]),
        ("ATTRIBUTEVALUES", &["AttributeValue"]),
        ("ATTRIBUTES", &["Type", "Alias", "Notes"]),
        ("REGEXES", &["Label"]),
    ],
    prepare: as_they_are,
};
