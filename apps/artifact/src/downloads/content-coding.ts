import type { Encoding } from '../objects/object-store';

/**
 * Whether an `Accept-Encoding` header (RFC 9110, section 12.5.3) takes this coding. Without the header RFC 9110 allows
 * any; who sends none is a script that would not know what to do with compressed bytes, so none is read as "not coded".
 */
export function acceptsCoding(header: string | undefined, coding: Encoding): boolean {
  let wildcard = false;
  for (const member of (header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = member.split(';').map((part) => part.trim());
    const refused = parameters.some((parameter) => /^q=0(?:\.0{0,3})?$/.test(parameter));
    // x-gzip is gzip's old name (RFC 9110, section 8.4.1.3).
    if (name === coding || name === `x-${coding}`) return !refused;
    if (name === '*') wildcard = !refused;
  }
  return wildcard;
}
