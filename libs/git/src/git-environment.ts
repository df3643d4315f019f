import { mkdir, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { RepoLocation } from './repo-location';

/** What of the service's environment git may see: how to find programs, proxies and certificates. */
const PASSED_ON = [
  'PATH', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO', 'GIT_EXEC_PATH',
  'http_proxy', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY',
] as const;

/** Name and value of a git setting. */
export type Setting = readonly [string, string];

/** Set for every command: nothing of a repository is ever run, and nothing outside it is read. */
const SETTINGS: readonly Setting[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.autocrlf', 'false'],
  ['core.askPass', ''],
  ['credential.helper', ''],
  ['fetch.fsckObjects', 'true'],
  // Old histories hold commits with odd dates, modes and mail addresses; none of these can harm.
  ...['badTimezone', 'badDate', 'badDateOverflow', 'missingEmail', 'badEmail', 'missingSpaceBeforeDate', 'missingSpaceBeforeEmail', 'zeroPaddedFilemode', 'badFilemode', 'badTagName', 'missingTaggerEntry', 'nullSha1', 'gitmodulesUrl', 'gitmodulesParse', 'gitmodulesPath', 'gitmodulesName', 'gitmodulesUpdate']
    .map((kind) => [`fetch.fsck.${kind}`, 'ignore'] as const),
  // Packs stay packs: the size watch then only has to look at one folder.
  ['fetch.unpackLimit', '1'],
  ['fetch.recurseSubmodules', 'false'],
  ['submodule.recurse', 'false'],
  // Beyond this a file is streamed, not held: it needs not be larger than memory to be too large.
  ['core.bigFileThreshold', '16m'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['http.followRedirects', 'false'],
  ['http.lowSpeedLimit', '1000'],
  ['http.lowSpeedTime', '30'],
  ['advice.detachedHead', 'false'],
  ['transfer.credentialsInUrl', 'die'],
];

function quoted(value: string): string {
  return `"${value.replace(/[\\"]/g, (character) => `\\${character}`)}"`;
}

export interface GitEnvironmentOptions {
  location: RepoLocation;
  /** Addresses git is pinned to; empty for file. */
  addresses: readonly string[];
  /** An empty folder of this fetch: becomes HOME. */
  home: string;
}

/** An environment in which git asks nothing, runs nothing foreign and reaches only what was checked. */
export async function gitEnvironment({ location, addresses, home }: GitEnvironmentOptions): Promise<NodeJS.ProcessEnv> {
  await mkdir(home, { recursive: true });
  const globalConfig = join(home, 'gitconfig');
  // Only a file reaches the upload-pack of a file:// URL: git clears `-c` and GIT_CONFIG_COUNT for it.
  const safe = location.protocol === 'file' ? `[safe]\n\tdirectory = ${quoted(location.path)}\n\tdirectory = ${quoted(`${location.path}/.git`)}\n` : '';
  await writeFile(globalConfig, safe, { mode: 0o600 });

  return withSettings(
    {
      ...bareEnvironment(),
      HOME: home,
      XDG_CONFIG_HOME: home,
      GIT_CONFIG_GLOBAL: globalConfig,
      GIT_ALLOW_PROTOCOL: location.protocol,
      GIT_SSH_COMMAND: sshCommand(location, addresses, home),
      GIT_SSH_VARIANT: 'ssh',
    },
    [...SETTINGS, ...pinned(location, addresses)],
  );
}

/**
 * An environment for commands that only look at objects which are there: what is missing stays missing, whatever the
 * repository's own configuration says of remotes to get it from.
 */
export function readingEnvironment(): NodeJS.ProcessEnv {
  return withSettings(
    {
      ...bareEnvironment(),
      HOME: '/dev/null',
      XDG_CONFIG_HOME: '/dev/null',
      GIT_CONFIG_GLOBAL: '/dev/null',
      // No protocol has this name: a git too old to know GIT_NO_LAZY_FETCH tries, and gets nowhere.
      GIT_ALLOW_PROTOCOL: 'none',
      // An object is what its id says, as for those who fetch it.
      GIT_NO_REPLACE_OBJECTS: '1',
    },
    // Whose the folder is does not matter: that it may be read was checked, and nothing in it is run.
    [...SETTINGS, ['safe.directory', '*']],
  );
}

/** Further settings, which win over those already there. */
export function withSettings(environment: NodeJS.ProcessEnv, settings: readonly Setting[]): NodeJS.ProcessEnv {
  // Settings travel here and not as arguments because arguments are for everyone on the machine to read.
  const before = Number(environment['GIT_CONFIG_COUNT'] ?? 0);
  const added = settings.flatMap(([key, value], index) => [[`GIT_CONFIG_KEY_${before + index}`, key], [`GIT_CONFIG_VALUE_${before + index}`, value]] as const);
  return { ...environment, ...Object.fromEntries(added), GIT_CONFIG_COUNT: String(before + settings.length) };
}

/** Makes `remote` one that holds back what it was not asked for, and has it when asked: a fetch with a filter needs that. */
export function promisorSettings(remote: string, url: string): Setting[] {
  return [[`remote.${remote}.url`, url], [`remote.${remote}.promisor`, 'true'], [`remote.${remote}.partialclonefilter`, 'blob:none']];
}

function bareEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_OPTIONAL_LOCKS: '0',
    // A host that leaves out what it was asked for would be asked again by a fetch within the fetch, and so on for ever.
    GIT_NO_LAZY_FETCH: '1',
  };
  // eslint-disable-next-line no-restricted-properties -- no setting of the hub: what a child process needs of the machine
  const own = process.env;
  for (const name of PASSED_ON) if (own[name] !== undefined) environment[name] = own[name];
  return environment;
}

function pinned(location: RepoLocation, addresses: readonly string[]): [string, string][] {
  if (location.protocol !== 'http' && location.protocol !== 'https') return [];
  const settings: [string, string][] = [];
  if (!isIP(location.host) && addresses.length > 0) {
    const list = addresses.map((address) => (isIP(address) === 6 ? `[${address}]` : address)).join(',');
    settings.push(['http.curloptResolve', `${location.host}:${location.port}:${list}`]);
  }
  if (location.credentials) {
    const { user, password } = location.credentials;
    const basic = Buffer.from(`${user}:${password}`).toString('base64');
    settings.push(['http.extraHeader', `Authorization: Basic ${basic}`]);
  }
  return settings;
}

/** ssh with no key, agent or configuration of the service's own user: a stranger's URL must not borrow them. */
function sshCommand(location: RepoLocation, addresses: readonly string[], home: string): string {
  const options = [
    'BatchMode=yes', 'StrictHostKeyChecking=accept-new', `UserKnownHostsFile=${home}/known_hosts`, 'GlobalKnownHostsFile=/dev/null',
    'IdentitiesOnly=yes', 'IdentityFile=none', 'IdentityAgent=none', 'ProxyCommand=none', 'ClearAllForwardings=yes',
    'ConnectTimeout=15', 'ServerAliveInterval=15',
  ];
  if (addresses[0]) options.push(`HostName=${addresses[0]}`, `HostKeyAlias=${location.host}`);
  return ['ssh', '-F', '/dev/null', ...options.map((option) => `-o ${option}`)].join(' ');
}
