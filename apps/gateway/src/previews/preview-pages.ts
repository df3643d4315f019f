/** What a visitor reads where there is no app to show. */
export interface PreviewPage {
  status: number;
  title: string;
  text: string;
  /** Seconds after which the page looks again by itself. */
  refreshSeconds?: number;
  /** Of the app that can be launched again. */
  appId?: string;
}

export const PAGES = {
  unknown: { status: 404, title: 'There is no such preview', text: 'This address belongs to no launch of this hub.' },
  stopped: { status: 410, title: 'This preview has stopped', text: 'Its time was up, or somebody stopped it.' },
  failed: { status: 410, title: 'This preview has failed', text: 'The app did not start or went down. Its page in the hub says why.' },
  starting: { status: 503, title: 'This preview is starting', text: 'It shows here as soon as the app answers.', refreshSeconds: 1 },
  missing: { status: 403, title: 'This preview is private', text: 'Open it from its page in the hub: the link there lets you in.' },
  expired: { status: 403, title: 'This link has expired', text: 'Open the preview from its page in the hub, which makes a fresh link.' },
  invalid: { status: 403, title: 'This link is not valid', text: 'Open the preview from its page in the hub: the link there lets you in.' },
  unreachable: { status: 502, title: 'The app does not answer', text: 'It may have gone down, or be busy starting again. Try again in a moment.' },
  blind: { status: 503, title: 'The hub cannot tell yet', text: 'A part of the hub does not answer. Try again in a moment.', refreshSeconds: 2 },
} as const satisfies Record<string, PreviewPage>;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

/** A link launches nothing by itself, or any page could: it leads to where one press does. */
function links({ appId }: PreviewPage, hub: string): string {
  const again = appId === undefined ? '' : `<a class="again" href="${escaped(new URL(`/watch/${appId}#launch`, hub).href)}" target="_top">Launch again</a> `;
  return `${again}<a href="${escaped(hub)}" target="_top">Back to the hub</a>`;
}

export function renderPage(page: PreviewPage, hub: string): { headers: Record<string, string>; body: string } {
  const body = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(page.title)}</title>${page.refreshSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${page.refreshSeconds}">`}
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;min-height:90vh;display:grid;place-content:center;text-align:center;margin:0;padding:1rem}h1{font-size:1.4rem;margin:0 0 .5rem}p{margin:0 0 1.25rem;opacity:.8;max-width:36rem}a{display:inline-block;padding:.6rem 1rem;color:inherit}.again{border:1px solid;border-radius:.5rem;font-weight:600;text-decoration:none}</style>
</head><body><main><h1>${escaped(page.title)}</h1><p>${escaped(page.text)}</p>${links(page, hub)}</main></body></html>
`;
  const headers: Record<string, string> = {
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
  };
  if (page.refreshSeconds !== undefined) headers['retry-after'] = String(page.refreshSeconds);
  return { headers, body };
}
