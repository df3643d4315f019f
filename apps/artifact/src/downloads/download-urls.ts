import { ContentEncoding, DomainError } from '@osiris/contracts';
import type { DownloadOptions } from '../objects/object-store';
import type { SigningKeys } from '../signatures/signing-keys';

/** What stands in a download URL's query besides the key. */
export interface DownloadQuery {
  expires?: string;
  type?: string;
  encoding?: string;
  name?: string;
  signature?: string;
}

/** Signs and checks `/objects/<key>?expires=…&type=…&encoding=…&name=…&signature=…`, the folder store's download URLs. */
export class DownloadUrls {
  constructor(
    private readonly keys: SigningKeys,
    private readonly now: () => number = Date.now,
  ) {}

  sign(key: string, expirySeconds: number, options: DownloadOptions): string {
    const { contentEncoding } = options;
    // A query carries UTF-8, which a lone surrogate has no form in: what is signed must be what comes back.
    const contentType = Buffer.from(options.contentType).toString();
    const filename = Buffer.from(options.filename ?? '').toString();
    const expires = String(Math.floor(this.now() / 1000) + expirySeconds);
    const query = new URLSearchParams({ expires, type: contentType });
    if (contentEncoding) query.set('encoding', contentEncoding);
    if (filename) query.set('name', filename);
    query.set('signature', this.keys.sign('artifact-download', signedText(key, expires, contentType, contentEncoding ?? '', filename)));
    return `/objects/${key}?${query.toString()}`;
  }

  /** @throws DomainError SIGNATURE_INVALID, SIGNATURE_EXPIRED */
  check(key: string, query: DownloadQuery): DownloadOptions & { expiresInSeconds: number } {
    const { expires = '', type = '', encoding = '', name = '', signature = '' } = query;
    const signed = /^\d{1,12}$/.test(expires) && this.keys.verify('artifact-download', signedText(key, expires, type, encoding, name), signature);
    const contentEncoding = encoding === '' ? undefined : ContentEncoding.safeParse(encoding);
    // The signature first: an expired URL that was also changed tells nothing.
    if (!signed || contentEncoding?.success === false) {
      throw new DomainError('SIGNATURE_INVALID', 'This download URL was not signed by this hub, or was changed');
    }
    const expiresInSeconds = Number(expires) - Math.floor(this.now() / 1000);
    if (expiresInSeconds <= 0) {
      throw new DomainError('SIGNATURE_EXPIRED', 'This download URL has expired. Ask for the artifact again.');
    }
    return {
      contentType: type,
      ...(contentEncoding ? { contentEncoding: contentEncoding.data } : {}),
      ...(name ? { filename: name } : {}),
      expiresInSeconds,
    };
  }
}

/** JSON, so that no field can run into the next. */
function signedText(...fields: string[]): string {
  return JSON.stringify(fields);
}
