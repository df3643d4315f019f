import type { GatewayEnv } from '../env';
import { previewOrigin } from '../previews/preview-address';

/** On every answer of the hub itself. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** For answers that no page should come of: JSON, logs, stored objects. */
export const INERT_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** For the web app: pictures of READMEs from anywhere over https, previews in frames, all else from the hub. */
export function webAppPolicy(env: Pick<GatewayEnv, 'PREVIEW_DOMAIN' | 'PORT' | 'PUBLIC_URL'>): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' https: data:",
    "font-src 'self' data:",
    "connect-src 'self' ws: wss:",
    "manifest-src 'self'",
    `frame-src ${previewOrigin(env, '*')}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** For `/docs`: Swagger UI styles itself inline and draws with data: pictures. */
export const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
