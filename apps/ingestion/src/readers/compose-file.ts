import type { IngestionWarning } from '@osiris/contracts';
import { portOf } from '../dockerfiles/health-url';
import { at, isTable, listOf, type Table, tableOf, textOf } from '../manifests/parsed-value';
import { parseYaml } from '../manifests/yaml-source';
import { folderOf, isMainFolder } from './app-folders';
import { withDefaults } from './compose-variables';
import type { FileContent, Repository } from './reader';

/** One service, as much of it as says something of the app. */
export interface ComposeService {
  name: string;
  /** As written, with the variables' defaults in it; null where the service is built alone. */
  image: string | null;
  /** Relative to the repository; null where the image is not built here. */
  build: { context: string; dockerfile: string } | null;
  /** TCP ports inside of the container: of `ports`, then of `expose`. */
  ports: number[];
  published: boolean;
  /** Command of the health check; null where there is none. */
  healthCommand: string | null;
  dependsOn: string[];
}

/** https://docs.docker.com/reference/compose-file/ */
export interface ComposeFile {
  path: string;
  services: ComposeService[];
  warnings: IngestionWarning[];
}

/** In the order in which Compose looks for them. */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml', 'compose.prod.yaml', 'compose.prod.yml', 'docker-compose.prod.yaml', 'docker-compose.prod.yml', 'docker-compose.production.yml'];
/** Where people keep them, if not at the root or beside the Dockerfile. */
const USUAL_FOLDER = /^(\.?docker|deploy(ment)?|compose|containers?|infra(structure)?|ops)\/$/i;
const MAX_FILES = 4;
const MAX_SERVICES = 60;
const MAX_PORTS = 20;
/** Services of these profiles run beside the app only while it is tested. */
const TESTING = /^(tests?|testing|ci|e2e)$/i;

const parsed = new WeakMap<FileContent, ComposeFile>();

/** Compose files of the root, of the Dockerfile's folder, and of those for deployment; those that Compose would take first coming first. */
export function composePaths({ files, dockerfilePath }: Pick<Repository, 'files' | 'dockerfilePath'>): string[] {
  const rank = (path: string): number => (folderOf(path) === '' ? 0 : isMainFolder(folderOf(path), dockerfilePath) ? 1 : 2) * NAMES.length + NAMES.indexOf(nameOf(path));
  return files
    .map(({ path }) => path)
    .filter((path) => NAMES.includes(nameOf(path)) && (isMainFolder(folderOf(path), dockerfilePath) || USUAL_FOLDER.test(folderOf(path))))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MAX_FILES);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

/** Parsed once for each content, however many readers ask. `extends` and `include` are not followed. */
export function composeFile(path: string, content: FileContent): ComposeFile {
  const known = parsed.get(content);
  if (known?.path === path) return known;
  const file = parse(path, content.text);
  parsed.set(content, file);
  return file;
}

function parse(path: string, text: string): ComposeFile {
  const { value, problem } = parseYaml(text);
  const invalid = (message: string, line: number | null): ComposeFile => ({ path, services: [], warnings: [{ code: 'MANIFEST_INVALID', message: `${path} ${message}`, path, line }] });
  if (problem) return invalid(`is not valid YAML (${problem.message})`, problem.line);
  if (value !== null && !isTable(value)) return invalid('is not a map', 1);
  const services = at(value, 'services');
  if (services !== undefined && services !== null && !isTable(services)) return invalid('has services that are not a map', null);
  return { path, services: Object.entries(tableOf(services)).slice(0, MAX_SERVICES).flatMap(([name, service]) => serviceOf(path, name, tableOf(service))), warnings: [] };
}

function serviceOf(path: string, name: string, service: Table): ComposeService[] {
  const profiles = listOf(at(service, 'profiles'));
  if (profiles.length > 0 && profiles.every((profile) => TESTING.test(String(profile)))) return [];
  const ports = listOf(at(service, 'ports')).flatMap(containerPort);
  return [{
    name,
    image: text(at(service, 'image')),
    build: buildOf(path, at(service, 'build')),
    ports: [...ports, ...listOf(at(service, 'expose')).flatMap(containerPort)].slice(0, MAX_PORTS),
    published: ports.length > 0,
    healthCommand: healthCommand(at(service, 'healthcheck')),
    dependsOn: dependsOn(at(service, 'depends_on')),
  }];
}

function text(value: unknown): string | null {
  const plain = textOf(value);
  return plain === null ? null : withDefaults(plain) || null;
}

/** The right side of `127.0.0.1:8080:80/tcp`; of a range the first; none for UDP. */
function containerPort(value: unknown): number[] {
  if (isTable(value)) return at(value, 'protocol') === 'udp' ? [] : containerPort(at(value, 'target'));
  const [, port] = /(?:^|:)(\d{1,5})(?:-\d{1,5})?(?:\/tcp)?$/i.exec(text(value) ?? '') ?? [];
  return [portOf(port)].filter((one) => one !== null);
}

function buildOf(path: string, build: unknown): ComposeService['build'] {
  const context = resolved(folderOf(path), text(isTable(build) ? at(build, 'context') : build) ?? (isTable(build) ? '.' : null));
  if (context === undefined) return null;
  const dockerfile = resolved(context === '' ? '' : `${context}/`, text(isTable(build) ? at(build, 'dockerfile') : null) ?? 'Dockerfile');
  return dockerfile === undefined ? null : { context, dockerfile };
}

/** Relative to the repository; undefined for what lies outside of it, or is no path (a URL). */
function resolved(folder: string, path: string | null): string | undefined {
  if (path === null || path.startsWith('/') || path.startsWith('~') || path.includes('://')) return undefined;
  const parts: string[] = [];
  for (const part of `${folder}${path}`.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.join('/');
}

function healthCommand(check: unknown): string | null {
  if (at(check, 'disable') === true) return null;
  const test = at(check, 'test');
  return (Array.isArray(test) ? test.map((part) => String(textOf(part) ?? '')).join(' ') : text(test)) || null;
}

function dependsOn(value: unknown): string[] {
  return isTable(value) ? Object.keys(value) : listOf(value).map(textOf).filter((name) => name !== null);
}
