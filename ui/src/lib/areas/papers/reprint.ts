import { goto } from "$app/navigation";
import { call, type PaperRef } from "$lib/desk";
import { toasts } from "$lib/kit";
import { places } from "$lib/places";
import { m } from "$lib/texts";

/** Prints a paper again on the usual printer. Where that fails it is shown, with what is wrong and the ways out. */
export async function reprint(paper: PaperRef): Promise<void> {
  try {
    const { job } = await call("system.print", { paper });
    toasts.show(m.papers_printed({ job }));
  } catch {
    await goto(places.paper(paper.kind, paper.id));
  }
}
