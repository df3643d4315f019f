import { u32, u8 } from './columns';

/** Ids of documents as bytes, and a hash table from id to document: a tenth of what strings in a Map would take. */
export interface IdColumn {
  bytes: Uint8Array;
  /** Id of document `d`: bytes `starts[d]` up to `starts[d + 1]`. */
  starts: Uint32Array;
  /** Open addressing, linear probing; document + 1, or 0. */
  table: Uint32Array;
}

/** FNV-1a (Fowler, Noll, Vo) over the UTF-16 units, 32 bits. */
function hash(id: string): number {
  let value = 0x811c_9dc5;
  for (let at = 0; at < id.length; at++) value = Math.imul(value ^ id.charCodeAt(at), 0x0100_0193);
  return value >>> 0;
}

/**
 * @param ids ASCII
 * @throws RangeError for an id that holds anything else
 */
export function idColumn(ids: readonly string[]): IdColumn {
  const starts = u32(ids.length + 1);
  ids.forEach((id, at) => (starts[at + 1] = starts[at]! + id.length));
  const bytes = u8(starts[ids.length]!);
  const table = u32(2 ** Math.ceil(Math.log2(ids.length * 2 + 2)));
  ids.forEach((id, document) => {
    for (let at = 0; at < id.length; at++) {
      const unit = id.charCodeAt(at);
      if (unit > 127) throw new RangeError(`An id is ASCII: ${id}`);
      bytes[starts[document]! + at] = unit;
    }
    let slot = hash(id) & (table.length - 1);
    while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
    table[slot] = document + 1;
  });
  return { bytes, starts, table };
}

export function idOf({ bytes, starts }: IdColumn, document: number): string {
  let id = '';
  for (let at = starts[document]!; at < starts[document + 1]!; at++) id += String.fromCharCode(bytes[at]!);
  return id;
}

/** @returns the document, or -1 */
export function documentOf({ bytes, starts, table }: IdColumn, id: string): number {
  const mask = table.length - 1;
  for (let slot = hash(id) & mask; table[slot] !== 0; slot = (slot + 1) & mask) {
    const document = table[slot]! - 1;
    const from = starts[document]!;
    if (starts[document + 1]! - from !== id.length) continue;
    let at = 0;
    while (at < id.length && bytes[from + at] === id.charCodeAt(at)) at++;
    if (at === id.length) return document;
  }
  return -1;
}
