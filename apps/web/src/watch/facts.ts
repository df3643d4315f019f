import type { App, LaunchProfile } from '@osiris/contracts';
import { formatBytes, formatDuration } from './duration';

export interface Fact {
  name: string;
  value: string;
  href?: string;
  code?: boolean;
}

/** Tags that read as a fact about the app, where it has them: one of it, or several. */
const TAG_FACTS: readonly [string, string, string][] = [
  ['language', 'Language', 'Languages'],
  ['framework', 'Framework', 'Frameworks'],
  ['runtime', 'Runtime', 'Runtimes'],
  ['port', 'Port', 'Ports'],
  ['license', 'License', 'Licenses'],
];

/** What a README leads to. */
const LINKS = { demo: 'Demo', docs: 'Documentation' } as const;

/** MiB of memory that a launch of each size may use, as the runner's sandboxes are given it (libs/engine, SANDBOX_PROFILES). */
const MEMORY: Readonly<Record<LaunchProfile, number>> = { small: 512, medium: 1024, large: 2048 };

/** What is known of an app, what it is made of first. */
export function factsOf(app: App): Fact[] {
  const facts: Fact[] = [];
  for (const [key, one, several] of TAG_FACTS) {
    const values = app.tags.filter((tag) => tag.key === key && tag.value !== 'none').map(({ value }) => value);
    if (values.length > 0) facts.push({ name: values.length === 1 ? one : several, value: values.join(', ') });
  }
  const { latestBuild: build, latestLaunch: launch } = app;
  if (build?.image) facts.push({ name: 'Image', value: formatBytes(build.image.bytes) });
  if (build?.durationMs != null && build.status === 'succeeded') facts.push({ name: 'Built in', value: formatDuration(build.durationMs) });
  const seen = app.verification?.status === 'passed' ? app.verification : null;
  if (seen?.bootMs != null) facts.push({ name: 'Boots in', value: formatDuration(seen.bootMs) });
  else if (launch?.timings.readyMs != null) facts.push({ name: 'Boots in', value: formatDuration(launch.timings.readyMs + (launch.timings.startMs ?? 0)) });
  const atRest = seen?.memoryBytes == null ? null : `${formatBytes(seen.memoryBytes)} at rest`;
  const upTo = launch && `up to ${MEMORY[launch.profile].toLocaleString('en')} MiB (${launch.profile})`;
  if (atRest ?? upTo) facts.push({ name: 'Memory', value: [atRest, upTo].filter(Boolean).join(', ') });
  if (seen?.port != null && !facts.some(({ name }) => name.startsWith('Port'))) facts.push({ name: 'Port', value: String(seen.port) });
  for (const { kind, url } of app.media) if (kind === 'demo' || kind === 'docs') facts.push({ name: LINKS[kind], ...linkTo(url) });
  facts.push({ name: 'Repository', ...repositoryOf(app.repoUrl), code: true });
  if (app.ref) facts.push({ name: 'Branch', value: app.ref, code: true });
  if (app.commitSha) facts.push({ name: 'Commit', value: app.commitSha.slice(0, 12), code: true });
  facts.push({ name: 'Launches', value: app.popularity.launches.toLocaleString('en') });
  return facts;
}

/** Its address without what all have in common, as far as a line goes. */
function linkTo(url: string): { value: string; href?: string } {
  const value = url.replace(/^https:\/\//, '').replace(/\/$/, '');
  const shown = value.length > 48 ? `${value.slice(0, 47)}…` : value;
  return /^https:\/\//.test(url) ? { value: shown, href: url } : { value: shown };
}

/** Only web addresses become links: a page must not lead to `file:` or `ssh:`. */
function repositoryOf(repoUrl: string): { value: string; href?: string } {
  if (!/^https?:\/\//.test(repoUrl)) return { value: repoUrl.replace(/^file:\/\/.*\//, '') };
  return { value: repoUrl.replace(/^https?:\/\//, '').replace(/\.git$/, ''), href: repoUrl };
}
