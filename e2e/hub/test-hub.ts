import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freeHubPort, listening } from './free-ports';

const checkout = resolve(__dirname, '../..');
/** A cold build of all services is part of the first start. */
const READY_MS = 300_000;
const STOP_MS = 30_000;

interface RunFile {
  state: string;
  hubId?: string;
  dockerHost?: string;
  launcher: { pid: number };
  processes: Record<string, { pid: number }>;
}

/** What a spec needs to know of a hub that another process started. */
export interface HubFacts {
  port: number;
  home: string;
  /** Folder under which repositories may be registered as `file://`. */
  repositories: string;
}

/** The files that a hub's launcher keeps, read by whoever has its facts. */
export class HubFiles {
  constructor(readonly facts: HubFacts) {}

  /** What runs now; undefined once the launcher has ended. */
  run(): RunFile | undefined {
    try {
      return JSON.parse(readFileSync(join(this.facts.home, 'run', 'hub.json'), 'utf8')) as RunFile;
    } catch {
      return undefined;
    }
  }

  pidOf(name: string): number {
    const pid = this.run()?.processes[name]?.pid;
    if (pid === undefined) throw new Error(`${name} does not run`);
    return pid;
  }

  /** The text of all log files, rotated ones too. */
  logs(): { name: string; text: string }[] {
    const folder = join(this.facts.home, 'logs');
    return readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  }
}

/** A hub of its own, started as a person would: `node tools/start.mjs`. */
export class TestHub {
  readonly files: HubFiles;
  output = '';
  #exit: Promise<number | null>;

  private constructor(
    readonly facts: HubFacts,
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    this.files = new HubFiles(facts);
    const take = (chunk: Buffer): void => void (this.output += chunk.toString());
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    this.#exit = new Promise((done) => child.once('close', (code) => done(code)));
  }

  /** @returns once every service answers */
  static async start(settings: Record<string, string> = {}): Promise<TestHub> {
    const folder = mkdtempSync(join(tmpdir(), 'osiris-e2e-'));
    const port = await freeHubPort();
    const facts: HubFacts = { port, home: join(folder, 'home'), repositories: join(folder, 'repositories') };
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      PORT: String(port),
      OSIRIS_HOME: facts.home,
      OSIRIS_DEMO: 'off',
      LOG_LEVEL: 'info',
      GIT_ALLOWED_ROOTS: facts.repositories,
      ...settings,
    };
    const child = spawn(process.execPath, ['tools/start.mjs'], { cwd: checkout, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const hub = new TestHub(facts, child, folder, env);
    try {
      await hub.#ready();
    } catch (error) {
      await hub.stop().catch(() => undefined);
      throw error;
    }
    return hub;
  }

  async #ready(): Promise<void> {
    for (const until = Date.now() + READY_MS; Date.now() < until; await pause(100)) {
      if (this.files.run()?.state === 'ready') return;
      if (this.child.exitCode !== null) break;
    }
    throw new Error(`the hub did not become ready:\n${this.output.slice(-4000)}`);
  }

  /** Ends the hub as Ctrl-C does. @returns what was left behind: nothing, where all is well */
  async stop(): Promise<string[]> {
    const pids = Object.entries(this.files.run()?.processes ?? {});
    const left: string[] = [];
    if (this.child.exitCode === null) this.child.kill('SIGINT');
    const code = await Promise.race([this.#exit, pause(STOP_MS, 'late' as const)]);
    if (code === 'late') {
      this.child.kill('SIGKILL');
      left.push(`the launcher did not end within ${STOP_MS} ms`);
    } else if (code !== 0) left.push(`the launcher ended with ${code}:\n${this.output.slice(-2000)}`);
    for (const [name, { pid }] of pids) if (isAlive(pid)) left.push(`${name} (process ${pid}) still runs`);
    for (const port of await listening(this.facts.port)) left.push(`something listens on port ${port}`);
    return left;
  }

  /** Takes the hub's state, containers and images away (`npm run reset -- --yes`), and the folder with it. */
  async remove(): Promise<void> {
    const reset = spawn(process.execPath, ['tools/reset.mjs', '--yes'], { cwd: checkout, env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    reset.stdout.on('data', (chunk) => (output += chunk));
    reset.stderr.on('data', (chunk) => (output += chunk));
    const code = await new Promise((done) => reset.once('close', done));
    if (code !== 0) throw new Error(`npm run reset ended with ${String(code)}:\n${output}`);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
