import { createRequire } from 'node:module';
import { createServer } from 'node:http';

const built = createRequire(import.meta.url);

/**
 * Answers for the catalog and the artifact service as far as an ingestion asks them, in this process: leases are granted,
 * logs are taken, facts are listened to.
 */
export class CatalogStandIn {
  /** @type {Map<string, number>} when the last fact of an ingestion came */
  ended = new Map();
  /** @type {string[]} */
  failures = [];
  #waiting = () => {};

  /** @param {string} natsUrl */
  static async start(natsUrl) {
    const { connect, JSONCodec } = built('nats');
    const { leaseClaim, leaseRenew, artifactUploadSign } = built('@osiris/contracts');
    const stand = new CatalogStandIn();
    stand.connection = await connect({ servers: natsUrl });
    const codec = JSONCodec();
    stand.objects = createServer((request, response) => request.resume().on('end', () => response.end(JSON.stringify({ id: 'art_0000000000', bytes: 1, sha256: '' }))));
    await new Promise((resolve) => stand.objects.listen(0, '127.0.0.1', resolve));
    const uploadUrl = `http://127.0.0.1:${stand.objects.address().port}/`;
    /** @type {[{ subject: string }, () => object][]} */
    const answers = [
      [leaseClaim, () => ({ granted: true, reason: null })],
      [leaseRenew, () => ({ granted: true })],
      [artifactUploadSign, () => ({ id: 'art_0000000000', uploadUrl, expiresAt: new Date().toISOString() })],
    ];
    for (const [{ subject }, answer] of answers) {
      stand.connection.subscribe(subject, {
        callback: (/** @type {unknown} */ _, /** @type {any} */ message) => message.respond(codec.encode({ id: codec.decode(message.data).id, response: { ok: true, value: answer() }, isDisposed: true })),
      });
    }
    stand.connection.subscribe('facts.ingestion.>', {
      callback: (/** @type {unknown} */ _, /** @type {any} */ message) => {
        if (!/\.(completed|unchanged|failed)\.v1$/.test(message.subject)) return;
        const fact = codec.decode(message.data);
        if (message.subject.includes('failed')) stand.failures.push(JSON.stringify(fact.error));
        stand.ended.set(fact.ingestionId, performance.now());
        stand.#waiting();
      },
    });
    await stand.connection.flush();
    return stand;
  }

  /** @param {number} count ingestions that are to have ended */
  async untilEnded(count) {
    const late = AbortSignal.timeout(300_000);
    await new Promise((resolve, reject) => {
      late.addEventListener('abort', () => reject(new Error(`only ${this.ended.size} of ${count} ingestions ended`)));
      this.#waiting = () => void (this.ended.size >= count && resolve(undefined));
      this.#waiting();
    });
    if (this.failures.length > 0) throw new Error(`ingestions failed: ${this.failures[0]}`);
  }

  async stop() {
    await this.connection.close();
    this.objects.closeAllConnections();
    await new Promise((resolve) => this.objects.close(resolve));
  }
}
