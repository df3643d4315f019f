import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { artifactStored, DomainError } from '@osiris/contracts';
import { ENV, Facts, LOGGER, type Logger } from '@osiris/service-kit';
import type { Env } from '../env';
import { measured } from '../objects/measured';
import { objectKey } from '../objects/object-key';
import { OBJECT_STORE, type ObjectStore, type StoredObject } from '../objects/object-store';
import { KeyedLock } from './keyed-lock';
import type { Upload } from './upload-tokens';

/** Takes an artifact's bytes and reports them. */
@Injectable()
export class UploadsService {
  private readonly lock = new KeyedLock();

  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(ENV) private readonly env: Env,
    private readonly facts: Facts,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Stores the body under the upload's id. The same bytes again, after an answer that got lost, are answered the same.
   * @throws DomainError CONFLICT for other bytes under an id that is stored; OBJECT_TOO_LARGE, STORE_UNAVAILABLE
   */
  async accept(upload: Upload, body: Readable, declaredBytes: number | undefined): Promise<StoredObject> {
    const maxBytes = this.env.ARTIFACT_MAX_BYTES;
    if (declaredBytes !== undefined && declaredBytes > maxBytes) {
      throw new DomainError('OBJECT_TOO_LARGE', `The object is larger than the ${maxBytes} bytes that are taken`);
    }
    const key = objectKey(upload.owner.appId, upload.id);
    const { id, kind, owner, contentType, contentEncoding } = upload;
    // One at a time for an id: the second upload must see what the first has stored.
    const stored = await this.lock.run(key, async () => {
      // The store takes no second object under a key by itself; to know beforehand spares it the bytes.
      const known = await this.store.stat(key);
      if (known) return this.sameAsKept(key, await measured(body, maxBytes, drain));
      const { created, ...given } = await this.store.put(key, body, { contentType, contentEncoding, maxBytes });
      return created ? given : this.sameAsKept(key, given);
    });
    // Also for a repeated upload: the first may have been stored and not reported. The catalog takes an id once.
    const at = new Date().toISOString();
    await this.facts.publish(artifactStored, { at, id, kind, owner, objectKey: key, contentType, ...(contentEncoding ? { contentEncoding } : {}), ...stored });
    this.logger.info({ artifactId: id, kind, appId: owner.appId, bytes: stored.bytes }, 'artifact stored');
    return stored;
  }

  /** @throws DomainError CONFLICT where other bytes are kept under the key */
  private async sameAsKept(key: string, given: StoredObject): Promise<StoredObject> {
    const kept = await measured(await this.store.get(key), Number.MAX_SAFE_INTEGER, drain);
    if (given.sha256 !== kept.sha256) throw new DomainError('CONFLICT', 'Other bytes are stored under this id already');
    return kept;
  }
}

async function drain(stream: Readable): Promise<void> {
  for await (const chunk of stream) void chunk;
}
