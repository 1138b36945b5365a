//! The chart, through the real door on a real encrypted folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod founded;

use clinic::{
    chart::{
        AddAllergy, Chart, DiscardDraft, Draft, DraftNote, EditNote, NoKnownAllergies, Note, NoteContent, NoteState,
        Open, SaveNote, SignNote, StrikeAllergy,
    },
    people::Register,
};
use domain::{
    canonical::Op,
    id::{PatientId, UserId, Uuid},
    value::Value,
};
use founded::Desk;
use store::{StoreError, history};

const NOBODY: &str = "00000000-0000-7000-8000-000000000001";

fn colleague() -> UserId {
    UserId(Uuid::from_u128(77))
}

fn patient(desk: &Desk) -> PatientId {
    desk.write::<Register>(r#"{"given":"Mariana","family":"Silva"}"#).unwrap().id
}

fn chart(desk: &Desk, patient: PatientId) -> Chart {
    desk.read::<Open>(&format!(r#"{{"patient_id":"{patient}"}}"#)).unwrap()
}

fn draft_of(patient: PatientId, body: &str) -> String {
    format!(r#"{{"patient_id":"{patient}","title":"Evolução","kind":"progress_note","body":"{body}"}}"#)
}

fn draft(desk: &Desk, patient: PatientId, body: &str) -> Draft {
    desk.write::<DraftNote>(&draft_of(patient, body)).unwrap()
}

fn saved(desk: &Desk, patient: PatientId, body: &str) -> Note {
    let draft = draft(desk, patient, body);
    desk.write::<SaveNote>(&format!(r#"{{"draft_id":"{}"}}"#, draft.id)).unwrap()
}

fn signed(desk: &Desk, patient: PatientId, body: &str) -> Note {
    let note = saved(desk, patient, body);
    desk.write::<SignNote>(&format!(r#"{{"note_id":"{}"}}"#, note.id)).unwrap()
}

/// The code of a refusal, as the screen gets it.
fn code<R: serde::Serialize>(refusal: R) -> serde_json::Value {
    serde_json::to_value(refusal).unwrap()
}

#[test]
fn a_draft_leaves_no_journal_entry_and_is_there_after_the_folder_was_shut_and_opened() {
    let desk = Desk::new();
    let patient = patient(&desk);

    let written = desk.write_as::<DraftNote>(desk.owner, &draft_of(patient, "Boa res")).unwrap();
    let id = written.value.id;
    let continued = format!(r#"{{"draft_id":"{id}",{}"#, &draft_of(patient, "Boa resposta.")[1..]);
    let again = desk.write_as::<DraftNote>(desk.owner, &continued).unwrap();

    assert_eq!((written.entry, again.entry), (None, None), "what is being written does not travel");
    let desk = desk.reopen();
    let drafts = chart(&desk, patient).drafts;
    assert_eq!(drafts.len(), 1);
    assert_eq!((drafts[0].id, drafts[0].body.as_str()), (id, "Boa resposta."));
    assert_eq!(chart(&desk, patient).notes, []);
}

#[test]
fn nobody_sees_or_takes_another_persons_draft() {
    let desk = Desk::new();
    let patient = patient(&desk);
    let theirs = desk.write_as::<DraftNote>(colleague(), &draft_of(patient, "x")).unwrap().value;

    assert_eq!(chart(&desk, patient).drafts, []);
    let it = format!(r#"{{"draft_id":"{}"}}"#, theirs.id);
    assert_eq!(code(desk.write::<SaveNote>(&it).unwrap_err())["code"], "not_author");
    assert_eq!(code(desk.write::<DiscardDraft>(&it).unwrap_err())["code"], "not_author");
    let continued = format!(r#"{{"draft_id":"{}",{}"#, theirs.id, &draft_of(patient, "y")[1..]);
    assert_eq!(code(desk.write::<DraftNote>(&continued).unwrap_err())["code"], "not_author");
}

#[test]
fn a_saved_note_is_journalled_whole_and_its_draft_is_gone() {
    let desk = Desk::new();
    let patient = patient(&desk);

    let note = saved(&desk, patient, "Boa resposta.");

    let chart = chart(&desk, patient);
    assert_eq!((chart.notes.as_slice(), chart.drafts.as_slice()), (&[note.clone()][..], &[][..]));
    assert_eq!((note.state, note.author.as_str()), (NoteState::Saved, "Lívia Moraes"));
    let history = desk.store.read(desk.owner, desk.now(), |view| history::of_record(view, note.id.0)).unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!((history[0].header.command.as_str(), history[0].change.new.op), ("chart.save_note", Op::Insert));
    assert!(history[0].change.new.fields.contains(&(14, Value::from("Boa resposta."))));
}

#[test]
fn a_saved_note_is_edited_under_its_id_and_only_the_change_is_journalled() {
    let desk = Desk::new();
    let patient = patient(&desk);
    let note = saved(&desk, patient, "Antes");
    let it = format!(r#"{{"note_id":"{}"}}"#, note.id);

    let draft = desk.write::<EditNote>(&it).unwrap();
    assert_eq!((draft.id, draft.body.as_str()), (note.id, "Antes"));
    assert_eq!(code(desk.write::<SignNote>(&it).unwrap_err())["code"], "unsaved_draft");
    desk.write::<DraftNote>(&format!(r#"{{"draft_id":"{}",{}"#, draft.id, &draft_of(patient, "Depois")[1..])).unwrap();
    let after = desk.write::<SaveNote>(&format!(r#"{{"draft_id":"{}"}}"#, draft.id)).unwrap();

    assert_eq!((after.id, after.body.as_str(), after.state), (note.id, "Depois", NoteState::Saved));
    let history = desk.store.read(desk.owner, desk.now(), |view| history::of_record(view, note.id.0)).unwrap();
    assert_eq!(history.last().unwrap().change.new.fields, [(14, Value::from("Depois"))]);
}

#[test]
fn a_signed_note_bears_the_hash_of_what_was_signed_and_nobody_changes_it() {
    let desk = Desk::new();
    let patient = patient(&desk);
    let note = signed(&desk, patient, "Boa resposta.");

    assert_eq!((note.state, note.signed_by.as_deref()), (NoteState::Signed, Some("Lívia Moraes")));
    let it = format!(r#"{{"note_id":"{}"}}"#, note.id);
    assert_eq!(code(desk.write::<EditNote>(&it).unwrap_err())["code"], "already_signed");
    assert_eq!(code(desk.write::<SignNote>(&it).unwrap_err())["code"], "already_signed");
    let kept: [u8; 32] = desk
        .store
        .read(desk.owner, desk.now(), |view| {
            let sql = "select content_hash from clinical_note where id = ?1";
            Ok::<_, StoreError>(view.db().query_row(sql, [note.id.0], |row| row.get(0))?)
        })
        .unwrap();
    let said = NoteContent {
        note: note.id,
        patient,
        encounter: None,
        amends: None,
        author: desk.owner,
        signed_by: desk.owner,
        signed_at: note.signed_at.unwrap(),
        kind: "progress_note",
        title: "Evolução",
        body: "Boa resposta.",
    };
    assert_eq!(kept, said.hash());
    assert_ne!(kept, NoteContent { body: "Má resposta.", ..said }.hash());
}

#[test]
fn only_its_author_edits_or_signs_a_note() {
    let desk = Desk::new();
    let patient = patient(&desk);
    let it = format!(r#"{{"note_id":"{}"}}"#, saved(&desk, patient, "x").id);

    assert_eq!(code(desk.write_as::<EditNote>(colleague(), &it).unwrap_err())["code"], "not_author");
    assert_eq!(code(desk.write_as::<SignNote>(colleague(), &it).unwrap_err())["code"], "not_author");
}

#[test]
fn a_signed_note_is_amended_by_another_and_both_stay() {
    let desk = Desk::new();
    let patient = patient(&desk);
    let first = signed(&desk, patient, "Sem alergias.");
    let open = saved(&desk, patient, "y");
    desk.wait_minutes(10);

    let amends =
        |note: &Note| format!(r#"{{"amends":"{}",{}"#, note.id, &draft_of(patient, "Correção: alergia a látex.")[1..]);
    assert_eq!(code(desk.write::<DraftNote>(&amends(&open)).unwrap_err())["code"], "unsigned");
    let draft = desk.write::<DraftNote>(&amends(&first)).unwrap();
    let second = desk.write::<SaveNote>(&format!(r#"{{"draft_id":"{}"}}"#, draft.id)).unwrap();
    let state = |id| chart(&desk, patient).notes.into_iter().find(|note| note.id == id).unwrap();
    assert_eq!(state(first.id).state, NoteState::Signed, "an unsigned amendment may still change");
    desk.write::<SignNote>(&format!(r#"{{"note_id":"{}"}}"#, second.id)).unwrap();

    let before = state(first.id);
    assert_eq!((before.state, before.amended_by), (NoteState::Amended, Some(second.id)));
    assert_eq!(before.body, "Sem alergias.", "the first words stay readable");
    assert_eq!(state(second.id).amends, Some(first.id));
}

#[test]
fn a_note_without_words_or_title_stays_a_draft() {
    let desk = Desk::new();
    let patient = patient(&desk);
    let blank = draft(&desk, patient, "  ");
    let refusal = desk.write::<SaveNote>(&format!(r#"{{"draft_id":"{}"}}"#, blank.id)).unwrap_err();
    assert_eq!(code(refusal), serde_json::json!({"code": "empty", "field": "body"}));
    assert_eq!(chart(&desk, patient).drafts.len(), 1, "a refusal never loses text");

    desk.write::<DiscardDraft>(&format!(r#"{{"draft_id":"{}"}}"#, blank.id)).unwrap();
    assert_eq!(chart(&desk, patient).drafts, []);
}

#[test]
fn an_allergy_stands_until_it_is_struck_out_with_a_reason_and_stays_in_the_history() {
    let desk = Desk::new();
    let patient = patient(&desk);
    let latex =
        format!(r#"{{"patient_id":"{patient}","substance":" Látex ","reaction":"urticária","severity":"severe"}}"#);
    assert!(!chart(&desk, patient).allergies_asked, "unknown is not none");

    let id = desk.write::<AddAllergy>(&latex).unwrap().id;
    let refusal = desk.write::<AddAllergy>(&latex.replace("Látex", "LÁTEX")).unwrap_err();
    assert_eq!(code(refusal), serde_json::json!({"code": "already_recorded", "id": id}));
    let shown = chart(&desk, patient);
    assert_eq!((shown.allergies[0].substance.as_str(), shown.allergies_asked), ("Látex", true));
    assert_eq!(shown.patient.allergies.len(), 1, "the header shows it too");

    let strike = |reason: &str| desk.write::<StrikeAllergy>(&format!(r#"{{"id":"{id}","reason":"{reason}"}}"#));
    assert_eq!(code(strike("  ").unwrap_err())["code"], "reason_missing");
    strike("Teste negativo").unwrap();
    assert_eq!(code(strike("de novo").unwrap_err())["code"], "already_struck");
    assert_eq!(chart(&desk, patient).allergies, []);
    let history = desk.store.read(desk.owner, desk.now(), |view| history::of_record(view, id.0)).unwrap();
    assert_eq!(history.len(), 2);
    assert!(history[1].change.new.fields.contains(&(14, Value::from("Teste negativo"))));
}

#[test]
fn none_known_is_a_fact_and_is_refused_while_an_allergy_stands() {
    let desk = Desk::new();
    let patient = patient(&desk);
    let asked = format!(r#"{{"patient_id":"{patient}"}}"#);

    desk.write::<NoKnownAllergies>(&asked).unwrap();
    assert!(chart(&desk, patient).allergies_asked);
    desk.write::<AddAllergy>(&format!(r#"{{"patient_id":"{patient}","substance":"Lidocaína","severity":"mild"}}"#))
        .unwrap();
    let refusal = desk.write::<NoKnownAllergies>(&asked).unwrap_err();

    assert_eq!(code(refusal), serde_json::json!({"code": "allergies_stand", "substances": ["Lidocaína"]}));
}

#[test]
fn nothing_is_written_about_a_patient_nobody_knows() {
    let desk = Desk::new();
    let someone = format!(r#"{{"patient_id":"{NOBODY}"}}"#);
    let patient: PatientId = serde_json::from_str(&format!("\"{NOBODY}\"")).unwrap();
    let allergy = format!(r#"{{"patient_id":"{NOBODY}","substance":"x","severity":"mild"}}"#);

    assert_eq!(code(desk.read::<Open>(&someone).unwrap_err())["code"], "not_found");
    assert_eq!(code(desk.write::<AddAllergy>(&allergy).unwrap_err())["code"], "not_found");
    assert_eq!(code(desk.write::<NoKnownAllergies>(&someone).unwrap_err())["code"], "not_found");
    assert_eq!(code(desk.write::<DraftNote>(&draft_of(patient, "x")).unwrap_err())["what"], "patient");
    let real = self::patient(&desk);
    let visit = format!(r#"{{"encounter_id":"{NOBODY}",{}"#, &draft_of(real, "x")[1..]);
    assert_eq!(code(desk.write::<DraftNote>(&visit).unwrap_err())["what"], "encounter");
    let blank = format!(r#"{{"patient_id":"{real}","substance":" ","severity":"mild"}}"#);
    assert_eq!(code(desk.write::<AddAllergy>(&blank).unwrap_err())["code"], "substance_missing");
}

#[test]
fn a_chart_says_that_its_opening_is_kept() {
    let open: Open = serde_json::from_str(&format!(r#"{{"patient_id":"{NOBODY}"}}"#)).unwrap();
    assert_eq!(clinic::Read::audited(&open), Some(("patient", NOBODY.parse().unwrap())));
}
