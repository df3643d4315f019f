import { runtimeOf } from './base-images';
import { dockerfileReader } from './dockerfile.reader';
import { contentsOf } from '../../fixtures/fixture-repository';
import type { Reading } from './reader';

const read = (text: string) =>
  dockerfileReader.read(contentsOf({ ['Dockerfile']: text }), { files: [], dockerfilePath: 'Dockerfile', commitSha: 'c'.repeat(40), publicUrl: null }) as Reading;
const tagsOf = (text: string) => read(text).tags?.map(({ key, value }) => `${key}:${value}`);

describe('the reader of Dockerfiles', () => {
  it('finds port and runtime, and says where', () => {
    const { port, tags, warnings } = read('FROM node:20-slim\nEXPOSE 3000\nCMD ["node", "."]');
    expect(port).toBe(3000);
    expect(warnings).toBeUndefined();
    expect(tags).toEqual([
      { key: 'runtime', value: 'node', source: 'auto', from: 'Dockerfile#FROM node:20-slim' },
      { key: 'port', value: '3000', source: 'auto', from: 'Dockerfile#EXPOSE' },
    ]);
  });

  it.each([
    ['lower case, comments, continuations', '# a\nfrom node\nexpose \\\n  8080/tcp # no\n', 8080],
    ['several', 'FROM node\nEXPOSE 3000 9229\nEXPOSE 80', 3000],
    ['a range', 'FROM node\nEXPOSE 3000-3005', 3000],
    ['UDP alone', 'FROM node\nEXPOSE 53/udp', undefined],
    ['UDP first', 'FROM node\nEXPOSE 53/udp 80/tcp', 80],
    ['ENV', 'FROM node\nENV PORT=4000\nEXPOSE $PORT', 4000],
    ['ARG', 'FROM node\nARG PORT=4000\nEXPOSE ${PORT}', 4000],
    ['a default', 'FROM node\nEXPOSE ${PORT:-5000}', 5000],
    ['an unknown variable', 'FROM node\nEXPOSE $PORT', undefined],
    ['the last stage alone', 'FROM node AS build\nEXPOSE 1\nFROM nginx\nEXPOSE 2', 2],
    ['the stage below', 'FROM node AS base\nEXPOSE 3000\nFROM base\nRUN x', 3000],
    ['no EXPOSE', 'FROM node', undefined],
    ['nonsense', 'FROM node\nEXPOSE http 0 70000', undefined],
  ])('reads the port of %s', (_what, text, port) => {
    expect(read(text).port).toBe(port);
  });

  it.each([
    ['the last stage', 'FROM node AS build\nFROM nginx:alpine', 'runtime:nginx'],
    ['the base of a named stage', 'FROM node:20 AS base\nFROM base AS build\nFROM base', 'runtime:node'],
    ['an ARG before FROM', 'ARG V=20\nFROM node:${V}-slim', 'runtime:node'],
    ['a registry with a port', 'FROM localhost:5000/library/python:3', 'runtime:python'],
    ['a platform', 'FROM --platform=$BUILDPLATFORM golang:1', 'runtime:go'],
  ])('finds the runtime of %s', (_what, text, tag) => {
    expect(tagsOf(text)).toContain(tag);
  });

  it.each([
    ['', /no FROM/],
    ['# only a comment', /no FROM/],
    ['RUN echo', /no FROM/],
    ['FROM node\nRUNN npm ci', /line 2: "RUNN"/],
    ['this is not a Dockerfile', /line 1: "this"/],
    ['{"json": true}', /line 1/],
  ])('warns of %j and goes on', (text, warning) => {
    expect(read(text).warnings).toEqual([expect.objectContaining({ message: expect.stringMatching(warning) })]);
  });

  it('does not end on a stage that names itself', () => {
    expect(() => read('FROM a AS a\nFROM a AS a\nFROM a')).not.toThrow();
  });
});

describe('runtimeOf', () => {
  it.each([
    ['node@sha256:abc', 'node'], ['mcr.microsoft.com/dotnet/aspnet:8.0', 'dotnet'], ['oven/bun:1', 'bun'], ['acme/sdk', undefined], ['constructor', undefined], ['', undefined],
  ])('of %j is %s', (image, runtime) => {
    expect(runtimeOf(image)).toBe(runtime);
  });
});
