import { contentsOf, repositoryOf } from '../../fixtures/fixture-repository';
import { composeReader } from './compose.reader';
import { dockerfileReader } from './dockerfile.reader';
import type { Reader, Reading } from './reader';

const read = (texts: Record<string, string>, reader: Reader = dockerfileReader) => reader.read(contentsOf(texts), repositoryOf(Object.keys(texts))) as Reading;

describe('the reader of Dockerfiles', () => {
  it('finds port and health path, and says where', () => {
    const reading = read({ Dockerfile: 'FROM node:20-slim\nEXPOSE 3000 9229\nHEALTHCHECK CMD curl -f localhost:3000/healthz\nCMD ["node", "."]' });
    expect(reading).toMatchObject({ port: 3000, healthPath: '/healthz', warnings: [] });
    expect(reading.tags).toContainEqual({ key: 'port', value: '3000', source: 'auto', from: 'Dockerfile#EXPOSE (the one that HEALTHCHECK, ENV or CMD names)', confidence: 1 });
  });
  it('takes the port of the service that builds it from the compose file, where the Dockerfile has none', () => {
    const texts = { Dockerfile: 'FROM node:20', 'compose.yml': 'services:\n  other: {image: x, ports: ["1:1"]}\n  web: {build: ., ports: ["80:8080"]}\n' };
    expect(dockerfileReader.wants(repositoryOf(Object.keys(texts)), new Map())).toEqual(['Dockerfile', 'compose.yml']);
    expect(read(texts).port).toBe(8080);
    expect(read(texts).tags?.find(({ key }) => key === 'port')?.from).toBe('compose.yml#services.web.ports');
    expect(read({ ...texts, Dockerfile: 'FROM node:20\nEXPOSE 3000' }).port).toBe(3000);
  });
  it('has neither port nor tag where nothing says one', () => {
    expect(read({ Dockerfile: 'FROM scratch' })).toMatchObject({ port: undefined, healthPath: undefined, tags: [] });
  });
  it('warns with the line, and goes on', () => {
    expect(read({ Dockerfile: 'FROM node:20\nRUNN npm ci\nEXPOSE 3000' })).toMatchObject({
      port: 3000,
      warnings: [{ code: 'DOCKERFILE_DOUBTFUL', path: 'Dockerfile', line: 2, message: 'Dockerfile, line 2: "RUNN" is no Dockerfile instruction; the build will fail' }],
    });
    expect(read({}).warnings).toEqual([expect.objectContaining({ code: 'DOCKERFILE_DOUBTFUL', message: 'Dockerfile is not a text file' })]);
  });
});

describe('the reader of compose files', () => {
  it('finds the health path of the service that builds the app', () => {
    const compose = 'services:\n  web:\n    build: .\n    healthcheck:\n      test: curl -f http://localhost:${PORT:-80}/up\n  db:\n    image: x\n    healthcheck: {test: curl http://localhost/db}\n';
    expect(read({ 'docker-compose.yml': compose }, composeReader)).toEqual({ healthPath: '/up', warnings: [] });
  });
  it('warns of what does not parse', () => {
    expect(read({ 'docker-compose.yml': 'a: 1\na: 2' }, composeReader).warnings).toEqual([expect.objectContaining({ code: 'MANIFEST_INVALID', path: 'docker-compose.yml', line: 2 })]);
  });
  it('says nothing of what is not there', () => {
    expect(read({ Dockerfile: 'FROM a' }, composeReader)).toEqual({ healthPath: undefined, warnings: [] });
  });
});
