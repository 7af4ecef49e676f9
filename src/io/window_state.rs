//! The file in which the window keeps its position, its zoom and the widths of panels.

use std::collections::HashMap;
use std::path::Path;

use crate::disk::outside;

/// The size limit of the file, in bytes; it usually has a few thousand.
const MOST: u64 = 8 * 1024 * 1024;

/// Removes the file if the window could not start with it. It holds no work, and is written again.
pub fn discard_unsound_window_state(file: &Path) {
    let is_sound = match outside::read_text(file, MOST) {
        Ok(text) => is_sound(&text),
        Err(error) => error.is_missing(),
    };
    if !is_sound {
        tracing::warn!("the window's saved state can't be used");
        let _ = std::fs::remove_file(file);
    }
}

/// Returns whether all numbers are usable: a width that is not a number, or a zoom of zero, would crash the program.
fn is_sound(text: &str) -> bool {
    let Ok(values) = ron::from_str::<HashMap<String, String>>(text) else { return false };
    values.values().all(|value| !words(value).any(|word| word == "NaN"))
        && values.get("window").is_none_or(|window| !words(window).any(|word| word == "inf"))
        && values.get("egui").is_none_or(|state| zoom(state).is_none_or(|zoom| (0.2..=5.0).contains(&zoom)))
}

/// Splits RON into names and numbers.
fn words(ron: &str) -> impl Iterator<Item = &str> {
    ron.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.')
}

/// Returns the zoom of the whole window; NaN if it can't be read.
fn zoom(state: &str) -> Option<f32> {
    let (_, after) = state.split_once("zoom_factor:")?;
    let end = after.find([',', ')']).unwrap_or(after.len());
    Some(after[..end].trim().parse().unwrap_or(f32::NAN))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn state_that_ends_the_program_is_removed_and_other_state_stays() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("app.ron");
        let kept = |content: &[u8]| {
            fs::write(&file, content).expect("written");
            discard_unsound_window_state(&file);
            file.exists()
        };
        let window = "(inner_position_pixels:Some((x:10.0,y:20.0)),fullscreen:false,inner_size_points:Some((x:WIDTH,y:800.0)))";
        let state = |width: &str, zoom: &str| {
            let egui = format!("(options:(zoom_factor:{zoom},zoom_with_keyboard:true),data:(-inf,inf))");
            format!("{{\"window\": {:?}, \"egui\": {egui:?}}}", window.replace("WIDTH", width))
        };
        for (width, zoom, sound) in [
            ("1280.0", "1.0", true),
            ("1280.0", "2", true),
            ("NaN", "1.0", false),
            ("inf", "1.0", false),
            ("-inf", "1.0", false),
            ("1280.0", "NaN", false),
            ("1280.0", "0.0", false),
            ("1280.0", "-1.0", false),
            ("1280.0", "inf", false),
            ("1280.0", "1e30", false),
        ] {
            assert_eq!(kept(state(width, zoom).as_bytes()), sound, "{width} {zoom}");
        }
        assert!(!kept(b"{") && !kept(b"\xff") && kept(b"{}"));
        discard_unsound_window_state(&dir.path().join("none"));
    }
}
