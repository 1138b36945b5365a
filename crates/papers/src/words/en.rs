//! English.

use super::Words;

pub(super) const WORDS: Words = Words {
    page: |page, pages| format!("Page {page} of {pages}"),
    version: "Version",
    copy: "Copy",
    demo: "DEMO",
    draft_mark: "Draft",

    consent_draft: "Draft: not valid until signed",
    purposes: "What I authorise",
    granted: "authorised",
    not_granted: "not authorised",
    required: "required",
    patient: "Patient",
    guardian: "Legal guardian",
    practitioner: "Practitioner",
    witness: "Witness",
    check_title: "Can be checked offline",
    check_text: "The code beside carries this document's identity and the signature of the clinic's computer over its \
                 content. Any computer of the clinic can check it, also without a network. Simple electronic \
                 signature with proof of integrity.",
    code: "Code",

    invoice: "Invoice",
    payer: "Billed to",
    issued: "Issued",
    due: "Due",
    service: "Service",
    performer: "Performed by",
    quantity: "Qty",
    unit: "Unit price",
    discount: "Discount",
    total: "Total",
    services: "Services",
    discounts: "Discounts",
    paid: "Paid",
    open: "Outstanding",
    settled: "Paid in full",
    instalments: "Instalments",
    instalment: |no, of| format!("{no} of {of}"),
    payments: "Payments received",
    pix_title: "Pay with PIX",
    pix_text: |amount, payee| format!("{amount} to {payee}. Scan with your bank's application or copy the text."),
    pix_copy: "PIX text to copy",

    receipt: "Receipt",
    received_from: "Received from",
    received_at: "Received on",
    method: "Method",
    concerning: "For",
    received_by: "Received by",
    still_open: "Still outstanding",
    amount: "Amount",
    thanks: "Thank you for your trust.",

    cash: "Cash",
    pix: "PIX",
    debit_card: "Debit card",
    credit_card: "Credit card",
    bank_transfer: "Bank transfer",

    weekdays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
    months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    date: |day, _, month, year| format!("{day} {month} {year}"),
};
