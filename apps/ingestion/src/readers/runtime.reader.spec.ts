import { readingOf } from '../../fixtures/fixture-repository';
import { runtimeReader } from './runtime.reader';

const runtimesOf = async (files: Record<string, string>): Promise<string[]> =>
  (await readingOf(files, {}, [runtimeReader])).tags.map(({ key, value }) => `${key.replace('runtime-version', 'version')} ${value}`);

describe('what the app runs in', () => {
  it.each([
    ['the final image', 'FROM golang:1.22 AS build\nFROM python:3.12-slim\n', ['runtime python', 'version 3.12']],
    ['a server of files, whatever built them', 'FROM node:22 AS build\nFROM nginx:alpine\nCOPY --from=build /dist /usr/share/nginx/html\n', ['runtime nginx']],
    ['what was compiled, in an image without a runtime', 'FROM node:22 AS web\nFROM golang:1.22 AS build\nFROM gcr.io/distroless/static\nCMD ["/app"]\n', ['runtime go', 'version 1.22']],
    ['.NET that was published with its runtime', 'FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build\nFROM debian:bookworm-slim\nENTRYPOINT ["/app/Server"]\n', ['runtime dotnet', 'version 8']],
    ['Java in a server that has no known name', 'FROM maven:3.9-eclipse-temurin-21 AS build\nFROM registry.example.org/app-server:7\nCOPY --from=build /src/target/app.war /opt/\n', ['runtime java', 'version 21']],
    ['the program that is started', 'FROM alpine\nRUN apk add nodejs\nCMD ["tini", "--", "node", "server.js"]\n', ['runtime node']],
  ])('is %s', async (_, Dockerfile, expected) => {
    expect(await runtimesOf({ Dockerfile })).toEqual(expected);
  });

  it('is not told where pages lie in an image that says nothing', async () => {
    expect(await runtimesOf({ Dockerfile: 'FROM node:22 AS build\nFROM registry.example.org/pages:1\nCOPY --from=build /dist /srv\n', 'package.json': '{"name":"pages"}' })).toEqual([]);
  });

  it('has the version of the image before that of files and requirements', async () => {
    const files = { '.nvmrc': '20', 'package.json': '{"name":"app","engines":{"node":">=18"}}' };
    expect(await runtimesOf({ ...files, Dockerfile: 'FROM node:22\n' })).toEqual(['runtime node', 'version 22']);
    expect(await runtimesOf({ ...files, Dockerfile: 'FROM node:lts\n' })).toEqual(['runtime node', 'version 20']);
    expect(await runtimesOf({ 'package.json': files['package.json'], Dockerfile: 'FROM node\n' })).toEqual(['runtime node', 'version 18']);
  });
});
