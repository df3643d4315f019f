import { z } from 'zod';

/** Value under `<launchId>` in the KV bucket `PREVIEWS`: where the gateway's proxy finds the app. */
export const PREVIEWS_BUCKET = 'PREVIEWS';
export const PreviewRoute = z.object({
  launchId: z.string(),
  appId: z.string(),
  /** Address the gateway dials, a container's IP on the internal network or a published host port. */
  host: z.string(),
  port: z.number().int().min(1).max(65_535),
  expiresAt: z.iso.datetime(),
});
export type PreviewRoute = z.infer<typeof PreviewRoute>;
