import type { Tag } from '@osiris/contracts';

/** Who gave the tag: the author or a curator, or by which file and rule the hub came to it, and how sure it is. */
export function tagOrigin({ source, from, confidence }: Tag): string {
  if (source === 'manual') return 'set by a curator';
  const origin = source === 'author' ? `the author says so in ${from}` : `from ${from}`;
  return source === 'auto' && confidence !== undefined && confidence < 1 ? `${origin}, ${Math.round(confidence * 100)} % sure` : origin;
}
