import type { Clue, Clues } from './detector';

const npm = (...names: string[]): Clue[] => names.map((name) => ({ package: `npm:${name}` as const }));
const pypi = (...names: string[]): Clue[] => names.map((name) => ({ package: `pypi:${name}` as const }));
const composer = (...names: string[]): Clue[] => names.map((name) => ({ package: `composer:${name}` as const }));

/** What answers requests with more than files. The languages that are written for servers alone tell it by their manifest. */
const SERVERS: readonly Clue[] = [
  ...npm('express', 'fastify', 'koa', '@hapi/hapi', 'hono', '@hono/node-server', '@nestjs/core', '@adonisjs/core', '@strapi/strapi', 'payload', 'directus', 'socket.io', '@trpc/server', '@feathersjs/feathers', 'elysia', 'ws'),
  ...pypi('django', 'flask', 'fastapi', 'starlette', 'tornado', 'sanic', 'pyramid', 'bottle', 'litestar', 'streamlit', 'gradio', 'dash', 'panel', 'shiny', 'nicegui', 'reflex', 'chainlit'),
  ...composer('laravel/framework', 'symfony/framework-bundle', 'slim/slim', 'yiisoft/yii2', 'cakephp/cakephp', 'codeigniter4/framework', 'drupal/core'),
  { package: 'gem:rails' },
  { package: 'gem:sinatra' },
  { package: 'gem:hanami' },
  { package: 'hex:phoenix' },
  { package: 'cargo:axum' },
  { package: 'cargo:actix-web' },
  { package: 'cargo:rocket' },
  { package: 'cargo:warp' },
  { file: 'pom.xml' },
  { glob: 'build.gradle{,.kts}' },
  { file: 'index.php' },
];

/** Where one of these is seen, more than files is served. */
export const NO_SERVER_OF_ITS_OWN: readonly Clue[] = [...SERVERS, { every: [{ file: 'go.mod' }, { glob: '{main,server}.go' }], none: [{ dockerfile: /GOARCH=wasm|\bhugo\b/ }] }];

/** Where one of these is seen, a generator of documents writes those of an app. */
export const BUILT_BESIDE_AN_APP: readonly Clue[] = [
  ...SERVERS,
  ...npm('next', '@remix-run/react', '@angular/core'),
  { package: 'npm:nuxt', dev: true },
  { package: 'npm:@sveltejs/kit', dev: true },
  { package: 'npm:electron', dev: true },
  { file: 'index.html' },
  { file: 'go.mod' },
  { file: 'Cargo.toml' },
  { file: 'mix.exs' },
  { file: 'manage.py' },
  { glob: '{app,main,server,wsgi,asgi}.py' },
  { glob: '*.csproj' },
];

const FILE_SERVERS: readonly Clue[] = [
  ...['nginx', 'httpd', 'caddy', 'busybox', 'nginxinc/nginx-unprivileged', 'bitnami/nginx', 'openresty/openresty', 'joseluisq/static-web-server', 'lipanski/docker-static-website'],
  ...['halverneus/static-file-server', 'pierrezemb/gostatic', 'svenstaro/miniserve', 'flashspys/nginx-static', 'sebp/lighttpd', 'nginx/nginx', 'ubuntu/nginx'],
].map((base) => ({ base }));

/** The last stage of the Dockerfile is a server of files, or what it runs is one. */
export const SERVED_BY_A_FILE_SERVER: Clues = {
  some: [
    ...FILE_SERVERS,
    { dockerfile: /^[ \t]*(?:CMD|ENTRYPOINT)\b[^\n]{0,300}?(?:\bhttp-server\b|\bhttp\.server\b|SimpleHTTPServer|\bbusybox\b|\bhttpd\b|\blighttpd\b|\bdarkhttpd\b|\bthttpd\b|\bserve["',\s]{1,6}-|\bserve["',\s]{1,6}(?:\.|build|dist|public|out)\b|\bstatic-web-server\b|\bnginx\b)/im },
  ],
};
