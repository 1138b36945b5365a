//! Every paper, read back by programs that did not write it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unreachable_pub,
    reason = "tests"
)]

mod samples;
mod tools;

use std::process::Command;

use domain::money::{Currency, Locale, Money};
use papers::consent::{Block, PaperCode, consent};
use papers::invoice::{Invoice, Payer, invoice};
use papers::receipt::{Receipt, Sheet, receipt};
use papers::{PaperError, Run, pix};
use proptest::prelude::*;
use samples::{DOCUMENT, NOON, brl, device, long_invoice, setting};
use sha2::{Digest, Sha256};
use tools::{golden, pages, scan, tool};

const SIGNS: &str = "ÃÇÑÕŞĞİ ₲ € R$ ₺ ışğ";

fn all() -> Vec<(&'static str, Vec<u8>)> {
    let mut draft = samples::consent(Locale::Es);
    draft.code = None;
    draft.signatures[1].written = None;
    let mut copy = samples::invoice();
    (copy.copy, copy.setting.demo, copy.setting.locale) = (true, true, Locale::En);
    vec![
        ("consent", consent(&samples::consent(Locale::PtBr)).unwrap()),
        ("consent-draft", consent(&draft).unwrap()),
        ("invoice", invoice(&samples::invoice()).unwrap()),
        ("invoice-copy", invoice(&copy).unwrap()),
        ("invoice-200", invoice(&long_invoice(200)).unwrap()),
        ("receipt", receipt(&samples::receipt(), Sheet::A4).unwrap()),
        ("receipt-80mm", receipt(&samples::receipt(), Sheet::Roll80).unwrap()),
    ]
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[test]
fn each_paper_says_what_it_should() {
    for (name, pdf) in all() {
        golden(&format!("{name}.txt"), &pages(&pdf).join("\n---\n"));
    }
}

#[test]
fn other_programs_find_nothing_wrong_with_the_file() {
    for (name, pdf) in all() {
        let said = tool("qpdf", &["--check"], &pdf, &[]);
        assert!(said.contains("No syntax or stream encoding errors found"), "{name}: {said}");

        let fonts = tool("pdffonts", &[], &pdf, &[]);
        let rows: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(!rows.is_empty() && rows.len() <= 2, "{name}: {fonts}");
        for row in rows {
            assert!(row.contains("+Inter-") && row.contains("yes yes yes"), "embedded, subset, with Unicode: {row}");
        }

        let about = tool("pdfinfo", &[], &pdf, &[]);
        assert!(about.contains("Producer:        Praxis") && !about.contains("PDF/X"), "{name}: {about}");
    }
}

#[test]
fn the_file_names_its_language_and_bears_the_datas_date() {
    for (name, pdf) in all() {
        let file = lopdf::Document::load_mem(&pdf).unwrap();
        let language = file.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap();
        let expected = match name {
            "consent-draft" => "es",
            "invoice-copy" => "en",
            _ => "pt-BR",
        };
        assert_eq!(language, expected.as_bytes(), "{name}");
        let info = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
        let info = file.get_dictionary(info).unwrap();
        assert_eq!(info.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20261118134108Z", "{name}");
        assert!(!info.has(b"GTS_PDFXVersion"), "{name}");
    }
}

#[test]
fn same_data_same_bytes() {
    let first = all();
    // Other papers in between: nothing that is counted per process may show.
    for count in [1, 40] {
        invoice(&long_invoice(count)).unwrap();
    }
    let second = all();

    for ((name, a), (_, b)) in first.iter().zip(&second) {
        assert!(a == b, "{name} differs when it is made again");
    }
}

#[test]
fn same_data_same_bytes_in_another_process() {
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program).args(["--exact", "tell_hashes", "--ignored", "--nocapture"]).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();

    for (name, pdf) in all() {
        assert!(told.contains(&format!("{name} {}", hash(&pdf))), "{name} differs:\n{told}");
    }
}

#[test]
#[ignore = "started by same_data_same_bytes_in_another_process"]
fn tell_hashes() {
    for (name, pdf) in all().into_iter().rev() {
        println!("\n{name} {}", hash(&pdf));
    }
}

#[test]
fn one_changed_amount_changes_the_bytes_and_the_identity() {
    let id = |pdf: &[u8]| {
        let file = lopdf::Document::load_mem(pdf).unwrap();
        file.trailer.get(b"ID").unwrap().as_array().unwrap()[0].as_str().unwrap().to_vec()
    };
    let a = receipt(&samples::receipt(), Sheet::A4).unwrap();
    let b = receipt(&Receipt { amount: brl(100_001), ..samples::receipt() }, Sheet::A4).unwrap();

    assert_ne!(id(&a), id(&b));
    assert_eq!(id(&a).len(), 16);
}

#[test]
fn every_letter_and_sign_we_need_is_read_back() {
    let payer = Payer { name: SIGNS.into(), tax_id: Some(SIGNS.into()), address: None };
    let bold = Invoice { payer: payer.clone(), ..samples::invoice() };
    let plain = Receipt { payer, ..samples::receipt() };

    assert_eq!(pages(&invoice(&bold).unwrap())[0].matches(SIGNS).count(), 2, "in both weights");
    assert!(pages(&receipt(&plain, Sheet::A4).unwrap())[0].contains(SIGNS));
}

#[test]
fn amounts_are_written_as_the_patients_place_writes_them() {
    let mut data = samples::receipt();
    data.setting = setting(Locale::EsPy);
    data.amount = Money::from_minor(100_000, Currency::Pyg);
    data.open = Some(Money::from_minor(1_250_000, Currency::Pyg));
    let text = &pages(&receipt(&data, Sheet::A4).unwrap())[0];
    assert!(text.contains("₲ 100.000") && text.contains("₲ 1.250.000") && text.contains("Forma de pago"), "{text}");

    data.setting = setting(Locale::En);
    data.amount = Money::from_minor(180_000, Currency::Eur);
    let text = &pages(&receipt(&data, Sheet::A4).unwrap())[0];
    assert!(text.contains("€1,800.00") && text.contains("18 Nov 2026 10:41"), "{text}");
}

#[test]
fn the_pix_code_on_paper_is_the_payload_and_its_check_holds() {
    let data = samples::invoice();
    let expected = &data.pix.as_ref().unwrap().payload;
    let pdf = invoice(&data).unwrap();

    let scanned = scan(&pdf, 1);

    assert_eq!(&scanned, expected);
    assert!(pix::check_holds(&scanned));
    let copied: String = pages(&pdf)[0].lines().filter(|line| expected.contains(*line)).collect();
    assert_eq!(&copied, expected, "the text to copy is the payload, whole");
}

#[test]
fn the_code_on_a_consent_form_vouches_for_what_it_says() {
    let form = samples::consent(Locale::PtBr);
    let pdf = consent(&form).unwrap();

    let scanned = PaperCode::parse(&scan(&pdf, pages(&pdf).len())).unwrap();

    assert_eq!(scanned.document, DOCUMENT);
    assert_eq!(scanned.verify(&form.content_hash(), &device().verifying_key()), Ok(()));
    let mut other = form.clone();
    other.purposes[3].granted = Some(true);
    assert!(scanned.verify(&other.content_hash(), &device().verifying_key()).is_err(), "a box ticked afterwards");
    other = form.clone();
    other.signatures[0].written.as_mut().unwrap().ink.strokes[0][0].x += 1;
    assert!(scanned.verify(&other.content_hash(), &device().verifying_key()).is_err(), "a stroke moved");
}

#[test]
fn the_content_hash_is_the_golden_one() {
    // It must be found again from the record in twenty years.
    let hash = samples::consent(Locale::PtBr).content_hash();
    golden("consent-content-hash.txt", &hex::encode(hash));
}

#[test]
fn a_sealed_paper_is_refused_with_one_byte_changed() {
    let mut pdf = consent(&samples::consent(Locale::PtBr)).unwrap();
    let seal = papers::seal::seal(&pdf, DOCUMENT, NOON, b"certificate".to_vec(), &device());
    assert_eq!(seal.verify(&pdf, DOCUMENT, &device().verifying_key()), Ok(()));

    let middle = pdf.len() / 2;
    pdf[middle] ^= 1;

    assert!(seal.verify(&pdf, DOCUMENT, &device().verifying_key()).is_err());
}

#[test]
fn an_invoice_is_small() {
    for count in [3, 30] {
        let size = invoice(&long_invoice(count)).unwrap().len();
        assert!(size < 40 * 1024, "{count} lines take {size} bytes");
    }
}

#[test]
fn a_long_table_goes_on_under_its_head_and_loses_no_line() {
    let data = long_invoice(200);
    let pages = pages(&invoice(&data).unwrap());

    assert!(pages.len() > 3);
    let whole = pages.join("\n");
    for no in 1..=200 {
        let row = format!(
            "Drenagem linfática, sessão {no} Beatriz Nunes 1 {0} {0}",
            brl(10_000 + no).format_number(Locale::PtBr)
        );
        assert_eq!(whole.lines().filter(|line| **line == row).count(), 1, "{row}");
    }
    for (index, page) in pages.iter().enumerate() {
        assert_eq!(page.matches("Serviço Quem fez Qtd. Unitário Total").count(), 1, "page {}", index + 1);
        assert!(page.contains(&format!("Página {} de {}", index + 1, pages.len())));
    }
    let last = pages.last().unwrap();
    assert!(last.contains("sessão 200") && last.contains("Total R$ 20.201,00"), "{last}");
    assert_eq!(whole.matches("R$ 20.201,00").count(), 2, "once as the total and once beside the PIX code");
}

#[test]
fn whatever_the_length_a_total_never_stands_without_lines() {
    for count in 20..60 {
        let pages = pages(&invoice(&Invoice { pix: None, notes: vec![], ..long_invoice(count) }).unwrap());
        let last = pages.iter().find(|page| page.lines().any(|line| line.starts_with("Total R$"))).unwrap();
        assert!(last.matches("sessão").count() >= 2, "{count} lines:\n{last}");
    }
}

#[test]
fn whatever_the_length_a_signature_never_stands_alone() {
    let mut split = 0;
    for count in 0..60 {
        let mut form = samples::consent(Locale::PtBr);
        form.purposes.clear();
        let line = Block::Paragraph(vec![Run::plain(format!("Cláusula {}", "palavra ".repeat(20)))]);
        form.blocks = vec![line; count + 1];
        let pages = pages(&consent(&form).unwrap());
        let signed = pages.iter().filter(|page| page.contains("Testemunha")).collect::<Vec<_>>();
        assert_eq!(signed.len(), 1);
        assert!(signed[0].contains("palavra"), "{count} paragraphs:\n{}", signed[0]);
        assert!(signed[0].contains("Mariana Silva Costa\n") || signed[0].contains("Mariana Silva Costa Lívia Moraes"));
        split += usize::from(pages.len() > 1);
    }
    assert!(split > 20, "the column must really have been broken");
}

#[test]
fn lines_that_do_not_come_to_the_total_are_not_printed() {
    let wrong = Invoice { total: brl(315_501), ..samples::invoice() };
    assert_eq!(invoice(&wrong), Err(PaperError::SumsDiffer));

    let mut mixed = samples::invoice();
    mixed.payments[0].amount = Money::from_minor(1, Currency::Pyg);
    assert_eq!(invoice(&mixed), Err(PaperError::SumsDiffer));
}

#[test]
fn a_draft_and_a_copy_and_the_demo_say_so() {
    let draft = Invoice { number: None, ..samples::invoice() };
    assert!(pages(&invoice(&draft).unwrap())[0].contains("Rascunho"));

    let copy = Invoice { copy: true, ..samples::invoice() };
    assert!(pages(&invoice(&copy).unwrap())[0].contains("2ª via"));
    assert!(!pages(&invoice(&samples::invoice()).unwrap())[0].contains("2ª via"));

    let mut demo = samples::invoice();
    demo.setting.demo = true;
    assert!(pages(&invoice(&demo).unwrap())[0].contains("Página 1 de 1 DEMO Nota comercial"));

    let mut form = samples::consent(Locale::PtBr);
    assert!(!pages(&consent(&form).unwrap()).concat().contains("Rascunho"));
    form.signatures[1].written = None;
    assert!(pages(&consent(&form).unwrap())[0].contains("Rascunho: sem valor até a assinatura"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_breaks_a_paper(name in "\\PC{0,300}", word in "[^ ]{0,400}", address in any::<String>()) {
        let mut data = samples::invoice();
        data.payer = Payer { name: name.clone(), tax_id: Some(word.clone()), address: Some(address.clone()) };
        data.lines[0].description = word.clone();
        data.lines[0].detail = Some(address);
        data.lines[1].performer = Some(name.clone());
        data.clinic.name = word.clone();
        prop_assert!(lopdf::Document::load_mem(&invoice(&data).unwrap()).is_ok());

        let mut form = samples::consent(Locale::PtBr);
        form.blocks.push(Block::Paragraph(Run::parse(&word)));
        form.signatures[0].name = name;
        form.purposes[0].detail = Some(word);
        prop_assert!(lopdf::Document::load_mem(&consent(&form).unwrap()).is_ok());
    }
}

#[test]
fn long_names_and_labels_are_never_cut_where_they_count() {
    let long =
        "Maria Aparecida dos Santos Albuquerque Cavalcanti de Vasconcelos e Figueiredo Bragança de Almeida Prado";
    let mut form = samples::consent(Locale::PtBr);
    form.patient = long.into();
    form.signatures[0].name = long.into();
    form.signatures[0].detail = Some(format!("Responsável legal de {long}"));
    form.purposes[0].label = format!("Tratamento de {long}");
    form.purposes[0].detail = Some(format!("{long} e {long}, com {long} e {long}, e ainda {long}"));
    form.title = format!("Termo de {long}");

    let text = pages(&consent(&form).unwrap()).join(" ").replace('\n', " ");

    // Columns stand side by side, so words are counted and not sentences: title, name, detail, label, and five times.
    assert!(text.matches("Figueiredo").count() >= 9, "{text}");
    assert!(text.matches("Prado").count() >= 9, "{text}");
}
