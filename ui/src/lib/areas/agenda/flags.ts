import CloudUpload from "@lucide/svelte/icons/cloud-upload";
import FilePenLine from "@lucide/svelte/icons/file-pen-line";
import ShieldAlert from "@lucide/svelte/icons/shield-alert";
import Sparkle from "@lucide/svelte/icons/sparkle";
import Wallet from "@lucide/svelte/icons/wallet";
import type { AgendaCard } from "$lib/desk";
import { m } from "$lib/texts";

/** What a card warns of, most pressing first: an icon on the card, icon and words in the bubble. */
export const flagsOf = ({ synced, flags, patient }: AgendaCard) => [
  ...(synced ? [] : [{ icon: CloudUpload, text: m.agenda_flag_unsynced() }]),
  ...(flags.alert ? [{ icon: ShieldAlert, text: m.people_allergy({ substance: patient.allergies.join(", ") }) }] : []),
  ...(flags.new_patient ? [{ icon: Sparkle, text: m.agenda_first_visit() }] : []),
  ...(flags.consent_missing ? [{ icon: FilePenLine, text: m.agenda_check_consent() }] : []),
  ...(flags.balance ? [{ icon: Wallet, text: m.agenda_check_balance() }] : []),
];
