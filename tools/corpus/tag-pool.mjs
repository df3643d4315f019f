import { ranked } from './dice.mjs';
import { subjects } from './subjects.mjs';

/** @param {string} text */
const pool = (text, flatness = 1) => ranked(text.trim().split(/\s+/), flatness);

/** With the frameworks and runtimes that go with it. The most common first. */
export const languages = ranked(
  [
    ['typescript', 'react nextjs vue svelte express nestjs angular sveltekit astro remix nuxt fastify solid hono qwik trpc vite preact koa lit', 'node deno bun'],
    ['python', 'django flask fastapi streamlit starlette gradio dash sanic tornado bottle litestar', 'cpython pypy'],
    ['javascript', 'react express vue preact alpine jquery electron koa meteor ember backbone mithril', 'node bun'],
    ['go', 'gin echo fiber chi hugo gorilla buffalo templ', 'native'],
    ['rust', 'axum actix rocket leptos yew warp dioxus tauri', 'native wasm'],
    ['java', 'spring-boot quarkus micronaut vaadin struts javalin', 'jvm graalvm'],
    ['php', 'laravel symfony wordpress drupal slim codeigniter cakephp', 'php-fpm frankenphp'],
    ['ruby', 'rails sinatra hanami jekyll roda', 'mri jruby'],
    ['csharp', 'aspnet blazor orleans nancy', 'dotnet'],
    ['kotlin', 'ktor spring-boot compose http4k', 'jvm'],
    ['elixir', 'phoenix nerves plug', 'beam'],
    ['html', 'htmx bootstrap eleventy bulma', 'browser'],
    ['c++', 'drogon crow wt qt', 'native wasm'],
    ['scala', 'play akka zio', 'jvm'],
    ['swift', 'vapor', 'native'],
    ['dart', 'flutter serverpod', 'dart-vm browser'],
    ['clojure', 'ring luminus', 'jvm'],
    ['haskell', 'yesod servant', 'native'],
    ['c', 'mongoose', 'native'],
    ['lua', 'openresty lapis', 'luajit'],
    ['perl', 'mojolicious dancer', 'perl'],
    ['r', 'shiny plumber', 'r'],
    ['julia', 'genie', 'julia'],
    ['zig', 'zap', 'native'],
    ['ocaml', 'dream', 'native'],
    ['nim', 'jester', 'native'],
    ['erlang', 'cowboy', 'beam'],
    ['gleam', 'wisp', 'beam'],
    ['crystal', 'kemal', 'native'],
    ['elm', 'elm-land', 'browser'],
  ].map(([language = '', frameworks = '', runtimes = '']) => ({ language, frameworks: pool(frameworks), runtimes: pool(runtimes, 0.4) })),
  0.9,
);

const topicsOfSubjects = [...new Set(subjects.flatMap(({ topics }) => topics))];
/** Beside the topics that come with a subject. */
export const topics = pool(
  `self-hosted open-source webapp docker cli accessibility pwa offline privacy automation graphql rest websocket serverless microservices
   ${topicsOfSubjects.join(' ')} markdown hacktoberfest kubernetes animation 3d webgl retro minimal demo tutorial showcase`,
  3,
);
export const databases = pool('postgresql sqlite mysql mongodb redis mariadb elasticsearch duckdb clickhouse dynamodb cassandra neo4j influxdb couchdb supabase firebase timescaledb valkey scylladb leveldb');
export const licenses = pool('mit apache-2.0 gpl-3.0 agpl-3.0 bsd-3-clause mpl-2.0 isc unlicense lgpl-3.0 cc0-1.0 eupl-1.2 bsd-2-clause');
export const ports = pool('3000 8080 80 8000 5000 4000 8501 5173 4321 1313 9000 8888 7860');
/** Now and then one of these, at most one of a kind. */
export const extras = [
  { key: 'css', share: 0.2, values: pool('tailwind sass bootstrap css-modules styled-components unocss emotion less postcss vanilla-extract') },
  { key: 'orm', share: 0.12, values: pool('prisma sqlalchemy typeorm drizzle hibernate gorm diesel sequelize eloquent active-record ecto kysely') },
  { key: 'testing', share: 0.15, values: pool('jest vitest pytest playwright junit cypress rspec go-test mocha phpunit') },
  { key: 'deploy', share: 0.12, values: pool('docker compose kubernetes helm nomad systemd terraform ansible') },
  { key: 'platform', share: 0.18, values: pool('web mobile desktop embedded tablet tv') },
  { key: 'stage', share: 0.12, values: pool('stable beta alpha prototype archived') },
  { key: 'audience', share: 0.1, values: pool('developers teams families students business researchers creators operators') },
];
