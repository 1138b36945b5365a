import { goto } from "$app/navigation";
import { call, type Input } from "$lib/desk";
import { places } from "$lib/places";

/** Opens the draft of a visit, an appointment or a person; an existing draft is taken up again. */
export async function startInvoice(of: Input<"billing.draft">): Promise<void> {
  const draft = await call("billing.draft", of);
  await goto(places.invoice(draft.id));
}
