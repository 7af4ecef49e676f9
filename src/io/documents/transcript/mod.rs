//! Transcripts with times in SRT and WebVTT: cues are joined to paragraphs, and their times become anchors.

mod cues;

use cues::Cue;

use super::writer::Writer;
use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::FormatInfo;
use crate::decode::decode;
use crate::loss::DocumentLoss;
use demarche_model::AnchorKind;

/// A pause that ends a paragraph, in milliseconds.
const SILENCE: u64 = 4000;
/// A pause that ends a paragraph after the end of a sentence, in milliseconds.
const PAUSE: u64 = 1500;
/// Length in bytes after which a paragraph ends with the next sentence.
const LONG: usize = 600;
/// Least distance between anchors in a paragraph, in milliseconds.
const STEP: u64 = 15_000;

/// SRT and WebVTT.
#[derive(Debug)]
pub(super) struct Transcript;

impl DocumentFormat for Transcript {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "srt",
            title: "Transcript with times (SRT, WebVTT)",
            extension: "srt",
            carries: "the words, joined to paragraphs, with their speakers; times",
            loses: "ends of cues, numbers, positions on the screen, formatting, notes",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["srt", "vtt"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        // Works for all encodings including UTF-16.
        let head: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
        memchr::memmem::find(&head, b"-->").is_some()
    }

    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError> {
        let decoded = decode(source.bytes, source.encoding)?;
        let (cues, notes) = cues::cues(&decoded.text);
        let mut telling = Telling { rolling: is_rolling(&decoded.text), ..Telling::default() };
        cues.iter().for_each(|cue| telling.cue(cue));
        telling.writer.drop(DocumentLoss::CaptionNotes, notes);
        let mut read = telling
            .writer
            .finish("it has no cue, which starts with a line such as 00:00:01,000 --> 00:00:04,000")?;
        read.dropped.extend(decoded.damage.losses());
        read.encoding = decoded.encoding.to_owned();
        Ok(vec![read])
    }
}

/// Returns whether lines are repeated in the following cues, as in roll-up captions, which have a time for each word.
fn is_rolling(text: &str) -> bool {
    text.match_indices("<c>").take(3).count() == 3 && text.contains("><c>")
}

/// The text of a transcript as it is written.
#[derive(Default)]
struct Telling {
    writer: Writer,
    speaker: Option<String>,
    /// The end of the last cue, in milliseconds.
    end: u64,
    /// The time of the last anchor, in milliseconds.
    kept: u64,
    rolling: bool,
    /// The last line written.
    last: String,
}

impl Telling {
    fn cue(&mut self, cue: &Cue) {
        for (speaker, words) in &cue.parts {
            let words = self.fresh(words);
            if words.is_empty() {
                continue;
            }
            let turns = speaker.is_some() && *speaker != self.speaker;
            if turns || names_speaker(&words) || self.is_over(cue.start) {
                self.writer.end();
            }
            let begins = self.writer.paragraph().is_empty();
            self.writer.space();
            if begins || cue.start >= self.kept + STEP {
                self.writer.anchor(AnchorKind::Time(clock(cue.start).into()));
                self.kept = cue.start;
            }
            if let (true, Some(name)) = (turns, speaker) {
                self.writer.push(&format!("{name}: "));
            }
            if speaker.is_some() {
                self.speaker.clone_from(speaker);
            }
            self.writer.push_collapsed(&words);
        }
        self.end = self.end.max(cue.end);
    }

    /// Returns the words of a cue, without lines that roll-up captions repeat.
    fn fresh(&mut self, words: &str) -> String {
        if !self.rolling {
            return words.trim().to_owned();
        }
        let mut fresh = Vec::new();
        for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if line != self.last {
                line.clone_into(&mut self.last);
                fresh.push(line);
            }
        }
        fresh.join(" ")
    }

    /// Returns whether the paragraph ends before a cue with this start.
    fn is_over(&self, start: u64) -> bool {
        let words = self.writer.paragraph().trim_end_matches(['"', '\'', '”', '’', '»', ')', ' ']);
        let silence = start.saturating_sub(self.end);
        let sentence = words.ends_with(['.', '?', '!', '…', '。', '？', '！', '؟', '।']);
        silence >= SILENCE || sentence && (silence >= PAUSE || words.len() >= LONG)
    }
}

/// Returns whether words start with their speaker: `MS RUIZ: …`, `Ana Ruiz: …`, `>> …`, `- …`.
fn names_speaker(words: &str) -> bool {
    if words.starts_with(">>") || words.starts_with("- ") || words.starts_with('–') {
        return true;
    }
    let Some((name, _)) = words.split_once(": ").filter(|(name, _)| name.len() <= 60) else { return false };
    let is_name = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(');
    name.split_whitespace().count() <= 5 && name.split_whitespace().all(is_name)
}

/// Formats milliseconds as `hh:mm:ss`.
fn clock(time: u64) -> String {
    let seconds = time / 1000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotations::mutation::{count, damages};
    use crate::documents::mutation::check;
    use crate::loss::Loss;

    const SRT: &str = "\u{feff}1\r\n00:00:01,000 --> 00:00:03,000\r\n{\\an8}<i>We will not</i>\r\nwait.\r\n\r\n\
        2\r\n00:00:03,100 --> 00:00:05,000\r\nNot & never < 3\r\n\r\nat all\r\n\r\n\
        3\r\n00:00:20,000 --> 00:00:21,000\r\nMS RUIZ: Why?\r\n\r\n4\r\n01:00:22,000 --> 01:00:23,000 X1:1\r\n42\r\n";
    const VTT: &str = "WEBVTT - talks\nKind: captions\n\nNOTE two\nlines\n\nSTYLE\n::cue { color: red }\n\n\
        intro\n00:01.000 --> 00:02.000 align:start\n<v Ana Ruiz>We propose &amp; wait</v>\n\n\
        00:02.000 --> 00:03.000\n<v Ana Ruiz>for you.</v>\n\n00:03.000 --> 00:04.000\n<v.loud Ben>No.</v> <v Ana Ruiz>Yes.\n";

    fn read(text: &str) -> ReadDocument {
        Transcript.read(&Source { name: "a.srt", bytes: text.as_bytes(), encoding: None }).unwrap().remove(0)
    }

    fn times(read: &ReadDocument) -> Vec<(&str, String)> {
        let time = |anchor: &demarche_model::Anchor| match &anchor.kind {
            AnchorKind::Time(time) => (read.text[anchor.at..].split(' ').next().unwrap(), time.to_string()),
            other => panic!("{other:?}"),
        };
        read.anchors.iter().map(time).collect()
    }

    #[test]
    fn cues_become_paragraphs_with_times() {
        let read = read(SRT);
        assert_eq!(read.text, "We will not wait. Not & never < 3 at all\n\nMS RUIZ: Why?\n\n42\n");
        let times = times(&read);
        assert_eq!(times[..2], [("We", "00:00:01".to_owned()), ("MS", "00:00:20".to_owned())]);
        assert_eq!(times[2].1, "01:00:22");
    }

    #[test]
    fn speakers_of_webvtt_are_kept_and_its_notes_are_counted() {
        let read = read(VTT);
        assert_eq!(read.text, "Ana Ruiz: We propose & wait for you.\n\nBen: No.\n\nAna Ruiz: Yes.\n");
        assert_eq!(read.dropped, [Loss::new(DocumentLoss::CaptionNotes, 2)]);
        assert!(Transcript.fits(VTT.as_bytes()) && !Transcript.fits(b"WEBVTT"));
    }

    #[test]
    fn lines_that_roll_come_once() {
        let rolling = "WEBVTT\n\n00:01.000 --> 00:03.000\n \nwe<00:01.500><c> will</c><00:02.000><c> wait</c>\n\n\
            00:03.000 --> 00:03.010\nwe will wait\n \n\n00:03.010 --> 00:05.000\nwe will wait\nfor<00:04.000><c> you</c>\n";
        assert_eq!(read(rolling).text, "we will wait for you\n");
        let said_twice = "1\n00:00:01,000 --> 00:00:02,000\nNo\n\n2\n00:00:02,000 --> 00:00:03,000\nNo\n";
        assert_eq!(read(said_twice).text, "No No\n");
    }

    #[test]
    fn a_long_cue_row_keeps_a_time_now_and_then() {
        let cue =
            |n: usize| format!("{n}\n00:00:{:02},000 --> 00:00:{:02},000\nword {n},\n\n", n * 5, n * 5 + 5);
        let read = read(&(0..10).map(cue).collect::<String>());
        let times: Vec<_> = times(&read).into_iter().map(|(_, time)| time).collect();
        assert_eq!(times, ["00:00:00", "00:00:15", "00:00:30", "00:00:45"]);
    }

    #[test]
    fn a_file_without_cues_is_refused_with_advice() {
        let source = Source { name: "a.srt", bytes: b"--> no time here", encoding: None };
        assert!(Transcript.read(&source).unwrap_err().to_string().contains("00:00:01,000 -->"));
    }

    proptest! {
        #![proptest_config(count(100))]
        #[test]
        fn damaged_transcripts_do_no_harm(vtt: bool, damages in damages()) {
            check(&Transcript, if vtt { VTT } else { SRT }.as_bytes(), &damages)?;
        }
    }
}
