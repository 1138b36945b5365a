//! The clinic of the demo: its data, who works there, its rooms, what it offers and for how much.

use domain::identity::Cnpj;

use crate::organization::ClinicData;

/// The profile the demo shows.
pub const PROFILE: &str = "aesthetic-br";

pub(super) fn clinic() -> ClinicData {
    let root = "419873500001";
    ClinicData {
        name: "Clínica Alameda".into(),
        legal_name: Some("Clínica Alameda Estética Avançada Ltda.".into()),
        tax_id: Some(format!("{root}{}", Cnpj::check_digits(root))),
        phone: Some("(11) 3555-0100".into()),
        address: Some("Alameda das Paineiras, 482, Jardim Paulista".into()),
        city: Some("São Paulo".into()),
        state: Some("SP".into()),
        postal_code: Some("01420-001".into()),
        // A random key, as the banks give out.
        pix_key: Some("3f1c2a9e-5b74-4d0c-9a61-7e2d8c40b5f3".into()),
    }
}

/// Someone who treats. Each has a room of their own, so rooms never collide.
pub(super) struct Professional {
    pub(super) given: &'static str,
    pub(super) family: &'static str,
    pub(super) title: Option<&'static str>,
    pub(super) kind: &'static str,
    /// Body, number and state; aesthetics has no council (Lei 13.643/2018).
    pub(super) council: Option<(&'static str, &'static str, &'static str)>,
    pub(super) color: &'static str,
    pub(super) room: &'static str,
    /// The services they perform, and how often each is asked for.
    pub(super) services: &'static [(usize, i64)],
    /// The day of the week they are away, besides Sunday.
    pub(super) away: u8,
}

pub(super) const PROFESSIONALS: [Professional; 4] = [
    Professional {
        given: "Camila",
        family: "Rocha",
        title: Some("Dra."),
        kind: "doctor",
        council: Some(("CRM", "148203", "SP")),
        color: "petrol",
        room: "Sala 1",
        services: &[(0, 3), (1, 5), (2, 4), (3, 3)],
        away: 6,
    },
    Professional {
        given: "Beatriz",
        family: "Nunes",
        title: Some("Dra."),
        kind: "biomedical",
        council: Some(("CRBM", "21764", "SP")),
        color: "violet",
        room: "Sala 2",
        services: &[(0, 2), (1, 4), (4, 4), (3, 1)],
        away: 1,
    },
    Professional {
        given: "Rafael",
        family: "Teixeira",
        title: None,
        kind: "physiotherapist",
        council: Some(("CREFITO", "187654-F", "SP")),
        color: "amber",
        room: "Sala corporal",
        services: &[(7, 5), (6, 3), (0, 1)],
        away: 3,
    },
    Professional {
        given: "Júlia",
        family: "Prado",
        title: None,
        kind: "aesthetician",
        council: None,
        color: "green",
        room: "Sala facial",
        services: &[(5, 6), (7, 3), (0, 1)],
        away: 4,
    },
];

/// Something offered.
pub(super) struct Offer {
    pub(super) name: &'static str,
    pub(super) category: &'static str,
    pub(super) description: &'static str,
    pub(super) price: &'static str,
    pub(super) minutes: i64,
    pub(super) after: i64,
    /// A word of the consent form's title, where one is asked for.
    pub(super) consent: Option<&'static str>,
    /// What a note about it says.
    pub(super) notes: &'static [&'static str],
}

impl Offer {
    /// The price in cents.
    pub(super) fn cents(&self) -> i64 {
        self.price.replace('.', "").parse().unwrap_or(0)
    }
}

pub(super) const OFFERS: [Offer; 8] = [
    Offer {
        name: "Consulta de avaliação",
        category: "Consultas",
        description: "Conversa, exame da pele e plano de tratamento.",
        price: "250.00",
        minutes: 30,
        after: 0,
        consent: None,
        notes: &[
            "Queixa: linhas de expressão na fronte e flacidez leve do terço inferior.\nExame: pele mista, fototipo III, \
             sem lesões ativas.\nConduta: orientado fotoprotetor diário; proposto plano em duas etapas.",
            "Queixa: manchas pós-inflamatórias nas bochechas.\nExame: fototipo IV, melanose discreta bilateral.\n\
             Conduta: suspender ácido por 15 dias; iniciar clareador noturno; retorno em 30 dias.",
            "Primeira avaliação. Sem comorbidades, sem uso de anticoagulantes. Expectativas realistas. Fotos feitas \
             com consentimento. Proposto bioestimulador, três sessões.",
        ],
    },
    Offer {
        name: "Toxina botulínica, terço superior",
        category: "Injetáveis",
        description: "Fronte, glabela e região dos olhos.",
        price: "1150.00",
        minutes: 45,
        after: 15,
        consent: Some("toxina"),
        notes: &[
            "Aplicadas 24 U: fronte 8, glabela 10, perioculares 6. Sem intercorrências. Retorno em 15 dias.",
            "Aplicadas 30 U em terço superior, técnica habitual. Assimetria prévia de sobrancelha à direita \
             documentada. Orientada a não deitar por 4 horas.",
            "Reaplicação após cinco meses. 22 U. Pele íntegra, sem hematomas. Revisão agendada.",
        ],
    },
    Offer {
        name: "Preenchimento com ácido hialurônico",
        category: "Injetáveis",
        description: "Por seringa de 1 ml.",
        price: "1490.00",
        minutes: 60,
        after: 15,
        consent: Some("preench"),
        notes: &[
            "1 ml em sulco nasogeniano, cânula 22G, plano profundo. Perfusão normal ao fim. Gelo local.",
            "0,5 ml em lábio superior e 0,5 ml em inferior. Edema esperado. Orientações por escrito entregues.",
        ],
    },
    Offer {
        name: "Bioestimulador de colágeno",
        category: "Injetáveis",
        description: "Face, uma sessão.",
        price: "1800.00",
        minutes: 60,
        after: 15,
        consent: Some("bioestimulador"),
        notes: &[
            "Sessão realizada, 1 frasco, leque em terço médio bilateral. Massagem orientada: regra dos 5.",
            "Segunda sessão. Boa resposta à primeira. Sem nódulos à palpação. Intervalo de 45 dias mantido.",
        ],
    },
    Offer {
        name: "Peeling químico superficial",
        category: "Pele",
        description: "Ácido escolhido conforme a pele.",
        price: "320.00",
        minutes: 40,
        after: 10,
        consent: Some("peeling"),
        notes: &[
            "Peeling de ácido mandélico 30 %, 6 minutos, neutralizado. Eritema leve. Fotoproteção reforçada.",
            "Ácido glicólico 20 %, 4 minutos. Tolerância boa. Próxima sessão em 21 dias.",
        ],
    },
    Offer {
        name: "Limpeza de pele profunda",
        category: "Pele",
        description: "Com extração e alta frequência.",
        price: "180.00",
        minutes: 60,
        after: 10,
        consent: Some("limpeza"),
        notes: &[
            "Extração em zona T, alta frequência 3 minutos, máscara calmante. Pele sensibilizada, sem lesões.",
            "Limpeza completa. Orientada a evitar maquiagem por 24 horas. Sugerida manutenção mensal.",
        ],
    },
    Offer {
        name: "Depilação a laser, axilas",
        category: "Laser",
        description: "Sessão avulsa.",
        price: "140.00",
        minutes: 30,
        after: 5,
        consent: Some("laser"),
        notes: &[
            "Sessão 3. Fluência 14 J/cm², ponteira resfriada. Eritema perifolicular esperado. Sem bolhas.",
            "Fototipo III confirmado. Fluência 12 J/cm². Orientada a não depilar com cera entre sessões.",
        ],
    },
    Offer {
        name: "Drenagem linfática",
        category: "Corporal",
        description: "Corpo inteiro, manual.",
        price: "160.00",
        minutes: 50,
        after: 10,
        consent: None,
        notes: &[
            "Drenagem manual, membros inferiores e abdome. Edema leve em tornozelos, reduzido ao fim.",
            "Pós-operatório de 20 dias, liberada pelo cirurgião. Sessão bem tolerada.",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_offers_a_service_offers_one_that_exists_in_a_room_of_their_own() {
        for one in &PROFESSIONALS {
            assert!(one.services.iter().all(|(service, _)| *service < OFFERS.len()), "{}", one.given);
            assert_eq!(PROFESSIONALS.iter().filter(|other| other.room == one.room).count(), 1);
        }
        assert_eq!(OFFERS.iter().map(Offer::cents).max(), Some(180_000));
    }
}
