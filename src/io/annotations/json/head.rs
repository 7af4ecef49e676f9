//! The first bytes of a JSON file: the keys of its first object, even if the file is cut off.

/// The first object of a file: the first item of an array, or the first line of JSONL.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// Whether the file is an array of objects.
    pub is_array: bool,
    /// Its keys, each with the first byte of its value, or 0 if that is cut off.
    keys: Vec<(String, u8)>,
}

impl Head {
    /// Reads the first bytes of a file. Anything but JSON has no keys.
    pub fn new(bytes: &[u8]) -> Self {
        let mut cursor = Cursor(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes));
        let is_array = cursor.take(b'[');
        let mut head = Self { is_array, keys: Vec::new() };
        if !cursor.take(b'{') {
            return head;
        }
        while let Some(key) = cursor.string() {
            if !cursor.take(b':') {
                break;
            }
            cursor.space();
            head.keys.push((key, cursor.0.first().copied().unwrap_or(0)));
            if !cursor.skip_value() || !cursor.take(b',') {
                break;
            }
        }
        head
    }

    /// Reads the object in the first pair of a text and an object, such as `["text", {"entities": []}]`, which may be the first
    /// item of a list.
    pub fn of_pair(bytes: &[u8]) -> Option<Self> {
        let mut cursor = Cursor(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes));
        if !cursor.take(b'[') {
            return None;
        }
        cursor.take(b'[');
        cursor.string()?;
        cursor.take(b',').then(|| Self::new(cursor.0))
    }

    /// Returns whether there is an object with a key.
    pub fn has_keys(&self) -> bool {
        !self.keys.is_empty()
    }

    /// Returns whether the object has this key.
    pub fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|(known, _)| known == key)
    }

    /// Returns whether the object has one of these keys.
    pub fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.has(key))
    }

    /// Returns whether the value of this key starts with this byte: `{`, `[`, `"`.
    pub fn starts(&self, key: &str, with: u8) -> bool {
        self.keys.iter().any(|(known, start)| known == key && *start == with)
    }
}

/// Splits a list into the bytes of its items; `None` if the file is not a complete list. The content of an item may still be
/// invalid JSON.
pub(super) fn items(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut cursor = Cursor(bytes);
    if !cursor.take(b'[') {
        return None;
    }
    let mut items = Vec::new();
    if cursor.take(b']') {
        return cursor.0.trim_ascii().is_empty().then_some(items);
    }
    loop {
        let start = cursor.0;
        if !cursor.skip_value() {
            return None;
        }
        items.push(&start[..start.len() - cursor.0.len()]);
        if cursor.take(b']') {
            return cursor.0.trim_ascii().is_empty().then_some(items);
        }
        if !cursor.take(b',') {
            return None;
        }
    }
}

/// Finds the list in an object under the first of some keys that it has, or in the object under that key, and so on. Returns
/// it, and the file with an empty list in its place. `None` if there is no list.
pub(super) fn list_in<'a>(bytes: &'a [u8], keys: &[&str]) -> Option<(&'a [u8], Vec<u8>)> {
    let mut object = bytes;
    loop {
        let mut cursor = Cursor(object);
        if !cursor.take(b'{') {
            return None;
        }
        let mut found: Option<(usize, &[u8])> = None;
        while let Some(key) = cursor.string() {
            if !cursor.take(b':') {
                return None;
            }
            cursor.space();
            let start = cursor.0;
            if !cursor.skip_value() {
                return None;
            }
            let value = start[..start.len() - cursor.0.len()].trim_ascii_end();
            let rank = keys.iter().position(|known| *known == key);
            // If a key is repeated, the last one is used, as by the reader.
            found =
                found.filter(|(best, _)| rank.is_none_or(|rank| *best < rank)).or(rank.map(|r| (r, value)));
            if !cursor.take(b',') {
                break;
            }
        }
        object = found?.1;
        if object.starts_with(b"[") {
            let start = object.as_ptr() as usize - bytes.as_ptr() as usize;
            let around = [&bytes[..start], b"[]", &bytes[start + object.len()..]].concat();
            return Some((object, around));
        }
    }
}

/// The remaining bytes.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn space(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }

    fn take(&mut self, byte: u8) -> bool {
        self.space();
        let found = self.0.first() == Some(&byte);
        if found {
            self.0 = &self.0[1..];
        }
        found
    }

    /// Reads a string; `None` if none starts here or it is cut off.
    fn string(&mut self) -> Option<String> {
        if !self.take(b'"') {
            return None;
        }
        let end = string_end(self.0)?;
        let string = String::from_utf8_lossy(&self.0[..end]).into_owned();
        self.0 = &self.0[end + 1..];
        Some(string)
    }

    /// Skips a value, up to the comma or bracket after it; `false` if that is cut off.
    fn skip_value(&mut self) -> bool {
        let mut depth = 0usize;
        let mut at = 0;
        while let Some(byte) = self.0.get(at) {
            match byte {
                b'"' => match string_end(&self.0[at + 1..]) {
                    Some(end) => at += end + 1,
                    None => return false,
                },
                b'[' | b'{' => depth += 1,
                b',' | b']' | b'}' if depth == 0 => {
                    self.0 = &self.0[at..];
                    return true;
                }
                b']' | b'}' => depth -= 1,
                _ => {}
            }
            at += 1;
        }
        false
    }
}

/// Returns the position of the quotation mark that ends a string whose start has been cut off.
fn string_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::Head;

    #[test]
    fn lists_fall_into_their_items() {
        let of = |text: &'static str| {
            let items = super::items(text.as_bytes());
            items.map(|items| {
                items.into_iter().map(|item| std::str::from_utf8(item).unwrap()).collect::<Vec<_>>()
            })
        };
        assert_eq!(
            of(r#" [ {"a":["]",1]}, "x,\"]" ,3] "#).unwrap(),
            [r#"{"a":["]",1]}"#, r#" "x,\"]" "#, "3"]
        );
        assert_eq!((of("[]"), of("[1,]")), (Some(vec![]), Some(vec!["1", ""])));
        for bad in ["{}", "[1", "[1]2", "[1}", "[\"]", ""] {
            assert_eq!(of(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_list_is_found_in_objects() {
        let of = |text: &'static str| {
            let found = super::list_in(text.as_bytes(), &["items", "first"]);
            found.map(|(list, around)| {
                format!("{} {}", String::from_utf8_lossy(list), String::from_utf8_lossy(&around))
            })
        };
        let file = r#"{"first":{"a":[0],"items":[1,{"items":[2]}] ,"b":3}, "items":"x"}"#;
        assert_eq!(of(file), None, "`items` comes before `first`");
        let file = r#"{"first":{"a":[0],"items":[1,{"items":[2]}] ,"b":3}}"#;
        let expect = r#"[1,{"items":[2]}] {"first":{"a":[0],"items":[] ,"b":3}}"#;
        assert_eq!(of(file).as_deref(), Some(expect));
        assert_eq!(of(r#"{"items":[1],"items":[2]}"#).as_deref(), Some(r#"[2] {"items":[1],"items":[]}"#));
        assert_eq!((of("[]"), of("{}"), of(r#"{"items":["#)), (None, None, None));
    }

    #[test]
    fn keys_are_found_in_what_is_cut_off() {
        let file =
            br#" [ {"id" : 7, "te\"xt": "a \" , } b", "data":{"x":[1,{"in":"]"}]}, "spans":[], "last": tr"#;
        let head = Head::new(file);
        assert!(head.is_array);
        assert!(head.has("id") && head.has("spans") && head.has("last") && !head.has("in") && !head.has("x"));
        assert!(head.starts("data", b'{') && head.starts("spans", b'[') && !head.starts("id", b'"'));
        for end in 0..file.len() {
            Head::new(&file[..end]);
        }
        assert!(!Head::new(b"{\"a\":\"").has("b") && !Head::new(b"text").has("text"));
    }
}
