/** The URL without user, password and query: what may be shown, logged or stored in an event. */
export function redactUrl(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@\s]*@/i, '$1').replace(/[?#].*$/s, '');
}
