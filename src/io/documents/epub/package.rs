//! The package of an EPUB: parts, reading order, metadata and table of contents (EPUB 3.3, sections 4 to 7).

use std::collections::BTreeMap;

use crate::documents::ReadError;
use crate::documents::office::{Package, Visitor};
use crate::xml::Element;

/// Returns the path of the package document.
pub(super) fn container(package: &mut Package<'_>) -> Result<String, ReadError> {
    struct Root(Option<String>);
    impl Visitor for Root {
        fn open(&mut self, element: &Element) -> bool {
            if element.local() == "rootfile" && self.0.is_none() {
                self.0 = element.get("full-path").map(str::to_owned);
            }
            true
        }
        fn close(&mut self, _: &str) {}
    }
    let mut root = Root(None);
    package.visit("META-INF/container.xml", &mut root)?;
    let by_ending = || package.names().iter().find(|name| name.ends_with(".opf")).cloned();
    root.0.or_else(by_ending).ok_or_else(|| ReadError::Damaged("the list of its parts is missing".to_owned()))
}

/// The package document.
#[derive(Default)]
pub(super) struct Opf {
    folder: String,
    /// Parts by id, each with whether it is the table of contents as a page (`nav`) or for programs (`ncx`).
    parts: BTreeMap<String, (String, bool, bool)>,
    order: Vec<String>,
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub date: Option<String>,
    /// The current element.
    at: String,
}

impl Opf {
    pub fn new(folder: String) -> Self {
        Self { folder, ..Self::default() }
    }

    /// Returns the chapters in reading order.
    pub fn spine(&self) -> Vec<String> {
        self.order.iter().filter_map(|id| self.parts.get(id)).map(|(part, ..)| part.clone()).collect()
    }

    /// Returns the parts that contain tables of contents.
    pub fn contents(&self) -> Vec<String> {
        self.parts.values().filter(|(_, nav, ncx)| *nav || *ncx).map(|(part, ..)| part.clone()).collect()
    }

    /// Returns whether a chapter is the table of contents.
    pub fn is_contents_page(&self, part: &str) -> bool {
        self.parts.values().any(|(path, nav, _)| path == part && *nav)
    }
}

impl Visitor for Opf {
    fn open(&mut self, element: &Element) -> bool {
        element.local().clone_into(&mut self.at);
        let get = |name| element.get(name).unwrap_or_default();
        match element.local() {
            "item" => {
                let nav = get("properties").split_whitespace().any(|property| property == "nav");
                let ncx = get("media-type") == "application/x-dtbncx+xml";
                let path = resolved(&self.folder, get("href"));
                self.parts.insert(get("id").to_owned(), (path, nav, ncx));
            }
            "itemref" => self.order.push(get("idref").to_owned()),
            "creator" => self.authors.push(String::new()),
            _ => {}
        }
        true
    }

    fn close(&mut self, _: &str) {
        self.at.clear();
    }

    fn text(&mut self, text: &str) {
        let field = match self.at.as_str() {
            // A second title is a subtitle or one in another language.
            "title" if self.title.is_none() => &mut self.title,
            "publisher" => &mut self.publisher,
            "date" if self.date.is_none() => &mut self.date,
            "creator" => {
                self.authors.last_mut().into_iter().for_each(|author| author.push_str(text));
                return;
            }
            _ => return,
        };
        field.get_or_insert_default().push_str(text);
    }
}

/// Titles by the part that they link to, from the `nav` of EPUB 3 and the `ncx` of EPUB 2.
#[derive(Default)]
pub(super) struct Contents {
    folder: String,
    titles: BTreeMap<String, String>,
    /// The current title and its target.
    title: String,
    target: Option<String>,
    in_title: bool,
}

impl Contents {
    /// Sets the part that is visited next.
    pub fn at(&mut self, part: &str) {
        self.folder = part.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        (self.title, self.target, self.in_title) = (String::new(), None, false);
    }

    /// Returns the title of a part.
    pub fn title_of(&self, part: &str) -> Option<&str> {
        self.titles.get(part).map(String::as_str).filter(|title| !title.trim().is_empty())
    }

    fn keep(&mut self) {
        if let Some(target) = self.target.take() {
            let title = std::mem::take(&mut self.title);
            self.titles.entry(target).or_insert(title);
        }
    }
}

impl Visitor for Contents {
    fn open(&mut self, element: &Element) -> bool {
        match element.local() {
            "a" => {
                self.title.clear();
                self.target = element.get("href").map(|href| resolved(&self.folder, href));
                self.in_title = true;
            }
            "navLabel" => {
                self.title.clear();
                self.in_title = true;
            }
            // It follows its label.
            "content" => {
                self.target = element.get("src").map(|href| resolved(&self.folder, href));
                self.keep();
            }
            _ => {}
        }
        true
    }

    fn close(&mut self, name: &str) {
        if name == "a" {
            self.keep();
        }
        if matches!(name, "a" | "navLabel") {
            self.in_title = false;
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_title {
            self.title.push_str(text);
        }
    }
}

/// Resolves a reference relative to a folder: removes the fragment, and resolves `%20` and `..`.
fn resolved(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut bytes = Vec::new();
    let mut rest = href.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    let mut parts: Vec<&str> = Vec::new();
    let path = format!("{folder}{}", String::from_utf8_lossy(&bytes));
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
