import type { Attachment } from 'svelte/attachments'

/** Gives the focus to an input that has just appeared, with its text selected; `autofocus` does so only on an idle page. */
export const takeFocus: Attachment<HTMLInputElement> = (input) => {
  input.focus()
  // What was typed to open it is not to be overwritten by the next key.
  if (input.value.length > 1) input.select()
}
