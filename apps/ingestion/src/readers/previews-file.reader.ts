import type { IngestionWarning } from '@osiris/contracts';
import { authorTags } from '../authored/author-tags';
import { InvalidDocument, type PositionedValue, textAt, valueAt } from '../authored/positioned-value';
import { readDocument } from '../authored/read-document';
import { rawUrl } from '../readme/raw-url';
import { publicAddress } from '../readme/readme-images';
import { pathFrom } from '../readme/relative-path';
import type { FoundMedia, Reader, Reading, Repository } from './reader';
import { oneLine } from './tags';

const NAMES = /^\.apphub\/previews\.(ya?ml|json)$/i;
const MAX_PREVIEWS = 10;
const MAX_URL = 1_000;
const MAX_WARNINGS = 10;
const KINDS = ['image', 'video', 'demo', 'docs'] as const;
const STORED = /\.(?:png|jpe?g|gif|webp|avif)$/i;

/** `.apphub/previews.yaml`, `.yml` or `.json`: what the author wants the hub to show and to know. docs/ingestion.md has the fields. */
export const previewsFileReader: Reader = {
  name: 'previews-file',
  wants: ({ files }) => files.map(({ path }) => path).filter((path) => NAMES.test(path)).slice(0, 1),
  read(contents, repository): Reading {
    const [entry] = contents;
    if (!entry) return {};
    const [path, { text }] = entry;
    try {
      return new PreviewsFile(path, repository).read(readDocument(path, text));
    } catch (error) {
      if (!(error instanceof InvalidDocument)) throw error;
      return { warnings: [{ code: 'MANIFEST_INVALID', message: error.message, path, line: error.line }] };
    }
  },
};

class PreviewsFile {
  private readonly warnings: IngestionWarning[] = [];

  constructor(
    private readonly path: string,
    private readonly repository: Repository,
  ) {}

  read(root: PositionedValue): Reading {
    if (root.type === 'text' && root.text === null) return {};
    // A bare list is one of previews.
    const previews = root.type === 'list' ? root : valueAt(root, 'previews');
    if (root.type === 'text') this.warn('is to hold a map with "previews"', root.line);
    if (previews && previews.type !== 'list' && !(previews.type === 'text' && previews.text === null)) this.warn('"previews" is to be a list', previews.line);
    const items = previews?.type === 'list' ? previews.items : [];
    if (items.length > MAX_PREVIEWS) this.warn(`only the first ${MAX_PREVIEWS} previews count`, items[MAX_PREVIEWS]?.line ?? 1);
    const tags = valueAt(root, 'tags');
    const given = tags ? authorTags(this.path, tags) : { tags: [], warnings: [] };
    return {
      name: textAt(root, 'name'),
      description: textAt(root, 'description'),
      port: this.port(root),
      healthPath: this.healthPath(root),
      tags: given.tags,
      media: items.slice(0, MAX_PREVIEWS).map((item) => this.preview(item)).filter((media) => media !== undefined),
      warnings: [...this.warnings, ...given.warnings],
    };
  }

  private preview(item: PositionedValue): FoundMedia | undefined {
    // `- docs/shot.png` or `- https://…` alone.
    const alone = item.type === 'text' ? item.text?.trim() : undefined;
    const place = alone ?? textAt(item, 'path') ?? textAt(item, 'url');
    if (place === undefined || place === '') return this.warn('a preview needs a "path" or a "url"', item.line);
    const isUrl = /^[a-z][a-z0-9+.-]*:/i.test(place);
    const kind = this.kindOf(item, place);
    if (!kind) return undefined;
    const about = { kind, title: oneLine(textAt(item, 'title') ?? '', 200) };
    if (isUrl) {
      const url = publicAddress(place);
      return url !== undefined && url.length <= MAX_URL ? { ...about, url } : this.warn(`"${place.slice(0, 100)}" is not an https address without credentials`, item.line);
    }
    const found = pathFrom('', place, this.repository.files) ?? pathFrom(this.path, place, this.repository.files);
    if (found === undefined) return this.warn(`"${place.slice(0, 100)}" is not a file of the repository`, item.line);
    const url = rawUrl(found, this.repository);
    if (url !== undefined) return { ...about, url };
    return kind === 'image' && STORED.test(found) ? { ...about, kind, path: found } : this.warn(`"${place.slice(0, 100)}" cannot be kept: PNG, JPEG, GIF, WebP and AVIF can`, item.line);
  }

  private kindOf(item: PositionedValue, place: string): (typeof KINDS)[number] | undefined {
    const written = textAt(item, 'kind')?.toLowerCase();
    if (written === undefined) return /\.(?:mp4|webm|mov|m4v)(?:[?#]|$)/i.test(place) ? 'video' : 'image';
    const kind = KINDS.find((one) => one === written);
    return kind ?? this.warn(`"${written.slice(0, 40)}" is none of the kinds ${KINDS.join(', ')}`, valueAt(item, 'kind')?.line ?? item.line);
  }

  private port(root: PositionedValue): number | undefined {
    const text = textAt(root, 'port');
    if (text === undefined) return undefined;
    const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    return port >= 1 && port <= 65_535 ? port : this.warn('"port" is to be a number from 1 to 65535', valueAt(root, 'port')?.line ?? 1);
  }

  private healthPath(root: PositionedValue): string | undefined {
    const text = textAt(root, 'healthPath');
    if (text === undefined) return undefined;
    return /^\/[!-~]{0,299}$/.test(text) && !text.startsWith('//') ? text : this.warn('"healthPath" is to begin with "/" and to hold no spaces', valueAt(root, 'healthPath')?.line ?? 1);
  }

  private warn(what: string, line: number): undefined {
    if (this.warnings.length < MAX_WARNINGS) this.warnings.push({ code: 'MANIFEST_INVALID', message: `${this.path}: ${what}`, path: this.path, line });
  }
}
