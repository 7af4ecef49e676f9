//! What the first bytes of a JSON file tell: the keys of its first object, though the file may be cut off.

/// The first object of a file: of an array its first item, of JSONL its first line.
#[derive(Debug, Default)]
pub(in crate::io::import) struct Head {
    /// Whether the file is an array of objects.
    pub is_array: bool,
    /// Its keys, each with the byte that its value starts with, 0 if that is cut off.
    keys: Vec<(String, u8)>,
}

impl Head {
    /// Looks at the first bytes of a file. What is no JSON has no keys.
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

    /// Whether the object has this key.
    pub fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|(known, _)| known == key)
    }

    /// Whether the object has one of these keys.
    pub fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.has(key))
    }

    /// Whether the value of this key starts with this byte: `{`, `[`, `"`.
    pub fn starts(&self, key: &str, with: u8) -> bool {
        self.keys.iter().any(|(known, start)| known == key && *start == with)
    }
}

/// The bytes that are left.
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

    /// A string; `None` where none starts, or it is cut off.
    fn string(&mut self) -> Option<String> {
        if !self.take(b'"') {
            return None;
        }
        let end = string_end(self.0)?;
        let string = String::from_utf8_lossy(&self.0[..end]).into_owned();
        self.0 = &self.0[end + 1..];
        Some(string)
    }

    /// Goes over a value, up to the comma or bracket behind it; `false` if that is cut off.
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

/// Where the quotation mark stands that ends a string whose start is cut away.
fn string_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Head;

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
