import type { Clue, Detector } from './detector';

/** What only serves development (a mock API, a test's server) the app is not made with. */
const installed = (name: string): Clue => ({ package: `npm:${name}` });

/** What answers requests in Node, Deno and Bun, and how the browser speaks to it. */
export const JAVASCRIPT_SERVER_DETECTORS: readonly Detector[] = [
  { tag: 'framework:express', some: [installed('express')], version: 'npm:express', confidence: 0.95 },
  { tag: 'framework:fastify', some: [installed('fastify')], version: 'npm:fastify', confidence: 0.95 },
  { tag: 'framework:koa', some: [installed('koa')], version: 'npm:koa', confidence: 0.95 },
  { tag: 'framework:hapi', some: [installed('@hapi/hapi'), installed('hapi')], version: ['npm:@hapi/hapi', 'npm:hapi'], confidence: 0.95 },
  { tag: 'framework:hono', some: [installed('hono'), { package: 'jsr:@hono/hono' }], version: ['npm:hono', 'jsr:@hono/hono'], confidence: 0.95 },
  { tag: 'framework:nestjs', some: [installed('@nestjs/core')], version: 'npm:@nestjs/core', contains: ['framework:express', 'framework:fastify'], confidence: 0.95 },
  { tag: 'framework:adonis', some: [installed('@adonisjs/core')], version: 'npm:@adonisjs/core', confidence: 0.95 },
  {
    tag: 'framework:meteor',
    some: [
      { file: '.meteor/release' },
      { every: [installed('meteor-node-stubs')], some: [{ pattern: /"meteor"\s{0,20}:\s{0,20}\{/, in: 'package.json' }, { pattern: /\bmeteor\/meteor\b/, in: '{client,server}/main.{js,jsx,ts,tsx}' }] },
    ],
  },
  { tag: 'framework:strapi', some: [installed('@strapi/strapi'), installed('strapi')], version: ['npm:@strapi/strapi', 'npm:strapi'], contains: ['framework:react', 'framework:koa'], confidence: 0.95 },
  { tag: 'framework:payload', some: [installed('payload')], version: 'npm:payload', confidence: 0.95 },
  { tag: 'framework:directus', some: [installed('directus'), { image: 'directus/directus' }, { package: 'npm:@directus/extensions-sdk', dev: true }], version: 'npm:directus' },
  // The client alone speaks to a server that is not here, in the same protocol: the app is made with it all the same.
  { tag: 'framework:socket.io', some: [installed('socket.io'), { package: 'npm:socket.io-client', dev: true }], version: 'npm:socket.io' },
  { tag: 'framework:trpc', some: [installed('@trpc/server'), { package: 'npm:@trpc/client', dev: true }], version: 'npm:@trpc/server', confidence: 0.95 },
  {
    tag: 'framework:graphql',
    some: [installed('graphql'), installed('graphql-yoga'), installed('@apollo/server'), installed('apollo-server'), installed('apollo-server-express'), installed('mercurius'), installed('@nestjs/graphql'), installed('@apollo/client'), installed('urql')],
    // What reads its content by GraphQL from its own files.
    none: [installed('gatsby')],
    version: 'npm:graphql',
  },
  { tag: 'framework:feathers', some: [installed('@feathersjs/feathers')], version: 'npm:@feathersjs/feathers', contains: ['framework:express', 'framework:koa'], confidence: 0.95 },
  { tag: 'framework:elysia', some: [installed('elysia')], version: 'npm:elysia', confidence: 0.95 },
];
