import type { Build } from '@osiris/contracts';
import { formatBytes } from '../watch/duration';
import { shellLine } from './shell-line';

export interface ImageFact {
  name: string;
  value: string;
  code?: boolean;
  /** Something to think about: it runs as root. */
  warn?: boolean;
  /** What a button beside it copies. */
  copy?: string;
}

type BuiltImage = NonNullable<Build['image']>;

/** `sha256:` and as much of the rest as tells images apart. */
export const shortDigest = (digest: string): string => digest.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1');

/** What a container of it begins with; `root` is a user that is 0, or that none is named. */
const isRoot = (user: string | null): boolean => user === null || /^(0|root)(:|$)/.test(user);

/** What is known of an image, as its configuration and the engine say. */
export function imageFactsOf({ reference, digest, bytes, config, bases = [] }: BuiltImage): ImageFact[] {
  const facts: ImageFact[] = [
    { name: 'Digest', value: shortDigest(digest), code: true, copy: digest },
    { name: 'Name', value: reference, code: true, copy: reference },
    { name: 'Size', value: config ? `${formatBytes(bytes)}, ${config.layers} ${config.layers === 1 ? 'layer' : 'layers'}` : formatBytes(bytes) },
  ];
  if (config) {
    facts.push(
      { name: 'Ports', value: config.ports.length > 0 ? config.ports.join(', ') : 'none exposed' },
      { name: 'User', value: isRoot(config.user) ? `${config.user ?? 'root'} – runs as root` : (config.user ?? ''), warn: isRoot(config.user) },
    );
    if (config.entrypoint?.length) facts.push({ name: 'Entrypoint', value: shellLine(config.entrypoint), code: true });
    if (config.command?.length) facts.push({ name: 'Command', value: shellLine(config.command), code: true });
    facts.push({ name: 'Folder', value: config.workingDirectory || '/', code: true }, { name: 'Platform', value: config.platform });
  }
  for (const base of bases) facts.push({ name: 'Built on', value: `${base.name}@${shortDigest(base.digest)}`, code: true, copy: `${base.name}@${base.digest}` });
  return facts;
}
