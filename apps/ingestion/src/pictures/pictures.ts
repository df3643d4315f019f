import { Inject, Injectable } from '@nestjs/common';
import { type IngestionWarning, type IngestJob, type Media, pictureUrl } from '@osiris/contracts';
import { LOGGER, type Logger, Uploads } from '@osiris/service-kit';
import type { CommitFiles, FoundMedia, FoundPicture, ReadFile } from '../readers/reader';
import { pictureType } from './picture-type';

/** Of one picture. A page full of larger ones would be none that anybody waits for. */
const MAX_BYTES = 5 * 1024 * 1024;
const MAX_PICTURES = 6;
/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

type About = Pick<IngestJob, 'appId' | 'ingestionId'>;
export interface StoredMedia {
  media: Media[];
  warnings: IngestionWarning[];
  /** The store was away: another reading of the same commit may have more. */
  storeAway: boolean;
}

/**
 * Keeps pictures of a commit that have no public address as artifacts. Each reading stores its own; the catalog removes
 * those that no entry shows any more. What cannot be stored is left out with a warning: a picture is never worth a failure.
 */
@Injectable()
export class Pictures {
  constructor(
    private readonly uploads: Uploads,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The media with addresses for all, in their order. @throws the signal's reason where it was aborted */
  async store(commit: CommitFiles, found: readonly FoundMedia[], about: About, signal: AbortSignal): Promise<StoredMedia> {
    const pictures = found.filter(isPicture);
    const warnings: IngestionWarning[] = [];
    if (pictures.length > MAX_PICTURES) warnings.push(warning(`Only the first ${MAX_PICTURES} pictures of the repository are kept`, pictures[MAX_PICTURES]?.path ?? null));
    const { ids, storeAway } = await this.storeAll(commit, pictures.slice(0, MAX_PICTURES), about, signal, warnings);
    const media = found.flatMap((one): Media[] => {
      if (!isPicture(one)) return [one];
      const id = ids.get(one.path);
      return id === undefined ? [] : [{ kind: one.kind, url: pictureUrl(id), title: one.title }];
    });
    return { media, warnings, storeAway };
  }

  /** Ids of the artifacts by path. */
  private async storeAll(commit: CommitFiles, pictures: readonly FoundPicture[], about: About, signal: AbortSignal, warnings: IngestionWarning[]): Promise<{ ids: ReadonlyMap<string, string>; storeAway: boolean }> {
    const ids = new Map<string, string>();
    let storing = false;
    if (pictures.length === 0) return { ids, storeAway: false };
    try {
      const files = await commit.read(pictures.map(({ path }) => path), MAX_BYTES);
      storing = true;
      for (const { path } of pictures) {
        signal.throwIfAborted();
        const file = files.get(path);
        const contentType = file && storableType(path, file, warnings);
        if (!file || !contentType || ids.has(path)) continue;
        const { id } = await this.uploads.put({ kind: 'picture', owner: { appId: about.appId, ingestionId: about.ingestionId }, contentType }, file.beginning);
        ids.set(path, id);
      }
    } catch (error) {
      signal.throwIfAborted();
      // Too large a fetch, or a store that is away: the others would fare no better.
      this.logger.warn({ err: error, ingestionId: about.ingestionId }, 'Pictures of a repository could not be stored');
      warnings.push(warning(`${pictures.length - ids.size} of ${pictures.length} pictures could not be stored; the next reading tries again`, null));
      return { ids, storeAway: storing };
    }
    return { ids, storeAway: false };
  }
}

function storableType(path: string, { beginning, bytes }: ReadFile, warnings: IngestionWarning[]): string | undefined {
  const refuse = (why: string): undefined => void warnings.push(warning(`${path} ${why}`, path));
  if (bytes > beginning.length) return refuse(`is larger than ${MAX_BYTES} bytes: it is not shown`);
  if (beginning.toString('latin1', 0, LFS_POINTER.length) === LFS_POINTER) return refuse('is a pointer of Git LFS: what it points at is not fetched');
  return pictureType(beginning) ?? refuse('is no PNG, JPEG, GIF, WebP or AVIF: it is not shown');
}

function isPicture(media: FoundMedia): media is FoundPicture {
  return 'path' in media;
}

function warning(message: string, path: string | null): IngestionWarning {
  return { code: 'FILE_UNREADABLE', message: message.replace(/[\s\p{Cc}]+/gu, ' ').slice(0, 500), path: path?.slice(0, 1_024) ?? null, line: null };
}
