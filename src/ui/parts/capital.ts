/** With a capital at its start, as headings and labels have it; "v2, 14:05" is a name and stays as it is. */
export function capital(text: string): string {
  return /^v\d/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1)
}
