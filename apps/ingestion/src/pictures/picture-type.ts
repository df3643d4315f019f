/** How files of these formats begin. */
const SIGNATURES: readonly [type: string, fits: (bytes: Buffer) => boolean][] = [
  // https://www.w3.org/TR/png-3/#3PNGsignature
  ['image/png', (bytes) => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))],
  ['image/jpeg', (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))],
  ['image/gif', (bytes) => /^GIF8[79]a$/.test(ascii(bytes, 0, 6))],
  // https://www.rfc-editor.org/rfc/rfc9649#name-webp-file-header
  ['image/webp', (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP'],
  ['image/avif', isAvif],
];

/** The media type of a picture that browsers show and that holds no script, by its first bytes; undefined for anything else. */
export function pictureType(bytes: Buffer): string | undefined {
  return SIGNATURES.find(([, fits]) => fits(bytes))?.[0];
}

/** The first box is `ftyp`, and one of its brands `avif` or `avis` (https://aomediacodec.github.io/av1-avif/#brands). */
function isAvif(bytes: Buffer): boolean {
  if (bytes.length < 16 || ascii(bytes, 4, 8) !== 'ftyp') return false;
  const brands = ascii(bytes, 8, Math.min(bytes.readUInt32BE(0), 128));
  return (brands.match(/.{4}/gs) ?? []).some((brand) => brand === 'avif' || brand === 'avis');
}

function ascii(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('latin1', from, Math.min(to, bytes.length));
}
