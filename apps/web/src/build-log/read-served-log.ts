import type { LogLine } from '@osiris/contracts';
import { openStream } from '../api/http.client';
import { createLineCutter, readLine } from './read-lines';

export const logPath = (buildId: string): string => `/builds/${buildId}/log`;
export const logDownloadPath = (buildId: string): string => `${logPath(buildId)}?download=true`;

/**
 * Reads a build's log as it is served, stored or still growing, in pieces as they arrive. Logs that were stored before lines had
 * steps come with what is known of theirs.
 * @throws ApiError; what the stream breaks off with
 */
export async function readServedLog(buildId: string, after: number, signal: AbortSignal, onLines: (lines: LogLine[]) => void): Promise<void> {
  const response = await openStream(`${logPath(buildId)}?format=ndjson&after=${after}`, 'application/x-ndjson', signal);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  const cut = createLineCutter();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = cut(value).map(readLine).filter((line) => line !== null);
    if (lines.length > 0) onLines(lines);
  }
}
