import type { Tag } from '@osiris/contracts';
import { InvalidDocument, type PositionedValue, textAt, valueAt } from '../authored/positioned-value';
import { readDocument } from '../authored/read-document';
import { rawUrl } from '../readme/raw-url';
import { publicAddress } from '../readme/readme-images';
import { pathFrom } from '../readme/relative-path';
import type { FoundMedia, Reader, Reading, Repository } from './reader';
import { autoTags } from './tags';

const PATH = 'app.json';
const MAX_KEYWORDS = 30;
const MAX_ENV = 50;
const PICTURE = /\.(?:png|jpe?g|gif|webp|avif)$/i;
/** By this an app.json is Heroku's; Expo and React Native name a file of theirs the same. */
const HEROKU_FIELDS = ['env', 'addons', 'formation', 'buildpacks', 'keywords', 'website', 'logo', 'repository', 'success_url', 'scripts', 'stack', 'image', 'environments', 'description'];

/** Add-ons without their plan, by https://elements.heroku.com/addons. */
const ADD_ONS: Readonly<Record<string, string>> = {
  'heroku-postgresql': 'database:postgresql', 'heroku-redis': 'database:redis', rediscloud: 'database:redis', openredis: 'database:redis', redistogo: 'database:redis',
  'cleardb': 'database:mysql', jawsdb: 'database:mysql', 'jawsdb-maria': 'database:mariadb', mongolab: 'database:mongodb', mongohq: 'database:mongodb', 'ormongo': 'database:mongodb',
  memcachier: 'database:memcached', memcachedcloud: 'database:memcached', cloudamqp: 'service:rabbitmq', 'heroku-kafka': 'service:kafka', cloudkarafka: 'service:kafka',
  bonsai: 'service:elasticsearch', searchbox: 'service:elasticsearch', foundelasticsearch: 'service:elasticsearch', graphenedb: 'database:neo4j', influxdb: 'database:influxdb',
};

/** Heroku's `app.json` (https://devcenter.heroku.com/articles/app-json-schema). Of `env` only the names: values may be secret. */
export const appJsonReader: Reader = {
  name: 'app-json',
  wants: ({ files }) => files.map(({ path }) => path).filter((path) => path === PATH),
  read(contents, repository): Reading {
    const [entry] = contents;
    if (!entry) return {};
    const [path, { text }] = entry;
    try {
      const root = readDocument(path, text);
      if (root.type !== 'map') return { warnings: [{ code: 'MANIFEST_INVALID', message: `${path} is not a JSON object`, path, line: root.line }] };
      return isHerokus(root) ? readingOf(root, path, repository) : {};
    } catch (error) {
      if (!(error instanceof InvalidDocument)) throw error;
      return { warnings: [{ code: 'MANIFEST_INVALID', message: error.message, path, line: error.line }] };
    }
  },
};

function isHerokus(root: PositionedValue): boolean {
  return !valueAt(root, 'expo') && textAt(root, 'displayName') === undefined && HEROKU_FIELDS.some((field) => valueAt(root, field));
}

function readingOf(root: PositionedValue, path: string, repository: Repository): Reading {
  const keywords = textsOf(valueAt(root, 'keywords')).slice(0, MAX_KEYWORDS);
  return {
    name: textAt(root, 'name'),
    description: textAt(root, 'description'),
    tags: [...autoTags(`${path}#keywords`, 'keyword', keywords.map((keyword) => keyword.toLowerCase())), ...addOnTags(root, path), ...envTags(root, path)],
    media: [...logo(root, path, repository), ...website(root, repository)],
  };
}

function addOnTags(root: PositionedValue, path: string): Tag[] {
  const addOns = valueAt(root, 'addons');
  const items = addOns?.type === 'list' ? addOns.items : [];
  const plans = items.map((item) => (item.type === 'text' ? item.text : textAt(item, 'plan')));
  return plans.flatMap((plan) => {
    const name = plan?.split(':', 1)[0]?.trim().toLowerCase() ?? '';
    const [key, value] = Object.hasOwn(ADD_ONS, name) ? (ADD_ONS[name] ?? '').split(':') : [];
    return key && value ? autoTags(`${path}#addons.${name}`, key, [value], 0.9) : [];
  });
}

function envTags(root: PositionedValue, path: string): Tag[] {
  const env = valueAt(root, 'env');
  const names = env?.type === 'map' ? env.entries.map(({ key }) => key).filter((name) => /^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name)) : [];
  return autoTags(`${path}#env`, 'env', names.slice(0, MAX_ENV));
}

function logo(root: PositionedValue, path: string, repository: Repository): FoundMedia[] {
  const place = textAt(root, 'logo');
  if (place === undefined) return [];
  const found = /^[a-z][a-z0-9+.-]*:/i.test(place) ? undefined : pathFrom(path, place, repository.files);
  const url = found === undefined ? publicAddress(place) : rawUrl(found, repository);
  if (url !== undefined) return [{ kind: 'image', url, title: 'Logo' }];
  return found !== undefined && PICTURE.test(found) ? [{ kind: 'image', path: found, title: 'Logo' }] : [];
}

function website(root: PositionedValue, { publicUrl }: Repository): FoundMedia[] {
  const url = publicAddress(textAt(root, 'website') ?? '');
  const own = publicUrl?.replace(/(?:\.git)?\/*$/, '').toLowerCase();
  return url === undefined || (own !== undefined && url.toLowerCase().startsWith(own)) ? [] : [{ kind: 'docs', url, title: 'Website' }];
}

function textsOf(value: PositionedValue | undefined): string[] {
  return value?.type === 'list' ? value.items.flatMap((item) => (item.type === 'text' && item.text !== null ? [item.text] : [])) : [];
}
