import fc from 'fast-check';
import { baseImagesOf } from './base-images';
import { fullImageName, namedBases } from './named-bases';

const pin = `sha256:${'0'.repeat(64)}`;

describe('baseImagesOf', () => {
  it.each([
    ['one', 'FROM node:20-slim\n', ['node:20-slim']],
    ['pinned', `FROM node:20@${pin} AS x\n`, [`node:20@${pin}`]],
    ['each once, stages and scratch are none', 'FROM a AS One\nFROM b\nCOPY --from=one / /\nCOPY --from=0 / /\nFROM scratch\nCOPY --from=1 / /\nCOPY --from=a / /\n', ['a', 'b']],
    ['only what the last stage needs', 'FROM a AS unneeded\nRUN x\nFROM b AS c\nFROM c\n', ['b']],
    ['a number beyond the stages above is an image', 'FROM a\nCOPY --from=7 / /\n', ['a', '7']],
    ['a stage is not known before it begins', 'FROM later\nFROM a AS later\nCOPY --from=0 / /\n', ['later', 'a']],
    ['mounts', 'FROM a\nRUN --mount=type=bind,from=b:1,target=/b --mount=type=cache,target=/c <<EOF\nFROM no\nCOPY --from=no / /\nEOF\n', ['a', 'b:1']],
    ['defaults, and defaults of defaults', 'ARG V=20 W="${V}-slim"\nFROM node:${W}\nFROM x:${V:-1}${UNSET:-2}${V:+3}\nCOPY --from=0 / /\n', ['node:20-slim', 'x:2023']],
    ['an ARG of a stage says nothing to FROM', 'ARG V=1\nFROM a AS a1\nARG V=2\nFROM b:$V\n', ['b:1']],
    ['another escape, comments within', '# escape=`\nFROM `\n# comment\n a\n', ['a']],
    ['lower case, CRLF, quotes', 'from "a" as b\r\nfrom b\r\n', ['a']],
  ])('%s', (_about, text, bases) => expect(baseImagesOf(text)).toEqual(bases));

  it('puts in what is given, and only where it is declared', () => {
    const text = 'ARG V=1\nFROM a:$V\nFROM b${X}\nCOPY --from=0 / /\n';
    expect(baseImagesOf(text, { args: { V: '2' }, target: '0' })).toEqual(['a:2']);
    expect(baseImagesOf(text, { args: { X: '2' } })).toBeNull();
  });

  it('follows the target: by name in any case, or number', () => {
    const text = 'FROM a AS One\nFROM b\nFROM c\n';
    expect(baseImagesOf(text, { target: 'oNE' })).toEqual(['a']);
    expect(baseImagesOf(text, { target: '1' })).toEqual(['b']);
    expect(baseImagesOf(text, { target: '3' })).toBeNull();
    expect(baseImagesOf(text, { target: 'none' })).toBeNull();
  });

  it('knows the automatic arguments where it knows the platform', () => {
    const text = 'FROM --platform=$BUILDPLATFORM base-$TARGETARCH$TARGETVARIANT AS x\nFROM x-$BUILDARCH\nCOPY --from=x / /\n';
    expect(baseImagesOf(text, { platform: 'linux/arm/v7', buildPlatform: 'linux/amd64' })).toEqual(['base-armv7', 'x-amd64']);
    expect(baseImagesOf(text)).toBeNull();
  });

  it.each([['', null], ['RUN x\n', null], ['FROM a\nCOPY --from=$X / /\n', null], [`FROM a\n${'#'.repeat(70_000)}`, null], ['FROM a\n'.repeat(300), null]])(
    'cannot tell: %#',
    (text, told) => expect(baseImagesOf(text)).toBe(told),
  );

  it('never throws, and is done in time, whatever the text', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('FROM ', 'ARG ', 'COPY --from=', 'RUN --mount=from=', 'a', '$A', '${A:-', '}', '=', '\n', '\\\n', ' AS ', '"', "'", '<<EOF\n', '# escape=`\n', 'ONBUILD '), { maxLength: 60 }), (words) => {
        const bases = baseImagesOf(words.join(''));
        expect(bases === null || bases.every((name) => name !== '')).toBe(true);
      }),
    ));
});

describe('namedBases', () => {
  it.each([
    ['node', 'docker.io/library/node:latest'],
    ['a/b:1', 'docker.io/a/b:1'],
    ['localhost:5000/x', 'localhost:5000/x:latest'],
    ['ghcr.io/a/b:c', 'ghcr.io/a/b:c'],
  ])('%s is %s in full', (name, full) => expect(fullImageName(name)).toBe(full));

  it('gives each the digest that its name has, or that the builder said', () => {
    const digests = new Map([['docker.io/library/a:latest', `sha256:${'1'.repeat(64)}`]]);
    const request = { dockerfileText: `FROM a\nCOPY --from=b / /\nCOPY --from=c@${pin} / /\n` };
    expect(namedBases(request, 'linux/amd64', digests)).toEqual([{ name: 'a', digest: `sha256:${'1'.repeat(64)}` }, { name: 'b' }, { name: `c@${pin}`, digest: pin }]);
  });
});

it.each(['ARG A=xosi\nFROM ${A#x}ris/app', 'ARG A=xosi\nARG B=${A%i}\nFROM ${B}ris/app', 'ARG A=osi\nFROM ${A/s/t}ris/app'])('does not guess at operators that only some builders know: %j', (dockerfile) => {
  expect(baseImagesOf(dockerfile)).toBeNull();
});
