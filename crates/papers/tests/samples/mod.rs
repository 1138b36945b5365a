//! A believable day at a believable clinic, as data.
#![allow(dead_code, clippy::unwrap_used, reason = "shared by several test programs, none of which uses all of it")]

use domain::money::{Currency, Locale, Money, instalments};
use domain::time::{CivilDate, Timestamp, Zone};
use ed25519_dalek::SigningKey;
use papers::consent::{Block, Consent, PaperCode, Purpose, Role, Signature, Written};
use papers::invoice::{Invoice, Line, Method, Payer, Payment, PixPanel};
use papers::pix::{PixCharge, PixKey, txid};
use papers::receipt::Receipt;
use papers::{Ink, InkPoint, Letterhead, Run, Setting};
use uuid::Uuid;

pub const DOCUMENT: Uuid = Uuid::from_u128(0x0192_f0c1_7a3e_7b4c_8d5e_6f70_8192_a3b4);

/// 18 November 2026, 10:41:08 in São Paulo.
pub const NOON: Timestamp = Timestamp::from_millis(1_795_009_268_000);

pub fn device() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

pub fn setting(locale: Locale) -> Setting {
    Setting { locale, zone: Zone::named("America/Sao_Paulo").unwrap(), demo: false }
}

pub fn clinic() -> Letterhead {
    Letterhead {
        name: "Clínica Alameda".into(),
        legal_name: Some("Alameda Estética Avançada Ltda.".into()),
        tax_id: Some("CNPJ 12.345.678/0001-95".into()),
        address: Some("Alameda das Paineiras, 100 · São Paulo".into()),
        phone: Some("(11) 3555-0142".into()),
        email: None,
    }
}

pub fn brl(minor: i64) -> Money {
    Money::from_minor(minor, Currency::Brl)
}

pub fn day(text: &str) -> CivilDate {
    text.parse().unwrap()
}

/// A hand: loops that shrink, and a flourish below them.
pub fn ink(seed: u32) -> Ink {
    let seed = f64::from(seed);
    let at =
        |x: f64, y: f64, t: f64| InkPoint { x: whole(x * 100.0), y: whole(y * 100.0), at: whole(t).unsigned_abs() };
    let name = (0..150)
        .map(|step| {
            let t = f64::from(step) / 10.0;
            let high = 26.0 * (-t / (9.0 + seed)).exp() + 6.0 + 14.0 * ((t * 0.9 + seed).sin()).max(0.0);
            let x = 30.0 + 15.0 * t + 9.0 * (t * 2.9 + seed).cos();
            at(x, 70.0 - high * (1.0 + (t * 2.9 + seed).sin()) * 0.62 - t * 0.5, t * 100.0)
        })
        .collect();
    let flourish = (0..30)
        .map(|step| {
            let t = f64::from(step) / 29.0;
            at(20.0 + 235.0 * t, 78.0 - 12.0 * t + 7.0 * (t * 3.1).sin(), 1700.0 + t * 300.0)
        })
        .collect();
    Ink { strokes: vec![name, flourish], pad: (418, 120) }
}

#[allow(clippy::cast_possible_truncation, reason = "small by construction")]
fn whole(value: f64) -> i32 {
    value.round() as i32
}

pub fn consent(locale: Locale) -> Consent {
    let paragraph = |text: &str| Block::Paragraph(Run::parse(text));
    let heading = |text: &str| Block::Heading(text.into());
    let blocks = vec![
        paragraph(
            "Eu, **Mariana Silva Costa**, CPF 123.456.789-09, autorizo a aplicação de bioestimulador injetável de \
             colágeno em terço inferior da face, sessão 4 de 6, pela **Dra. Camila Rocha**, CRM-SP 123456.",
        ),
        heading("1. O que será feito"),
        paragraph(
            "Aplicação com cânula em dois pontos por lado, sob resfriamento local. Por causa da alergia informada, \
             **não será usada lidocaína**.",
        ),
        heading("2. O que pode acontecer"),
        paragraph(
            "Inchaço, vermelhidão e pequenos hematomas por até sete dias. Menos comum: nódulos palpáveis, assimetria, \
             infecção. Raro: obstrução de vaso, com atendimento imediato na clínica.",
        ),
        heading("3. Alternativas"),
        paragraph("Não tratar, tecnologias de radiofrequência ou ultrassom, ou cirurgia. Todas me foram explicadas."),
        heading("4. Meus cuidados"),
        paragraph(
            "Massagear a área por cinco dias, evitar sol e exercício intenso por 48 horas e avisar sobre dor forte, \
             palidez ou febre.",
        ),
        heading("5. Posso mudar de ideia"),
        paragraph(
            "Posso retirar esta autorização a qualquer momento, sem prejuízo do meu atendimento. O documento assinado \
             continua guardado.",
        ),
    ];
    let purpose = |label: &str, detail: &str, required, granted| Purpose {
        label: label.into(),
        detail: Some(detail.into()),
        required,
        granted: Some(granted),
    };
    let signature = |role, name: &str, detail: Option<&str>, at, seed| Signature {
        role,
        name: name.into(),
        detail: detail.map(Into::into),
        written: Some(Written { at, ink: ink(seed) }),
    };
    let mut form = Consent {
        id: DOCUMENT,
        setting: setting(locale),
        clinic: clinic(),
        title: "Termo de consentimento: bioestimulador de colágeno".into(),
        version: 4,
        patient: "Mariana Silva Costa".into(),
        blocks,
        purposes: vec![
            purpose("Tratamento", "Sessões 4 a 6 deste plano", true, true),
            purpose("Fotos no prontuário", "Só a equipe que atende", false, true),
            purpose("Fotos para ensino", "Sem o rosto identificável", false, false),
            purpose("Fotos para divulgação", "Redes e site, por 12 meses", false, false),
        ],
        signatures: vec![
            signature(Role::Patient, "Mariana Silva Costa", Some("CPF 123.456.789-09"), NOON, 1),
            signature(Role::Witness, "Lívia Moraes", None, NOON.plus_minutes(1), 4),
        ],
        made_at: NOON,
        code: None,
    };
    form.code = Some(PaperCode::sign(form.id, &form.content_hash(), &device()));
    form
}

pub fn payload(amount: Money, number: &str) -> String {
    PixCharge {
        key: PixKey::parse("12.345.678/0001-95").unwrap(),
        amount: Some(amount),
        payee: "Clínica Alameda".into(),
        city: "São Paulo".into(),
        txid: txid(number),
        note: None,
    }
    .payload()
    .unwrap()
}

pub fn line(description: &str, detail: Option<&str>, performer: &str, unit: i64, discount: i64) -> Line {
    Line {
        description: description.into(),
        detail: detail.map(Into::into),
        performer: Some(performer.into()),
        quantity: 1.into(),
        unit: brl(unit),
        discount: brl(discount),
        total: brl(unit - discount),
    }
}

pub fn invoice() -> Invoice {
    let lines = vec![
        line(
            "Bioestimulador de colágeno",
            Some("Plano Firmeza facial · sessão 4 de 6 · lote H2180"),
            "Dra. Camila Rocha",
            180_000,
            0,
        ),
        line(
            "Toxina botulínica, terço superior",
            Some("24 unidades · lote T0911"),
            "Dra. Camila Rocha",
            115_000,
            11_500,
        ),
        line("Peeling superficial", None, "Beatriz Nunes", 32_000, 0),
    ];
    Invoice {
        setting: setting(Locale::PtBr),
        clinic: clinic(),
        number: Some("A-000402".into()),
        copy: false,
        payer: payer(),
        patient: None,
        issued_on: Some(day("2026-11-18")),
        due_on: None,
        lines,
        total: brl(315_500),
        instalments: instalments(brl(215_500), 3, day("2026-12-18")).unwrap(),
        payments: vec![Payment {
            on: day("2026-11-18"),
            method: Method::Pix,
            amount: brl(100_000),
            receipt: Some("R-000311".into()),
        }],
        pix: Some(PixPanel {
            payload: payload(brl(215_500), "A-000402"),
            amount: brl(215_500),
            payee: "Clínica Alameda".into(),
        }),
        notes: vec![
            "Os impostos já estão no preço: cerca de R$ 441,70 (14 %), pagos pela clínica; nada é somado nem retido, \
             porque quem paga é pessoa física."
                .into(),
            "NFS-e a emitir: DPS A-000123.".into(),
        ],
        made_at: NOON,
    }
}

pub fn payer() -> Payer {
    Payer {
        name: "Mariana Silva Costa".into(),
        tax_id: Some("CPF 123.456.789-09".into()),
        address: Some("Rua dos Pinheiros, 870, ap. 32 · São Paulo".into()),
    }
}

/// An invoice of `count` lines.
pub fn long_invoice(count: i64) -> Invoice {
    let lines: Vec<Line> = (1..=count)
        .map(|no| line(&format!("Drenagem linfática, sessão {no}"), None, "Beatriz Nunes", 10_000 + no, 0))
        .collect();
    let total = Money::sum(lines.iter().map(|line| line.total), Currency::Brl).unwrap();
    Invoice {
        lines,
        total,
        instalments: vec![],
        payments: vec![],
        due_on: Some(day("2026-11-28")),
        pix: Some(PixPanel { payload: payload(total, "A-000402"), amount: total, payee: "Clínica Alameda".into() }),
        ..invoice()
    }
}

pub fn receipt() -> Receipt {
    Receipt {
        setting: setting(Locale::PtBr),
        clinic: clinic(),
        number: "R-000311".into(),
        copy: false,
        payer: payer(),
        amount: brl(100_000),
        method: Method::Pix,
        received_at: NOON,
        received_by: Some("Lívia Moraes".into()),
        invoice: Some("A-000402".into()),
        concerning: vec!["Bioestimulador de colágeno".into(), "Toxina botulínica, terço superior".into()],
        open: Some(brl(215_500)),
        made_at: NOON,
    }
}
