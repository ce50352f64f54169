/** Copying: browsers let a frame of another site use the clipboard only if that site says so; a selection may always be copied. */

/** To be called in the answer to a click or a key. @returns whether it is in the clipboard */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not allowed here, or there is none (plain http).
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement as HTMLElement | null;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'sr';
  document.body.append(field);
  field.select();
  let isCopied = false;
  try {
    isCopied = document.execCommand('copy');
  } catch {
    // As if it were refused.
  }
  field.remove();
  // A field keeps its own cursor while it is not looked at.
  focused?.focus({ preventScroll: true });
  return isCopied;
}
