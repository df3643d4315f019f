import type { ByteRange, DownloadOptions } from '../objects/object-store';
import { parseRange } from '../objects/byte-range';
import { contentDisposition, servedType } from '../objects/disposition';
import { acceptsCoding } from './content-coding';

/** The request headers that an object's answer depends on. */
export interface AskedHeaders {
  range?: string | undefined;
  'if-range'?: string | undefined;
  'if-none-match'?: string | undefined;
  'accept-encoding'?: string | undefined;
}

/** How to answer for an object: the status and headers, and what of the stored bytes follows, if any does. */
export interface ObjectAnswer {
  status: 200 | 206 | 304 | 416;
  headers: Record<string, string | number>;
  /** Undefined: no body. */
  body?: { range?: ByteRange | undefined; decode: boolean };
}

/**
 * RFC 9110 for an object of `bytes` stored bytes under a key that never gets other bytes. Stored bytes that are
 * compressed go out as they are to who accepts that, with ranges of the compressed form; to others decoded as they are
 * read: neither length nor ranges of that form are known.
 */
export function answerFor(key: string, bytes: number, signed: DownloadOptions & { expiresInSeconds: number }, asked: AskedHeaders): ObjectAnswer {
  const { contentType, contentEncoding, filename, expiresInSeconds } = signed;
  const decode = contentEncoding !== undefined && !acceptsCoding(asked['accept-encoding'], contentEncoding);
  // Two forms of one object are two representations: each needs its own strong validator.
  const etag = `"${key.slice(key.lastIndexOf('/') + 1)}${decode ? '-decoded' : ''}"`;
  const headers = {
    etag,
    'cache-control': `private, max-age=${expiresInSeconds}, immutable`,
    ...(contentEncoding ? { vary: 'accept-encoding' } : {}),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  };
  if (matches(asked['if-none-match'], etag)) return { status: 304, headers };

  const described = {
    ...headers,
    'content-type': servedType(contentType),
    'content-disposition': contentDisposition(contentType, filename),
    ...(contentEncoding && !decode ? { 'content-encoding': contentEncoding } : {}),
    'accept-ranges': decode ? 'none' : 'bytes',
  };
  if (decode) return { status: 200, headers: described, body: { decode } };
  const unchanged = asked['if-range'] === undefined || asked['if-range'].trim() === etag;
  const range = unchanged ? parseRange(asked.range, bytes) : undefined;
  if (range === 'unsatisfiable') return { status: 416, headers: { ...headers, 'content-range': `bytes */${bytes}` } };
  if (!range) return { status: 200, headers: { ...described, 'content-length': bytes }, body: { decode } };
  const length = range.end - range.start + 1;
  return {
    status: 206,
    headers: { ...described, 'content-length': length, 'content-range': `bytes ${range.start}-${range.end}/${bytes}` },
    body: { range, decode },
  };
}

/** If-None-Match compares weakly (RFC 9110, section 13.1.2). */
function matches(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
