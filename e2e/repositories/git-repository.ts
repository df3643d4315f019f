import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const demoFolder = resolve(__dirname, '../../tools/demo');
/** The person's own git configuration, hooks and signing have no say here. */
const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'e2e',
  GIT_AUTHOR_EMAIL: 'e2e@osiris.invalid',
  GIT_COMMITTER_NAME: 'e2e',
  GIT_COMMITTER_EMAIL: 'e2e@osiris.invalid',
};

/** A git repository on this machine's disk. */
export class GitRepository {
  private constructor(readonly path: string) {}

  /** A repository `owner/name` under `root` with no commit. */
  static create(root: string, slug: string): GitRepository {
    const path = join(root, slug);
    mkdirSync(path, { recursive: true });
    const repository = new GitRepository(path);
    repository.#git('init', '-q', '-b', 'main', '--template=');
    return repository;
  }

  static of(root: string, slug: string, files: Record<string, string>): GitRepository {
    return GitRepository.create(root, slug).commit(files, 'first');
  }

  /** A repository that holds one of the demo apps. */
  static ofDemo(root: string, slug: string, demo: string): GitRepository {
    const repository = GitRepository.create(root, slug);
    cpSync(join(demoFolder, demo), repository.path, { recursive: true });
    return repository.commit({}, `demo ${demo}`);
  }

  get url(): string {
    return pathToFileURL(this.path).href;
  }

  get head(): string {
    return this.#git('rev-parse', 'HEAD').trim();
  }

  commit(files: Record<string, string>, message: string): this {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.path, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    this.#git('add', '-A');
    this.#git('commit', '-q', '-m', message);
    return this;
  }

  #git(...args: string[]): string {
    return execFileSync('git', ['-C', this.path, ...args], { env, encoding: 'utf8' });
  }
}
