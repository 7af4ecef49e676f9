use super::*;

fn row_of(glyphs: &[(char, f32)]) -> Vec<Glyph> {
    glyphs.iter().map(|&(chr, advance)| Glyph { chr, advance }).collect()
}

fn map(text: &str, rows: &[&[(char, f32)]]) -> BlockMap {
    let rows: Vec<Vec<Glyph>> = rows.iter().map(|row| row_of(row)).collect();
    BlockMap::from_glyphs(text, &rows, 20.0, 15.0)
}

fn segments(map: &BlockMap, start: usize, end: usize) -> Vec<(usize, f32, f32)> {
    let mut out = Vec::new();
    map.segments(TextRange { start, end }, |s| out.push((s.row, s.left, s.right)));
    out
}

#[test]
fn the_width_of_a_ligature_is_divided_among_its_characters() {
    let map = map("affix", &[&[('a', 10.0), ('f', 18.0), ('f', 0.0), ('i', 0.0), ('x', 10.0)]]);
    assert_eq!(map.caret(2), (0, 16.0));
    assert_eq!(map.caret(3), (0, 22.0));
    assert_eq!(segments(&map, 1, 4), [(0, 10.0, 28.0)]);
    assert_eq!(segments(&map, 2, 3), [(0, 16.0, 22.0)]);
    assert_eq!(map.hit_test(0, 17.0), 2);
    assert_eq!(map.hit_test(0, 21.0), 3);
}

#[test]
fn clusters_are_not_cut() {
    let text = "a👩‍👩‍👧e\u{301}b";
    let family = ('👩', 20.0);
    let tail: Vec<(char, f32)> = "\u{200d}👩\u{200d}👧".chars().map(|c| (c, 0.0)).collect();
    let mut row = vec![('a', 10.0), family];
    row.extend(tail);
    row.extend([('e', 10.0), ('\u{301}', 0.0), ('b', 10.0)]);
    let map = map(text, &[&row]);
    let family_end = 1 + "👩‍👩‍👧".len();
    assert_eq!(map.hit_test(0, 12.0), 1);
    assert_eq!(map.hit_test(0, 25.0), family_end);
    assert_eq!(map.byte_at(0, 29.0), Some(1));
    assert_eq!(map.byte_at(0, 35.0), Some(family_end));
    assert_eq!(map.caret(text.len() - 1), (0, 40.0));
    assert_eq!(map.caret(text.len()), (0, 50.0));
}

#[test]
fn a_zero_width_space_gets_no_share_of_the_letter_before() {
    let map = map("a\u{200b}b", &[&[('a', 10.0), ('\u{200b}', 0.0), ('b', 10.0)]]);
    assert_eq!(map.caret(1), (0, 10.0));
    assert_eq!(map.caret(4), (0, 10.0));
}

#[test]
fn the_space_at_which_a_row_breaks_is_not_painted() {
    let map = map("ab cd", &[&[('a', 10.0), ('b', 10.0), (' ', 5.0)], &[('c', 10.0), ('d', 10.0)]]);
    assert_eq!(segments(&map, 0, 5), [(0, 0.0, 20.0), (1, 0.0, 20.0)]);
    assert_eq!(map.hit_test(0, 99.0), 2);
    assert_eq!(map.hit_test(1, 99.0), 5);
    assert_eq!(map.hit_test(1, -5.0), 3);
    assert_eq!(map.caret(3), (1, 0.0));
    assert_eq!(map.row_bounds(0), (0, 2));
    assert_eq!(map.row_bounds(1), (3, 5));
}

#[test]
fn a_row_that_breaks_inside_a_word_ends_before_its_last_character() {
    let map = map("abcd", &[&[('a', 10.0), ('b', 10.0)], &[('c', 10.0), ('d', 10.0)]]);
    assert_eq!(map.row_bounds(0), (0, 1));
    assert_eq!(map.row_of(2), 1);
    assert_eq!(segments(&map, 0, 4), [(0, 0.0, 20.0), (1, 0.0, 20.0)]);
}

#[test]
fn an_empty_block_has_a_row() {
    for map in [map("", &[&[]]), map("", &[])] {
        assert_eq!(map.rows(), 1);
        assert_eq!(map.caret(0), (0, 0.0));
        assert_eq!(map.hit_test(0, 50.0), 0);
        assert_eq!(map.byte_at(0, 0.0), None);
        assert!(segments(&map, 0, 0).is_empty());
    }
}

#[test]
fn right_to_left_words_are_matched_from_their_end() {
    // Hebrew "שלום": the glyphs come from its end, then an empty one for each character but the first.
    let text = "a שלום b";
    let mut row = vec![('a', 10.0), (' ', 5.0)];
    row.extend("םולש".chars().map(|c| (c, 10.0)));
    row.extend("לום".chars().map(|c| (c, 0.0)));
    row.extend([(' ', 5.0), ('b', 10.0)]);
    let map = map(text, &[&row]);
    assert_eq!(map.caret(2), (0, 55.0), "the first letter is on the right");
    assert_eq!(map.hit_test(0, 50.0), 2);
    assert_eq!(map.hit_test(0, 16.0), 10);
    assert_eq!(segments(&map, 2, 10), [(0, 15.0, 55.0)]);
    assert_eq!(segments(&map, 0, 4), [(0, 0.0, 15.0), (0, 45.0, 55.0)]);
    assert_eq!(map.caret(text.len()), (0, 70.0));
    assert_eq!(segments(&map, 11, 12), [(0, 60.0, 70.0)]);
}

#[test]
fn a_lam_alef_is_one_cluster() {
    let text = "سلام";
    // meem, lam-alef, seen; then empty glyphs for all but the first character.
    let mut row = vec![('م', 8.0), ('ل', 9.0), ('س', 10.0)];
    row.extend("لام".chars().map(|c| (c, 0.0)));
    let map = map(text, &[&row]);
    assert_eq!(map.caret(0), (0, 27.0));
    assert_eq!(map.caret(2), (0, 17.0));
    assert_eq!(map.caret(4), (0, 17.0), "inside the cluster");
    assert_eq!(map.caret(6), (0, 8.0));
    assert_eq!(segments(&map, 4, 6), [(0, 8.0, 17.0)]);
}

#[test]
fn unmatched_glyphs_do_no_harm() {
    for text in ["שלום", "कि", "a\u{301}b", "한글"] {
        for row in [vec![], vec![('x', 3.0)], vec![('x', 3.0); 40]] {
            let map = map(text, &[&row, &row]);
            for offset in 0..=text.len() {
                let (row, x) = map.caret(offset);
                assert!(row < map.rows() && x.is_finite());
            }
            for x in [-1.0, 0.0, 5.0, 1e6] {
                assert!(map.hit_test(0, x) <= text.len());
            }
            map.segments(TextRange { start: 0, end: text.len() }, |s| assert!(s.left <= s.right));
        }
    }
}
