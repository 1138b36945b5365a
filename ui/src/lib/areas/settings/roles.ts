import type { Input } from "$lib/desk";
import { m } from "$lib/texts";

export type Role = Input<"organization.add_user">["role"];

const words: Record<Role, () => string> = {
  owner: () => m.settings_role_owner(),
  admin: () => m.settings_role_admin(),
  manager: () => m.settings_role_manager(),
  practitioner: () => m.settings_role_practitioner(),
  assistant: () => m.settings_role_assistant(),
  reception: () => m.settings_role_reception(),
  cashier: () => m.settings_role_cashier(),
  auditor: () => m.settings_role_auditor(),
};

export const roles = Object.keys(words) as Role[];
export const roleWord = (role: string): string =>
  (words as Record<string, (() => string) | undefined>)[role]?.() ?? role;
