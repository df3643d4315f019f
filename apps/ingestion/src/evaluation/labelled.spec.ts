import { join } from 'node:path';
import { type Counts, judge, type Judgement, type LabelledTree, labelledTrees, precision, recall } from '../../fixtures/labelled-trees';

const folder = join(__dirname, '../../fixtures/labelled');

describe('tags of repositories as people have them', () => {
  let judgement: Judgement;

  beforeAll(async () => {
    judgement = await judge(labelledTrees(folder));
  }, 60_000);

  it('is told from at least eighty trees, and some of each key', () => {
    expect(judgement.trees).toBeGreaterThanOrEqual(80);
    for (const [key, { found, missed }] of Object.entries(judgement.keys)) expect({ key, many: found + missed >= 15 }).toEqual({ key, many: true });
  });

  it('has what a person would write, and little else', () => {
    const told = judgement.misses.map(({ tree, tag, from }) => `${tree}: ${from === null ? 'missed' : 'wrong'} ${tag}${from === null ? '' : ` from ${from}`}`).join('\n');
    const { overall } = judgement;
    if (precision(overall) < 0.97 || recall(overall) < 0.92) throw new Error(`precision ${precision(overall)}, recall ${recall(overall)}\n${told}`);
  });
});

describe('the judge', () => {
  const tree = (tags: string[], allowed: string[] = []): LabelledTree => ({
    name: 'tree',
    files: { 'go.mod': 'module tree\n\ngo 1.22\n', 'main.go': 'package main\n\nfunc main() {}\n', Dockerfile: 'FROM alpine\nEXPOSE 8080\n' },
    tags: new Set(tags),
    allowed: new Set(allowed),
  });
  const overall = async (one: LabelledTree): Promise<Counts> => (await judge([one])).overall;

  it('counts a tag that was found and is labelled', async () => {
    expect((await overall(tree(['language:go']))).found).toBe(1);
  });

  it('counts one that is not labelled as wrong, unless it is allowed', async () => {
    const wrong = (await overall(tree(['port:8080']))).wrong;
    expect((await overall(tree(['port:8080', 'language:go']))).wrong).toBe(wrong - 1);
    expect(await overall(tree(['port:8080'], ['language:go']))).toEqual({ found: 1, wrong: wrong - 1, missed: 0 });
  });

  it('counts what is labelled and was not found as missed', async () => {
    expect(await overall(tree(['framework:rails', 'license:MIT']))).toMatchObject({ found: 0, missed: 2 });
  });

  it('takes shares of what was given and of what is labelled', () => {
    expect(precision({ found: 9, wrong: 1, missed: 5 })).toBe(0.9);
    expect(recall({ found: 9, wrong: 5, missed: 3 })).toBe(0.75);
    expect([precision({ found: 0, wrong: 0, missed: 1 }), recall({ found: 0, wrong: 1, missed: 0 })]).toEqual([1, 1]);
  });
});
