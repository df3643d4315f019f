import { baseEnv, readEnv } from '@osiris/service-kit';
import { z } from 'zod';
import { parseTokens } from './security/tokens';

/** A DNS name: what stands before the first colon of a Host header. */
const HostName = z.string().regex(/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?$/i, 'a host name without port');
const List = z.string().transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== ''));

/** Long enough that an HMAC made with it cannot be guessed. */
const SigningKey = z.string().min(32, 'comma-separated keys of at least 32 characters each');

export const gatewayEnv = baseEnv.extend({
  /** Each launch is served at `<launchId>.<PREVIEW_DOMAIN>`. */
  PREVIEW_DOMAIN: HostName.default('preview.localhost'),
  /** Comma-separated: the first signs, all verify. */
  SIGNING_KEYS: List.pipe(z.array(SigningKey).min(1)),
  /** `name:role:secret,…`; with none, writes come from loopback only. */
  OSIRIS_TOKENS: z
    .string()
    .default('')
    .transform((text, context) => {
      try {
        return parseTokens(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
        return z.NEVER;
      }
    }),
  /** Further host names by which browsers reach the hub, comma-separated. */
  PUBLIC_HOST: List.pipe(z.array(HostName)).default([]),
  /** The hub's address as browsers see it, where a TLS proxy stands in front; gives previews their scheme and port. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Of GitHub's webhooks; without it `/hooks/github` answers 404. */
  GITHUB_WEBHOOK_SECRET: z.string().min(1).optional(),
  /** Of GitLab's; without it and the next `/hooks/gitlab` answers 404. */
  GITLAB_WEBHOOK_TOKEN: z.string().min(1).optional(),
  /** Of GitLab's signed webhooks. */
  GITLAB_WEBHOOK_SIGNING_SECRET: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'whsec_ and the base64 of at least 24 bytes').optional(),
  /** The built web app. */
  WEB_DIST: z.string().optional(),
});
export type GatewayEnv = z.infer<typeof gatewayEnv>;

export const loadEnv = (): GatewayEnv => readEnv(gatewayEnv);
