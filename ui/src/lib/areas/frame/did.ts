import type { Name } from "$lib/desk";
import { m } from "$lib/texts";

/** Commands that leave nothing in the journal: they only look, or concern this computer alone. */
type Silent =
  | "agenda.day"
  | "agenda.free_slots"
  | "agenda.marks"
  | "agenda.open"
  | "agenda.proposals"
  | "agenda.usual"
  | "agenda.week"
  | "billing.account"
  | "billing.list"
  | "billing.open"
  | "billing.pix"
  | "billing.split"
  | "catalogue.list"
  | "chart.discard_draft"
  | "chart.draft_note"
  | "documents.list"
  | "documents.templates"
  | "organization.desks"
  | "organization.found"
  | "organization.users"
  | "people.search"
  | "reception.board"
  | "resources.list"
  | "staff.list"
  | "system.adopt"
  | "system.demo"
  | "system.inbox"
  | "system.invite_desk"
  | "system.join"
  | "system.leave_demo"
  | "system.printers"
  | "system.recover"
  | "system.status"
  | "system.sync_now"
  | "system.sync_status";

/** What somebody did, for each command that leaves an entry in the journal. */
const words: Record<Exclude<Name, Silent>, () => string> = {
  "agenda.book": m.frame_did_agenda_book,
  "agenda.cancel": m.frame_did_agenda_cancel,
  "agenda.confirm": m.frame_did_agenda_confirm,
  "agenda.move": m.frame_did_agenda_move,
  "agenda.no_show": m.frame_did_agenda_no_show,
  "agenda.resolve": m.frame_did_agenda_resolve,
  "billing.draft": m.frame_did_billing_amend_draft,
  "billing.amend_draft": m.frame_did_billing_amend_draft,
  "billing.discard_draft": m.frame_did_billing_discard_draft,
  "billing.issue": m.frame_did_billing_issue,
  "billing.pay": m.frame_did_billing_pay,
  "catalogue.add": m.frame_did_catalogue_add,
  "catalogue.amend": m.frame_did_catalogue_amend,
  "chart.add_allergy": m.frame_did_chart_add_allergy,
  "chart.edit_note": m.frame_did_chart_note,
  "chart.no_known_allergies": m.frame_did_chart_no_known_allergies,
  "chart.open": m.frame_did_people_look,
  "chart.save_note": m.frame_did_chart_note,
  "chart.sign_note": m.frame_did_chart_note,
  "chart.strike_allergy": m.frame_did_chart_strike_allergy,
  "documents.add_template": m.frame_did_documents_add_template,
  "documents.open": m.frame_did_people_look,
  "documents.prepare": m.frame_did_documents_prepare,
  "documents.refuse": m.frame_did_documents_refuse,
  "documents.seal": m.frame_did_documents_seal,
  "documents.sign": m.frame_did_documents_sign,
  "organization.add_user": m.frame_did_organization_user,
  "organization.amend_clinic": m.frame_did_organization_clinic,
  "organization.rename_desk": m.frame_did_system_computer,
  "people.amend": m.frame_did_people_amend,
  "people.import": m.frame_did_people_import,
  "people.open": m.frame_did_people_look,
  "people.register": m.frame_did_people_register,
  "reception.check_in": m.frame_did_reception_check_in,
  "reception.finish": m.frame_did_reception_finish,
  "reception.start": m.frame_did_reception_start,
  "reception.walk_in": m.frame_did_reception_walk_in,
  "resources.add_room": m.frame_did_resources_room,
  "resources.set_hours": m.frame_did_resources_hours,
  "staff.add": m.frame_did_staff_add,
  "staff.amend": m.frame_did_staff_amend,
  "system.paper": m.frame_did_system_paper,
  "system.print": m.frame_did_system_paper,
  "system.save_paper": m.frame_did_system_paper,
  "system.settle_alarm": m.frame_did_system_computer,
  "system.sign_in": m.frame_did_system_session,
  "system.sign_out": m.frame_did_system_session,
};

/** A command as what it did. A newer desk may have done what has no words here yet. */
export const whatWasDone = (command: string): string =>
  ((words as Record<string, (() => string) | undefined>)[command] ?? m.frame_did_other)();
