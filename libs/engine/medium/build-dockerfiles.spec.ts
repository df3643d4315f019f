import { failureOf, realBuilds, eventsOf, unique } from './real-builds';

const { images, build, end } = realBuilds(`test-dockerfiles-${process.pid}`);

afterAll(end);

/** Dockerfiles as real repositories have them, cut down to what each is about. `says` is among the output. */
const EVERYWHERE: { about: string; dockerfile: string; files?: Record<string, string>; args?: Record<string, string>; target?: string; says: string[]; bases?: string[] }[] = [
  {
    about: 'stages by name and by number',
    dockerfile: 'FROM busybox AS Build\nRUN echo built > /out\nFROM busybox\nCOPY --from=build /out /a\nCOPY --from=0 /out /b\nRUN echo "$(cat /a) $(cat /b)"\n',
    says: ['built built'],
    bases: ['busybox'],
  },
  { about: 'a target by name', dockerfile: 'FROM busybox AS one\nRUN echo this is one\nFROM one AS two\nRUN exit 3\n', target: 'one', says: ['this is one'], bases: ['busybox'] },
  { about: 'a target by number', dockerfile: 'FROM busybox AS zero\nRUN echo this is zero\nFROM node:20-slim\nRUN exit 3\n', target: '0', says: ['this is zero'], bases: ['busybox'] },
  {
    about: 'arguments: with a default, given, and in FROM',
    dockerfile: 'ARG IMAGE=nowhere\nARG TAG=latest\nFROM ${IMAGE}:${TAG}\nARG MODE=production\nARG UNSET\nRUN echo "mode $MODE, unset ${UNSET:-nothing}"\n',
    args: { IMAGE: 'busybox', MODE: 'test' },
    says: ['mode test, unset nothing'],
    bases: ['busybox:latest'],
  },
  {
    about: 'the automatic platform arguments',
    dockerfile: 'FROM busybox\nARG TARGETPLATFORM\nARG TARGETOS TARGETARCH\nARG BUILDPLATFORM\nRUN echo "$TARGETPLATFORM $TARGETOS/$TARGETARCH $BUILDPLATFORM"\n',
    says: [`linux/${process.arch === 'x64' ? 'amd64' : process.arch} linux/${process.arch === 'x64' ? 'amd64' : process.arch} linux/${process.arch === 'x64' ? 'amd64' : process.arch}`],
  },
  { about: 'another escape character', dockerfile: '# escape=`\nFROM busybox\nRUN echo one `\n  two C:\\\\dir\n', says: ['one two C:\\dir'] },
  { about: 'comments between continued lines, and CRLF', dockerfile: 'FROM busybox\r\nRUN echo first \\\r\n# a comment\r\n  second\r\n', says: ['first second'] },
  { about: 'owners of files, exec form, SHELL, WORKDIR and ENV', files: { 'a.txt': 'a' }, dockerfile: 'FROM busybox\nENV DIR=/work\nWORKDIR $DIR\nCOPY --chown=1000:1001 a.txt /a\nRUN stat -c "%u:%g" /a\nSHELL ["/bin/sh", "-ec"]\nRUN pwd\nRUN ["/bin/echo", "exec form"]\n', says: ['1000:1001', '/work', 'exec form'] },
  { about: 'scratch', dockerfile: 'FROM busybox AS build\nRUN echo scratching > /x; cat /x\nFROM scratch\nCOPY --from=build /x /x\n', says: ['scratching'], bases: ['busybox'] },
  { about: 'files copied from another image', dockerfile: 'FROM busybox\nCOPY --from=node:20-slim /etc/hostname* /etc/passwd /from/\nRUN ls /from\n', says: ['passwd'], bases: ['busybox', 'node:20-slim'] },
];

describe.each(['buildkit', 'classic'] as const)('%s', (builder) => {
  it.each(EVERYWHERE)('$about', async ({ dockerfile, says, bases, about: _about, ...options }) => {
    const run = await build(dockerfile, { builder, noCache: true, ...options });
    expect(run.outcome).toEqual({ status: 'succeeded', bases: (bases ?? ['busybox']).map((name) => ({ name })) });
    expect(run.output).toEqual(expect.arrayContaining(says));
    // What a FROM names may be cached at any time.
    for (const events of eventsOf(run.lines)) expect(events).toEqual(['begin', expect.stringMatching(/^(done|cached)$/)]);
  });

  it('ONBUILD of a base image runs in what is built on it', async () => {
    const tag = `osiris-test/onbuild:${process.pid}-${builder}`;
    await build('FROM busybox\nONBUILD COPY a.txt /a\nONBUILD RUN cat /a\n', { builder, tag });
    const run = await build(`FROM ${tag}\nRUN echo then\n`, { builder, noCache: true, files: { 'a.txt': 'triggered\n' } });
    expect(run.outcome.status).toBe('succeeded');
    expect(run.output).toContain('triggered');
    await images.removeImage(tag);
  });

  it('says which steps were cached, and builds them anew where asked', async () => {
    const dockerfile = `FROM busybox\nRUN echo ${unique()}\n`;
    const first = await build(dockerfile, { builder });
    const again = await build(dockerfile, { builder });
    const ends = (lines: typeof first.lines) => lines.filter(({ event, step }) => event !== undefined && event !== 'begin' && step?.includes('RUN echo')).map(({ event, durationMs }) => [event, typeof durationMs]);
    expect(ends(first.lines)).toEqual([['done', 'number']]);
    expect(ends(again.lines)).toEqual([['cached', 'number']]);
    expect(ends((await build(dockerfile, { builder, noCache: true })).lines)).toEqual([['done', 'number']]);
  });

  it('says that a target is not there', async () => {
    expect(failureOf(await build('FROM busybox AS one\n', { builder, target: 'two' }))).toMatchObject({ code: 'DOCKERFILE_INVALID', message: expect.stringContaining('two') as string });
    expect(failureOf(await build('FROM busybox\nFROM busybox\n', { builder, target: '0' }))).toMatchObject({ code: 'DOCKERFILE_INVALID', message: expect.stringContaining('stage 0') as string });
  });
});

describe('BuildKit alone', () => {
  it('keeps a cache mount from build to build', async () => {
    const id = unique();
    const dockerfile = (n: number) => `FROM busybox\nRUN --mount=type=cache,id=${id},target=/cache echo build ${n} >> /cache/log; cat /cache/log\n`;
    await build(dockerfile(1));
    expect((await build(dockerfile(2))).output).toEqual(['build 1', 'build 2']);
  });

  it('mounts from the context, from a stage and from an image', async () => {
    const run = await build(
      'FROM busybox AS made\nRUN echo of a stage > /made\nFROM busybox\nRUN --mount=type=bind,source=a.txt,target=/a --mount=type=bind,from=made,source=/made,target=/made --mount=from=node:20-slim,target=/node cat /a /made && ls -d /node/etc\nRUN --mount=type=tmpfs,target=/t --mount=type=secret,id=absent touch /t/x && ls /t\n',
      { noCache: true, files: { 'a.txt': 'of the context\n' } },
    );
    expect(run.outcome).toEqual({ status: 'succeeded', bases: [{ name: 'busybox' }, { name: 'node:20-slim' }] });
    expect(run.output).toEqual(expect.arrayContaining(['of the context', 'of a stage', '/node/etc', 'x']));
  });

  it('builds stages side by side, and leaves out the ones not needed', async () => {
    const run = await build(`FROM busybox AS a\nRUN echo in a ${unique()} > /a\nFROM busybox AS b\nRUN echo in b ${unique()} > /b\nFROM busybox AS unneeded\nRUN exit 1\nFROM busybox\nCOPY --from=a /a /\nCOPY --from=b /b /\nRUN cat /a /b\n`);
    expect(run.output).toEqual([expect.stringMatching(/^in a/), expect.stringMatching(/^in b/)]);
    for (const events of eventsOf(run.lines)) expect(events).toEqual(['begin', expect.stringMatching(/^(done|cached)$/)]);
  });

  it('takes BUILDPLATFORM in FROM', async () => {
    const run = await build(`FROM --platform=$BUILDPLATFORM busybox AS build\nARG TARGETARCH\nRUN echo for $TARGETARCH\nFROM busybox\nCOPY --from=build /etc/passwd /\n`, { noCache: true });
    expect(run.outcome).toMatchObject({ status: 'succeeded', bases: [{ name: 'busybox' }] });
  });

  it('heredocs: built, or said to be too new for this engine', async () => {
    const run = await build('FROM busybox\nRUN <<EOF\necho in a heredoc\necho and more\nEOF\n', { noCache: true });
    const failure = failureOf(run);
    if (failure) expect(failure).toMatchObject({ code: 'DOCKERFILE_INVALID', line: 3, message: expect.stringMatching(/heredoc \(line 2\).*too old/) as string });
    else expect(run.output).toEqual(['in a heredoc', 'and more']);
  });
});
