//! HTML pages: the article without navigation, or the whole page if no article is found.

mod flow;
mod marks;
mod nesting;
mod xhtml;

use dom_smoothie::Readability;
use encoding_rs::Encoding;

pub(super) use flow::flow;
pub(crate) use nesting::check as check_depth;
pub(super) use xhtml::close_empty;

use super::office::one_line;
use super::writer::Writer;
use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::FormatInfo;
use crate::decode::{DecodeError, Decoded, decode_stated};
use crate::entities::expanded;
use crate::loss::DocumentLoss;
use demarche_model::Date;

/// Number of bytes in which the encoding is searched for. The HTML standard says 1,024, but many pages exceed it.
const HEAD: usize = 4096;
/// Elements that are left out of a page without an article.
const ASIDE: [&str; 3] = ["nav", "footer", "aside"];
/// Least percentage of the words on a page for the article to be used; a smaller one is only a part of the text.
const SHARE: usize = 10;

/// Advice for a page without words.
const ADVICE: &str = "if a script creates the page, open it in a browser, and save it or copy its text";

/// HTML.
#[derive(Debug)]
pub(super) struct Html;

impl DocumentFormat for Html {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "html",
            title: "Web page",
            extension: "html",
            carries: "the article; headings; title, date, author, address",
            loses: "text around the article, pictures, formatting",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn is_sure(&self, head: &[u8]) -> bool {
        let head: String = head
            .iter()
            .take(HEAD)
            .filter(|b| **b != 0 && b.is_ascii())
            .map(|b| char::from(*b).to_ascii_lowercase())
            .collect();
        let head = head.trim_start();
        let after = head
            .strip_prefix("<?xml")
            .and_then(|rest| rest.split_once("?>"))
            .map_or(head, |(_, rest)| rest.trim_start());
        after.starts_with("<!doctype html") || after.starts_with("<html")
    }

    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError> {
        let Decoded { text: html, encoding, damage } = decoded(source.bytes, source.encoding)?;
        let html = expanded(html);
        let html = if html.trim_start().starts_with("<?xml") { close_empty(&html) } else { html };
        check_depth(&html)?;
        let mut page = Readability::from(html.as_str());
        let address = address(&page);
        let named = page.parse_json_ld();
        let named = page.get_article_metadata(named);
        let is_article = page.is_probably_readable();
        let article = if is_article { page.parse().ok() } else { None };
        let byline = article.as_ref().and_then(|article| article.byline.clone()).or(named.byline);
        let mut read = match article.and_then(|article| of_article(&article.content, &html)) {
            Some(read) => read,
            None => whole(&html)?,
        };
        let time = named.published_time.or_else(|| stated_date(&page)).or(named.modified_time);
        read.title = one_line(Some(named.title));
        read.date = time.and_then(|time| Date::parse(time.trim().get(..10)?));
        read.author = one_line(byline);
        read.source = one_line(address.or(named.url).or(named.site_name));
        read.dropped.extend(damage.losses());
        read.encoding = encoding.to_owned();
        Ok(vec![read])
    }
}

/// Returns the article of a page; `None` if it contains only a small part of the words.
fn of_article(article: &str, page: &str) -> Option<ReadDocument> {
    let mut writer = Writer::default();
    flow(article, &[], &mut writer);
    let inside = writer.words();
    let mut all = Writer::default();
    flow(page, &[], &mut all);
    let around = all.words().saturating_sub(inside);
    writer.drop(DocumentLoss::WordsAroundArticle, around);
    let read = writer.finish(ADVICE).ok()?;
    (inside * 100 >= SHARE * (inside + around)).then_some(read)
}

/// Returns the whole page without its menus.
fn whole(page: &str) -> Result<ReadDocument, ReadError> {
    let mut writer = Writer::default();
    let around = flow(page, &ASIDE, &mut writer);
    writer.drop(DocumentLoss::WordsAroundArticle, around);
    writer.finish(ADVICE).or_else(|_| {
        let mut writer = Writer::default();
        flow(page, &[], &mut writer);
        writer.finish(ADVICE)
    })
}

/// Returns the address that a page states.
fn address(page: &Readability) -> Option<String> {
    let find = |selector: &str, attribute: &str| {
        page.doc.select(selector).attr(attribute).map(|value| value.to_string())
    };
    let address = find("link[rel=canonical]", "href").or_else(|| find("meta[property='og:url']", "content"));
    address.filter(|address| address.starts_with("http"))
}

/// Returns the date in the metadata of a page, as written by word processors and libraries.
fn stated_date(page: &Readability) -> Option<String> {
    const NAMES: [&str; 5] = ["dcterms.created", "dcterms.issued", "dc.date", "created", "date"];
    let facts = page.doc.select("meta[name]");
    let value = |wanted: &str| {
        let mut named = facts
            .nodes()
            .iter()
            .filter(|fact| fact.attr("name").is_some_and(|name| name.eq_ignore_ascii_case(wanted)));
        named.find_map(|fact| fact.attr("content")).map(|value| value.to_string())
    };
    let is_date = |value: &String| value.trim().get(..10).is_some_and(|day| Date::parse(day).is_some());
    NAMES.iter().filter_map(|name| value(name)).find(is_date)
}

/// Decodes a page, which may state its encoding.
pub(super) fn decoded(bytes: &[u8], named: Option<&'static Encoding>) -> Result<Decoded, DecodeError> {
    decode_stated(bytes, named, stated(bytes))
}

/// Returns the encoding that a page states at its start: `<meta charset=…>`, `<meta … content="text/html; charset=…">`
/// or `<?xml … encoding=…?>`.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(HEAD).map(|b| char::from(*b).to_ascii_lowercase()).collect();
    let at = head.find("charset").map(|at| at + 7).or_else(|| {
        let declaration = head.strip_prefix("<?xml")?.split_once("?>")?.0;
        declaration.find("encoding").map(|at| "<?xmlencoding".len() + at)
    })?;
    let value = head.get(at..)?.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label: String =
        value.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    let encoding = Encoding::for_label(label.as_bytes())?;
    // A page that states UTF-16 in ASCII is not UTF-16; by the standard, it is UTF-8.
    Some(if encoding.is_ascii_compatible() { encoding } else { encoding_rs::UTF_8 })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotations::mutation::{count, damages};
    use crate::documents::mutation::check;

    fn read(html: &[u8]) -> ReadDocument {
        Html.read(&Source { name: "a.html", bytes: html, encoding: None }).unwrap().remove(0)
    }

    const SENTENCE: &str = "The delegation said on Monday that it would suspend the talks unless the port reopens, and that \
                            it expects an answer, in writing, before the end of the week. ";

    fn page() -> String {
        let paragraphs: String = (0..8).map(|n| format!("<p>{n} {}</p>", SENTENCE.repeat(2))).collect();
        format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>Talks suspended | Daily News</title>\
             <meta property='article:published_time' content='2026-03-14T09:00:00Z'><meta name=author content='Ana Ruiz'>\
             <meta property='og:url' content='https://news.example/talks'></head><body><nav><ul><li><a href=/>Home</a>\
             <li><a href=/w>World</a></ul></nav><article><h1>Talks suspended</h1>{paragraphs}<h2>What comes next</h2>\
             <p>{SENTENCE}</p><figure><img src=a.png></figure></article><aside><a href=/x>Read also this and that</a></aside>\
             <footer>Imprint and privacy</footer></body></html>"
        )
    }

    proptest! {
        #![proptest_config(count(60))]
        #[test]
        fn damaged_pages_do_no_harm(damages in damages()) {
            check(&Html, page().as_bytes(), &damages)?;
        }
    }

    #[test]
    fn the_article_is_read_without_its_surroundings() {
        let read = read(page().as_bytes());
        assert!(
            read.text.starts_with("0 The delegation") || read.text.starts_with("Talks suspended"),
            "{}",
            read.text
        );
        for word in ["Home", "World", "Imprint", "Read also"] {
            assert!(!read.text.contains(word), "{word}");
        }
        assert!(
            read.title.as_deref().is_some_and(|title| title.starts_with("Talks suspended")),
            "{:?}",
            read.title
        );
        assert_eq!(read.author.as_deref(), Some("Ana Ruiz"));
        assert_eq!(read.date, Date::parse("2026-03-14"));
        assert_eq!(read.source.as_deref(), Some("https://news.example/talks"));
        assert!(read.anchors.iter().any(|anchor| read.text[anchor.at..].starts_with("What comes next")));
        assert!(
            read.dropped
                .iter()
                .any(|loss| loss.kind == DocumentLoss::WordsAroundArticle.into() && loss.count >= 8),
            "{:?}",
            read.dropped
        );
    }

    #[test]
    fn a_page_without_an_article_is_read_whole() {
        let read =
            read(b"<title>List</title><nav>menu</nav><h1>Members</h1><ul><li>Norvania<li>Estmark</ul>");
        assert_eq!(read.text, "Members\n\n• Norvania\n• Estmark\n");
        assert_eq!(read.title.as_deref(), Some("List"));
        let only_menu =
            Html.read(&Source { name: "a", bytes: b"<nav>all of it</nav>", encoding: None }).unwrap();
        assert_eq!(only_menu[0].text, "all of it\n");
    }

    #[test]
    fn the_encoding_is_the_one_that_the_page_names() {
        let latin = b"<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-1\"><p>caf\xE9";
        assert_eq!(
            (read(latin).text.as_str(), read(latin).encoding.as_str()),
            ("caf\u{e9}\n", "windows-1252")
        );
        let wrong = b"<meta charset=utf-8><p>caf\xE9 and some more words that tell nothing of \x81\x8D";
        let read = read(wrong);
        assert_eq!(read.encoding, "UTF-8");
        assert_eq!(read.dropped[0].count, 3);
        let xml =
            b"<?xml version='1.0' encoding='windows-1251'?><html><body><p>\xCF\xEE\xF0\xF2</p></body></html>";
        assert_eq!(self::read(xml).text, "\u{41f}\u{43e}\u{440}\u{442}\n");
    }

    #[test]
    fn the_date_of_a_word_processor_is_the_date() {
        let date = |meta: &str| read(format!("{meta}<p>We wait.").as_bytes()).date;
        let created = "<meta name=Created content='2026-03-14T09:00:00'>";
        assert_eq!(date(created), Date::parse("2026-03-14"));
        assert_eq!(
            date("<meta name=DC.date content=2026-03-15><meta name=date content=soon>"),
            Date::parse("2026-03-15")
        );
        assert_eq!(date("<meta name=created content='00:00:00'>"), None);
    }

    #[test]
    fn a_page_without_words_says_so() {
        let error = Html
            .read(&Source { name: "a", bytes: b"<script>let a = 1</script>", encoding: None })
            .unwrap_err();
        assert!(error.to_string().contains("no text"), "{error}");
    }
}
