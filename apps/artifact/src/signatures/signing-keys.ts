import { createHmac, timingSafeEqual } from 'node:crypto';

/** A shorter key is refused at start: HMAC-SHA256 is as strong as what cannot be guessed. In characters. */
export const MIN_KEY_LENGTH = 32;

/** What a signature is for: one made for a download can never pass as an upload's. */
export type Purpose = 'artifact-upload' | 'artifact-download';

/** HMAC-SHA256 with rotation: the first key signs, all verify. */
export class SigningKeys {
  constructor(private readonly keys: readonly string[]) {
    if (keys.length === 0 || keys.some((key) => key.length < MIN_KEY_LENGTH)) {
      throw new Error(`Signing keys need at least ${MIN_KEY_LENGTH} characters each`);
    }
  }

  /** The signature as base64url. */
  sign(purpose: Purpose, text: string): string {
    return mac(this.keys[0] as string, purpose, text).toString('base64url');
  }

  /** Takes the same time wherever the first wrong byte is. */
  verify(purpose: Purpose, text: string, signature: string): boolean {
    const given = Buffer.from(signature, 'base64url');
    // Base64url decoding is lenient: only the one canonical spelling counts.
    if (given.toString('base64url') !== signature) return false;
    return this.keys.map((key) => {
      const expected = mac(key, purpose, text);
      return expected.length === given.length && timingSafeEqual(expected, given);
    }).includes(true);
  }
}

function mac(key: string, purpose: Purpose, text: string): Buffer {
  return createHmac('sha256', key).update(`${purpose}\n${text}`).digest();
}
