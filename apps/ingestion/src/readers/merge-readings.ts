import type { IngestedMetadata, IngestionWarning, Media, Tag } from '@osiris/contracts';
import type { ReaderName, Reading } from './reader';
import { oneLine } from './tags';

export interface Merged {
  metadata: IngestedMetadata;
  tags: Tag[];
  media: Media[];
  warnings: IngestionWarning[];
}

const MAX_TAGS = 150;
const MAX_MEDIA = 10;
const MAX_WARNINGS = 20;
/** A README's title is written for people, a package's name for a registry. */
const NAME_FROM: ReaderName[] = ['app-json', 'readme', 'manifests'];
const DESCRIPTION_FROM: ReaderName[] = ['app-json', 'manifests', 'readme'];
/** The front matter names the port of the app itself; EXPOSE may name more than one. */
const PORT_FROM: ReaderName[] = ['readme', 'dockerfile'];

/** Makes one description of the app of what the readers found, clean and bounded. `further`: warnings that are no reader's. */
export function mergeReadings(readings: ReadonlyMap<ReaderName, Reading>, further: readonly IngestionWarning[] = []): Merged {
  const all = [...readings.values()];
  const text = (field: 'name' | 'description', from: ReaderName[], max: number): string | null =>
    from.map((reader) => oneLine(readings.get(reader)?.[field] ?? '', max)).find((value) => value !== '') ?? null;
  const readmeSummary = oneLine(readings.get('readme')?.summary ?? '', 600) || null;
  return {
    metadata: {
      name: text('name', NAME_FROM, 120),
      description: text('description', DESCRIPTION_FROM, 500) ?? (readmeSummary && oneLine(readmeSummary, 300)),
      port: PORT_FROM.map((reader) => readings.get(reader)?.port).find((port) => port !== undefined) ?? null,
      readmeSummary,
      healthPath: all.map((reading) => reading.healthPath).find((path) => path !== undefined) ?? null,
    },
    tags: distinct(all.flatMap(({ tags = [] }) => tags), ({ key, value }) => `${key}:${value.toLowerCase()}`).slice(0, MAX_TAGS),
    media: distinct(all.flatMap(({ media = [] }) => media), (media) => media.url).slice(0, MAX_MEDIA),
    warnings: [...all.flatMap(({ warnings = [] }) => warnings), ...further].map((warning) => ({ ...warning, message: oneLine(warning.message, 300), path: warning.path === null ? null : oneLine(warning.path, 1_000) })).slice(0, MAX_WARNINGS),
  };
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const known = new Map<string, T>();
  for (const item of items) if (!known.has(keyOf(item))) known.set(keyOf(item), item);
  return [...known.values()];
}
