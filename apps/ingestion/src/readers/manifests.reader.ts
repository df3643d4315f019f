import { appManifests, wantedManifests } from '../manifests/app-manifests';
import type { Manifest } from '../manifests/manifest';
import { folderOf, isMainFolder } from './app-folders';
import type { Reader, Reading, Repository } from './reader';
import { autoTags } from './tags';

const MAX_KEYWORDS = 30;
const MAX_KEYWORD = 50;
/** What generators of projects leave to be replaced. */
const PLACEHOLDERS = /^(add your description here|add a short description here.*|a short description of the project.*|the skeleton application for the laravel framework\.?|a next\.js project|todo\b.*|description)\.?$/i;
const TEMPLATE_NAMES = new Set(['laravel/laravel', 'symfony/skeleton', 'symfony/website-skeleton', 'my-app', 'vite-project', 'app', 'project', 'my-v0-project', 'nextjs-app', 'frontend', 'backend', 'server', 'client', 'web']);

/** What the author says of the app in its package manager's file: name, description, keywords. And what is wrong with any of them. */
export const manifestsReader: Reader = {
  name: 'manifests',
  wants: wantedManifests,
  read(contents, repository): Reading {
    const manifests = appManifests(repository, contents);
    const about = mainManifests(manifests, repository);
    const described = about.find((one) => descriptionOf(one) !== undefined);
    const main = described ?? about[0];
    const listed = about.find(({ keywords }) => keywords.length > 0);
    const keywords = (listed?.keywords ?? []).map((keyword) => keyword.trim().toLowerCase()).filter((keyword) => keyword !== '' && keyword.length <= MAX_KEYWORD);
    return {
      name: main && nameOf(main),
      description: described && descriptionOf(described),
      tags: listed ? autoTags(`${listed.path}#keywords`, 'keyword', [...new Set(keywords)].slice(0, MAX_KEYWORDS)) : [],
      warnings: manifests.flatMap(({ warnings }) => warnings),
    };
  },
};

/** Those beside the Dockerfile, then those of the root, that are about the app at all. */
function mainManifests(manifests: readonly Manifest[], { dockerfilePath }: Repository): Manifest[] {
  const beside = folderOf(dockerfilePath);
  const main = manifests.filter((one) => isMainFolder(folderOf(one.path), dockerfilePath) && (nameOf(one) !== undefined || descriptionOf(one) !== undefined || one.keywords.length > 0));
  return [...main.filter(({ path }) => folderOf(path) === beside), ...main.filter(({ path }) => folderOf(path) !== beside)];
}

/** Without the scope or vendor, which says who publishes it. */
function nameOf({ name, ecosystem }: Manifest): string | undefined {
  if (name === null || TEMPLATE_NAMES.has(name.toLowerCase())) return undefined;
  return (ecosystem === 'npm' ? name.replace(/^@[^/]+\//, '') : ecosystem === 'composer' ? name.replace(/^[^/]*\//, '') : name) || undefined;
}

function descriptionOf({ description }: Manifest): string | undefined {
  return description === null || PLACEHOLDERS.test(description) ? undefined : description;
}
