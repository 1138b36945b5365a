/** Whether a field of the form holds what could not be read. It gets the focus; why stands under it already. */
export function unread(form: HTMLFormElement | undefined): boolean {
  const field = form?.querySelector<HTMLInputElement>("input:invalid");
  field?.focus();
  return Boolean(field);
}
