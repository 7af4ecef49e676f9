//! Who the user is, and whose the layers of unlisted people are.

use std::fs;
use std::path::Path;

use demarche::io::project::presets;
use demarche::io::settings::Local;
use demarche::model::*;
use demarche::session::{
    AnnotateAction, Env, NavigateAction, NewOwner, ProjectAction, Session, Shown, WindowRequest, new_project,
};

use crate::support::project::files;
use crate::support::session::*;

const TEXT: &str = "We demand an answer. The port will close.";

fn ids(ids: &[AnnotatorId]) -> Vec<&str> {
    ids.iter().map(AnnotatorId::as_str).collect()
}

fn asks(session: &mut Session) -> bool {
    session.take_request(|request| request == WindowRequest::Identity).is_some()
}

fn work_as(session: &mut Session, name: &str) {
    session.perform(ProjectAction::WorkAs { name: name.to_owned() });
}

/// A project with Ana and Ben that was opened by nobody yet.
fn unknown_user() -> (tempfile::TempDir, Session) {
    let (dir, root) = small(&[TEXT]);
    forget_user(&root);
    (dir, open(&root))
}

#[test]
fn a_project_of_others_is_read_only_until_the_user_has_said_who_they_are() {
    let (_dir, mut session) = unknown_user();
    assert!(asks(&mut session) && !session.is_identified());
    let before = files(root_of(&session));
    select(&mut session, "demand");
    session.perform(AnnotateAction::Tag("demand".into()));
    session.save_local_state();
    session.save_now().unwrap();
    assert!(passages(&session).is_empty() && session.read_only().is_some());
    assert_eq!(files(root_of(&session)), before);
    work_as(&mut session, "ben");
    assert!(session.is_identified() && session.read_only().is_none());
    assert_eq!((session.me().as_str(), session.shown()), ("ben", &Shown::Mine));
    tag(&mut session, "demand", "demand");
    assert_eq!(passages(&session), ["ben demand: demand"]);
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    drop(session);
    let mut again = open(&root);
    assert!(!asks(&mut again) && again.me().as_str() == "ben", "remembered on this machine");
}

#[test]
fn nobody_sees_in_a_blind_project_what_annotators_do_not() {
    let (_dir, root) = small(&[TEXT]);
    let mut ana = open(&root);
    tag(&mut ana, "demand", "demand");
    ana.perform(ProjectAction::SetBlind(true));
    ana.save_now().unwrap();
    drop(ana);
    forget_user(&root);
    let session = open(&root);
    let document = session.document().unwrap();
    assert_eq!(session.layers(document).count(), 0);
    assert!(session.passage_table().is_empty());
}

#[test]
fn someone_new_is_listed_and_a_typo_of_a_known_name_is_not() {
    let (_dir, mut session) = unknown_user();
    let ana = session.project().annotator(&"ana".into()).unwrap().clone();
    work_as(&mut session, "ana");
    session.perform(ProjectAction::SetPeople(vec![Annotator { name: "Ana Reyes".to_owned(), ..ana }]));
    work_as(&mut session, "Ana Reyse");
    assert_eq!((session.me().as_str(), session.project().annotators().len()), ("ana", 2));
    assert_notice(&session, &["Ana Reyse", "Ana Reyes"]);
    session.perform(ProjectAction::WorkAsNew { name: "Ana Reyse".to_owned() });
    assert_eq!(session.project().name_of(session.me()), "Ana Reyse");
    for name in ["김민수", "이영희", "Zoë"] {
        work_as(&mut session, name);
        assert_eq!(session.project().name_of(session.me()), name);
    }
    let people = session.project().annotators().iter().map(|person| person.id.as_str());
    let people: std::collections::BTreeSet<&str> = people.collect();
    assert_eq!(people.len(), 6, "{people:?}");
    for name in ["", "  ", "consensus", "Consensus"] {
        let me = session.me().clone();
        work_as(&mut session, name);
        session.perform(ProjectAction::WorkAsNew { name: name.to_owned() });
        assert_eq!((session.me(), session.project().annotators().len()), (&me, 6));
    }
}

#[test]
fn a_person_at_work_elsewhere_can_not_be_chosen() {
    let (_dir, root) = small(&[TEXT]);
    let ana = open(&root);
    forget_user(&root);
    let mut other = open(&root);
    work_as(&mut other, "ana");
    assert!(!other.is_identified() && !other.notices().is_empty());
    work_as(&mut other, "ben");
    assert_eq!((ana.me().as_str(), other.me().as_str()), ("ana", "ben"));
}

#[test]
fn undoing_the_addition_of_the_user_leaves_nobody_to_tag_as() {
    let (_dir, mut session) = unknown_user();
    work_as(&mut session, "Zoë");
    session.undo();
    assert!(!session.is_identified() && session.project().annotators().len() == 2);
    select(&mut session, "demand");
    session.perform(AnnotateAction::Tag("demand".into()));
    assert!(passages(&session).is_empty());
    work_as(&mut session, "Zoë");
    tag(&mut session, "demand", "demand");
    session.save_now().unwrap();
    let (reopened, problems) =
        crate::support::project::read_all(session.folder()).map(|(p, found)| (p, found.len())).unwrap();
    assert_eq!((reopened.unlisted_owners().len(), problems), (0, 0));
}

#[test]
fn a_new_project_and_the_sample_know_their_user() {
    let dir = tempfile::tempdir().unwrap();
    let preset = presets().first().unwrap();
    let mut own =
        Session::create(&dir.path().join("own"), "Own", preset, "Zoë Li", Env::fixed(START)).unwrap();
    assert!(!asks(&mut own) && own.is_identified());
    let sample = dir.path().join("sample");
    let mut first = Session::open_sample(&sample, Env::fixed(START)).unwrap();
    assert!(!asks(&mut first) && first.me().as_str() == "ana");
    drop(first);
    forget_user(&sample);
    assert!(!asks(&mut Session::open_sample(&sample, Env::fixed(START)).unwrap()));
}

#[test]
fn a_remembered_person_who_is_no_longer_listed_is_asked_again() {
    let (_dir, root) = small(&[TEXT]);
    let folder = demarche::io::project::Folder::new(&root);
    Local { annotator: Some("bokafor".to_owned()), ..Local::default() }.write(&folder);
    assert!(asks(&mut open(&root)));
}

/// Gives the layer of Ben in the first document to `bokafor`, who is not listed.
fn with_stranger(root: &Path) {
    let from = root.join("layers/ben/d001.ron");
    let layer = fs::read_to_string(&from).unwrap();
    fs::create_dir_all(root.join("layers/bokafor")).unwrap();
    let layer = layer.replace("annotator: \"ben\"", "annotator: \"bokafor\"");
    fs::write(root.join("layers/bokafor/d001.ron"), layer).unwrap();
    fs::remove_file(from).unwrap();
}

/// Ana has tagged one passage, Ben another in the second document, and `bokafor` two in the first.
fn stranger() -> (tempfile::TempDir, Session) {
    let (dir, root) = small(&[TEXT, TEXT]);
    let mut session = open(&root);
    tag(&mut session, "demand", "demand");
    work_as(&mut session, "ben");
    tag(&mut session, "demand", "demand");
    tag(&mut session, "close", "threat");
    session.perform(NavigateAction::OpenDocument("d002".into()));
    tag(&mut session, "port", "threat");
    work_as(&mut session, "ana");
    session.save_now().unwrap();
    drop(session);
    with_stranger(&root);
    (dir, open(&root))
}

#[test]
fn owners_of_layers_are_coders_whether_listed_or_not() {
    let (_dir, mut session) = stranger();
    assert_eq!(ids(session.coders()), ["ana", "ben", "bokafor"]);
    assert_eq!(ids(&session.unlisted_owners()), ["bokafor"]);
    assert_eq!(ids(&session.compared_people()), ["ana", "ben", "bokafor"]);
    assert_eq!(ids(&session.agreement_annotators()), ["ana", "ben", "bokafor"]);
    session.perform(ProjectAction::Reassign {
        from: "bokafor".into(),
        to: NewOwner::Listed { name: "Bo Kafor".to_owned() },
    });
    assert_eq!(session.project().name_of(&"bokafor".into()), "Bo Kafor");
    assert_eq!((ids(session.coders()), session.unlisted_owners().len()), (vec!["ana", "ben", "bokafor"], 0));
    session.undo();
    assert_eq!(ids(&session.unlisted_owners()), ["bokafor"]);
}

#[test]
fn the_work_of_an_unlisted_person_is_given_to_its_owner_in_one_step() {
    let (_dir, mut session) = stranger();
    let before = files(root_of(&session));
    let done = steps(&session);
    session.perform(ProjectAction::Reassign { from: "bokafor".into(), to: NewOwner::Person("ben".into()) });
    session.finish_jobs();
    assert_eq!(steps(&session), done + 1);
    assert_eq!((ids(session.coders()), session.unlisted_owners().len()), (vec!["ana", "ben"], 0));
    assert_eq!(
        passages(&session),
        ["ana demand: demand", "ben demand: demand", "ben threat: close", "ben threat: port"]
    );
    figures_are_right(&session);
    session.save_now().unwrap();
    let after = files(root_of(&session));
    let layers: Vec<&String> = after.keys().filter(|file| file.starts_with("layers")).collect();
    assert_eq!(layers, ["layers/ana/d001.ron", "layers/ben/d001.ron", "layers/ben/d002.ron"]);
    session.undo();
    session.save_now().unwrap();
    assert_eq!(files(root_of(&session)), before);
    session.redo();
    session.save_now().unwrap();
    assert_eq!(files(root_of(&session)), after);
}

#[test]
fn a_person_who_is_at_work_elsewhere_is_given_nothing() {
    let (_dir, mut session) = stranger();
    let now = session.env().now();
    let _lock = demarche::io::project::lock(session.folder(), "ben", now).unwrap();
    let before = passages(&session);
    session.perform(ProjectAction::Reassign { from: "bokafor".into(), to: NewOwner::Person("ben".into()) });
    session.finish_jobs();
    assert_eq!(passages(&session), before);
    assert_eq!(ids(&session.unlisted_owners()), ["bokafor"]);
}

#[test]
fn a_layer_whose_content_has_moved_stays_until_the_new_one_is_written() {
    use demarche::io::project::{FileKey, Seen, open, read_document_seen, snapshot, write_shared};

    let (_dir, folder) = crate::support::project::on_disk();
    let opened = open(&folder).unwrap();
    let (mut project, listing) = (opened.project, opened.listing);
    let mut seen = Seen::new(project.clone());
    let (codebook, meta) = (project.codebook().clone(), project.documents()[0].meta.clone());
    let (contents, _, hashes) = read_document_seen(&folder, &listing, &codebook, &meta).unwrap();
    hashes.into_iter().for_each(|(key, hash)| seen.record(key, Some(hash)));
    project.load_document(&meta.id, contents);
    let edit = project.reassign(&"ana".into(), &"ben".into(), &mut uuid::Uuid::now_v7).unwrap();
    let touched = project.apply(edit).unwrap().touched;
    let keys = touched.iter().map(FileKey::from).collect();
    let [old, new] = ["ana", "ben"].map(|who| folder.layer(&LayerId::new(&meta.id, &who.into())));
    // Another program has written Ben's layer meanwhile.
    fs::create_dir_all(new.parent().unwrap()).unwrap();
    fs::write(&new, "?").unwrap();
    let (written, result) = write_shared(&folder, &snapshot(&project, &keys), &seen);
    assert!(result.is_ok());
    assert_eq!((written.foreign.len(), written.postponed.len()), (1, 1), "{written:?}");
    assert!(old.exists());
    written.files.into_iter().for_each(|(key, hash)| seen.record(key, hash));
    fs::remove_file(&new).unwrap();
    let (written, result) = write_shared(&folder, &snapshot(&project, &keys), &seen);
    assert!(result.is_ok() && written.postponed.is_empty());
    assert_eq!((old.exists(), new.exists()), (false, true));
}

#[test]
fn a_second_window_notices_that_the_first_is_gone_and_takes_over() {
    let (_dir, root) = small(&["Norvania will suspend the talks."]);
    let first = open(&root);
    let (clock, env) = clock();
    let mut second = open_with(&root, env);
    assert!(second.waits_for_lock() && second.read_only().is_some());
    clock.pass(2);
    second.tick();
    assert!(second.waits_for_lock() && !second.may_take_over());
    drop(first);
    second.tick();
    assert!(!second.may_take_over(), "looked at once a second");
    clock.pass(1);
    second.tick();
    assert!(second.may_take_over() && second.read_only().is_some());
    select(&mut second, "Norvania");
    second.perform(AnnotateAction::Tag("demand".into()));
    assert!(passages(&second).is_empty());
    second.perform(ProjectAction::WorkAs { name: second.me().to_string() });
    assert_eq!((second.read_only(), second.may_take_over()), (None, false));
    tag(&mut second, "Norvania", "demand");
    second.save_now().unwrap();
    assert_eq!(passages(&second), ["ana demand: Norvania"]);
    // If another one is faster, it has the lock.
    let (clock, env) = self::clock();
    let mut third = open_with(&root, env);
    drop(second);
    clock.pass(1);
    third.tick();
    let _faster = open(&root);
    third.perform(ProjectAction::WorkAs { name: third.me().to_string() });
    assert!(third.waits_for_lock() && third.read_only().is_some());
}

#[test]
fn two_creators_without_a_name_never_share_an_id() {
    let id = |env: &Env| {
        let project = new_project("Talks", Codebook::default(), None, env.new_person_key());
        project.annotators()[0].id.clone()
    };
    let env = Env::system(|| {});
    assert_ne!(id(&env), id(&env));
    let named = new_project("Talks", Codebook::default(), Some("Zoë Li"), env.new_person_key());
    assert_eq!(named.annotators()[0].id.as_str(), "zoe-li");
}
