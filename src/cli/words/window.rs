//! Messages on a system on which the window can't be shown.

/// Why there is no window.
pub fn no_window(why: &str) -> String {
    format!("{why}.")
}

/// What the user gets instead of the window.
pub fn summary_instead(why: &str) -> String {
    format!("{why}. Here is the project's summary instead.")
}

/// How to get the window, and what works without it.
pub fn advice() -> &'static str {
    "
To open the window, start `demarche` in a desktop session (over SSH: `ssh -X`). On a minimal Debian, install:
  apt install libgl1 libegl1 libxkbcommon-x11-0 libxcursor1 libxi6
Without the window, use `demarche summary`, `demarche export` and the other subcommands (`demarche --help`)."
}
