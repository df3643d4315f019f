import { Readable } from 'node:stream';
import { buildImage, type BuildFailure, type BuildImageRequest, type BuildLogLine, type BuildOutcome, type ContextFiles, EngineConnection, EngineImages, inWalkOrder, parentsOf } from '../src';

export interface Run {
  outcome: BuildOutcome;
  lines: BuildLogLine[];
  text: string;
  /** Of stdout alone, one line each. */
  output: string[];
  image: string;
}
export type BuildOptions = Partial<BuildImageRequest> & { files?: Record<string, string>; on?: EngineConnection };

/** Builds on the engine of the tests; its images carry `io.osiris.hub=<label>` and go in the end. */
export function realBuilds(label: string) {
  const engine = new EngineConnection({ dockerHost: process.env['DOCKER_HOST'] });
  const images = new EngineImages(engine);

  async function build(dockerfile: string, options: BuildOptions = {}): Promise<Run> {
    const lines: BuildLogLine[] = [];
    const { files = {}, on = engine, ...request } = options;
    const image = request.tag ?? `osiris-test/build:${process.pid}`;
    const outcome = await buildImage(on, {
      context: contextOf({ Dockerfile: dockerfile, ...files }),
      dockerfile: 'Dockerfile',
      dockerfileText: dockerfile,
      tag: image,
      labels: { 'io.osiris.hub': label, 'io.osiris.build': 'b1' },
      networkMode: 'none',
      timeoutMs: 60_000,
      onLine: (line) => void lines.push(line),
      ...request,
    });
    return { outcome, lines, image, text: lines.map((line) => line.text).join('\n'), output: lines.filter(({ stream }) => stream === 'stdout').map(({ text }) => text) };
  }

  async function end(): Promise<void> {
    for (const image of await images.listImages([`io.osiris.hub=${label}`])) await images.removeImage(image.id);
  }

  return { engine, images, build, end };
}

/** Files of these texts. */
export function contextOf(files: Record<string, string>): ContextFiles {
  const names = Object.keys(files);
  const folders = [...new Set(names.flatMap(parentsOf))];
  // A time of their own: none is taken for one of an earlier build.
  const modifiedNs = process.hrtime.bigint();
  return {
    entries: inWalkOrder([
      ...folders.map((path) => ({ path, kind: 'folder' as const, permissions: 0o755, size: 0, modifiedNs })),
      ...names.map((path) => ({ path, kind: 'file' as const, permissions: 0o644, size: Buffer.byteLength(files[path] ?? ''), modifiedNs })),
    ]),
    read: ({ path }) => Readable.from([Buffer.from(files[path] ?? '')], { objectMode: false }),
  };
}

export const failureOf = ({ outcome }: Run): BuildFailure | undefined => (outcome.status === 'failed' ? outcome.failure : undefined);

/** Keeps the engine's cache from answering. */
export const unique = (): string => `${process.pid}-${Math.random()}`;

/** Each step's events, in order of their numbers. */
export function eventsOf(lines: readonly BuildLogLine[]): (string | undefined)[][] {
  const ids = [...new Set(lines.flatMap(({ stepId }) => stepId ?? []))];
  return ids.map((id) => lines.filter(({ stepId, event }) => stepId === id && event).map(({ event }) => event));
}
