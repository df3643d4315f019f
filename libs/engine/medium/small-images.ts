import { randomBytes } from 'node:crypto';
import { pack } from 'tar-stream';
import type { EngineConnection } from '../src';
import { splitTag } from '../src/images/image-reference';

export interface SmallImage {
  /** Of a file within that no other image has. Default 10. */
  bytes?: number;
  /** Default: it gets no name. */
  reference?: string;
  labels?: Record<string, string>;
  /** An image on the engine that it is made from, as by FROM. */
  from?: string;
}

/** Makes an image of one layer, or of one more than `from` has. @returns its id */
export async function makeImage({ docker }: EngineConnection, { bytes = 10, reference, labels = {}, from }: SmallImage): Promise<string> {
  const tar = pack();
  tar.entry({ name: `content-${randomBytes(6).toString('hex')}` }, randomBytes(bytes));
  tar.finalize();
  const changes = ['CMD ["/none"]', ...Object.entries(labels).map(([name, value]) => `LABEL ${name}="${value}"`)].join('\n');
  const [repo, tag] = reference === undefined ? [] : splitTag(reference);
  const name = reference === undefined ? {} : { repo, tag };
  if (from !== undefined) {
    const container = await docker.createContainer({ Image: from, Cmd: ['/none'] });
    try {
      await container.putArchive(tar as unknown as NodeJS.ReadableStream, { path: '/' });
      return ((await container.commit({ ...name, changes })) as { Id: string }).Id;
    } finally {
      await container.remove();
    }
  }
  const stream = await docker.importImage(tar as unknown as NodeJS.ReadableStream, { ...name, changes });
  const events = await new Promise<{ status?: string; error?: string }[]>((resolve, reject) => {
    docker.modem.followProgress(stream, (error: Error | null, all: { status?: string; error?: string }[]) => (error ? reject(error) : resolve(all)));
  });
  const id = events.find(({ status }) => status?.startsWith('sha256:'))?.status;
  if (id === undefined) throw new Error(`The engine imported nothing: ${JSON.stringify(events)}`);
  return id;
}

/** Removes every name that contains `part`, and the images with their last ones. */
export async function removeImagesNamed({ docker }: EngineConnection, part: string): Promise<void> {
  const all = await docker.listImages();
  for (const name of all.flatMap(({ RepoTags }) => RepoTags ?? []).filter((tag) => tag.includes(part))) await docker.getImage(name).remove({ force: true });
}
