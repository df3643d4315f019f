import { contentsOf, repositoryOf } from '../../fixtures/fixture-repository';
import { seenImages, wantedForImages } from './seen-images';

const see = (texts: Record<string, string>) => seenImages(repositoryOf(Object.keys(texts)), contentsOf(texts));

describe('seenImages', () => {
  it('names the images of compose files and of the final stage, and where they stand', () => {
    const texts = {
      'compose.yaml': 'services:\n  web:\n    build: .\n    image: acme/web\n  db:\n    image: docker.io/library/postgres:${TAG:-16}\n  cache:\n    image: "${CACHE:-ghcr.io/x/y}@sha256:abc"\n',
      Dockerfile: 'FROM node:20 AS build\nFROM nginx:alpine AS web\nFROM web\n',
    };
    expect(wantedForImages(repositoryOf(Object.keys(texts)))).toEqual(['compose.yaml', 'Dockerfile']);
    expect(see(texts)).toEqual([
      { name: 'postgres', from: 'compose.yaml#services.db.image' },
      { name: 'x/y', from: 'compose.yaml#services.cache.image' },
      { name: 'nginx', from: 'Dockerfile#FROM nginx:alpine', base: true },
    ]);
  });
  it('sees nothing where nothing is read, nothing is run, or nothing parses', () => {
    expect(seenImages(repositoryOf(['compose.yml']), contentsOf({}))).toEqual([]);
    expect(see({ 'compose.yml': 'services: [a]', Dockerfile: 'FROM scratch' })).toEqual([]);
    expect(see({ 'docker-compose.yml': 'services:\n  a: {image: 5}\n  b: {image: [x]}\n  c: nothing\n  __proto__: {image: redis}\n', Dockerfile: '' })).toEqual([
      { name: '5', from: 'docker-compose.yml#services.a.image' },
      { name: 'redis', from: 'docker-compose.yml#services.__proto__.image' },
    ]);
  });
  it('leaves out what runs in tests alone', () => {
    expect(see({ 'compose.yml': 'services:\n  db: {image: mongo, profiles: [test]}\n', Dockerfile: 'FROM scratch' })).toEqual([]);
  });
});
