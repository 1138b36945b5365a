import Banknote from "@lucide/svelte/icons/banknote";
import CheckCheck from "@lucide/svelte/icons/check-check";
import Clock from "@lucide/svelte/icons/clock";
import ClockAlert from "@lucide/svelte/icons/clock-alert";
import CreditCard from "@lucide/svelte/icons/credit-card";
import Landmark from "@lucide/svelte/icons/landmark";
import Pencil from "@lucide/svelte/icons/pencil";
import QrCode from "@lucide/svelte/icons/qr-code";
import type { Invoice, Method } from "$lib/desk";
import { m, shortDay } from "$lib/texts";

/** The ways of paying, in the order of their keys 1–5. */
export const methods = [
  { method: "cash", icon: Banknote, word: () => m.billing_cash() },
  { method: "pix", icon: QrCode, word: () => "PIX" },
  { method: "debit_card", icon: CreditCard, word: () => m.billing_debit() },
  { method: "credit_card", icon: CreditCard, word: () => m.billing_credit() },
  { method: "bank_transfer", icon: Landmark, word: () => m.billing_transfer() },
] as const satisfies readonly { method: Method; icon: unknown; word: () => string }[];

export const methodWord = (method: string): string => methods.find((one) => one.method === method)?.word() ?? method;

type Standing = { tone: "ok" | "warn" | "danger" | "plain"; icon: typeof Clock; text: string };

/** How an invoice stands, as a chip. */
export function standing(invoice: Invoice, today: string): Standing {
  if (invoice.state === "draft") return { tone: "plain", icon: Pencil, text: m.billing_draft() };
  if (invoice.payment_state === "paid" || invoice.payment_state === "overpaid")
    return { tone: "ok", icon: CheckCheck, text: m.billing_paid() };
  const due = invoice.instalments.find((part) => part.state !== "paid")?.due_on ?? invoice.due_on;
  if (due && due < today)
    return { tone: "danger", icon: ClockAlert, text: m.billing_overdue({ day: shortDay(due, today) }) };
  if (due) return { tone: "warn", icon: Clock, text: m.billing_due({ day: shortDay(due, today) }) };
  return { tone: "warn", icon: Clock, text: m.billing_open() };
}
