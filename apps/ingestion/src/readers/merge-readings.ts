import type { IngestedMetadata, IngestionWarning, Tag } from '@osiris/contracts';
import type { Materials } from '../bill-of-materials/materials';
import type { FoundMedia, ReaderName, Reading } from './reader';
import { oneLine } from './tags';

export interface Merged {
  metadata: IngestedMetadata;
  tags: Tag[];
  media: FoundMedia[];
  /** What its bill of materials lists; null where nobody looked. */
  materials: Materials | null;
  warnings: IngestionWarning[];
}

const MAX_TAGS = 150;
const MAX_PICTURES = 10;
const MAX_LINKS = 4;
const MAX_WARNINGS = 20;
/** What was written for the hub first; then a README's title, which is written for people, and a package's name, for a registry. */
const NAME_FROM: ReaderName[] = ['previews-file', 'app-json', 'readme', 'manifests'];
/** Of the README that is its front matter; its first prose comes after all, because it is found and not declared. */
const DESCRIPTION_FROM: ReaderName[] = ['previews-file', 'app-json', 'readme', 'manifests'];
/** The author and the front matter name the port of the app itself; EXPOSE may name more than one. */
const PORT_FROM: ReaderName[] = ['previews-file', 'readme', 'dockerfile'];
/** The author's own order of pictures comes before that of the README. */
const MEDIA_FROM: ReaderName[] = ['previews-file', 'readme', 'app-json'];
const HEALTH_FROM: ReaderName[] = ['previews-file', 'dockerfile', 'compose'];

/** Makes one description of the app of what the readers found, clean and bounded. `further`: warnings that are no reader's. */
export function mergeReadings(readings: ReadonlyMap<ReaderName, Reading>, further: readonly IngestionWarning[] = []): Merged {
  const all = [...readings.values()];
  const text = (field: 'name' | 'description', from: ReaderName[], max: number): string | null =>
    from.map((reader) => oneLine(readings.get(reader)?.[field] ?? '', max)).find((value) => value !== '') ?? null;
  const readmeSummary = oneLine(readings.get('readme')?.summary ?? '', 600) || null;
  return {
    metadata: {
      name: calledByItself(readings, readmeSummary) ?? text('name', NAME_FROM, 120),
      description: text('description', DESCRIPTION_FROM, 500) ?? (readmeSummary && oneLine(readmeSummary, 300)),
      port: PORT_FROM.map((reader) => readings.get(reader)?.port).find((port) => port !== undefined) ?? null,
      readmeSummary,
      healthPath: HEALTH_FROM.map((reader) => readings.get(reader)?.healthPath).find((path) => path !== undefined) ?? null,
    },
    tags: distinct(all.flatMap(({ tags = [] }) => tags), ({ key, value }) => `${key}:${value.toLowerCase()}`).slice(0, MAX_TAGS),
    media: mediaOf(readings),
    materials: readings.get('materials')?.materials ?? null,
    warnings: [...all.flatMap(({ warnings = [] }) => warnings), ...further].map((warning) => ({ ...warning, message: oneLine(warning.message, 300), path: warning.path === null ? null : oneLine(warning.path, 1_000) })).slice(0, MAX_WARNINGS),
  };
}

/** "Document your life" is no name where the first sentence is "Monica is a …" and the package is called monica. */
function calledByItself(readings: ReadonlyMap<ReaderName, Reading>, summary: string | null): string | null {
  const title = readings.get('readme')?.name ?? '';
  const registered = readings.get('manifests')?.name ?? '';
  const declared = NAME_FROM.slice(0, 2).some((reader) => readings.get(reader)?.name);
  if (declared || title.split(/\s+/).length < 3 || registered === '' || letters(title).includes(letters(registered))) return null;
  const subject = /^(\S+(?: \S+){0,2}?) (?:is|are|lets|helps|provides|allows|makes)\b/u.exec(summary ?? '')?.[1] ?? '';
  return letters(subject) === letters(registered) ? oneLine(subject, 120) : null;
}

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

function mediaOf(readings: ReadonlyMap<ReaderName, Reading>): FoundMedia[] {
  const all = distinct(MEDIA_FROM.flatMap((reader) => readings.get(reader)?.media ?? []), (media) => ('path' in media ? media.path : media.url));
  const isLink = ({ kind }: FoundMedia): boolean => kind === 'demo' || kind === 'docs';
  return [...all.filter((media) => !isLink(media)).slice(0, MAX_PICTURES), ...all.filter(isLink).slice(0, MAX_LINKS)];
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const known = new Map<string, T>();
  for (const item of items) if (!known.has(keyOf(item))) known.set(keyOf(item), item);
  return [...known.values()];
}
