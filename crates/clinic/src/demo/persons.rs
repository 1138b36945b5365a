//! Three hundred people who do not exist: common Brazilian names, valid CPFs drawn from the seed, phones with the
//! digits that films use.

use domain::{identity::Cpf, time::CivilDate};
use serde_json::{Value, json};

use super::dice::Dice;

const WOMEN: &[&str] = &[
    "Adriana",
    "Alessandra",
    "Aline",
    "Amanda",
    "Ana Beatriz",
    "Ana Clara",
    "Ana Paula",
    "Andréa",
    "Ângela",
    "Bárbara",
    "Bianca",
    "Bruna",
    "Camila",
    "Carla",
    "Carolina",
    "Cecília",
    "Célia",
    "Cíntia",
    "Cláudia",
    "Cristina",
    "Daniela",
    "Débora",
    "Eduarda",
    "Elaine",
    "Eliane",
    "Fabiana",
    "Fernanda",
    "Flávia",
    "Gabriela",
    "Giovana",
    "Helena",
    "Heloísa",
    "Isabela",
    "Ivone",
    "Jéssica",
    "Joana",
    "Juliana",
    "Karina",
    "Larissa",
    "Laura",
    "Letícia",
    "Lívia",
    "Luana",
    "Lúcia",
    "Luciana",
    "Luíza",
    "Manuela",
    "Marcela",
    "Márcia",
    "Maria Eduarda",
    "Maria José",
    "Mariana",
    "Marina",
    "Marta",
    "Michele",
    "Mônica",
    "Natália",
    "Patrícia",
    "Paula",
    "Priscila",
    "Rafaela",
    "Raquel",
    "Regina",
    "Renata",
    "Roberta",
    "Rosana",
    "Sabrina",
    "Sandra",
    "Sílvia",
    "Simone",
    "Sônia",
    "Sueli",
    "Tatiana",
    "Teresa",
    "Vanessa",
    "Vera Lúcia",
    "Verônica",
    "Vitória",
    "Viviane",
    "Yasmin",
];
const MEN: &[&str] = &[
    "Alexandre",
    "André",
    "Antônio",
    "Bruno",
    "Caio",
    "Carlos Eduardo",
    "César",
    "Daniel",
    "Diego",
    "Eduardo",
    "Fábio",
    "Felipe",
    "Francisco",
    "Gustavo",
    "Henrique",
    "João Pedro",
    "Jorge",
    "José Carlos",
    "Leandro",
    "Leonardo",
    "Lucas",
    "Luís Fernando",
    "Marcelo",
    "Márcio",
    "Mateus",
    "Otávio",
    "Paulo",
    "Pedro",
    "Rafael",
    "Ricardo",
    "Rodrigo",
    "Sérgio",
    "Thiago",
    "Vinícius",
];
const FAMILIES: &[&str] = &[
    "Albuquerque",
    "Almeida",
    "Alves",
    "Amaral",
    "Andrade",
    "Araújo",
    "Azevedo",
    "Barbosa",
    "Barros",
    "Batista",
    "Borges",
    "Braga",
    "Brandão",
    "Brito",
    "Camargo",
    "Cardoso",
    "Carvalho",
    "Castro",
    "Cavalcanti",
    "Conceição",
    "Correia",
    "Costa",
    "Cunha",
    "Dias",
    "Duarte",
    "Farias",
    "Fernandes",
    "Ferreira",
    "Figueiredo",
    "Fonseca",
    "Freitas",
    "Garcia",
    "Gomes",
    "Gonçalves",
    "Guimarães",
    "Lacerda",
    "Leite",
    "Lima",
    "Lopes",
    "Macedo",
    "Machado",
    "Magalhães",
    "Martins",
    "Medeiros",
    "Melo",
    "Mendes",
    "Miranda",
    "Monteiro",
    "Moraes",
    "Moreira",
    "Moura",
    "Nascimento",
    "Nogueira",
    "Oliveira",
    "Pacheco",
    "Peixoto",
    "Pereira",
    "Pinto",
    "Pires",
    "Queiroz",
    "Ramos",
    "Rezende",
    "Ribeiro",
    "Rocha",
    "Rodrigues",
    "Sales",
    "Santana",
    "Santos",
    "Silva",
    "Silveira",
    "Siqueira",
    "Soares",
    "Souza",
    "Tavares",
    "Teixeira",
    "Toledo",
    "Vasconcelos",
    "Vieira",
    "Xavier",
];
const STREETS: &[&str] = &[
    "Rua das Acácias",
    "Rua dos Ipês",
    "Rua Sete de Abril",
    "Alameda Santos",
    "Rua Bela Cintra",
    "Avenida Angélica",
    "Rua Cardeal Arcoverde",
    "Rua Harmonia",
    "Rua Fidalga",
    "Rua Turiassu",
    "Avenida Pompeia",
    "Rua Caiubi",
    "Rua Itapeva",
    "Rua Pamplona",
    "Avenida Brigadeiro Luís Antônio",
    "Rua Vergueiro",
];
const DISTRICTS: &[&str] =
    &["Pinheiros", "Vila Madalena", "Perdizes", "Jardim Paulista", "Bela Vista", "Consolação", "Vila Mariana", "Moema"];
const NOTES: &[&str] = &[
    "Prefere horários depois das 17h.",
    "Avisar por mensagem, não ligar.",
    "Indicada por uma amiga da clínica.",
    "Pede nota em nome próprio.",
    "Costuma chegar 15 minutos antes.",
];
/// Allergies with what happens and how badly.
const ALLERGIES: &[(&str, &str, &str)] = &[
    ("Lidocaína", "Urticária", "severe"),
    ("Dipirona", "Erupção cutânea", "moderate"),
    ("Látex", "Coceira e vermelhidão", "moderate"),
    ("Ácido acetilsalicílico", "Inchaço nos lábios", "severe"),
    ("Penicilina", "Erupção cutânea", "moderate"),
    ("Esparadrapo", "Vermelhidão local", "mild"),
    ("Ácido glicólico", "Ardência prolongada", "mild"),
    ("Iodo", "Coceira", "mild"),
];

/// Someone, as the registration form takes them, and what they said about allergies.
pub(super) struct Person {
    pub(super) form: Value,
    pub(super) name: String,
    pub(super) allergy: Option<(&'static str, &'static str, &'static str)>,
    /// They were asked and know of none.
    pub(super) none_known: bool,
}

pub(super) fn persons(count: usize, today: CivilDate, dice: &mut Dice) -> Vec<Person> {
    (0..count).map(|number| person(number, today, dice)).collect()
}

fn person(number: usize, today: CivilDate, dice: &mut Dice) -> Person {
    let woman = dice.percent(82);
    let given = dice.pick(if woman { WOMEN } else { MEN }, "Ana");
    let first = dice.pick(FAMILIES, "Silva");
    let last = dice.pick(FAMILIES, "Souza");
    let family = match (dice.percent(50), first == last) {
        (_, true) => first.to_owned(),
        (true, false) => format!("{first} {}{last}", particle(last)),
        (false, false) => format!("{first} {last}"),
    };
    // Few go by another name; more would be no likeness of a clinic.
    let social = dice.percent(4).then(|| {
        let names = if dice.percent(70) { WOMEN } else { MEN };
        dice.pick(names, "Dani")
    });
    let age = [dice.between(18, 29), dice.between(27, 48), dice.between(45, 74)];
    let age = age.get(dice.weighted(&[25, 50, 25])).copied().unwrap_or(35);
    let born = today.plus_days(-(age * 365 + dice.between(0, 364)));
    let root = format!("{:09}", dice.between(10_000_000, 899_999_999));
    let cpf = format!("{root}{}", Cpf::check_digits(&root));
    let area = dice.pick(&["11", "11", "11", "11", "13", "19"], "11");
    let mut form = json!({
        "given": given,
        "family": family,
        "birth_date": born.to_string(),
        "sex": if woman { "female" } else { "male" },
        "phone": format!("({area}) 95555-{:04}", (number * 37 + 101) % 10_000),
        // Two people may get one name; their documents differ.
        "identifier": { "type": "cpf", "value": cpf },
    });
    if let Some(fields) = form.as_object_mut() {
        if let Some(social) = social {
            fields.insert("preferred_name".into(), social.into());
        }
        if dice.percent(60) {
            let user = plain(given);
            fields.insert("email".into(), format!("{user}.{}{number}@exemplo.com.br", plain(last)).into());
        }
        if dice.percent(70) {
            let street = dice.pick(STREETS, "Rua Harmonia");
            let district = dice.pick(DISTRICTS, "Pinheiros");
            let house = dice.between(12, 1980);
            fields.insert("address".into(), format!("{street}, {house}, {district}, São Paulo/SP").into());
        }
        if dice.percent(8) {
            fields.insert("notes".into(), dice.pick(NOTES, "").into());
        }
    }
    let allergy = dice.percent(16).then(|| dice.pick(ALLERGIES, ("Látex", "Coceira", "mild")));
    let none_known = allergy.is_none() && dice.percent(70);
    Person { form, name: format!("{} {family}", social.unwrap_or(given)), allergy, none_known }
}

/// The word that many who bear a family name put before it.
fn particle(family: &str) -> &'static str {
    match family {
        "Conceição" | "Costa" | "Cunha" | "Fonseca" | "Rocha" | "Silva" | "Silveira" => "da ",
        "Nascimento" => "do ",
        "Santos" => "dos ",
        "Albuquerque" | "Almeida" | "Andrade" | "Araújo" | "Azevedo" | "Barros" | "Camargo" | "Carvalho" | "Castro"
        | "Farias" | "Freitas" | "Lima" | "Macedo" | "Medeiros" | "Melo" | "Miranda" | "Moraes" | "Moura"
        | "Oliveira" | "Queiroz" | "Rezende" | "Siqueira" | "Souza" | "Toledo" | "Vasconcelos" => "de ",
        _ => "",
    }
}

/// Letters without marks or spaces, lower case.
fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfd().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::collections::BTreeSet;

    use super::*;
    use crate::people::{PersonInput, admit};

    #[test]
    fn everyone_passes_the_registration_form_and_bears_a_document_of_their_own() {
        let today = "2026-11-21".parse().unwrap();
        let people = persons(300, today, &mut Dice::new(1));

        let admitted: Vec<_> = people
            .iter()
            .map(|person| serde_json::from_value::<PersonInput>(person.form.clone()).unwrap())
            .map(|input| admit(input, "BR", today).unwrap())
            .collect();

        let documents: BTreeSet<_> =
            admitted.iter().map(|person| person.identifier.as_ref().unwrap().value().to_owned()).collect();
        let phones: BTreeSet<_> = admitted.iter().map(|person| person.phone.clone().unwrap()).collect();
        assert_eq!((documents.len(), phones.len()), (300, 300));
        assert!(admitted.iter().any(|person| person.preferred_name.is_some()));
        assert!(people.iter().filter(|person| person.allergy.is_some()).count() > 20);
    }
}
