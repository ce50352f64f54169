/** An id of our own. Also where `crypto.randomUUID` is shut: over plain http in a shop's own network. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
