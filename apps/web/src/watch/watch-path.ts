/** Where an app is watched. A slug is `owner/name`; its slash stays one, so that the address reads well. */
export function watchPath(slug: string): string {
  return `/watch/${slug.split('/').map(encodeURIComponent).join('/')}`;
}
