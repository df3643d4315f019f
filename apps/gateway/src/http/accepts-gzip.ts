/**
 * Whether an `Accept-Encoding` header (RFC 9110, section 12.5.3) takes gzip. Who sends none gets bytes that need no
 * decoding, though the RFC would allow any coding then.
 */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  let wildcard = false;
  for (const member of String(header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = member.split(';').map((part) => part.trim());
    const refused = parameters.some((parameter) => /^q=0(?:\.0{0,3})?$/.test(parameter));
    if (name === 'gzip' || name === 'x-gzip') return !refused;
    if (name === '*') wildcard = !refused;
  }
  return wildcard;
}
