//! Bringing in patients, through the real door on a real encrypted folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod founded;

use std::fmt::Write as _;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use clinic::people::{Encoding, Import, ImportOutcome, ImportRefusal, ImportReport, Register, Search, Separator};
use founded::Desk;
use serde_json::json;
use store::{Most, Outgoing, StoreError};

fn import(desk: &Desk, file: &[u8], dry_run: bool, keep_good: bool) -> Result<ImportReport, ImportRefusal> {
    let input = json!({ "csv_base64": BASE64_STANDARD.encode(file), "dry_run": dry_run, "keep_good": keep_good });
    desk.write::<Import>(&input.to_string())
}

fn on_file(desk: &Desk) -> usize {
    desk.store
        .read(desk.owner, desk.now(), |view| {
            view.db().query_row("select count(*) from patient", [], |row| row.get(0)).map_err(StoreError::from)
        })
        .unwrap()
}

fn entries(desk: &Desk) -> usize {
    desk.store
        .read(desk.owner, desk.now(), |view| {
            view.db().query_row("select count(*) from journal", [], |row| row.get(0)).map_err(StoreError::from)
        })
        .unwrap()
}

const FILE: &str = "Nome do Paciente;Data de Nascimento;CPF;Celular;E-mail;Convênio\n\
    João Conceição;02/03/1988;529.982.247-25;(11) 95555-0142;joao@exemplo.com.br;Nenhum\n\
    Ana Souza;1990-12-31;390.533.447-05;;;\n\
    Bia Lima;;;;;\n";

#[test]
fn a_file_is_reported_line_by_line_and_then_taken_in_one_entry() {
    let desk = Desk::new();
    let before = entries(&desk);

    let dry = import(&desk, FILE.as_bytes(), true, false).unwrap();

    assert_eq!((dry.encoding, dry.separator), (Encoding::Utf8, Separator::Semicolon));
    assert_eq!((dry.added, dry.refused, dry.committed), (3, 0, false));
    assert_eq!(dry.headers[5].field, None, "an unknown column is reported and left alone");
    assert_eq!((on_file(&desk), entries(&desk)), (0, before), "a rehearsal writes nothing");

    let real = import(&desk, FILE.as_bytes(), false, false).unwrap();
    assert!(real.committed);
    assert_eq!((real.lines, on_file(&desk), entries(&desk)), (dry.lines, 3, before + 1));
    let found = desk.read::<Search>(r#"{"text":"conceicao"}"#).unwrap();
    assert_eq!((found[0].name.as_str(), found[0].code.as_str()), ("João Conceição", "A-0001"));
    assert_eq!(found[0].phone.as_deref(), Some("(11) 95555-0142"));
}

/// How many bytes of parts each entry of the journal holds, in order.
fn sizes(desk: &Desk) -> Vec<usize> {
    let all = desk.store.journal(0, Most::entries(usize::MAX)).unwrap();
    let bodies = |entry: &Outgoing| entry.parts.iter().filter_map(|part| Some(part.content.as_ref()?.1.len())).sum();
    all.iter().map(bodies).collect()
}

#[test]
fn a_file_too_large_for_one_push_is_several_entries_of_one_write_or_nothing() {
    let desk = Desk::new();
    let before = entries(&desk);
    let mut file = "nome;nascimento;celular;e-mail\n".to_owned();
    for line in 0..4_000 {
        writeln!(file, "Paciente Número {line};02/03/1988;(11) 9{:04}-{:04};p{line}@exemplo.com.br", line / 7, line)
            .unwrap();
    }

    let half = import(&desk, format!("{file}Sem Data;31/02/1990;;\n").as_bytes(), false, false).unwrap();
    assert_eq!((half.committed, on_file(&desk), entries(&desk)), (false, 0, before), "one bad line stops all");

    let real = import(&desk, file.as_bytes(), false, false).unwrap();
    assert_eq!((real.committed, real.added, on_file(&desk)), (true, 4_000, 4_000));
    let sizes = &sizes(&desk)[before..];
    assert!(sizes.len() > 1 && sizes.iter().all(|bytes| *bytes <= 1 << 19), "{sizes:?}");
    let parts: usize = desk
        .store
        .journal(u64::try_from(before).unwrap(), Most::entries(usize::MAX))
        .unwrap()
        .iter()
        .map(|entry| entry.parts.len())
        .sum();
    assert_eq!(parts, 3 * 4_000, "each record stands in one entry");
    // What goes in one push is bounded as well.
    let batch = desk.store.journal(0, Most { entries: 200, bytes: 3 << 18 }).unwrap();
    assert!(batch.len() < before + sizes.len() && batch.len() > before, "{} of {sizes:?}", batch.len());
}

#[test]
fn the_same_file_again_changes_nobody() {
    let desk = Desk::new();
    import(&desk, FILE.as_bytes(), false, false).unwrap();

    let again = import(&desk, FILE.as_bytes(), false, false).unwrap();

    assert!(again.lines.iter().all(|line| line.outcome == ImportOutcome::Same));
    assert_eq!((again.added, on_file(&desk)), (0, 3));
}

#[test]
fn a_file_of_an_old_program_in_latin_letters_and_commas_is_read() {
    let desk = Desk::new();
    let file = b"NOMBRE,APELLIDOS,FECHA DE NACIMIENTO,SEXO\r\n\"Jos\xe9 Mar\xeda\",\"Nu\xf1ez, Ib\xe1\xf1ez\",25/12/1971,H\r\n";

    let report = import(&desk, file, false, false).unwrap();

    assert_eq!((report.encoding, report.separator), (Encoding::Latin1, Separator::Comma));
    assert_eq!(report.lines[0].name, "José María Nuñez, Ibáñez");
    assert_eq!(desk.read::<Search>(r#"{"text":"ibanez"}"#).unwrap().len(), 1);
}

#[test]
fn one_bad_line_stops_the_file_unless_the_good_ones_are_asked_for() {
    let desk = Desk::new();
    let file = format!("{FILE};;;;;\nCid;31/02/1990;529.982.247-24;123;;\nDora;01/01/2090;;;;\n");

    let all_or_nothing = import(&desk, file.as_bytes(), false, false).unwrap();

    assert_eq!((all_or_nothing.added, all_or_nothing.refused, all_or_nothing.committed), (3, 2, false));
    assert_eq!(on_file(&desk), 0);
    let cid = &all_or_nothing.lines[3];
    assert_eq!((cid.line, cid.name.as_str()), (6, "Cid"));
    assert_eq!(cid.reasons, ["birth_date_invalid", "phone_invalid", "identifier_invalid:25"]);

    let good = import(&desk, file.as_bytes(), false, true).unwrap();
    assert!(good.committed);
    assert_eq!(on_file(&desk), 3);
}

#[test]
fn someone_twice_in_a_file_is_refused_the_second_time_but_father_and_son_are_two() {
    let desk = Desk::new();
    let file = "Nome;CPF;Telefone;Nascimento\n\
        João Silva;529.982.247-25;11955550142;\n\
        JOAO SILVA;390.533.447-05;(11) 95555-0142;\n\
        Ana;;;01/02/1990\n\
        ána;;;1990-02-01\n\
        Rui;;;\n\
        Rui;;;\n";

    let report = import(&desk, file.as_bytes(), true, false).unwrap();

    let told: Vec<_> = report.lines.iter().map(|line| line.reasons.join(" ")).collect();
    assert_eq!(told, ["", "", "", "duplicate_in_file:4", "", "duplicate_in_file:6"]);
}

#[test]
fn whoever_was_registered_at_the_desk_is_the_same() {
    let desk = Desk::new();
    desk.write::<Register>(r#"{"given":"Mariana","identifier":{"type":"cpf","value":"52998224725"}}"#).unwrap();
    desk.write::<Register>(r#"{"given":"Ana","family":"Souza","phone":"11955550142"}"#).unwrap();
    let file = "Nome,CPF,Telefone\nMariana Silva Costa,529.982.247-25,\nAna Souza,,(11) 95555-0142\nAna Souza,,(11) 95555-0199\n";

    let report = import(&desk, file.as_bytes(), false, false).unwrap();

    let told: Vec<_> = report.lines.iter().map(|line| line.outcome).collect();
    assert_eq!(told, [ImportOutcome::Same, ImportOutcome::Same, ImportOutcome::Add]);
}

#[test]
fn what_is_no_list_of_people_is_refused_whole() {
    let desk = Desk::new();
    for (file, refusal) in [
        (&b""[..], ImportRefusal::FileEmpty),
        (b"Nome\n", ImportRefusal::FileEmpty),
        (b"PK\x03\x04workbook", ImportRefusal::NotText),
        (b"Telefone;CPF\n1;2\n", ImportRefusal::NameColumnMissing),
    ] {
        assert_eq!(import(&desk, file, true, false).unwrap_err(), refusal);
    }
    let input = json!({ "csv_base64": "%%%", "dry_run": true }).to_string();
    assert_eq!(desk.write::<Import>(&input).unwrap_err(), ImportRefusal::NotText);
    let large = "a".repeat(10 * 1024 * 1024 + 1);
    assert!(matches!(import(&desk, large.as_bytes(), true, false), Err(ImportRefusal::FileTooLarge { .. })));
}

#[test]
fn codes_go_on_after_those_given_at_the_desk() {
    let desk = Desk::new();
    desk.write::<Register>(r#"{"given":"Zoe"}"#).unwrap();

    import(&desk, FILE.as_bytes(), false, false).unwrap();

    let next = desk.write::<Register>(r#"{"given":"Yara"}"#).unwrap();
    assert_eq!(next.code, "A-0005");
}

#[test]
fn a_cell_that_fits_nowhere_or_that_nobody_typed_refuses_its_line_and_no_other() {
    let desk = Desk::new();
    let long = "x".repeat(10_001);
    let file = format!("Nome;Obs\nAna;{long}\n{long};\nBi\u{2}a;\nCaio;bem\n");

    let report = import(&desk, file.as_bytes(), false, true).unwrap();

    let reasons: Vec<_> = report.lines.iter().map(|line| line.reasons.join(",")).collect();
    assert_eq!(reasons, ["text_too_long", "text_too_long", "text_unreadable", ""]);
    assert!(report.lines.iter().all(|line| line.name.len() <= 80), "the report does not repeat what does not fit");
    assert_eq!((report.added, report.refused, on_file(&desk)), (1, 3, 1));
}
