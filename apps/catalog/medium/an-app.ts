import type { ImportedApp } from '@osiris/contracts';

/** An entry for `appImport`: tags as `key:value`. */
export function anApp(slug: string, more: Partial<Omit<ImportedApp, 'tags'>> & { tags?: string[] } = {}): ImportedApp {
  const tags = (more.tags ?? []).map((text) => ({ key: text.split(':')[0] ?? '', value: text.split(':')[1] ?? '' }));
  return { slug, name: slug.split('/')[1] ?? '', description: '', readme: '', launches: 0, createdAt: '2024-05-06T07:08:09.000Z', status: 'ready', ...more, tags };
}
