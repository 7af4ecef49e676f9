//! The cues of SRT and WebVTT (W3C Candidate Recommendation of 2019), without numbers, settings and tags.

/// The words spoken in a period of time.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Cue {
    /// Its start, in milliseconds.
    pub start: u64,
    /// Its end, in milliseconds.
    pub end: u64,
    /// The words by speaker, if speakers are marked.
    pub parts: Vec<(Option<String>, String)>,
}

/// Returns the cues of a file, and the number of notes and styles between them.
pub(super) fn cues(text: &str) -> (Vec<Cue>, usize) {
    let is_vtt = text.starts_with("WEBVTT");
    let (lines, notes) = without_notes(text, is_vtt);
    let times: Vec<(usize, (u64, u64))> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((at, times(line)?))).collect();
    let mut cues = Vec::new();
    for (number, &(at, (start, end))) in times.iter().enumerate() {
        let next = times.get(number + 1).map(|(next, _)| *next);
        let mut body = lines.get(at + 1..next.unwrap_or(lines.len())).unwrap_or_default();
        // The line before the next times is the identifier of that cue, if it is separate or a number.
        if let (Some(_), [before @ .., last]) = (next, body) {
            let apart = before.last().is_none_or(|line| line.trim().is_empty());
            let is_number = !last.trim().is_empty() && last.trim().bytes().all(|b| b.is_ascii_digit());
            if apart || is_number {
                body = before;
            }
        }
        cues.push(Cue { start, end, parts: parts(&body.join("\n")) });
    }
    (cues, notes)
}

/// Returns the lines without the blocks of WebVTT between cues, and the number of those blocks.
fn without_notes(text: &str, is_vtt: bool) -> (Vec<&str>, usize) {
    let (mut lines, mut notes, mut in_note, mut apart) = (Vec::new(), 0, false, true);
    for line in text.lines() {
        let first = line.split_whitespace().next().unwrap_or_default();
        if is_vtt && apart && matches!(first, "NOTE" | "STYLE" | "REGION") && times(line).is_none() {
            in_note = true;
            notes += 1;
        }
        apart = line.trim().is_empty();
        in_note &= !apart;
        if !in_note {
            lines.push(line);
        }
    }
    (lines, notes)
}

/// Parses `00:01:02,500 --> 00:01:05,000` with optional settings, in milliseconds.
fn times(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once("-->")?;
    Some((time(start.trim())?, time(rest.split_whitespace().next()?)?))
}

/// Parses `hh:mm:ss,mmm`, `mm:ss.mmm` and shorter forms, in milliseconds.
pub(super) fn time(text: &str) -> Option<u64> {
    let (clock, fraction) = text.split_once([',', '.']).unwrap_or((text, ""));
    let number = |digits: &str| {
        let fits = (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| digits.parse::<u64>().ok())?
    };
    let mut seconds = 0;
    let parts: Vec<&str> = clock.split(':').collect();
    for part in parts.iter().filter(|_| (2..=3).contains(&parts.len())) {
        seconds = seconds * 60 + number(part)?;
    }
    let padded = format!("{fraction:0<3}");
    let milliseconds = number(padded.get(..3)?)?;
    ((2..=3).contains(&parts.len())).then_some(seconds * 1000 + milliseconds)
}

/// Returns the words of a cue by speaker, without tags and with character references resolved.
fn parts(body: &str) -> Vec<(Option<String>, String)> {
    let mut parts = vec![(None, String::new())];
    let mut rest = body;
    while let Some(at) = rest.find(['<', '&', '{']) {
        push(&mut parts, &rest[..at]);
        rest = &rest[at..];
        let (words, length) = mark(rest, &mut parts);
        push(&mut parts, words);
        rest = &rest[length..];
    }
    push(&mut parts, rest);
    parts.retain(|(_, words)| !words.trim().is_empty());
    parts
}

fn push(parts: &mut [(Option<String>, String)], words: &str) {
    if let Some((_, said)) = parts.last_mut() {
        said.push_str(words);
    }
}

/// Returns the text for a tag or character reference at the start, and its length.
fn mark<'a>(text: &'a str, parts: &mut Vec<(Option<String>, String)>) -> (&'a str, usize) {
    const REFERENCES: [(&str, &str); 7] = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&nbsp;", "\u{a0}"),
        ("&lrm;", "\u{200e}"),
        ("&rlm;", "\u{200f}"),
    ];
    if let Some((name, means)) = REFERENCES.iter().find(|(name, _)| text.starts_with(name)) {
        return (means, name.len());
    }
    // The search ends at the start of another one, so that a file full of marks takes linear time.
    let closed = |end: char| {
        Some(text[1..].find([end, '<', '{', '\n'])? + 1).filter(|at| text[*at..].starts_with(end))
    };
    // `{\an8}` positions a line of an SRT on the screen.
    if let Some(end) = closed('}').filter(|_| text.starts_with(r"{\")) {
        return ("", end + 1);
    }
    let is_tag = text[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
    let Some(end) = closed('>').filter(|_| is_tag && text.starts_with('<')) else {
        return (&text[..1], 1);
    };
    let tag = &text[1..end];
    let (name, value) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let known = ["b", "i", "u", "c", "v", "ruby", "rt", "lang", "font", "s"];
    let bare = name.trim_start_matches('/').split('.').next().unwrap_or_default();
    if !known.contains(&bare.to_lowercase().as_str()) && time(tag).is_none() {
        return (&text[..1], 1);
    }
    if name.split('.').next() == Some("v") {
        let speaker = value.split_whitespace().collect::<Vec<_>>().join(" ");
        parts.push(((!speaker.is_empty()).then_some(speaker), String::new()));
    }
    ("", end + 1)
}
