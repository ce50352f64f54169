/** The line that puts the chat of a shop on its own site. */

export function scriptTag(shop: string, item?: string): string {
  const more = item === undefined || item === '' ? '' : ` data-item="${item}"`;
  return `<script src="${location.origin}/webchat.js" data-shop="${shop}"${more} async></script>`;
}
