import type { ReadDocument } from './read-document';

const features = ({ document, name, texts }: ReadDocument): { tags: string[]; words: Set<string> } => ({
  tags: document.tags.filter(({ key }) => key !== 'port').map(({ key, value }) => `${key}:${value}`),
  words: new Set([...name, ...texts[1]!].filter((word) => word.length > 1)),
});

/** What every other document shares with one, by the rarity of what is shared; only those that share something. */
export function relatedScores(all: readonly ReadDocument[], id: string): Map<string, number> {
  const scores = new Map<string, number>();
  const own = all.find(({ document }) => document.id === id);
  if (!own) return scores;
  const { tags, words } = features(own);
  const has = {
    tag: (read: ReadDocument, tag: string): boolean => read.document.tags.some(({ key, value }) => `${key}:${value}` === tag),
    word: (read: ReadDocument, word: string): boolean => [read.name, ...read.texts].some((text) => text.includes(word)),
  };
  const add = (weight: number, holders: ReadDocument[]): void => {
    if (holders.length > Math.max(8, all.length / 4)) return;
    for (const { document } of holders) if (document.id !== id) scores.set(document.id, (scores.get(document.id) ?? 0) + weight * Math.log(all.length / holders.length));
  };
  for (const tag of tags) add(2, all.filter((read) => has.tag(read, tag)));
  for (const word of words) add(1, all.filter((read) => has.word(read, word)));
  for (const [other, score] of scores) if (score <= 0) scores.delete(other);
  return scores;
}
