import { ArtifactId, ArtifactKind, ArtifactOwner, ContentEncoding, DomainError } from '@osiris/contracts';
import { z } from 'zod';
import type { SigningKeys } from '../signatures/signing-keys';

/** What an upload was signed for. The token carries it, so that nothing needs to be remembered until the bytes come. */
const Upload = z.object({
  id: ArtifactId,
  kind: ArtifactKind,
  owner: ArtifactOwner,
  contentType: z.string(),
  contentEncoding: ContentEncoding.optional(),
  /** Unix time in seconds. */
  expires: z.number().int(),
});
export type Upload = z.infer<typeof Upload>;

/** Signs and checks the `token` of `PUT /uploads/:id`. */
export class UploadTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly now: () => number = Date.now,
  ) {}

  sign(upload: Omit<Upload, 'expires'>, expirySeconds: number): { token: string; expiresAt: string } {
    const expires = Math.floor(this.now() / 1000) + expirySeconds;
    const text = Buffer.from(JSON.stringify({ ...upload, expires })).toString('base64url');
    return { token: `${text}.${this.keys.sign('artifact-upload', text)}`, expiresAt: new Date(expires * 1000).toISOString() };
  }

  /** @throws DomainError SIGNATURE_INVALID, SIGNATURE_EXPIRED */
  check(id: string, token: string): Upload {
    const [text = '', signature = '', ...rest] = token.split('.');
    if (rest.length > 0 || !this.keys.verify('artifact-upload', text, signature)) throw invalid();
    const parsed = Upload.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    if (!parsed.success || parsed.data.id !== id) throw invalid();
    if (parsed.data.expires <= this.now() / 1000) {
      throw new DomainError('SIGNATURE_EXPIRED', 'This upload URL has expired. Ask for a new one.');
    }
    return parsed.data;
  }
}

function invalid(): DomainError {
  return new DomainError('SIGNATURE_INVALID', 'This upload URL was not signed by this hub, or was changed');
}
