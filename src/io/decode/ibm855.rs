//! IBM855, the Cyrillic of DOS before IBM866, which `encoding_rs` does not have (Unicode's table CP855.TXT).

/// The characters of the bytes from 0x80 on.
const HIGH: &str = "ђЂѓЃёЁєЄѕЅіІїЇјЈљЉњЊћЋќЌўЎџЏюЮъЪаАбБцЦдДеЕфФгГ«»░▒▓│┤хХиИ╣║╗╝йЙ┐└┴┬├─┼кК╚╔╩╦╠═╬¤лЛмМнНоОп┘┌█▄Пя▀\
                    ЯрРсСтТуУжЖвВьЬ№\u{ad}ыЫзЗшШэЭщЩчЧ§■\u{a0}";

/// Reads bytes as IBM855, in which every byte has a meaning.
pub(super) fn ibm855(bytes: &[u8]) -> String {
    let high: Vec<char> = HIGH.chars().collect();
    let read = |byte: &u8| {
        let at = usize::from(*byte).checked_sub(0x80);
        at.and_then(|at| high.get(at).copied()).unwrap_or_else(|| char::from(*byte))
    };
    bytes.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_own_character() {
        let all: Vec<u8> = (0..=255).collect();
        let read = ibm855(&all);
        let distinct: std::collections::BTreeSet<char> = read.chars().collect();
        assert_eq!((read.chars().count(), distinct.len()), (256, 256));
        assert_eq!(ibm855(b"\xDD\xE1\xB7\xEB\xA8\xE5 A"), "Привет A");
    }
}
