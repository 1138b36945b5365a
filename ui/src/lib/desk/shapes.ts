import type { Commands } from "./bindings";

/** A command's name. */
export type Name = keyof Commands;

/** Absent and `null` mean the same to the core's optional fields; a caller may leave them out. */
type Loose<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
        [K in keyof T as null extends T[K] ? K : never]?: T[K];
      }
    : T;

export type Input<N extends Name> = Loose<Commands[N]["input"]>;
export type Output<N extends Name> = Commands[N]["output"];

// Shapes are taken from the commands that answer with them, so the names the generator gives them do not matter here.
export type DeskStatus = Output<"system.status">;
export type OpenProblem = NonNullable<DeskStatus["problem"]>;
export type Session = Output<"system.sign_in">;
export type Clinic = Session["clinic"];
export type SyncStatus = Output<"system.sync_status">;
export type InboxCard = Output<"system.inbox">["open"][number];
export type PaperRef = Input<"system.paper">["paper"];
export type PersonHit = Output<"people.search">[number];
export type PatientHeader = Output<"people.register">;
export type PatientPage = Output<"people.open">;
export type ImportField = NonNullable<Output<"people.import">["headers"][number]["field"]>;
export type Practitioner = Output<"staff.list">[number];
export type Profession = Input<"staff.add">["type"];
export type Service = Output<"catalogue.list">[number];
export type Resource = Output<"resources.list">[number];
export type AgendaDay = Output<"agenda.day">;
export type AgendaWeek = Output<"agenda.week">;
export type AgendaCard = AgendaDay["cards"][number];
export type AgendaColumn = AgendaDay["columns"][number];
export type Status = AgendaCard["status"];
export type FreeSlot = Output<"agenda.free_slots">[number];
export type Proposal = Output<"agenda.proposals">[number];
export type CancelReason = Input<"agenda.cancel">["reason"];
export type Board = Output<"reception.board">;
export type BoardCard = Board["expected"][number];
export type Chart = Output<"chart.open">;
export type Note = Chart["notes"][number];
export type Draft = Chart["drafts"][number];
export type Template = Output<"documents.templates">[number];
export type Prepared = Output<"documents.prepare">;
export type DocumentRow = Output<"documents.list">[number];
export type Stroke = Input<"documents.sign">["strokes"][number];
export type Invoice = Output<"billing.open">;
export type InvoiceLine = Invoice["lines"][number];
export type Instalment = Output<"billing.split">[number];
export type Method = Input<"billing.pay">["method"];
export type Money = Invoice["total"];
export type Topic =
  | "organization"
  | "people"
  | "staff"
  | "catalogue"
  | "resources"
  | "agenda"
  | "reception"
  | "chart"
  | "documents"
  | "billing"
  | "system";
