import { App } from '@osiris/contracts';

/** An app as answers show it: written once as JSON, with what a search marks in it beside. */
export interface ShownApp {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** `key:value` of each tag, in the order of the JSON. */
  readonly tags: readonly string[];
  /** An `App`. */
  readonly json: string;
  /** Its latest launch runs: the gateway adds the URL of the preview. */
  readonly running: boolean;
}

/** @param shared gives the one string that all apps with the same tag have in common */
export function shownApp(app: App, shared: (text: string) => string): ShownApp {
  // Here once, for every answer that it is a part of: the gateway sends a page of results on unread.
  App.parse(app);
  const { id, slug, name, description, tags, latestLaunch } = app;
  const texts = tags.map(({ key, value }) => shared(`${key}:${value}`));
  return { id, slug, name, description, tags: texts, json: JSON.stringify(app), running: latestLaunch?.status === 'running' };
}
