//! Spanish, for Spain and Paraguay.

use super::Words;

pub(super) const WORDS: Words = Words {
    page: |page, pages| format!("Página {page} de {pages}"),
    version: "Versión",
    copy: "Duplicado",
    demo: "DEMO",
    draft_mark: "Borrador",

    consent_draft: "Borrador: sin valor hasta la firma",
    purposes: "Lo que autorizo",
    granted: "autorizado",
    not_granted: "no autorizado",
    required: "necesario",
    patient: "Paciente",
    guardian: "Representante legal",
    practitioner: "Profesional",
    witness: "Testigo",
    check_title: "Comprobación sin internet",
    check_text: "El código de al lado lleva la identidad de este documento y la firma del equipo de la clínica sobre \
                 su contenido. Cualquier equipo de la clínica lo comprueba, también sin red. Firma electrónica simple, \
                 con prueba de integridad.",
    code: "Código",

    invoice: "Nota comercial",
    payer: "Paga",
    issued: "Emisión",
    due: "Vencimiento",
    service: "Servicio",
    performer: "Quién lo hizo",
    quantity: "Cant.",
    unit: "Precio",
    discount: "Descuento",
    total: "Total",
    services: "Servicios",
    discounts: "Descuentos",
    paid: "Pagado",
    open: "Pendiente",
    settled: "Pagada",
    instalments: "Cuotas",
    instalment: |no, of| format!("{no} de {of}"),
    payments: "Pagos recibidos",
    pix_title: "Pague con PIX",
    pix_text: |amount, payee| {
        format!("{amount} a {payee}. Escanee el código con la aplicación de su banco o copie el texto.")
    },
    pix_copy: "PIX, texto para copiar",

    receipt: "Recibo",
    received_from: "Recibimos de",
    received_at: "Recibido el",
    method: "Forma de pago",
    concerning: "En concepto de",
    received_by: "Recibido por",
    still_open: "Queda pendiente",
    amount: "Importe",
    thanks: "Gracias por su confianza.",

    cash: "Efectivo",
    pix: "PIX",
    debit_card: "Tarjeta de débito",
    credit_card: "Tarjeta de crédito",
    bank_transfer: "Transferencia",

    weekdays: ["dom", "lun", "mar", "mié", "jue", "vie", "sáb"],
    months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    date: |day, month, _, year| format!("{day:02}/{month:02}/{year}"),
};
