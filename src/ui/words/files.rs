//! Choosing files and folders.

texts! {
    open_project: "Open project",
    open_packet: "Open packet",
    merge: "Merge: project.ron of the other copy, or packets",
    merge_folder: "Merge the packets in a folder",
    packet_folder: "Folder for a packet for each coder",
    confirm_packets: "Write packets",
    import: "Import documents",
    new_from_files: "Choose the texts of the new project",
    project_location: "Location of the new project",
    save_as: "Save as: an empty folder, or one for the copy’s folder",
    codebook: "Codebook",
    new_text: "New text",
    export: "Export to",
    report: "Write the report to (.html, .md or .xlsx)",

    projects_and_packets: "Projects and packets",
    packets: "Packets",

    no_file_dialog: "This system has no file dialog. Type or paste a path, or choose one below.",
    confirm_open: "Open",
    confirm_merge: "Preview merge",
    confirm_import: "Import",
    confirm_choose: "Choose",
    confirm_export: "Export",
    confirm_report: "Write report",
    confirm_save_as: "Save copy",

    file_is_replaced: "This file exists and will be replaced.",
    files_in_folder_are_replaced: "This folder exists; files of the same name in it will be replaced.",
    drop_hint: "Drop files to import them, or a project folder to open it",
}
