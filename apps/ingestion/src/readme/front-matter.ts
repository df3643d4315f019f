import type { Tag } from '@osiris/contracts';
import spdxCorrect from 'spdx-correct';
import { LineCounter } from 'yaml';
import { composeYaml } from '../manifests/yaml-source';
import { z } from 'zod';
import { majorVersion } from '../detectors/major-version';
import { autoTags } from '../readers/tags';

const MAX_TAGS = 30;
const Text = z.string().optional().catch(undefined);
/** A list, or one text with commas; what is no text in it is left out. */
const Texts = z
  .union([z.array(z.unknown()), z.string().transform((one): unknown[] => one.split(','))])
  .catch([])
  .transform((all) => all.filter((one): one is string => typeof one === 'string').slice(0, MAX_TAGS));
/** The fields that Hugging Face Spaces have (https://huggingface.co/docs/hub/spaces-config-reference), each on its own: one that is odd does not spoil the others. */
const FrontMatter = z.object({
  title: Text,
  short_description: Text,
  app_port: z.coerce.number().int().min(1).max(65_535).optional().catch(undefined),
  tags: Texts,
  sdk: Text,
  sdk_version: Text,
  license: Text,
  models: Texts,
});
export type FrontMatter = z.infer<typeof FrontMatter>;
const NO_MATTER: FrontMatter = FrontMatter.parse({});

/** What Spaces are made with, by their `sdk`; one of `docker` tells nothing. */
const SDK_TAGS: Readonly<Record<string, [string, string]>> = { streamlit: ['framework', 'streamlit'], gradio: ['framework', 'gradio'], static: ['kind', 'static-site'] };

export interface SplitReadme {
  matter: FrontMatter;
  body: string;
  warning?: string;
  /** Of the warning, from 1. */
  line?: number | undefined;
}

/** Splits a README into its YAML front matter, where it has one, and the rest. */
export function splitFrontMatter(text: string): SplitReadme {
  const match = /^---[ \t]*\r?\n([\s\S]{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text);
  // A rule drawn above the first words looks the same until its content is seen.
  if (!match || !/^[\w"'-]+[ \t]*:/m.test(match[1] ?? '')) return { matter: NO_MATTER, body: text };
  const body = text.slice(match[0].length);
  try {
    const lineCounter = new LineCounter();
    // "failsafe" leaves every scalar as it was written: a version 4.10 is not 4.1.
    const document = composeYaml(match[1] ?? '', lineCounter, { schema: 'failsafe' });
    const [error] = document?.errors ?? [];
    if (error) return { matter: NO_MATTER, body, warning: 'the front matter is not valid YAML', line: lineCounter.linePos(error.pos[0]).line + 1 };
    const parsed = FrontMatter.safeParse(document?.toJS({ maxAliasCount: 0 }));
    return { matter: parsed.success ? parsed.data : NO_MATTER, body };
  } catch {
    return { matter: NO_MATTER, body, warning: 'the front matter is not valid YAML' };
  }
}

/** The tags that the front matter of the file at `path` gives. */
export function matterTags({ tags, sdk, sdk_version: version, license, models }: FrontMatter, path: string): Tag[] {
  const name = sdk?.trim().toLowerCase() ?? '';
  const sdkTag = Object.hasOwn(SDK_TAGS, name) ? SDK_TAGS[name] : undefined;
  const major = sdkTag?.[0] === 'framework' ? majorVersion(version ?? null) : undefined;
  const id = license === undefined || license.length > 100 ? null : spdxCorrect(license, { upgrade: false });
  return [
    ...(sdkTag ? autoTags(`${path}#sdk`, sdkTag[0], [sdkTag[1]], 0.95) : []),
    ...(major === undefined ? [] : autoTags(`${path}#sdk_version`, 'framework-version', [major], 0.95)),
    ...(id === null ? [] : autoTags(`${path}#license`, 'license', [id], 0.9)),
    ...autoTags(`${path}#tags`, 'keyword', tags),
    ...autoTags(`${path}#models`, 'model', models),
  ];
}
