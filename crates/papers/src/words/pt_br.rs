//! Brazilian Portuguese.

use super::Words;

pub(super) const WORDS: Words = Words {
    page: |page, pages| format!("Página {page} de {pages}"),
    version: "Versão",
    copy: "2ª via",
    demo: "DEMO",
    draft_mark: "Rascunho",

    consent_draft: "Rascunho: sem valor até a assinatura",
    purposes: "O que autorizo",
    granted: "autorizado",
    not_granted: "não autorizado",
    required: "necessário",
    patient: "Paciente",
    guardian: "Responsável legal",
    practitioner: "Profissional",
    witness: "Testemunha",
    check_title: "Conferência sem internet",
    check_text: "O código ao lado traz a identidade deste documento e a assinatura do computador da clínica sobre o \
                 seu conteúdo. Qualquer computador da clínica o confere, mesmo sem rede. Assinatura eletrônica \
                 simples, com prova de integridade.",
    code: "Código",

    invoice: "Nota comercial",
    payer: "Paga",
    issued: "Emissão",
    due: "Vencimento",
    service: "Serviço",
    performer: "Quem fez",
    quantity: "Qtd.",
    unit: "Unitário",
    discount: "Desconto",
    total: "Total",
    services: "Serviços",
    discounts: "Descontos",
    paid: "Pago",
    open: "Em aberto",
    settled: "Quitada",
    instalments: "Parcelas",
    instalment: |no, of| format!("{no} de {of}"),
    payments: "Pagamentos recebidos",
    pix_title: "Pague com PIX",
    pix_text: |amount, payee| {
        format!("{amount} para {payee}. Aponte a câmera do aplicativo do seu banco ou copie o texto.")
    },
    pix_copy: "PIX copia e cola",

    receipt: "Recibo",
    received_from: "Recebemos de",
    received_at: "Recebido em",
    method: "Forma de pagamento",
    concerning: "Referente a",
    received_by: "Recebido por",
    still_open: "Resta em aberto",
    amount: "Valor",
    thanks: "Obrigado pela confiança.",

    cash: "Dinheiro",
    pix: "PIX",
    debit_card: "Cartão de débito",
    credit_card: "Cartão de crédito",
    bank_transfer: "Transferência",

    weekdays: ["dom", "seg", "ter", "qua", "qui", "sex", "sáb"],
    months: ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"],
    date: |day, month, _, year| format!("{day:02}/{month:02}/{year}"),
};
