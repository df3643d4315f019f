const TYPE = /^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/;

/** The media type without parameters, lower case; `application/octet-stream` for what is none. */
export function mediaType(contentType: string): string {
  const type = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  return TYPE.test(type) ? type : 'application/octet-stream';
}

/** The `Content-Type` to answer with: text is always UTF-8 here, and no uploaded parameter comes back. */
export function servedType(contentType: string): string {
  const type = mediaType(contentType);
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

/** Only what cannot run a script is shown in the browser; SVG can, so it is saved like everything else. */
function shownInline(type: string): boolean {
  return type === 'text/plain' || (type.startsWith('image/') && type !== 'image/svg+xml');
}

/** `Content-Disposition` (RFC 6266) for an object of that type. */
export function contentDisposition(contentType: string, filename?: string): string {
  const kind = shownInline(mediaType(contentType)) ? 'inline' : 'attachment';
  if (!filename) return kind;
  // A path or a control character in a name is nobody's wish.
  const name = filename.replace(/[\p{Cc}/\\]/gu, '_').slice(0, 150);
  // A lone surrogate has no UTF-8 form and would make encodeURIComponent throw.
  const wellFormed = Buffer.from(name).toString();
  const ascii = name.replace(/[^\x20-\x7e]|["%]/g, '_');
  const encoded = encodeURIComponent(wellFormed).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
