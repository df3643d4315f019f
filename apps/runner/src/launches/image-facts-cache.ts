import { Injectable } from '@nestjs/common';
import { type ImageFacts, Sandboxes } from '@osiris/engine';

const KEPT = 200;

/** What images say of themselves, kept: a reference holds commit and build, so it never means another image. */
@Injectable()
export class ImageFactsCache {
  private readonly byReference = new Map<string, ImageFacts>();

  constructor(private readonly sandboxes: Sandboxes) {}

  /** @throws DomainError IMAGE_GONE, ENGINE_UNAVAILABLE */
  async get(reference: string): Promise<ImageFacts> {
    const known = this.byReference.get(reference);
    if (known) return known;
    const facts = await this.sandboxes.imageFacts(reference);
    const oldest = this.byReference.keys().next().value;
    if (this.byReference.size >= KEPT && oldest !== undefined) this.byReference.delete(oldest);
    this.byReference.set(reference, facts);
    return facts;
  }

  forget(reference: string): void {
    this.byReference.delete(reference);
  }
}
