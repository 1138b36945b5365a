// Made by `cargo xtask bindings` from the command catalogue. Never edited.

export type AddedUser = { 
/**
 * Their id.
 */
id: UserId, };

export type AgendaCard = { 
/**
 * The appointment.
 */
appointment_id: AppointmentId, 
/**
 * The visit, once the patient has arrived.
 */
encounter_id: EncounterId | null, 
/**
 * Whose visit.
 */
patient: CardPatient, 
/**
 * What for; absent for a walk-in that has not said.
 */
service: CardService | null, 
/**
 * With whom; absent for a walk-in that nobody has taken yet.
 */
resource_id: ResourceId | null, 
/**
 * Their name; empty where there is none yet.
 */
practitioner: string, 
/**
 * Where.
 */
room: CardRoom | null, 
/**
 * What the wall clock shows when it starts.
 */
start: WallTime, 
/**
 * What it shows when it ends.
 */
end: WallTime, 
/**
 * When it starts.
 */
start_at: Timestamp, 
/**
 * Where it stands.
 */
status: Status, 
/**
 * What is left to do about its money.
 */
money: CardMoney, 
/**
 * What the server says to its time.
 */
claim: ClaimState, 
/**
 * The server has everything this desk did to it; always, where there is no server.
 */
synced: boolean, 
/**
 * Since when the patient waits, while they do.
 */
waiting_since: Timestamp | null, 
/**
 * When the visit started.
 */
started_at: Timestamp | null, 
/**
 * Minutes since the start, while the patient has not come.
 */
late_min: number | null, 
/**
 * What to see before calling.
 */
flags: CardFlags, 
/**
 * What the desk wrote.
 */
notes: string | null, 
/**
 * The price it was booked at.
 */
price: Money | null, };

export type AgendaColumn = { 
/**
 * What is booked.
 */
resource_id: ResourceId, 
/**
 * Whose time it is.
 */
practitioner_id: PractitionerId | null, 
/**
 * Their name.
 */
name: string, 
/**
 * Council and number, or nothing.
 */
subtitle: string, 
/**
 * What they are by training, as [`crate::staff::Profession::key`] writes it.
 */
profession: string, 
/**
 * A key of the palette.
 */
color: string, 
/**
 * When they are there that day.
 */
hours: Array<Span>, };

export type AgendaDay = { 
/**
 * The day.
 */
date: CivilDate, 
/**
 * The practitioners who can be booked or have cards.
 */
columns: Array<AgendaColumn>, 
/**
 * The cards, by start.
 */
cards: Array<AgendaCard>, 
/**
 * Double bookings of the day that wait for a person.
 */
conflicts: number, };

export type AgendaWeek = { 
/**
 * Its first day.
 */
from: CivilDate, 
/**
 * Seven days.
 */
days: Array<WeekDay>, 
/**
 * The cards, by start.
 */
cards: Array<AgendaCard>, };

export type Allergy = { 
/**
 * To what.
 */
substance: string, 
/**
 * What happens.
 */
reaction: string | null, 
/**
 * `mild`, `moderate` or `severe`.
 */
severity: string, };

export type AllergyId = string;

export type AppointmentId = string;

export type AppointmentPage = { 
/**
 * Its card.
 */
card: AgendaCard, 
/**
 * What should be done before calling. A consent stands there only when the service needs one.
 */
checklist: Array<CheckItem>, 
/**
 * Its way, the latest step first. Steps that lost to a concurrent one are shown too.
 */
history: Array<HistoryRow>, };

export type Block = { "kind": "heading", 
/**
 * The line.
 */
text: string, } | { "kind": "paragraph", 
/**
 * The words.
 */
text: string, };

export type BoardCard = { 
/**
 * When the patient came.
 */
arrived_at: Timestamp | null, 
/**
 * Minutes late, waiting or in the room, by where the card stands.
 */
minutes: number | null, 
/**
 * Came without an appointment.
 */
walk_in: boolean, 
/**
 * What is still to be charged: what the open invoice lacks, else the draft's total, else the price.
 */
to_charge: Money | null, 
/**
 * Papers that wait for a signature or a seal.
 */
pending_documents: number, 
/**
 * The appointment.
 */
appointment_id: AppointmentId, 
/**
 * The visit, once the patient has arrived.
 */
encounter_id: EncounterId | null, 
/**
 * Whose visit.
 */
patient: CardPatient, 
/**
 * What for; absent for a walk-in that has not said.
 */
service: CardService | null, 
/**
 * With whom; absent for a walk-in that nobody has taken yet.
 */
resource_id: ResourceId | null, 
/**
 * Their name; empty where there is none yet.
 */
practitioner: string, 
/**
 * Where.
 */
room: CardRoom | null, 
/**
 * What the wall clock shows when it starts.
 */
start: WallTime, 
/**
 * What it shows when it ends.
 */
end: WallTime, 
/**
 * When it starts.
 */
start_at: Timestamp, 
/**
 * Where it stands.
 */
status: Status, 
/**
 * What is left to do about its money.
 */
money: CardMoney, 
/**
 * What the server says to its time.
 */
claim: ClaimState, 
/**
 * The server has everything this desk did to it; always, where there is no server.
 */
synced: boolean, 
/**
 * Since when the patient waits, while they do.
 */
waiting_since: Timestamp | null, 
/**
 * When the visit started.
 */
started_at: Timestamp | null, 
/**
 * Minutes since the start, while the patient has not come.
 */
late_min: number | null, 
/**
 * What to see before calling.
 */
flags: CardFlags, 
/**
 * What the desk wrote.
 */
notes: string | null, 
/**
 * The price it was booked at.
 */
price: Money | null, };

export type CardFlags = { 
/**
 * Never treated here before.
 */
new_patient: boolean, 
/**
 * The service needs a consent that the patient has not given, or has refused since.
 */
consent_missing: boolean, 
/**
 * Owes something.
 */
balance: boolean, 
/**
 * Has an allergy on record.
 */
alert: boolean, };

export type CardId = string;

export type CardMoney = "none" | "to_bill" | "unpaid" | "agreed" | "paid";

export type CardPatient = { 
/**
 * The patient.
 */
id: PatientId, 
/**
 * The name they go by.
 */
name: string, 
/**
 * Completed years.
 */
age: number | null, 
/**
 * As the clinic's country writes it.
 */
phone: string | null, 
/**
 * Substances.
 */
allergies: Array<string>, };

export type CardRoom = { 
/**
 * The room.
 */
id: ResourceId, 
/**
 * Its name.
 */
name: string, };

export type CardService = { 
/**
 * The service.
 */
id: ServiceId, 
/**
 * Its name.
 */
name: string, };

export type CardSide = { 
/**
 * The appointment.
 */
appointment_id: AppointmentId, 
/**
 * Whose.
 */
patient: string, 
/**
 * What for; empty where it was not said.
 */
service: string, 
/**
 * When it starts.
 */
start: WallTime, 
/**
 * When it ends.
 */
end: WallTime, 
/**
 * Who promised it.
 */
booked_by: string, 
/**
 * On which desk; empty before its name has arrived.
 */
desk: string, 
/**
 * When.
 */
booked_at: Timestamp, };

export type CardTitle = { 
/**
 * The practitioner or room they share.
 */
resource: string, 
/**
 * The one that was there.
 */
first: CardSide, 
/**
 * The one that is contested.
 */
second: CardSide, };

export type Chart = { 
/**
 * Whose.
 */
patient: PatientHeader, 
/**
 * Allergies that stand, the worst first.
 */
allergies: Array<RecordedAllergy>, 
/**
 * Whether anyone asked: an empty list alone does not say that there are none.
 */
allergies_asked: boolean, 
/**
 * Notes, the newest first.
 */
notes: Array<Note>, 
/**
 * What the viewer is writing here.
 */
drafts: Array<Draft>, };

export type CheckItem = { 
/**
 * What.
 */
key: CheckKey, 
/**
 * It is done.
 */
done: boolean, 
/**
 * Registration: what is missing (`birth_date`, `phone`, `document`, by commas). Allergies: the substances.
 * Consent: its title. Balance: the amount owed, a plain decimal.
 */
detail: string | null, 
/**
 * Registration, allergies and balance: the patient. Consent: the document that waits to be signed, if one does.
 */
ref: RecordId | null, };

export type CheckKey = "registration" | "allergies" | "consent" | "balance";

export type Choice = { "kind": "move", 
/**
 * Which.
 */
appointment_id: AppointmentId, 
/**
 * To when.
 */
start: WallTime, 
/**
 * With whom.
 */
resource_id: ResourceId, 
/**
 * Where; the room it has where absent.
 */
room_id?: ResourceId | null, } | { "kind": "keep_both", 
/**
 * Why.
 */
reason: string, };

export type CivilDate = string;

export type ClaimState = "provisional" | "granted" | "contested";

export type Clinic = { 
/**
 * Its id.
 */
id: ClinicId, 
/**
 * The name patients know.
 */
name: string, 
/**
 * The name on invoices, where it differs.
 */
legal_name: string | null, 
/**
 * CNPJ, RUC, NIF …, canonical.
 */
tax_id: string | null, 
/**
 * The same as its country writes it.
 */
tax_id_formatted: string | null, 
/**
 * E.164.
 */
phone: string | null, 
/**
 * The same as its country writes it.
 */
phone_formatted: string | null, 
/**
 * E-mail.
 */
email: string | null, 
/**
 * Street and number.
 */
address: string | null, 
/**
 * City.
 */
city: string | null, 
/**
 * State or department.
 */
state: string | null, 
/**
 * Postal code.
 */
postal_code: string | null, 
/**
 * ISO 3166.
 */
country: string, 
/**
 * IANA zone.
 */
zone: string, 
/**
 * ISO 4217.
 */
currency: string, 
/**
 * Language of papers where a patient has none.
 */
locale: string, 
/**
 * The profile it was created from.
 */
profile: string, 
/**
 * First day of the week, 0 = Sunday.
 */
week_start: number, 
/**
 * The key PIX payments go to.
 */
pix_key: string | null, };

export type ClinicData = { 
/**
 * The name patients know.
 */
name: string, 
/**
 * The name on invoices.
 */
legal_name?: string | null, 
/**
 * CNPJ, RUC, NIF ….
 */
tax_id?: string | null, 
/**
 * As typed.
 */
phone?: string | null, 
/**
 * Street and number.
 */
address?: string | null, 
/**
 * City.
 */
city?: string | null, 
/**
 * State or department.
 */
state?: string | null, 
/**
 * Postal code.
 */
postal_code?: string | null, 
/**
 * The key PIX payments go to.
 */
pix_key?: string | null, };

export type ClinicId = string;

export type CommonRefusal = { "code": "not_signed_in" } | { "code": "not_permitted", 
/**
 * The permission it takes.
 */
needs: Permission, } | { "code": "input_invalid", 
/**
 * What is wrong with it.
 */
detail: string, } | { "code": "text_too_long", 
/**
 * The field.
 */
field: string, 
/**
 * The most it may hold.
 */
most: number, } | { "code": "text_unreadable", 
/**
 * The field.
 */
field: string, } | { "code": "unknown_command" };

export type Council = { 
/**
 * The council: CRM, COREN, CRF ….
 */
body: string, 
/**
 * The number there.
 */
number: string, 
/**
 * The state of a council that is organized by state.
 */
state?: string | null, };

export type DayHours = { 
/**
 * 0 = Sunday … 6 = Saturday.
 */
day: number, 
/**
 * From.
 */
start: TimeOfDay, 
/**
 * Until; a shift over midnight is two rows.
 */
end: TimeOfDay, };

export type DeskState = "no_folder" | "locked" | "open";

export type DeskStatus = { 
/**
 * `no_folder`, `locked` or `open`.
 */
state: DeskState, 
/**
 * Who has a password on this desk.
 */
users: Array<DeskUser>, 
/**
 * The organization's name, while its folder is open: a closed folder tells nothing.
 */
organization: string | null, 
/**
 * The open folder is the demo's, or the demo's would be opened.
 */
demo: boolean, 
/**
 * The application's version.
 */
version: string, 
/**
 * Who is signed in.
 */
session: Session | null, 
/**
 * Why the folder could not even be looked at.
 */
problem: OpenProblem | null, };

export type DeskUser = { 
/**
 * Their id.
 */
id: UserId, 
/**
 * What the sign-in screen shows.
 */
name: string, };

export type DeviceId = string;

export type DocumentId = string;

export type DocumentNumber = { 
/**
 * Which document.
 */
type: string, 
/**
 * `529.982.247-25`.
 */
formatted: string, };

export type DocumentRow = { 
/**
 * Its id.
 */
id: DocumentId, 
/**
 * Its title.
 */
title: string, 
/**
 * `consent`.
 */
kind: string, 
/**
 * How far it has come.
 */
state: DocumentState, 
/**
 * When it was prepared.
 */
created_at: Timestamp, 
/**
 * When it was sealed.
 */
sealed_at: Timestamp | null, 
/**
 * The digits by which people name a sealed document.
 */
short_code: string | null, 
/**
 * What was asked and allowed.
 */
purposes: Array<GrantedPurpose>, };

export type DocumentState = "draft" | "signed" | "sealed" | "refused";

export type Draft = { 
/**
 * The id that the note will have, or has.
 */
id: NoteId, 
/**
 * On whose chart.
 */
patient_id: PatientId, 
/**
 * The visit it belongs to.
 */
encounter_id: EncounterId | null, 
/**
 * The signed note that it will amend.
 */
amends: NoteId | null, 
/**
 * Its title so far.
 */
title: string, 
/**
 * A note's kind.
 */
kind: string, 
/**
 * The text so far.
 */
body: string, 
/**
 * When it was last kept.
 */
saved_at: Timestamp, };

export type DraftLine = { 
/**
 * The line it was; absent for a new one.
 */
id?: InvoiceLineId | null, 
/**
 * The service, when it is one of the catalogue.
 */
service_id?: ServiceId | null, 
/**
 * What it says.
 */
description: string, 
/**
 * At most three decimals.
 */
quantity: string, 
/**
 * The price of one.
 */
unit: string, 
/**
 * What is taken off the line.
 */
discount?: string | null, };

export type Encoding = "utf-8" | "latin-1";

export type EncounterId = string;

export type EnrolledDesk = { 
/**
 * Its id.
 */
id: DeviceId, 
/**
 * What people call it.
 */
name: string, 
/**
 * The prefix of its series and chart codes.
 */
prefix: string, 
/**
 * Since when it belongs to the organization, by its own clock.
 */
since: Timestamp, 
/**
 * It is this one.
 */
here: boolean, };

export type FirstFree = { 
/**
 * When.
 */
start: WallTime, 
/**
 * With whom.
 */
resource_id: ResourceId, };

export type FolderAlarm = { 
/**
 * What was noticed.
 */
what: Noticed, 
/**
 * How many of this desk's last changes are missing; 0 when another history stands there.
 */
changes: number, 
/**
 * Whether the server has changes of this desk that are missing here; nothing while it has not answered.
 */
at_server: boolean | null, };

export type FoundedClinic = { 
/**
 * The owner's session.
 */
session: Session, 
/**
 * The recovery code, word by word. Shown once and kept nowhere.
 */
recovery_code: Array<string>, };

export type FoundingAdmin = { 
/**
 * Their name.
 */
name: string, 
/**
 * Their password.
 */
password: string, };

export type FoundingRefusal = { "code": "name_missing" } | { "code": "tax_id_invalid", 
/**
 * The check digits that would fit, where that is what is wrong.
 */
expected_digits: string | null, } | { "code": "phone_invalid" } | { "code": "pix_key_invalid" };

export type FreeSlot = { 
/**
 * When the visit would start.
 */
start: WallTime, 
/**
 * When it would end.
 */
end: WallTime, 
/**
 * With whom.
 */
resource_id: ResourceId, 
/**
 * Their name.
 */
practitioner: string, 
/**
 * A room that is free then, if any is.
 */
room_id: ResourceId | null, };

export type GivenPurpose = { 
/**
 * Which.
 */
key: string, 
/**
 * Allowed or not.
 */
granted: boolean, };

export type GrantedPurpose = { 
/**
 * What for.
 */
key: string, 
/**
 * What the patient read.
 */
label: string, 
/**
 * Whether they allowed it.
 */
granted: boolean, };

export type HistoryRow = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * The status it went to.
 */
to: string, 
/**
 * Who did it; empty for the system itself.
 */
by: string, 
/**
 * Why.
 */
reason: string | null, };

export type IdentifierInput = { 
/**
 * Which document.
 */
type: IdentifierType, 
/**
 * The number, with or without punctuation.
 */
value: string, 
/**
 * ISO 3166 country; the document's own where absent.
 */
country?: string | null, };

export type IdentifierType = "cpf" | "cns" | "cnpj" | "ci" | "ruc" | "dni" | "ssn" | "passport" | "microchip" | "qr_tag" | "other";

export type ImportField = "name" | "given" | "family" | "preferred_name" | "birth_date" | "sex" | "phone" | "email" | "document" | "cpf" | "cnpj" | "ci" | "ruc" | "dni" | "passport" | "address" | "notes";

export type ImportHeader = { 
/**
 * Its heading.
 */
column: string, 
/**
 * What it holds; nothing when the heading is not known, and then the column is left alone.
 */
field: ImportField | null, };

export type ImportLine = { 
/**
 * Where it begins; the headings stand on line 1.
 */
line: number, 
/**
 * What is done with it.
 */
outcome: ImportOutcome, 
/**
 * The name it bears.
 */
name: string, 
/**
 * Why it is refused: codes, of which `identifier_invalid:25` and `duplicate_in_file:12` say more behind a colon
 * (the digits that would fit; the line it repeats).
 */
reasons: Array<string>, };

export type ImportOutcome = "add" | "same" | "refuse";

export type ImportReport = { 
/**
 * How the letters were written.
 */
encoding: Encoding, 
/**
 * What stands between the cells.
 */
separator: Separator, 
/**
 * What the columns mean.
 */
headers: Array<ImportHeader>, 
/**
 * Each line that is not empty.
 */
lines: Array<ImportLine>, 
/**
 * How many lines add a patient.
 */
added: number, 
/**
 * How many lines are refused.
 */
refused: number, 
/**
 * Whether the patients are on file now.
 */
committed: boolean, };

export type InTheWay = { 
/**
 * The appointment.
 */
appointment_id: AppointmentId, 
/**
 * Whose.
 */
patient: string, 
/**
 * Its start on the wall clock.
 */
start: WallTime, 
/**
 * Its end.
 */
end: WallTime, };

export type InboxCard = { 
/**
 * The card.
 */
id: CardId, 
/**
 * `double_booking`.
 */
kind: "double_booking" | "invalid_transition" | "field_clash", 
/**
 * When it was raised.
 */
at: Timestamp, 
/**
 * What it is about.
 */
title_data: CardTitle, 
/**
 * `move` or `keep_both`; `dissolved` when the two no longer touch though nobody decided the card.
 */
resolution: string | null, 
/**
 * When it was decided.
 */
resolved_at: Timestamp | null, 
/**
 * By whom.
 */
resolved_by: string | null, };

export type InboxCards = { 
/**
 * What waits for a person.
 */
open: Array<InboxCard>, 
/**
 * What was decided, or has dissolved by itself.
 */
resolved: Array<InboxCard>, };

export type InstalmentState = "open" | "paid" | "overdue";

export type Invited = { 
/**
 * The code: eight words.
 */
code: string, 
/**
 * Until when.
 */
expires_at: Timestamp, };

export type Invoice = { 
/**
 * Its id, from the draft on.
 */
id: InvoiceId, 
/**
 * Draft or issued.
 */
state: InvoiceState, 
/**
 * `A-000402`, once issued.
 */
number: string | null, 
/**
 * Who was treated.
 */
patient: InvoicePatient, 
/**
 * Who pays: frozen at issue.
 */
payer: InvoicePayer, 
/**
 * The clinic's day of issue.
 */
issue_on: CivilDate | null, 
/**
 * The last day on which all of it is due.
 */
due_on: CivilDate | null, 
/**
 * What is charged, in order.
 */
lines: Array<InvoiceLine>, 
/**
 * Σ quantity × unit, before discounts.
 */
subtotal: Money, 
/**
 * Σ discounts.
 */
discount: Money, 
/**
 * Σ line totals.
 */
total: Money, 
/**
 * Σ allocations.
 */
paid: Money, 
/**
 * What is still to be paid; never below zero.
 */
open: Money, 
/**
 * How far it is paid.
 */
payment_state: PaymentState, 
/**
 * The plan agreed at issue, if any.
 */
instalments: Array<InvoiceInstalment>, 
/**
 * What was received for it, oldest first.
 */
payments: Array<InvoicePayment>, 
/**
 * The appointment it charges.
 */
appointment_id: AppointmentId | null, 
/**
 * The visit it charges.
 */
encounter_id: EncounterId | null, 
/**
 * When the draft last changed, or when it was issued.
 */
saved_at: Timestamp, };

export type InvoiceAccount = { 
/**
 * What they owe; below zero where they have credit.
 */
balance: Money, 
/**
 * Drafts first, then issued ones, the latest first.
 */
invoices: Array<Invoice>, };

export type InvoiceFilter = "draft" | "open" | "all";

export type InvoiceId = string;

export type InvoiceInstalment = { 
/**
 * 1 for the first.
 */
no: number, 
/**
 * The civil day it falls due.
 */
due_on: CivilDate, 
/**
 * What falls due then.
 */
amount: Money, 
/**
 * Computed from what was received, in order.
 */
state: InstalmentState, };

export type InvoiceLine = { 
/**
 * Its id.
 */
id: InvoiceLineId, 
/**
 * What it says.
 */
description: string, 
/**
 * The service, when it is one of the catalogue.
 */
service_id: ServiceId | null, 
/**
 * Who did it.
 */
performer: string | null, 
/**
 * A decimal with at most three places: `1`, `2.5`.
 */
quantity: string, 
/**
 * The price of one.
 */
unit: Money, 
/**
 * What is taken off the line.
 */
discount: Money, 
/**
 * Quantity × unit, rounded half up, less the discount.
 */
total: Money, };

export type InvoiceLineId = string;

export type InvoicePatient = { 
/**
 * Their id.
 */
id: PatientId, 
/**
 * Their name as the clinic calls them, the social name first.
 */
name: string, };

export type InvoicePayer = { 
/**
 * Their legal name.
 */
name: string, 
/**
 * CPF, RUC, NIF …, canonical.
 */
tax_id: string | null, };

export type InvoicePayment = { 
/**
 * The payment.
 */
id: PaymentId, 
/**
 * What of it pays this invoice.
 */
amount: Money, 
/**
 * How it came in.
 */
method: string, 
/**
 * When.
 */
received_at: Timestamp, 
/**
 * The receipt's number.
 */
receipt_number: string, };

export type InvoiceState = "draft" | "issued";

export type Mark = { 
/**
 * The day.
 */
date: CivilDate, 
/**
 * How many; cancelled ones do not count.
 */
count: number, };

export type Method = "cash" | "pix" | "debit_card" | "credit_card" | "bank_transfer";

export type Money = { amount: string, currency: string, };

export type NewAllergy = { 
/**
 * Its id.
 */
id: AllergyId, };

export type Note = { 
/**
 * Its id.
 */
id: NoteId, 
/**
 * Its title.
 */
title: string, 
/**
 * A [`NoteKind`], or the word of a newer program.
 */
kind: string, 
/**
 * The text.
 */
body: string, 
/**
 * How far it has come.
 */
state: NoteState, 
/**
 * The name of who wrote it.
 */
author: string, 
/**
 * Their council number, such as `CRM-SP 123456`.
 */
author_council: string | null, 
/**
 * When it was first saved.
 */
written_at: Timestamp, 
/**
 * When it was signed.
 */
signed_at: Timestamp | null, 
/**
 * The name of who signed it.
 */
signed_by: string | null, 
/**
 * The note that this one amends.
 */
amends: NoteId | null, 
/**
 * The newest signed note that amends this one.
 */
amended_by: NoteId | null, 
/**
 * The visit it belongs to.
 */
encounter_id: EncounterId | null, };

export type NoteId = string;

export type NoteKind = "anamnesis" | "assessment" | "progress_note" | "procedure_note" | "discharge" | "recommendation" | "exercise_plan" | "nutrition_plan" | "referral_letter" | "other";

export type NoteState = "saved" | "signed" | "amended";

export type Noticed = "gone" | "forked";

export type OpenProblem = { "code": "wrong_password" } | { "code": "keychain_entry_gone" } | { "code": "key_slots_missing" } | { "code": "file_damaged" } | { "code": "schema_newer" } | { "code": "desk_revoked" } | { "code": "in_use", 
/**
 * Which.
 */
by: string | null, } | { "code": "no_folder" } | { "code": "no_such_user" } | { "code": "locked_out", 
/**
 * How long to wait, in seconds.
 */
wait_seconds: number, } | { "code": "password_too_short", 
/**
 * The least.
 */
minimum: number, };

export type OpenedDocument = { 
/**
 * How it stands in the list.
 */
row: DocumentRow, 
/**
 * Its id.
 */
id: DocumentId, 
/**
 * Its title.
 */
title: string, 
/**
 * The language it is in.
 */
locale: string, 
/**
 * The template's version.
 */
template_version: number, 
/**
 * The text, filled in.
 */
blocks: Array<Block>, 
/**
 * What may be allowed.
 */
purposes: Array<Purpose>, 
/**
 * Whether a witness signs as well.
 */
needs_witness: boolean, 
/**
 * How far it has come.
 */
state: DocumentState, 
/**
 * Who has signed what stands there.
 */
signatures: Array<SignatureRow>, };

export type OrgId = string;

export type Pad = { 
/**
 * Width.
 */
width: number, 
/**
 * Height.
 */
height: number, };

export type PaperRef = { "kind": "document", "id": string } | { "kind": "invoice", "id": string } | { "kind": "receipt", "id": string };

export type PatientDetails = { 
/**
 * Given name.
 */
given: string, 
/**
 * Family name.
 */
family: string | null, 
/**
 * The name they go by.
 */
preferred_name: string | null, 
/**
 * Where they live.
 */
address: string | null, 
/**
 * What the desk should know.
 */
notes: string | null, 
/**
 * Documents, canonical.
 */
identifiers: Array<StoredIdentifier>, 
/**
 * Phones, E.164.
 */
phones: Array<string>, 
/**
 * E-mails.
 */
emails: Array<string>, 
/**
 * When they were registered.
 */
registered_at: Timestamp, };

export type PatientHeader = { 
/**
 * The patient.
 */
id: PatientId, 
/**
 * Chart code.
 */
code: string, 
/**
 * The name they go by.
 */
name: string, 
/**
 * The name on their document.
 */
legal_name: string, 
/**
 * Date of birth.
 */
birth_date: CivilDate | null, 
/**
 * Completed years.
 */
age: number | null, 
/**
 * `male`, `female`, `unknown`.
 */
sex: string, 
/**
 * Their first document.
 */
document: DocumentNumber | null, 
/**
 * Their phone as the clinic's country writes it.
 */
phone: string | null, 
/**
 * Their e-mail.
 */
email: string | null, 
/**
 * What they owe; negative where they have credit.
 */
balance: Money, 
/**
 * The next appointment.
 */
next_visit: WallTime | null, 
/**
 * The last day they were here.
 */
last_visit: CivilDate | null, 
/**
 * Known allergies, the most severe first.
 */
allergies: Array<Allergy>, 
/**
 * Whether anyone has asked. Unknown is not none.
 */
allergies_asked: boolean, };

export type PatientId = string;

export type PatientPage = { 
/**
 * The two lines that stay in view.
 */
header: PatientHeader, 
/**
 * What the registration form shows.
 */
details: PatientDetails, 
/**
 * What happened, the latest first.
 */
timeline: Array<TimelineRow>, };

export type PaymentId = string;

export type PaymentState = "unpaid" | "partial" | "paid" | "overpaid";

export type Permission = string;

export type PersonHit = { 
/**
 * The patient.
 */
id: PatientId, 
/**
 * Chart code.
 */
code: string, 
/**
 * The name they go by.
 */
name: string, 
/**
 * Date of birth.
 */
birth_date: CivilDate | null, 
/**
 * Completed years.
 */
age: number | null, 
/**
 * Formatted.
 */
phone: string | null, 
/**
 * Formatted.
 */
document: string | null, 
/**
 * Substances.
 */
allergies: Array<string>, 
/**
 * The next appointment.
 */
next_visit: WallTime | null, 
/**
 * The last day they were here.
 */
last_visit: CivilDate | null, 
/**
 * What they owe.
 */
balance: Money, };

export type PixCode = { 
/**
 * The text to copy.
 */
payload: string, 
/**
 * The QR code's rows, each a text of `0` (light) and `1` (dark), without the quiet margin.
 */
modules: Array<string>, };

export type Plan = { 
/**
 * 1 to 24.
 */
count: number, 
/**
 * When the first falls due.
 */
first_on: CivilDate, };

export type Practitioner = { 
/**
 * Their id.
 */
id: PractitionerId, 
/**
 * Title and name, as patients know them.
 */
name: string, 
/**
 * Given name.
 */
given: string, 
/**
 * Family name.
 */
family: string | null, 
/**
 * `Dra.`, `Dr.` ….
 */
title: string | null, 
/**
 * What they are by training; a word of a newer peer is shown as it is.
 */
type: string, 
/**
 * Their council and number.
 */
council: Council | null, 
/**
 * The resource that is booked.
 */
resource_id: ResourceId, 
/**
 * The colour of their column: a key of the palette, not a value.
 */
color: string, 
/**
 * Can be booked.
 */
active: boolean, 
/**
 * The user they sign in as.
 */
user_id: UserId | null, };

export type PractitionerId = string;

export type Prepared = { 
/**
 * Its id.
 */
id: DocumentId, 
/**
 * Its title.
 */
title: string, 
/**
 * The language it is in.
 */
locale: string, 
/**
 * The template's version.
 */
template_version: number, 
/**
 * The text, filled in.
 */
blocks: Array<Block>, 
/**
 * What may be allowed.
 */
purposes: Array<Purpose>, 
/**
 * Whether a witness signs as well.
 */
needs_witness: boolean, 
/**
 * How far it has come.
 */
state: DocumentState, 
/**
 * Who has signed what stands there.
 */
signatures: Array<SignatureRow>, };

export type PrintJob = { 
/**
 * Its name there.
 */
job: string, };

export type Printer = { 
/**
 * Its name.
 */
name: string, 
/**
 * Where the system prints when nobody chose.
 */
default: boolean, };

export type Profession = "doctor" | "surgeon" | "nurse" | "pharmacist" | "biomedical" | "physiotherapist" | "aesthetician" | "veterinarian" | "therapist" | "coordinator" | "assistant" | "other";

export type Proposal = { 
/**
 * What sort.
 */
kind: ProposalKind, 
/**
 * Which of the two would move.
 */
appointment_id: AppointmentId, 
/**
 * When it would start.
 */
start: WallTime | null, 
/**
 * With whom.
 */
resource_id: ResourceId | null, 
/**
 * Their name.
 */
practitioner: string | null, 
/**
 * Where.
 */
room_id: ResourceId | null, 
/**
 * The one to try first.
 */
recommended: boolean, };

export type ProposalKind = "move" | "other_resource" | "keep_both";

export type Purpose = { 
/**
 * What the consent is for, such as `treatment` or `photography` (domain model §2.10).
 */
key: string, 
/**
 * What the patient reads.
 */
label: string, 
/**
 * A second line.
 */
detail: string | null, 
/**
 * Whether the act cannot be done without it.
 */
required: boolean, };

export type QuarantinedEntry = { 
/**
 * What was done.
 */
command: string, 
/**
 * Why it was refused, as a code.
 */
reason: string, 
/**
 * When it was done.
 */
at: Timestamp, };

export type Reason = "patient_asked" | "practitioner_absent" | "illness" | "booked_by_mistake" | "other";

export type Received = { 
/**
 * A decimal with a dot.
 */
amount: string, 
/**
 * How it came in.
 */
method: Method, };

export type ReceptionBoard = { 
/**
 * Booked and not here yet.
 */
expected: Array<BoardCard>, 
/**
 * Here and waiting, the longest first.
 */
arrived: Array<BoardCard>, 
/**
 * In a room.
 */
in_room: Array<BoardCard>, 
/**
 * Treated and not settled.
 */
to_charge: Array<BoardCard>, 
/**
 * Treated and settled, or did not come.
 */
done: Array<BoardCard>, 
/**
 * How long everyone of today has waited, on average.
 */
average_wait_min: number | null, 
/**
 * How long the one who waits longest has waited.
 */
longest_wait_min: number | null, 
/**
 * Everything still to be charged.
 */
to_charge_total: Money, };

export type RecordId = string;

export type RecordedAllergy = { 
/**
 * Its id.
 */
id: AllergyId, 
/**
 * To what.
 */
substance: string, 
/**
 * What happens.
 */
reaction: string | null, 
/**
 * How badly.
 */
severity: Severity, 
/**
 * When it was recorded.
 */
recorded_at: Timestamp, 
/**
 * The name of the user who recorded it.
 */
by: string, };

export type Resource = { 
/**
 * Its id.
 */
id: ResourceId, 
/**
 * `practitioner`, `room` or `equipment`.
 */
type: "practitioner" | "room" | "equipment", 
/**
 * Its name.
 */
name: string, 
/**
 * Whose time it is.
 */
practitioner_id: PractitionerId | null, 
/**
 * How many it takes at once.
 */
capacity: number, 
/**
 * A key of the palette.
 */
color: string | null, 
/**
 * Can be booked.
 */
active: boolean, 
/**
 * The week's hours as they stand today.
 */
hours: Array<DayHours>, };

export type ResourceId = string;

export type Role = "owner" | "admin" | "manager" | "practitioner" | "assistant" | "reception" | "cashier" | "auditor";

export type SavedPaper = { 
/**
 * The file.
 */
path: string, };

export type SealShown = { 
/**
 * The digits printed on the paper.
 */
short_code: string, 
/**
 * SHA-256 of the PDF, in hexadecimal digits.
 */
sha256: string, 
/**
 * The certified key of the device that sealed, in hexadecimal digits.
 */
certificate: string, };

export type SealedDocument = { 
/**
 * The seal.
 */
seal: SealShown, 
/**
 * Its id.
 */
id: DocumentId, 
/**
 * Its title.
 */
title: string, 
/**
 * `consent`.
 */
kind: string, 
/**
 * How far it has come.
 */
state: DocumentState, 
/**
 * When it was prepared.
 */
created_at: Timestamp, 
/**
 * When it was sealed.
 */
sealed_at: Timestamp | null, 
/**
 * The digits by which people name a sealed document.
 */
short_code: string | null, 
/**
 * What was asked and allowed.
 */
purposes: Array<GrantedPurpose>, };

export type Separator = "," | ";";

export type Service = { 
/**
 * Its id.
 */
id: ServiceId, 
/**
 * Its name.
 */
name: string, 
/**
 * What it is grouped under.
 */
category: string | null, 
/**
 * What patients are told.
 */
description: string | null, 
/**
 * What it costs on the day asked about; absent when no price holds.
 */
price: Money | null, 
/**
 * How long the patient is there, in minutes.
 */
duration_min: number, 
/**
 * Minutes the practitioner and the room are taken before.
 */
buffer_before_min: number, 
/**
 * Minutes they are taken after.
 */
buffer_after_min: number, 
/**
 * A key of the palette.
 */
color: string | null, 
/**
 * The consent it needs.
 */
consent_template_id: TemplateId | null, 
/**
 * Can be booked.
 */
active: boolean, };

export type ServiceId = string;

export type Session = { 
/**
 * Who.
 */
user: SessionUser, 
/**
 * What they may do.
 */
permissions: Array<Permission>, 
/**
 * The tenant.
 */
organization: SessionOrganization, 
/**
 * The clinic.
 */
clinic: Clinic, 
/**
 * This desk.
 */
desk: SessionDesk, 
/**
 * The calendar day at the clinic.
 */
today: CivilDate, 
/**
 * Now.
 */
now: Timestamp, };

export type SessionDesk = { 
/**
 * Its id.
 */
id: DeviceId, 
/**
 * What people call it.
 */
name: string, 
/**
 * The prefix of its series and chart codes.
 */
prefix: string, };

export type SessionOrganization = { 
/**
 * Its id.
 */
id: OrgId, 
/**
 * Its name.
 */
name: string, 
/**
 * Papers carry a DEMO mark.
 */
demo: boolean, };

export type SessionUser = { 
/**
 * Their id.
 */
id: UserId, 
/**
 * Their name.
 */
name: string, 
/**
 * Their role.
 */
role: Role, };

export type Severity = "mild" | "moderate" | "severe";

export type Sex = "male" | "female" | "unknown";

export type ShownPaper = { 
/**
 * The name of its file.
 */
file_name: string, 
/**
 * Its title.
 */
title: string, 
/**
 * The PDF's bytes.
 */
pdf_base64: string, };

export type ShutOut = "revoked" | "forked" | "unknown" | "other";

export type SignatureRow = { 
/**
 * In what quality.
 */
role: SignerRole, 
/**
 * Their name.
 */
name: string, 
/**
 * When.
 */
at: Timestamp, };

export type SignerRole = "patient" | "guardian" | "practitioner" | "witness";

export type Span = { 
/**
 * From.
 */
start: TimeOfDay, 
/**
 * Until.
 */
end: TimeOfDay, };

export type SplitPart = { 
/**
 * 1 for the first.
 */
no: number, 
/**
 * The civil day it falls due.
 */
due_on: CivilDate, 
/**
 * What falls due then.
 */
amount: Money, };

export type Status = "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show";

export type StoredIdentifier = { 
/**
 * Which document.
 */
type: string, 
/**
 * The canonical number.
 */
value: string, 
/**
 * ISO 3166.
 */
country: string, };

export type Stroke = { 
/**
 * x and y in 1/100 CSS pixel from the pad's upper left corner, and milliseconds since the first touch.
 */
points: Array<[number, number, number]>, };

export type SyncFace = "no_server" | "up_to_date" | "waiting" | "offline" | "needs_you";

export type SyncState = { 
/**
 * The face.
 */
state: SyncFace, 
/**
 * The server's address.
 */
server: string | null, 
/**
 * Entries the server has not acknowledged.
 */
pending: number, 
/**
 * When it last acknowledged or had nothing to.
 */
acknowledged_at: Timestamp | null, 
/**
 * Since when it does not answer.
 */
offline_since: Timestamp | null, 
/**
 * Entries it refused.
 */
quarantined: Array<QuarantinedEntry>, 
/**
 * Open cards of the inbox.
 */
cards: number, 
/**
 * The server does not accept this desk, and why.
 */
shut: ShutOut | null, 
/**
 * The server was put back to an earlier copy since this folder was opened; what it lacked went there again.
 */
server_restored: boolean, 
/**
 * The folder holds less, or other, than this desk had written, and nobody has seen to it.
 */
alarm: FolderAlarm | null, 
/**
 * This desk's clock minus the server's in minutes, when they are more than five minutes apart.
 */
clock_off_minutes: number | null, };

export type Template = { 
/**
 * The revision.
 */
id: TemplateId, 
/**
 * `consent`.
 */
kind: string, 
/**
 * Its title; may hold variables.
 */
title: string, 
/**
 * Its language.
 */
locale: string, 
/**
 * 1 for the first revision.
 */
version: number, 
/**
 * The text, in order.
 */
body: Array<Block>, 
/**
 * What is asked when a document is prepared.
 */
fields: Array<TemplateField>, 
/**
 * What may be allowed.
 */
purposes: Array<Purpose>, 
/**
 * Whether a witness signs as well.
 */
needs_witness: boolean, 
/**
 * The services that ask for it, by this revision or an older one.
 */
service_ids: Array<ServiceId>, };

export type TemplateField = { 
/**
 * Its variable, `{{region}}`.
 */
key: string, 
/**
 * What the form asks.
 */
label: string, 
/**
 * Whether the document makes no sense without it.
 */
required: boolean, };

export type TemplateId = string;

export type TimeOfDay = string;

export type TimelineRow = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * What sort of thing: `registered`, `visit`, `note`, `document`, `invoice`, `payment`, `appointment`.
 */
kind: string, 
/**
 * Its name: a service, a title, a number.
 */
title: string, 
/**
 * A second line.
 */
detail: string | null, 
/**
 * Of money: how much.
 */
amount: Money | null, 
/**
 * The record.
 */
ref: RecordId | null, };

export type Timestamp = string;

export type Topic = "organization" | "people" | "staff" | "catalogue" | "resources" | "agenda" | "reception" | "chart" | "documents" | "billing" | "system";

export type User = { 
/**
 * Their id.
 */
id: UserId, 
/**
 * Their name.
 */
name: string, 
/**
 * Their role.
 */
role: Role, 
/**
 * May sign in.
 */
active: boolean, 
/**
 * The practitioner they are, if any.
 */
practitioner_id: PractitionerId | null, };

export type UserId = string;

export type UsualBooking = { 
/**
 * What they come for most; of somebody who never came, what is booked most since 90 days ago.
 */
service_id: ServiceId | null, 
/**
 * With whom; nobody where they never came and nobody was asked for.
 */
resource_id: ResourceId | null, 
/**
 * When that is possible next, in the next 60 days.
 */
first_free: FirstFree | null, };

export type WallTime = string;

export type WeekDay = { 
/**
 * The day.
 */
date: CivilDate, 
/**
 * When someone who was asked about is there.
 */
hours: Array<Span>, };

export interface Commands {
  "agenda.book": {
    input: { 
/**
 * The patient.
 */
patient_id: PatientId, 
/**
 * What for.
 */
service_id: ServiceId, 
/**
 * With whom: the practitioner's resource.
 */
resource_id: ResourceId, 
/**
 * Where.
 */
room_id?: ResourceId | null, 
/**
 * What the clinic's wall clock shows at the start.
 */
start: WallTime, 
/**
 * How long; the service's duration where absent.
 */
duration_min?: number | null, 
/**
 * What the desk wants to remember.
 */
notes?: string | null, 
/**
 * Book although the practitioner is not there at that time.
 */
outside_hours?: boolean | null, };
    output: AgendaCard;
    refusal: { "code": "overlaps", 
/**
 * Who or what is taken.
 */
resource: string, 
/**
 * By whom.
 */
with: Array<InTheWay>, } | { "code": "outside_hours", 
/**
 * When they are, that day.
 */
hours: Array<Span>, } | { "code": "not_found", 
/**
 * Which of them.
 */
what: string, } | { "code": "time_does_not_exist" } | { "code": "day_too_far", 
/**
 * The first day that is taken.
 */
from: CivilDate, 
/**
 * The last.
 */
until: CivilDate, } | { "code": "duration_invalid" } | { "code": "not_movable", 
/**
 * Where it stands.
 */
status: Status, } | { "code": "reason_missing" } | { "code": "already_resolved" };
  };
  "agenda.cancel": {
    input: { 
/**
 * The appointment.
 */
appointment_id: AppointmentId, 
/**
 * Why; refused where absent.
 */
reason: Reason | null, 
/**
 * In someone's own words.
 */
note?: string | null, };
    output: AgendaCard;
    refusal: { "code": "transition_refused", 
/**
 * Where it stands.
 */
from: string, 
/**
 * Where it should have gone.
 */
to: string, } | { "code": "reason_missing" } | { "code": "too_early", 
/**
 * The start.
 */
start_at: Timestamp, } | { "code": "not_found" };
  };
  "agenda.confirm": {
    input: { 
/**
 * The appointment.
 */
appointment_id: AppointmentId, };
    output: AgendaCard;
    refusal: { "code": "transition_refused", 
/**
 * Where it stands.
 */
from: string, 
/**
 * Where it should have gone.
 */
to: string, } | { "code": "reason_missing" } | { "code": "too_early", 
/**
 * The start.
 */
start_at: Timestamp, } | { "code": "not_found" };
  };
  "agenda.day": {
    input: { 
/**
 * The day at the clinic.
 */
date: CivilDate, };
    output: AgendaDay;
    refusal: never;
  };
  "agenda.free_slots": {
    input: { 
/**
 * What for.
 */
service_id: ServiceId, 
/**
 * With whom; anyone where absent.
 */
resource_id?: ResourceId | null, 
/**
 * The first day.
 */
from: CivilDate, 
/**
 * How many days; 14 where absent, never more than 90.
 */
days?: number | null, 
/**
 * How many slots; 20 where absent, never more than 200.
 */
limit?: number | null, };
    output: Array<FreeSlot>;
    refusal: { "code": "not_found", 
/**
 * `service`.
 */
what: string, };
  };
  "agenda.marks": {
    input: { 
/**
 * `2026-11`.
 */
month: string, };
    output: Array<Mark>;
    refusal: { "code": "month_invalid" };
  };
  "agenda.move": {
    input: { 
/**
 * The appointment.
 */
appointment_id: AppointmentId, 
/**
 * Its new start.
 */
start: WallTime, 
/**
 * Another practitioner.
 */
resource_id?: ResourceId | null, 
/**
 * Another room; null for none.
 */
room_id?: ResourceId | null, 
/**
 * Another length.
 */
duration_min?: number | null, 
/**
 * Move although the practitioner is not there at that time.
 */
outside_hours?: boolean | null, };
    output: AgendaCard;
    refusal: { "code": "overlaps", 
/**
 * Who or what is taken.
 */
resource: string, 
/**
 * By whom.
 */
with: Array<InTheWay>, } | { "code": "outside_hours", 
/**
 * When they are, that day.
 */
hours: Array<Span>, } | { "code": "not_found", 
/**
 * Which of them.
 */
what: string, } | { "code": "time_does_not_exist" } | { "code": "day_too_far", 
/**
 * The first day that is taken.
 */
from: CivilDate, 
/**
 * The last.
 */
until: CivilDate, } | { "code": "duration_invalid" } | { "code": "not_movable", 
/**
 * Where it stands.
 */
status: Status, } | { "code": "reason_missing" } | { "code": "already_resolved" };
  };
  "agenda.no_show": {
    input: { 
/**
 * The appointment.
 */
appointment_id: AppointmentId, };
    output: AgendaCard;
    refusal: { "code": "transition_refused", 
/**
 * Where it stands.
 */
from: string, 
/**
 * Where it should have gone.
 */
to: string, } | { "code": "reason_missing" } | { "code": "too_early", 
/**
 * The start.
 */
start_at: Timestamp, } | { "code": "not_found" };
  };
  "agenda.open": {
    input: { 
/**
 * The appointment.
 */
appointment_id: AppointmentId, };
    output: AppointmentPage;
    refusal: { "code": "not_found" };
  };
  "agenda.proposals": {
    input: { 
/**
 * The card.
 */
card_id: CardId, };
    output: Array<Proposal>;
    refusal: { "code": "overlaps", 
/**
 * Who or what is taken.
 */
resource: string, 
/**
 * By whom.
 */
with: Array<InTheWay>, } | { "code": "outside_hours", 
/**
 * When they are, that day.
 */
hours: Array<Span>, } | { "code": "not_found", 
/**
 * Which of them.
 */
what: string, } | { "code": "time_does_not_exist" } | { "code": "day_too_far", 
/**
 * The first day that is taken.
 */
from: CivilDate, 
/**
 * The last.
 */
until: CivilDate, } | { "code": "duration_invalid" } | { "code": "not_movable", 
/**
 * Where it stands.
 */
status: Status, } | { "code": "reason_missing" } | { "code": "already_resolved" };
  };
  "agenda.resolve": {
    input: { 
/**
 * The card.
 */
card_id: CardId, 
/**
 * The decision.
 */
choice: Choice, };
    output: InboxCard;
    refusal: { "code": "overlaps", 
/**
 * Who or what is taken.
 */
resource: string, 
/**
 * By whom.
 */
with: Array<InTheWay>, } | { "code": "outside_hours", 
/**
 * When they are, that day.
 */
hours: Array<Span>, } | { "code": "not_found", 
/**
 * Which of them.
 */
what: string, } | { "code": "time_does_not_exist" } | { "code": "day_too_far", 
/**
 * The first day that is taken.
 */
from: CivilDate, 
/**
 * The last.
 */
until: CivilDate, } | { "code": "duration_invalid" } | { "code": "not_movable", 
/**
 * Where it stands.
 */
status: Status, } | { "code": "reason_missing" } | { "code": "already_resolved" };
  };
  "agenda.usual": {
    input: { 
/**
 * The patient.
 */
patient_id: PatientId, 
/**
 * With whom they want to be booked; matters for somebody who never came.
 */
resource_id?: ResourceId | null, };
    output: UsualBooking;
    refusal: never;
  };
  "agenda.week": {
    input: { 
/**
 * Its first day.
 */
from: CivilDate, 
/**
 * Whose; everyone's where absent.
 */
resource_id?: ResourceId | null, };
    output: AgendaWeek;
    refusal: never;
  };
  "billing.account": {
    input: { 
/**
 * The patient.
 */
patient_id: PatientId, };
    output: InvoiceAccount;
    refusal: never;
  };
  "billing.amend_draft": {
    input: { 
/**
 * The draft.
 */
invoice_id: InvoiceId, 
/**
 * All its lines, in order; one that is left out is struck out.
 */
lines: Array<DraftLine>, };
    output: Invoice;
    refusal: { "code": "not_found" } | { "code": "already_issued" } | { "code": "description_missing", 
/**
 * Which line.
 */
line: number, } | { "code": "amount_invalid", 
/**
 * Which line.
 */
line: number, } | { "code": "discount_too_large", 
/**
 * Which line.
 */
line: number, };
  };
  "billing.discard_draft": {
    input: { 
/**
 * The draft.
 */
invoice_id: InvoiceId, };
    output: null;
    refusal: { "code": "not_found" } | { "code": "already_issued" };
  };
  "billing.draft": {
    input: { 
/**
 * The visit.
 */
encounter_id: EncounterId, } | { 
/**
 * The appointment.
 */
appointment_id: AppointmentId, } | { 
/**
 * The patient.
 */
patient_id: PatientId, };
    output: Invoice;
    refusal: { "code": "not_found" };
  };
  "billing.issue": {
    input: { 
/**
 * The draft.
 */
invoice_id: InvoiceId, 
/**
 * When it is due; the last instalment's day, or else the day of issue, where absent.
 */
due_on?: CivilDate | null, 
/**
 * What is paid now.
 */
payment?: Received | null, 
/**
 * How the rest is paid.
 */
instalments?: Plan | null, };
    output: Invoice;
    refusal: { "code": "not_found" } | { "code": "already_issued" } | { "code": "nothing_to_issue" } | { "code": "due_before_issue" } | { "code": "due_too_late", 
/**
 * The last day that is taken.
 */
latest: CivilDate, } | { "code": "amount_invalid" } | { "code": "payment_too_large", 
/**
 * What is open.
 */
open: Money, } | { "code": "count_invalid", 
/**
 * How many there may be at most.
 */
most: number, };
  };
  "billing.list": {
    input: { 
/**
 * All where absent.
 */
state?: InvoiceFilter | null, };
    output: Array<Invoice>;
    refusal: never;
  };
  "billing.open": {
    input: { 
/**
 * The invoice, draft or issued.
 */
invoice_id: InvoiceId, };
    output: Invoice;
    refusal: { "code": "not_found" };
  };
  "billing.pay": {
    input: { 
/**
 * For which invoice.
 */
invoice_id: InvoiceId, 
/**
 * A decimal with a dot.
 */
amount: string, 
/**
 * How it came in.
 */
method: Method, };
    output: Invoice;
    refusal: { "code": "not_found" } | { "code": "not_issued" } | { "code": "amount_invalid" } | { "code": "payment_too_large", 
/**
 * What is open.
 */
open: Money, };
  };
  "billing.pix": {
    input: { 
/**
 * The invoice, draft or issued.
 */
invoice_id: InvoiceId, 
/**
 * A decimal with a dot; what is open where absent.
 */
amount?: string | null, };
    output: PixCode;
    refusal: { "code": "not_found" } | { "code": "no_pix_key" } | { "code": "not_brl" } | { "code": "amount_invalid" };
  };
  "billing.split": {
    input: { 
/**
 * A decimal with a dot, in the clinic's currency.
 */
total: string, 
/**
 * 1 to 24.
 */
count: number, 
/**
 * When the first falls due; the others on the same day of the following months.
 */
first_on: CivilDate, };
    output: Array<SplitPart>;
    refusal: { "code": "amount_invalid" } | { "code": "count_invalid", 
/**
 * How many there may be at most.
 */
most: number, };
  };
  "catalogue.add": {
    input: { 
/**
 * Its name.
 */
name: string, 
/**
 * What it is grouped under.
 */
category?: string | null, 
/**
 * What patients are told.
 */
description?: string | null, 
/**
 * A plain decimal in the clinic's currency.
 */
price?: string | null, 
/**
 * Minutes the patient is there.
 */
duration_min: number, 
/**
 * Minutes taken before.
 */
buffer_before_min?: number | null, 
/**
 * Minutes taken after.
 */
buffer_after_min?: number | null, 
/**
 * A key of the palette.
 */
color?: string | null, 
/**
 * The consent it needs.
 */
consent_template_id?: TemplateId | null, };
    output: Service;
    refusal: { "code": "name_missing" } | { "code": "duration_invalid" } | { "code": "price_invalid" } | { "code": "not_found", 
/**
 * `service` or `template`.
 */
what: string, };
  };
  "catalogue.amend": {
    input: { 
/**
 * Which service.
 */
id: ServiceId, 
/**
 * Its name.
 */
name?: string | null, 
/**
 * What it is grouped under.
 */
category?: string | null, 
/**
 * What patients are told.
 */
description?: string | null, 
/**
 * What it costs from today on.
 */
price?: string | null, 
/**
 * Minutes the patient is there.
 */
duration_min?: number | null, 
/**
 * Minutes taken before.
 */
buffer_before_min?: number | null, 
/**
 * Minutes taken after.
 */
buffer_after_min?: number | null, 
/**
 * A key of the palette.
 */
color?: string | null, 
/**
 * The consent it needs.
 */
consent_template_id?: TemplateId | null, 
/**
 * Can be booked.
 */
active?: boolean | null, };
    output: Service;
    refusal: { "code": "name_missing" } | { "code": "duration_invalid" } | { "code": "price_invalid" } | { "code": "not_found", 
/**
 * `service` or `template`.
 */
what: string, };
  };
  "catalogue.list": {
    input: Record<symbol, never>;
    output: Array<Service>;
    refusal: never;
  };
  "chart.add_allergy": {
    input: { 
/**
 * Whose.
 */
patient_id: PatientId, 
/**
 * To what.
 */
substance: string, 
/**
 * What happens, if it is known.
 */
reaction?: string | null, 
/**
 * How badly.
 */
severity: Severity, };
    output: NewAllergy;
    refusal: { "code": "not_found" } | { "code": "substance_missing" } | { "code": "already_recorded", 
/**
 * The one that stands.
 */
id: AllergyId, };
  };
  "chart.discard_draft": {
    input: { 
/**
 * Which.
 */
draft_id: NoteId, };
    output: null;
    refusal: { "code": "not_found" } | { "code": "not_author" };
  };
  "chart.draft_note": {
    input: { 
/**
 * The draft that is continued; absent for a new one.
 */
draft_id?: NoteId | null, 
/**
 * On whose chart.
 */
patient_id: PatientId, 
/**
 * The visit it belongs to. Fixed when the draft begins.
 */
encounter_id?: EncounterId | null, 
/**
 * The signed note that it amends. Fixed when the draft begins.
 */
amends?: NoteId | null, 
/**
 * Title so far.
 */
title: string, 
/**
 * Kind.
 */
kind: NoteKind, 
/**
 * Text so far.
 */
body: string, };
    output: Draft;
    refusal: { "code": "not_found", 
/**
 * `patient`, `encounter`, `note` or `draft`.
 */
what: string, } | { "code": "not_author" } | { "code": "unsigned" };
  };
  "chart.edit_note": {
    input: { 
/**
 * Which.
 */
note_id: NoteId, };
    output: Draft;
    refusal: { "code": "not_found" } | { "code": "not_author" } | { "code": "already_signed" };
  };
  "chart.no_known_allergies": {
    input: { 
/**
 * Who.
 */
patient_id: PatientId, };
    output: null;
    refusal: { "code": "not_found" } | { "code": "allergies_stand", 
/**
 * To what.
 */
substances: Array<string>, };
  };
  "chart.open": {
    input: { 
/**
 * Whose.
 */
patient_id: PatientId, };
    output: Chart;
    refusal: { "code": "not_found" };
  };
  "chart.save_note": {
    input: { 
/**
 * Which.
 */
draft_id: NoteId, };
    output: Note;
    refusal: { "code": "not_found" } | { "code": "not_author" } | { "code": "empty", 
/**
 * `title` or `body`.
 */
field: string, } | { "code": "already_signed" };
  };
  "chart.sign_note": {
    input: { 
/**
 * Which.
 */
note_id: NoteId, };
    output: Note;
    refusal: { "code": "not_found" } | { "code": "not_author" } | { "code": "already_signed" } | { "code": "unsaved_draft", 
/**
 * The draft.
 */
draft_id: NoteId, };
  };
  "chart.strike_allergy": {
    input: { 
/**
 * Which.
 */
id: AllergyId, 
/**
 * Why it does not hold.
 */
reason: string, };
    output: null;
    refusal: { "code": "not_found" } | { "code": "already_struck" } | { "code": "reason_missing" };
  };
  "documents.add_template": {
    input: { 
/**
 * Its title; may hold variables.
 */
title: string, 
/**
 * Its language: `pt-BR`, `es`, `en`.
 */
locale: string, 
/**
 * The text, in order.
 */
body: Array<Block>, 
/**
 * What is asked when a document is prepared.
 */
fields: Array<TemplateField>, 
/**
 * What may be allowed.
 */
purposes: Array<Purpose>, 
/**
 * Whether a witness signs as well.
 */
needs_witness: boolean, 
/**
 * The revision that this one replaces.
 */
supersedes_id?: TemplateId | null, };
    output: Template;
    refusal: { "code": "title_missing" } | { "code": "body_missing" } | { "code": "locale_unknown" } | { "code": "variable_unknown", 
/**
 * The variable.
 */
key: string, } | { "code": "key_invalid", 
/**
 * The key.
 */
key: string, } | { "code": "not_found" } | { "code": "already_superseded" };
  };
  "documents.list": {
    input: { 
/**
 * Whose.
 */
patient_id: PatientId, };
    output: Array<DocumentRow>;
    refusal: never;
  };
  "documents.open": {
    input: { 
/**
 * Which.
 */
document_id: DocumentId, };
    output: OpenedDocument;
    refusal: { "code": "not_found" };
  };
  "documents.prepare": {
    input: { 
/**
 * For whom.
 */
patient_id: PatientId, 
/**
 * From which text.
 */
template_id: TemplateId, 
/**
 * The appointment it is for: says what is done and by whom.
 */
appointment_id?: AppointmentId | null, 
/**
 * The visit it is for, where there was no appointment.
 */
encounter_id?: EncounterId | null, 
/**
 * What the template asks, by key, and what the record does not know.
 */
values?: { [key in string]: string }, };
    output: Prepared;
    refusal: { "code": "not_found", 
/**
 * `patient`, `template` or `visit`.
 */
what: string, } | { "code": "fields_missing", 
/**
 * Keys of fields or variables, in the order in which the text asks.
 */
keys: Array<string>, };
  };
  "documents.refuse": {
    input: { 
/**
 * Of which document.
 */
document_id: DocumentId, 
/**
 * Why, if the patient says so. Nobody has to.
 */
reason?: string | null, };
    output: DocumentRow;
    refusal: { "code": "not_found" } | { "code": "already_sealed" } | { "code": "already_refused" };
  };
  "documents.seal": {
    input: { 
/**
 * Which.
 */
document_id: DocumentId, };
    output: SealedDocument;
    refusal: { "code": "not_found" } | { "code": "already_sealed" } | { "code": "already_refused" } | { "code": "signature_missing", 
/**
 * In what quality.
 */
roles: Array<SignerRole>, };
  };
  "documents.sign": {
    input: { 
/**
 * Which document.
 */
document_id: DocumentId, 
/**
 * In what quality.
 */
role: SignerRole, 
/**
 * The signer's name.
 */
name: string, 
/**
 * What was drawn.
 */
strokes: Array<Stroke>, 
/**
 * On what.
 */
pad: Pad, 
/**
 * What the patient, or who decides for them, allows. What is not mentioned is refused.
 */
purposes?: Array<GivenPurpose>, };
    output: Prepared;
    refusal: { "code": "not_found" } | { "code": "already_sealed" } | { "code": "already_refused" } | { "code": "already_signed" } | { "code": "patient_first" } | { "code": "name_missing" } | { "code": "signature_empty" } | { "code": "signature_too_small" } | { "code": "signature_too_large" } | { "code": "purpose_required", 
/**
 * Which.
 */
key: string, } | { "code": "purpose_unknown", 
/**
 * Which.
 */
key: string, };
  };
  "documents.templates": {
    input: Record<symbol, never>;
    output: Array<Template>;
    refusal: never;
  };
  "organization.add_user": {
    input: { 
/**
 * Their name.
 */
name: string, 
/**
 * What they may do.
 */
role: Role, 
/**
 * Their first password.
 */
password: string, 
/**
 * The practitioner they are.
 */
practitioner_id?: PractitionerId | null, };
    output: AddedUser;
    refusal: { "code": "name_missing" } | { "code": "password_too_short", 
/**
 * The least number of characters.
 */
minimum: number, } | { "code": "not_found" };
  };
  "organization.amend_clinic": {
    input: { 
/**
 * E-mail.
 */
email?: string | null, 
/**
 * The weekday a week begins with on the screens, 0 (Sunday) to 6; as it was where not given.
 */
week_start?: number | null, 
/**
 * The name patients know.
 */
name: string, 
/**
 * The name on invoices.
 */
legal_name?: string | null, 
/**
 * CNPJ, RUC, NIF ….
 */
tax_id?: string | null, 
/**
 * As typed.
 */
phone?: string | null, 
/**
 * Street and number.
 */
address?: string | null, 
/**
 * City.
 */
city?: string | null, 
/**
 * State or department.
 */
state?: string | null, 
/**
 * Postal code.
 */
postal_code?: string | null, 
/**
 * The key PIX payments go to.
 */
pix_key?: string | null, };
    output: Clinic;
    refusal: { "code": "email_invalid" } | { "code": "week_start_invalid" } | FoundingRefusal;
  };
  "organization.desks": {
    input: Record<symbol, never>;
    output: Array<EnrolledDesk>;
    refusal: never;
  };
  "organization.found": {
    input: { 
/**
 * The profile's key.
 */
profile: string, 
/**
 * The language of papers.
 */
locale: string, 
/**
 * The clinic's data.
 */
clinic: ClinicData, 
/**
 * Who becomes its owner.
 */
admin: FoundingAdmin, };
    output: FoundedClinic;
    refusal: { "code": "locale_unknown" } | { "code": "password_too_short", 
/**
 * The least number of characters.
 */
minimum: number, } | { "code": "folder_not_empty" } | { "code": "profile_unknown" } | FoundingRefusal;
  };
  "organization.rename_desk": {
    input: { 
/**
 * The desk.
 */
desk_id: DeviceId, 
/**
 * Its name.
 */
name: string, };
    output: null;
    refusal: { "code": "name_missing" } | { "code": "name_taken" } | { "code": "not_found" };
  };
  "organization.users": {
    input: Record<symbol, never>;
    output: Array<User>;
    refusal: never;
  };
  "people.amend": {
    input: { 
/**
 * Who.
 */
id: PatientId, 
/**
 * Although someone else bears the same document.
 */
anyway?: boolean, 
/**
 * Given name.
 */
given: string, 
/**
 * Family name.
 */
family?: string | null, 
/**
 * The name the person goes by (in Brazil, *nome social*: Decreto 8.727/2016); shown first everywhere.
 */
preferred_name?: string | null, 
/**
 * Date of birth.
 */
birth_date?: CivilDate | null, 
/**
 * `male`, `female` or `unknown`.
 */
sex?: Sex | null, 
/**
 * As typed; a family may share one.
 */
phone?: string | null, 
/**
 * E-mail.
 */
email?: string | null, 
/**
 * A document.
 */
identifier?: IdentifierInput | null, 
/**
 * Where they live.
 */
address?: string | null, 
/**
 * What the desk should know.
 */
notes?: string | null, };
    output: PatientHeader;
    refusal: { "code": "name_missing" } | { "code": "born_in_future" } | { "code": "born_too_long_ago" } | { "code": "text_too_long", 
/**
 * The field.
 */
field: string, 
/**
 * The most it may hold.
 */
most: number, } | { "code": "text_unreadable", 
/**
 * The field.
 */
field: string, } | { "code": "identifier_invalid", 
/**
 * The check digits that would fit, where that is what is wrong.
 */
expected: string | null, } | { "code": "phone_invalid" } | { "code": "email_invalid" } | { "code": "already_registered", 
/**
 * Who.
 */
patient_id: PatientId, 
/**
 * Their name.
 */
name: string, } | { "code": "not_found" };
  };
  "people.import": {
    input: { 
/**
 * The file's bytes, base64.
 */
csv_base64: string, 
/**
 * Report only.
 */
dry_run: boolean, 
/**
 * Take the good lines although others are refused.
 */
keep_good?: boolean, };
    output: ImportReport;
    refusal: { "code": "file_empty" } | { "code": "file_too_large", 
/**
 * The most that is read, in bytes.
 */
most: number, } | { "code": "too_many_lines", 
/**
 * The most that are read.
 */
most: number, } | { "code": "not_text" } | { "code": "name_column_missing" };
  };
  "people.open": {
    input: { 
/**
 * The patient.
 */
id: PatientId, };
    output: PatientPage;
    refusal: { "code": "name_missing" } | { "code": "born_in_future" } | { "code": "born_too_long_ago" } | { "code": "text_too_long", 
/**
 * The field.
 */
field: string, 
/**
 * The most it may hold.
 */
most: number, } | { "code": "text_unreadable", 
/**
 * The field.
 */
field: string, } | { "code": "identifier_invalid", 
/**
 * The check digits that would fit, where that is what is wrong.
 */
expected: string | null, } | { "code": "phone_invalid" } | { "code": "email_invalid" } | { "code": "already_registered", 
/**
 * Who.
 */
patient_id: PatientId, 
/**
 * Their name.
 */
name: string, } | { "code": "not_found" };
  };
  "people.register": {
    input: { 
/**
 * Register although someone on file bears the same document.
 */
anyway?: boolean, 
/**
 * Given name.
 */
given: string, 
/**
 * Family name.
 */
family?: string | null, 
/**
 * The name the person goes by (in Brazil, *nome social*: Decreto 8.727/2016); shown first everywhere.
 */
preferred_name?: string | null, 
/**
 * Date of birth.
 */
birth_date?: CivilDate | null, 
/**
 * `male`, `female` or `unknown`.
 */
sex?: Sex | null, 
/**
 * As typed; a family may share one.
 */
phone?: string | null, 
/**
 * E-mail.
 */
email?: string | null, 
/**
 * A document.
 */
identifier?: IdentifierInput | null, 
/**
 * Where they live.
 */
address?: string | null, 
/**
 * What the desk should know.
 */
notes?: string | null, };
    output: PatientHeader;
    refusal: { "code": "name_missing" } | { "code": "born_in_future" } | { "code": "born_too_long_ago" } | { "code": "text_too_long", 
/**
 * The field.
 */
field: string, 
/**
 * The most it may hold.
 */
most: number, } | { "code": "text_unreadable", 
/**
 * The field.
 */
field: string, } | { "code": "identifier_invalid", 
/**
 * The check digits that would fit, where that is what is wrong.
 */
expected: string | null, } | { "code": "phone_invalid" } | { "code": "email_invalid" } | { "code": "already_registered", 
/**
 * Who.
 */
patient_id: PatientId, 
/**
 * Their name.
 */
name: string, } | { "code": "not_found" };
  };
  "people.search": {
    input: { 
/**
 * The text.
 */
text: string, 
/**
 * How many at most; 20 where absent, never more than 200.
 */
limit?: number | null, };
    output: Array<PersonHit>;
    refusal: never;
  };
  "reception.board": {
    input: Record<symbol, never>;
    output: ReceptionBoard;
    refusal: never;
  };
  "reception.check_in": {
    input: { 
/**
 * Their appointment.
 */
appointment_id: AppointmentId, };
    output: BoardCard;
    refusal: { "code": "transition_refused", 
/**
 * Where it stands.
 */
from: string, 
/**
 * Where it should have gone.
 */
to: string, } | { "code": "not_found", 
/**
 * `appointment`, `encounter`, `patient`, `service`, `practitioner` or `room`.
 */
what: string, } | { "code": "not_today", 
/**
 * Its day.
 */
date: CivilDate, };
  };
  "reception.finish": {
    input: { 
/**
 * Which.
 */
encounter_id: EncounterId, };
    output: BoardCard;
    refusal: { "code": "transition_refused", 
/**
 * Where it stands.
 */
from: string, 
/**
 * Where it should have gone.
 */
to: string, } | { "code": "not_found", 
/**
 * `appointment`, `encounter`, `patient`, `service`, `practitioner` or `room`.
 */
what: string, } | { "code": "not_today", 
/**
 * Its day.
 */
date: CivilDate, };
  };
  "reception.start": {
    input: { 
/**
 * Which.
 */
encounter_id: EncounterId, 
/**
 * The room, where it is not the planned one.
 */
room_id?: ResourceId | null, };
    output: BoardCard;
    refusal: { "code": "transition_refused", 
/**
 * Where it stands.
 */
from: string, 
/**
 * Where it should have gone.
 */
to: string, } | { "code": "not_found", 
/**
 * `appointment`, `encounter`, `patient`, `service`, `practitioner` or `room`.
 */
what: string, } | { "code": "not_today", 
/**
 * Its day.
 */
date: CivilDate, };
  };
  "reception.walk_in": {
    input: { 
/**
 * Who.
 */
patient_id: PatientId, 
/**
 * What for, if they say.
 */
service_id?: ServiceId | null, 
/**
 * With whom, if it is known.
 */
resource_id?: ResourceId | null, };
    output: BoardCard;
    refusal: { "code": "transition_refused", 
/**
 * Where it stands.
 */
from: string, 
/**
 * Where it should have gone.
 */
to: string, } | { "code": "not_found", 
/**
 * `appointment`, `encounter`, `patient`, `service`, `practitioner` or `room`.
 */
what: string, } | { "code": "not_today", 
/**
 * Its day.
 */
date: CivilDate, };
  };
  "resources.add_room": {
    input: { 
/**
 * Its name.
 */
name: string, 
/**
 * How many visits it takes at once; one where absent.
 */
capacity?: number | null, };
    output: Resource;
    refusal: { "code": "name_missing" } | { "code": "capacity_invalid" };
  };
  "resources.list": {
    input: Record<symbol, never>;
    output: Array<Resource>;
    refusal: never;
  };
  "resources.set_hours": {
    input: { 
/**
 * Whose hours.
 */
resource_id: ResourceId, 
/**
 * The stretches of each day.
 */
hours: Array<DayHours>, };
    output: Resource;
    refusal: { "code": "hours_invalid", 
/**
 * The day of the week.
 */
day: number, } | { "code": "not_found" };
  };
  "staff.add": {
    input: { 
/**
 * Given name.
 */
given: string, 
/**
 * Family name.
 */
family?: string | null, 
/**
 * `Dra.`, `Dr.` ….
 */
title?: string | null, 
/**
 * What they are by training.
 */
type: Profession, 
/**
 * Their council and number.
 */
council?: Council | null, 
/**
 * The colour of their column; the next of the palette where absent.
 */
color?: string | null, 
/**
 * The user they sign in as.
 */
user_id?: UserId | null, };
    output: Practitioner;
    refusal: { "code": "name_missing" } | { "code": "council_incomplete" } | { "code": "not_found", 
/**
 * `user` or `practitioner`.
 */
what: string, };
  };
  "staff.amend": {
    input: { 
/**
 * Who.
 */
id: PractitionerId, 
/**
 * Given name.
 */
given?: string | null, 
/**
 * Family name.
 */
family?: string | null, 
/**
 * Title.
 */
title?: string | null, 
/**
 * What they are by training.
 */
type?: Profession | null, 
/**
 * Council and number.
 */
council?: Council | null, 
/**
 * The colour of their column.
 */
color?: string | null, 
/**
 * Can be booked.
 */
active?: boolean | null, 
/**
 * The user they sign in as.
 */
user_id?: UserId | null, };
    output: Practitioner;
    refusal: { "code": "name_missing" } | { "code": "council_incomplete" } | { "code": "not_found", 
/**
 * `user` or `practitioner`.
 */
what: string, };
  };
  "staff.list": {
    input: Record<symbol, never>;
    output: Array<Practitioner>;
    refusal: never;
  };
  "system.adopt": {
    input: { 
/**
 * Its address.
 */
server: string, };
    output: null;
    refusal: { "code": "server_unreachable" } | { "code": "already_adopted" };
  };
  "system.demo": {
    input: { 
/**
 * The profile's key.
 */
profile: string, 
/**
 * Chance: the same seed at the same moment makes the same clinic.
 */
seed?: number | null, };
    output: Session;
    refusal: { "code": "profile_unknown" } | { "code": "folder_not_empty" };
  };
  "system.inbox": {
    input: Record<symbol, never>;
    output: InboxCards;
    refusal: never;
  };
  "system.invite_desk": {
    input: { 
/**
 * Who will sign in at the new desk first.
 */
user_id: UserId, };
    output: Invited;
    refusal: { "code": "server_unreachable" } | { "code": "not_sent_yet", 
/**
 * Changes that are still to be sent.
 */
waiting: number, } | { "code": "server_refused" };
  };
  "system.join": {
    input: { 
/**
 * The server's address.
 */
server: string, 
/**
 * The eight words of the one-use code, as they were typed.
 */
code: string, 
/**
 * The password on this desk.
 */
password: string, };
    output: Session;
    refusal: { "code": "code_misread" } | { "code": "code_word_unknown", 
/**
 * Its place.
 */
place: number, } | { "code": "code_wrong", 
/**
 * Tries left.
 */
tries_left: number, } | { "code": "code_expired" } | { "code": "server_unreachable" } | { "code": "password_too_short", 
/**
 * The least number of characters.
 */
minimum: number, } | { "code": "folder_not_empty" };
  };
  "system.leave_demo": {
    input: Record<symbol, never>;
    output: null;
    refusal: never;
  };
  "system.paper": {
    input: { 
/**
 * Which.
 */
paper: PaperRef, };
    output: ShownPaper;
    refusal: { "code": "not_found" } | { "code": "not_permitted", 
/**
 * The permission it takes.
 */
needs: Permission, } | { "code": "no_printer" } | { "code": "printer_gone", 
/**
 * Which.
 */
printer: string, } | { "code": "printer_stopped", 
/**
 * Which.
 */
printer: string, 
/**
 * The spooler's own words.
 */
reason: string, } | { "code": "printer_refused", 
/**
 * Its own words.
 */
detail: string, };
  };
  "system.print": {
    input: { 
/**
 * Which.
 */
paper: PaperRef, 
/**
 * Where; the system's default where absent.
 */
printer?: string | null, 
/**
 * How many; one where absent.
 */
copies?: number | null, };
    output: PrintJob;
    refusal: { "code": "not_found" } | { "code": "not_permitted", 
/**
 * The permission it takes.
 */
needs: Permission, } | { "code": "no_printer" } | { "code": "printer_gone", 
/**
 * Which.
 */
printer: string, } | { "code": "printer_stopped", 
/**
 * Which.
 */
printer: string, 
/**
 * The spooler's own words.
 */
reason: string, } | { "code": "printer_refused", 
/**
 * Its own words.
 */
detail: string, };
  };
  "system.printers": {
    input: Record<symbol, never>;
    output: Array<Printer>;
    refusal: never;
  };
  "system.recover": {
    input: { 
/**
 * The printed words.
 */
words: Array<string>, 
/**
 * Who signs in.
 */
user_id: UserId, 
/**
 * Their new password.
 */
new_password: string, };
    output: Session;
    refusal: { "code": "wrong_password" } | { "code": "keychain_entry_gone" } | { "code": "key_slots_missing" } | { "code": "file_damaged" } | { "code": "schema_newer" } | { "code": "desk_revoked" } | { "code": "in_use", 
/**
 * Which.
 */
by: string | null, } | { "code": "no_folder" } | { "code": "no_such_user" } | { "code": "locked_out", 
/**
 * How long to wait, in seconds.
 */
wait_seconds: number, } | { "code": "password_too_short", 
/**
 * The least.
 */
minimum: number, };
  };
  "system.save_paper": {
    input: { 
/**
 * Which.
 */
paper: PaperRef, };
    output: SavedPaper;
    refusal: { "code": "not_found" } | { "code": "not_permitted", 
/**
 * The permission it takes.
 */
needs: Permission, } | { "code": "no_printer" } | { "code": "printer_gone", 
/**
 * Which.
 */
printer: string, } | { "code": "printer_stopped", 
/**
 * Which.
 */
printer: string, 
/**
 * The spooler's own words.
 */
reason: string, } | { "code": "printer_refused", 
/**
 * Its own words.
 */
detail: string, };
  };
  "system.settle_alarm": {
    input: Record<symbol, never>;
    output: null;
    refusal: never;
  };
  "system.sign_in": {
    input: { 
/**
 * Who.
 */
user_id: UserId, 
/**
 * Their password.
 */
password: string, };
    output: Session;
    refusal: { "code": "wrong_password" } | { "code": "keychain_entry_gone" } | { "code": "key_slots_missing" } | { "code": "file_damaged" } | { "code": "schema_newer" } | { "code": "desk_revoked" } | { "code": "in_use", 
/**
 * Which.
 */
by: string | null, } | { "code": "no_folder" } | { "code": "no_such_user" } | { "code": "locked_out", 
/**
 * How long to wait, in seconds.
 */
wait_seconds: number, } | { "code": "password_too_short", 
/**
 * The least.
 */
minimum: number, };
  };
  "system.sign_out": {
    input: Record<symbol, never>;
    output: null;
    refusal: never;
  };
  "system.status": {
    input: Record<symbol, never>;
    output: DeskStatus;
    refusal: never;
  };
  "system.sync_now": {
    input: Record<symbol, never>;
    output: SyncState;
    refusal: never;
  };
  "system.sync_status": {
    input: Record<symbol, never>;
    output: SyncState;
    refusal: never;
  };
}
