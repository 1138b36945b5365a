import type { Name } from "./shapes";
import type { Topic } from "./shapes";

/**
 * What each cached read is made of. When a reply or an event names one of these topics the read is dropped and asked
 * again; nothing else is ever guessed to be stale.
 */
export const madeOf: Partial<Record<Name, readonly Topic[]>> = {
  "system.sync_status": ["system"],
  "system.inbox": ["system", "agenda", "organization"],
  "system.printers": ["system"],
  "organization.users": ["organization"],
  "organization.desks": ["organization"],
  "people.search": ["people", "agenda", "chart", "billing"],
  "people.open": ["people", "agenda", "reception", "chart", "documents", "billing"],
  "staff.list": ["staff"],
  "catalogue.list": ["catalogue"],
  "resources.list": ["resources", "staff"],
  "agenda.day": ["agenda", "reception", "people", "staff", "catalogue", "resources", "chart", "documents", "billing"],
  "agenda.week": ["agenda", "reception", "people", "staff", "catalogue", "resources", "chart", "documents", "billing"],
  "agenda.marks": ["agenda"],
  "agenda.free_slots": ["agenda", "resources", "catalogue"],
  "agenda.usual": ["agenda", "resources"],
  "agenda.open": ["agenda", "reception", "people", "chart", "documents", "billing"],
  "agenda.proposals": ["agenda", "system"],
  "reception.board": ["reception", "agenda", "people", "chart", "documents", "billing"],
  "chart.open": ["chart", "people"],
  "documents.templates": ["documents"],
  "documents.list": ["documents"],
  "documents.open": ["documents"],
  "billing.open": ["billing"],
  "billing.account": ["billing"],
  "billing.list": ["billing"],
  "billing.pix": ["billing", "organization"],
};
