import type { Artifact, HistoryArtifact } from '@osiris/contracts';
import type { z } from 'zod';
import { instant } from '../lifecycle/leased-row';
import type { ArtifactEntity } from './artifact.entity';

const urlOf = (id: string): string => `/artifacts/${id}/content`;

export function artifactView(row: ArtifactEntity): Artifact {
  const { id, kind, contentType, contentEncoding, bytes, sha256 } = row;
  return { id, kind, appId: row.repositoryId, contentType, ...(contentEncoding === null ? {} : { contentEncoding }), bytes, sha256, url: urlOf(id), createdAt: instant(row.createdAt) };
}

export const historyArtifact = ({ id, kind, bytes, sha256 }: ArtifactEntity): z.infer<typeof HistoryArtifact> => ({ id, kind, url: urlOf(id), bytes, sha256 });
