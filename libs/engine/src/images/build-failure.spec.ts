import { classifyBuildFailure, saysEngineEnded } from './build-failure';

const step = (name: string, lastLines: string[] = []) => ({ name, error: 'x', lastLines });
const solve = 'failed to solve with frontend dockerfile.v0: failed to create LLB definition: ';

describe('classifyBuildFailure', () => {
  it.each([
    [`${solve}dockerfile parse error line 2: unknown instruction: RUNN`, 2],
    ['dockerfile parse error on line 12: unknown instruction: RUNN (did you mean RUN?)', 12],
    [`${solve}dockerfile parse error line 2: COPY requires at least two arguments, but only one was provided. Destination could not be determined`, 2],
    [`${solve}the Dockerfile cannot be empty`, undefined],
    ['the Dockerfile (Dockerfile) cannot be empty', undefined],
    [`${solve}no build stage in current context`, undefined],
    [`${solve}circular dependency detected on stage: a`, undefined],
  ])('%s: a broken Dockerfile', (message, line) => {
    const failure = classifyBuildFailure(message, null);
    expect(failure).toMatchObject({ code: 'DOCKERFILE_INVALID' });
    expect(failure.line).toBe(line);
    expect(failure.message).not.toContain('LLB');
  });

  it.each([
    ['failed to do request: Head "https://registry-1.docker.io/v2/library/alpine/manifests/3.19": dial tcp: lookup registry-1.docker.io on 10.0.0.1:53: no such host', '[internal] load metadata for docker.io/library/alpine:3.19', 'alpine:3.19', 'cannot be reached'],
    ['failed to load cache key: failed to do request: Head "https://registry-1.docker.io/v2/library/nostage/manifests/latest": dial tcp: lookup registry-1.docker.io: no such host', 'FROM docker.io/library/nostage:latest', 'nostage:latest', 'cannot be reached'],
    ['failed to load cache key: failed to do request: Head "https://ghcr.io/v2/a/b/manifests/1": dial tcp: i/o timeout', '', 'ghcr.io/a/b:1', 'cannot be reached'],
    ['docker.io/library/nope:1: not found', '[internal] load metadata for docker.io/library/nope:1', 'nope:1', 'does not exist'],
    ['pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed', '[internal] load metadata for docker.io/library/nope:latest', 'nope:latest', 'credentials'],
    ['ghcr.io/a/b:1: failed to resolve source metadata for ghcr.io/a/b:1: unexpected status: 429 Too Many Requests: toomanyrequests', '[internal] load metadata for ghcr.io/a/b:1', 'ghcr.io/a/b:1', 'too many requests'],
    ['pull access denied for nope, repository does not exist or may require \'docker login\': denied', '[1/2] FROM nope', 'nope', 'credentials'],
    ['Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host', '[1/2] FROM alpine:3.19', 'alpine:3.19', 'cannot be reached'],
    ['invalid from flag value nostage: Get "https://registry-1.docker.io/v2/": dial tcp: no such host', '[2/2] COPY --from=nostage /a /b', 'nostage', 'cannot be reached'],
  ])('%s: no base image', (message, name, image, why) => {
    const failure = classifyBuildFailure(message, step(name));
    expect(failure).toMatchObject({ code: 'BASE_IMAGE_UNAVAILABLE', image });
    expect(failure.message).toContain(why);
  });

  it.each([
    ['failed to compute cache key: "/nope.txt" not found: not found', 'nope.txt'],
    ['failed to compute cache key: failed to calculate checksum of ref moby::abc: "/nope.txt": not found', 'nope.txt'],
    ['lstat /var/lib/docker/tmp/buildkit-mount860391643/nope: no such file or directory', 'nope'],
    ['COPY failed: file not found in build context or excluded by .dockerignore: stat nope.txt: file does not exist', 'nope.txt'],
  ])('%s: a missing source', (message, source) => {
    const failure = classifyBuildFailure(message, step('[2/2] COPY nope.txt /'));
    expect(failure).toMatchObject({ code: 'COPY_SOURCE_MISSING', source });
    expect(failure.message).not.toContain('/var/lib');
  });

  it.each([
    ['executor failed running [/bin/sh -c exit 7]: exit code: 7', 7],
    ['process "/bin/sh -c exit 7" did not complete successfully: exit code: 7', 7],
    ["The command '/bin/sh -c exit 7' returned a non-zero code: 7", 7],
    ['executor failed running [/bin/sh -c id]: unable to find user nobody1: invalid argument', undefined],
  ])('%s: a failed RUN', (message, exitCode) => {
    const failure = classifyBuildFailure(message, step('[2/2] RUN exit 7', ['one', '\u001b[31mtwo\u001b[0m', '']));
    expect(failure).toMatchObject({ code: 'RUN_FAILED', step: '[2/2] RUN exit 7', lastLines: ['one', '\u001b[31mtwo\u001b[0m', ''] });
    expect(failure.exitCode).toBe(exitCode);
    expect(failure.message).toMatch(/^RUN exit 7 .*It said: two$/s);
  });

  it('does not mistake what a command printed for a missing base image', () =>
    expect(classifyBuildFailure('executor failed running [/bin/sh -c apk add x]: exit code: 1', step('[2/3] RUN apk add x', ['lookup dl-cdn: no such host'])).code).toBe('RUN_FAILED'));

  it('leaves the rest as BUILD_FAILED, unwrapped and not endless', () => {
    const failure = classifyBuildFailure(`failed to load cache key: Get "http://127.0.0.1:1/x": ${'long '.repeat(10_000)}`, step('http://127.0.0.1:1/x'));
    expect(failure.code).toBe('BUILD_FAILED');
    expect(failure.message.length).toBeLessThanOrEqual(2_000);
  });
});

it('knows an engine that ended', () => {
  expect(saysEngineEnded('rpc error: code = Unavailable desc = transport is closing')).toBe(true);
  expect(saysEngineEnded('failed to solve: process "/bin/sh -c x" did not complete successfully: context canceled')).toBe(true);
  expect(saysEngineEnded('executor failed running [/bin/sh -c echo context canceled]: exit code: 1')).toBe(false);
});
