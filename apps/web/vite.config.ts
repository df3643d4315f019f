import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const gateway = `http://127.0.0.1:${process.env.PORT ?? '4000'}`;

/** The gateway's own paths. Everything else is a page of this app. */
const API_PATHS = ['/apps', '/tags', '/builds', '/launches', '/artifacts', '/pictures', '/objects', '/operations/housekeeping', '/services', '/readyz', '/openapi.json', '/docs'];

/** A build is a page too, for who opens its address. */
function pageInstead({ url = '', headers }: { url?: string; headers: { accept?: string } }): string | undefined {
  return /^\/builds\/[^/]+$/.test(url) && headers.accept?.includes('text/html') ? '/index.html' : undefined;
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  resolve: {
    alias: { '@osiris/contracts': fileURLToPath(new URL('../../libs/contracts/src/index.ts', import.meta.url)) },
  },
  build: { outDir: 'dist', emptyOutDir: true, sourcemap: true },
  server: {
    host: '127.0.0.1',
    port: Number(process.env.WEB_PORT ?? 6000),
    proxy: {
      ...Object.fromEntries(API_PATHS.map((path) => [path, { target: gateway, bypass: pageInstead }])),
      '/events': { target: gateway, ws: true },
    },
  },
});
