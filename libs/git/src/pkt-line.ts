/** https://git-scm.com/docs/gitprotocol-common#_pkt_line_format */
export const FLUSH = '0000';
export const DELIMITER = '0001';

/** A line of git's protocol: its length in four hexadecimal digits, then itself. */
export function pktLine(text: string): string {
  return (Buffer.byteLength(text) + 4).toString(16).padStart(4, '0') + text;
}

/** The lines of an answer, without their newlines, up to its end or the first that is no line. */
export function pktLines(answer: string): string[] {
  const bytes = Buffer.from(answer);
  const lines: string[] = [];
  for (let position = 0; position + 4 <= bytes.length; ) {
    const digits = bytes.toString('latin1', position, position + 4);
    const length = /^[0-9a-f]{4}$/.test(digits) ? parseInt(digits, 16) : 0;
    if (length <= 4 || position + length > bytes.length) break;
    lines.push(bytes.toString('utf8', position + 4, position + length).replace(/\n$/, ''));
    position += length;
  }
  return lines;
}
