//! Documents, through the real door on a real encrypted folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod founded;

use clinic::{
    Failure,
    documents::{
        AddTemplate, DocumentState, List, Open, Paper, Prepare, Prepared, Refuse, Seal, SeededTemplate, Sign, Template,
        Templates, ink, paper, seed,
    },
    people::Register,
};
use domain::id::{DocumentId, PatientId};
use founded::Desk;
use serde_json::{Value, json};
use store::{Actor, StoreError, WriteFailed, history};

const NOBODY: &str = "00000000-0000-7000-8000-000000000001";

struct Room {
    desk: Desk,
    templates: Vec<SeededTemplate>,
    patient: PatientId,
}

impl Room {
    fn new() -> Self {
        let desk = Desk::new();
        let templates = desk
            .store
            .write(Actor(desk.owner), "organization.found", desk.now(), |tx| seed(tx, "aesthetic-br"))
            .unwrap_or_else(|error: WriteFailed<Failure>| panic!("{error}"))
            .value;
        let patient = desk
            .write::<Register>(
                r#"{"given":"Mariana","family":"Silva Costa","identifier":{"type":"cpf","value":"529.982.247-25"}}"#,
            )
            .unwrap()
            .id;
        Self { desk, templates, patient }
    }

    fn prepare(&self, key: &str, values: &Value) -> Result<Prepared, Value> {
        let template = self.templates.iter().find(|seeded| seeded.key == key).unwrap().id;
        let input = json!({"patient_id": self.patient, "template_id": template, "values": values});
        self.desk.write::<Prepare>(&input.to_string()).map_err(code)
    }

    /// A consent to a peeling, ready to be read.
    fn peeling(&self) -> Prepared {
        let values = json!({
            "service.name": "Peeling", "practitioner.name": "Dra. Camila Rocha",
            "practitioner.council": "CRM-SP 123456",
        });
        self.prepare("general-pt", &values).unwrap()
    }

    /// Signs as whoever has that role here.
    fn sign(&self, document: DocumentId, role: &str, strokes: Value, granted: &[&str]) -> Result<Prepared, Value> {
        let name = match role {
            "patient" => "Mariana Silva Costa",
            "guardian" => "Helena Costa",
            _ => "Lívia Moraes",
        };
        self.sign_as(document, role, name, strokes, granted)
    }

    fn sign_as(
        &self,
        document: DocumentId,
        role: &str,
        name: &str,
        strokes: Value,
        granted: &[&str],
    ) -> Result<Prepared, Value> {
        let purposes: Vec<_> = granted.iter().map(|key| json!({"key": key, "granted": true})).collect();
        let input = json!({
            "document_id": document, "role": role, "name": name, "strokes": strokes,
            "pad": {"width": 400, "height": 120}, "purposes": purposes,
        });
        self.desk.write::<Sign>(&input.to_string()).map_err(code)
    }

    fn seal(&self, document: DocumentId) -> Result<Value, Value> {
        let sealed = self.desk.write::<Seal>(&json!({"document_id": document}).to_string());
        sealed.map(|sealed| serde_json::to_value(sealed).unwrap()).map_err(code)
    }

    fn refuse(&self, document: DocumentId) -> Result<DocumentState, Value> {
        let input = json!({"document_id": document, "reason": "Quer pensar"});
        self.desk.write::<Refuse>(&input.to_string()).map(|row| row.state).map_err(code)
    }

    fn paper(&self, document: DocumentId) -> Paper {
        let look = |view: &store::View<'_>| Ok::<_, StoreError>(paper(view, document).unwrap().unwrap());
        self.desk.store.read(self.desk.owner, self.desk.now(), look).unwrap()
    }

    /// Purpose and decision of every consent on file.
    fn consents(&self) -> Vec<(String, String)> {
        let sql = "select purpose, decision from consent order by purpose";
        self.desk
            .store
            .read(self.desk.owner, self.desk.now(), |view| {
                let mut query = view.db().prepare(sql)?;
                let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
            })
            .unwrap()
    }
}

fn code<R: serde::Serialize>(refusal: R) -> Value {
    serde_json::to_value(refusal).unwrap()
}

/// Loops across the pad, as a hand writes.
fn hand() -> Value {
    let points: Vec<_> =
        (0..80).map(|i| json!([4_000 + i * 300, if i % 2 == 0 { 3_000 } else { 8_000 }, i * 12])).collect();
    json!([{"points": points}, {"points": [[9_000, 2_000, 1_200], [9_050, 2_050, 1_212]]}])
}

#[test]
fn a_prepared_document_says_who_what_and_when_in_its_own_words() {
    let room = Room::new();

    let document = room.peeling();

    assert_eq!(document.title, "Termo de consentimento: Peeling");
    assert_eq!(document.state, DocumentState::Draft);
    let text = serde_json::to_string(&document.blocks).unwrap();
    for words in
        ["**Mariana Silva Costa**, CPF 529.982.247-25", "Dra. Camila Rocha**, CRM-SP 123456", "São Paulo, 18/11/2026"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(!text.contains("{{"), "no variable is left open");
}

#[test]
fn what_the_text_needs_and_nobody_knows_is_asked_for_by_key() {
    let room = Room::new();
    let refusal = room.prepare("peel", &json!({"agent": "ácido mandélico 30 %"})).unwrap_err();
    assert_eq!(refusal["code"], "fields_missing");
    assert_eq!(refusal["keys"], json!(["region", "practitioner.name", "practitioner.council"]));
}

#[test]
fn a_signed_and_sealed_consent_is_a_pdf_with_a_seal_that_holds_for_its_bytes_only() {
    let room = Room::new();
    let document = room.peeling().id;
    let signed = room.sign(document, "patient", hand(), &["treatment", "photography"]).unwrap();
    assert_eq!((signed.state, signed.signatures.len()), (DocumentState::Signed, 1));

    let sealed = room.seal(document).unwrap();

    assert_eq!(
        (sealed["state"].as_str(), sealed["short_code"].as_str()),
        (Some("sealed"), sealed["seal"]["short_code"].as_str())
    );
    let paper = room.paper(document);
    assert!(paper.pdf.starts_with(b"%PDF-") && paper.pdf.len() < 200_000, "{} bytes", paper.pdf.len());
    assert_eq!(paper.file_name, "Termo de consentimento Peeling.pdf");
    let seal = papers::seal::Seal::from_bytes(paper.seal.as_deref().unwrap()).unwrap();
    let key = room.desk.store.identity().certificate.device_key().unwrap();
    assert_eq!(seal.verify(&paper.pdf, document.0, &key), Ok(()));
    let mut changed = paper.pdf.clone();
    changed[1_000] ^= 1;
    assert_eq!(seal.verify(&changed, document.0, &key), Err(papers::seal::SealBroken::BytesChanged));
    assert_eq!(room.paper(document), paper, "sealed bytes are never rendered again");
}

#[test]
fn sealing_keeps_each_decision_as_a_fact_and_is_in_the_journal() {
    let room = Room::new();
    let document = room.peeling().id;
    room.sign(document, "patient", hand(), &["treatment", "photography"]).unwrap();
    assert_eq!(room.consents(), [], "nothing is granted before the seal");

    room.seal(document).unwrap();

    let decided: Vec<_> = room.consents();
    let decided: Vec<_> = decided.iter().map(|(purpose, decision)| (purpose.as_str(), decision.as_str())).collect();
    assert_eq!(
        decided,
        [
            ("photo_publication", "refused"),
            ("photo_teaching", "refused"),
            ("photography", "granted"),
            ("treatment", "granted")
        ],
        "what was not granted is refused, in so many words"
    );
    let history =
        room.desk.store.read(room.desk.owner, room.desk.now(), |view| history::of_record(view, document.0)).unwrap();
    let commands: Vec<_> = history.iter().map(|entry| entry.header.command.as_str()).collect();
    assert_eq!(commands, ["documents.prepare", "documents.sign", "documents.seal"]);
}

#[test]
fn strokes_are_kept_as_they_were_drawn() {
    let room = Room::new();
    let document = room.peeling().id;
    room.sign(document, "patient", hand(), &["treatment"]).unwrap();
    let kept: Vec<u8> = room
        .desk
        .store
        .read(room.desk.owner, room.desk.now(), |view| {
            Ok::<_, StoreError>(view.db().query_row("select strokes from signature", [], |row| row.get(0))?)
        })
        .unwrap();
    let drawn = ink::decode(&kept).unwrap();
    assert_eq!((drawn.pad, drawn.strokes.len(), drawn.strokes[0].len()), ((400, 120), 2, 80));
    assert_eq!((drawn.strokes[1][1].x, drawn.strokes[1][1].y, drawn.strokes[1][1].at), (9_050, 2_050, 1_212));
}

#[test]
fn an_empty_or_near_empty_signature_and_a_missing_purpose_are_refused() {
    let room = Room::new();
    let document = room.peeling().id;
    let sign = |strokes: Value, granted: &[&str]| room.sign(document, "patient", strokes, granted).unwrap_err();

    assert_eq!(sign(json!([]), &["treatment"])["code"], "signature_empty");
    assert_eq!(sign(json!([{"points": [[100, 100, 0]]}]), &["treatment"])["code"], "signature_empty");
    assert_eq!(
        sign(json!([{"points": [[100, 100, 0], [900, 700, 9]]}]), &["treatment"])["code"],
        "signature_too_small"
    );
    assert_eq!(sign(hand(), &["photography"]), json!({"code": "purpose_required", "key": "treatment"}));
    assert_eq!(sign(hand(), &["treatment", "marketing"]), json!({"code": "purpose_unknown", "key": "marketing"}));
    assert_eq!(room.seal(document).unwrap_err(), json!({"code": "signature_missing", "roles": ["patient"]}));
}

#[test]
fn a_witness_signs_what_the_patient_decided_and_is_waited_for() {
    let room = Room::new();
    let values = json!({
        "region": "terço inferior da face", "session": "1 de 3", "practitioner.name": "Dra. Camila Rocha",
        "practitioner.council": "CRM-SP 123456",
    });
    let document = room.prepare("biostimulator", &values).unwrap().id;

    assert_eq!(room.sign(document, "witness", hand(), &[]).unwrap_err()["code"], "patient_first");
    room.sign(document, "patient", hand(), &["treatment"]).unwrap();
    assert_eq!(room.seal(document).unwrap_err(), json!({"code": "signature_missing", "roles": ["witness"]}));
    assert_eq!(room.sign(document, "patient", hand(), &["treatment"]).unwrap_err()["code"], "already_signed");
    assert_eq!(
        room.sign(document, "guardian", hand(), &["treatment", "photography"]).unwrap_err()["code"],
        "already_signed",
        "what is decided is not decided again"
    );
    let own = room.sign_as(document, "witness", "mariana silva costa", hand(), &[]).unwrap_err();
    assert_eq!(own["code"], "already_signed", "nobody witnesses their own hand");
    let signed = room.sign(document, "witness", hand(), &[]).unwrap();
    assert_eq!(signed.signatures.len(), 2, "both hold for the same text");
    room.seal(document).unwrap();
}

#[test]
fn a_sealed_document_takes_nothing_more() {
    let room = Room::new();
    let document = room.peeling().id;
    room.sign(document, "patient", hand(), &["treatment"]).unwrap();
    room.seal(document).unwrap();

    assert_eq!(room.sign(document, "witness", hand(), &[]).unwrap_err()["code"], "already_sealed");
    assert_eq!(room.seal(document).unwrap_err()["code"], "already_sealed");
    assert_eq!(room.refuse(document).unwrap_err()["code"], "already_sealed");
}

#[test]
fn a_refusal_is_kept_with_the_text_that_was_refused() {
    let room = Room::new();
    let document = room.peeling().id;

    assert_eq!(room.refuse(document), Ok(DocumentState::Refused));

    assert!(room.consents().iter().all(|(_, decision)| decision == "refused"), "{:?}", room.consents());
    assert_eq!(room.consents().len(), 4);
    assert_eq!(room.refuse(document).unwrap_err()["code"], "already_refused");
    assert_eq!(room.sign(document, "patient", hand(), &["treatment"]).unwrap_err()["code"], "already_refused");
    assert_eq!(room.seal(document).unwrap_err()["code"], "already_refused");
    let open = room.desk.read::<Open>(&json!({"document_id": document}).to_string()).unwrap();
    assert_eq!(open.row.state, DocumentState::Refused);
    assert!(!open.prepared.blocks.is_empty());
}

#[test]
fn a_draft_can_be_looked_at_and_is_listed() {
    let room = Room::new();
    let document = room.peeling().id;

    let paper = room.paper(document);

    assert!(paper.pdf.starts_with(b"%PDF-") && paper.seal.is_none());
    let rows = room.desk.read::<List>(&json!({"patient_id": room.patient}).to_string()).unwrap();
    assert_eq!(rows.iter().map(|row| (row.id, row.state)).collect::<Vec<_>>(), [(document, DocumentState::Draft)]);
    assert!(rows[0].purposes.iter().all(|purpose| !purpose.granted), "nothing is granted beforehand");
}

#[test]
fn a_new_revision_supersedes_and_the_old_one_stays_for_what_was_made_from_it() {
    let room = Room::new();
    let before = room.peeling();
    let all = room.desk.read::<Templates>("{}").unwrap();
    assert_eq!(all.len(), 11);
    let old = all.iter().find(|template| template.title == "Autorização de uso de imagem").unwrap();

    let publish = |supersedes: &Template| {
        let input = json!({
            "title": "Autorização de uso de imagem", "locale": "pt-BR", "fields": [], "needs_witness": false,
            "body": [{"kind": "paragraph", "text": "Eu, {{patient.name}}, decido e posso retirar."}],
            "purposes": [{"key": "photography", "label": "Fotos no prontuário", "required": false}],
            "supersedes_id": supersedes.id,
        });
        room.desk.write::<AddTemplate>(&input.to_string()).map_err(code)
    };
    let new = publish(old).unwrap();

    assert_eq!((new.version, old.version), (2, 1));
    let all = room.desk.read::<Templates>("{}").unwrap();
    assert!(all.len() == 11 && all.contains(&new) && !all.contains(old), "one revision of each text is offered");
    assert_eq!(publish(old).unwrap_err()["code"], "already_superseded");
    let again = room.desk.read::<Open>(&json!({"document_id": before.id}).to_string()).unwrap();
    assert_eq!(again.prepared, before);
}

#[test]
fn nothing_is_made_for_or_from_what_nobody_knows() {
    let room = Room::new();
    let template = room.templates.iter().find(|seeded| seeded.key == "image").unwrap().id;
    let prepare = |input: Value| code(room.desk.write::<Prepare>(&input.to_string()).unwrap_err());

    assert_eq!(prepare(json!({"patient_id": NOBODY, "template_id": template}))["what"], "patient");
    assert_eq!(prepare(json!({"patient_id": room.patient, "template_id": NOBODY}))["what"], "template");
    let visit = json!({"patient_id": room.patient, "template_id": template, "appointment_id": NOBODY});
    assert_eq!(prepare(visit)["what"], "visit");
    let nothing: DocumentId = serde_json::from_value(json!(NOBODY)).unwrap();
    assert_eq!(room.seal(nothing).unwrap_err()["code"], "not_found");
    assert_eq!(room.refuse(nothing).unwrap_err()["code"], "not_found");
    assert_eq!(room.sign(nothing, "patient", hand(), &[]).unwrap_err()["code"], "not_found");
}
