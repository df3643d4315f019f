import { parse } from 'yaml';
import { z } from 'zod';

const Text = z.string().optional().catch(undefined);
/** The fields that Hugging Face Spaces have (https://huggingface.co/docs/hub/spaces-config-reference). */
const FrontMatter = z.object({
  title: Text,
  short_description: Text,
  app_port: z.coerce.number().int().min(1).max(65_535).optional().catch(undefined),
  tags: z.array(z.string()).optional().catch(undefined),
});
export type FrontMatter = z.infer<typeof FrontMatter>;

/** Splits a README into its YAML front matter, where it has one, and the rest. */
export function splitFrontMatter(text: string): { matter: FrontMatter; body: string; warning?: string } {
  const match = /^---[ \t]*\r?\n([\s\S]{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text);
  if (!match) return { matter: {}, body: text };
  const body = text.slice(match[0].length);
  try {
    const parsed = FrontMatter.safeParse(parse(match[1] ?? '', { schema: 'failsafe', maxAliasCount: 0, logLevel: 'error' }));
    return { matter: parsed.success ? parsed.data : {}, body };
  } catch {
    return { matter: {}, body, warning: 'the front matter is not valid YAML' };
  }
}
