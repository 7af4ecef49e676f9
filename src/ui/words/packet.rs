//! Packets.

texts! {
    send_title: "Send to coder",
    send_hint: "One file with the codebook and the documents, without anyone else's passages. It opens in Demarche as a project, and is returned with “Send back…”.",
    return_title: "Send back",
    return_hint: "One file with only your passages. The recipient merges it with “Merge project…”.",
    recipient: "For",
    recipient_hint: "Name",
    people: "People",
    confirm: "Write packet",
}

/// How many documents the packet contains.
pub fn documents(chosen: usize, all: usize) -> String {
    format!("Documents ({chosen} of {all})")
}
