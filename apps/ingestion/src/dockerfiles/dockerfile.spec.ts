import { parseDockerfile } from './dockerfile';

const finalOf = (text: string) => parseDockerfile(text).final!;
const doubtsOf = (text: string) => parseDockerfile(text).doubts;

describe('parseDockerfile', () => {
  it('reads what the final image says, with what its stages say below it', () => {
    const { stages, final, args, doubts } = parseDockerfile(`# syntax=docker/dockerfile:1
ARG NODE=20
FROM node:\${NODE}-slim AS Base
ENV PORT=3000 NODE_ENV="production"
EXPOSE $PORT
HEALTHCHECK --interval=5s CMD curl -f http://localhost:$PORT/healthz || exit 1
CMD ["npm", "start"]
FROM golang AS tools
EXPOSE 9
from base
arg VERSION
CMD ["node", "server.js"]
`);
    expect(stages.map(({ name, base, line }) => [name, base, line])).toEqual([['base', 'node:20-slim', 3], ['tools', 'golang', 8], [null, 'node:20-slim', 10]]);
    expect(final).toMatchObject({ ports: [3000], command: 'node server.js', entrypoint: null, healthCommand: 'curl -f http://localhost:$PORT/healthz || exit 1' });
    expect([...final!.environment]).toEqual([['PORT', '3000'], ['NODE_ENV', 'production']]);
    expect(args).toEqual(['NODE', 'VERSION']);
    expect(doubts).toEqual([]);
  });

  it.each([
    ['several', 'EXPOSE 3000 9229\nEXPOSE 80', [3000, 9229, 80]],
    ['continuation with comments', 'expose \\\n  8080/tcp \\\n# no\n\n  81\n', [8080, 81]],
    ['a range', 'EXPOSE 3000-3005', [3000]],
    ['UDP', 'EXPOSE 53/udp 80/TCP', [80]],
    ['ARG', 'ARG PORT=4000\nEXPOSE ${PORT}', [4000]],
    ['a default', 'EXPOSE ${PORT:-5000}', [5000]],
    ['an unknown variable', 'EXPOSE $PORT', []],
    ['several in one variable', 'ENV PORTS="80 81"\nEXPOSE $PORTS', [80, 81]],
    ['ENV before ARG', 'ENV P=1\nARG P=2\nEXPOSE $P', [1]],
    ['one ENV instruction', 'ENV A=1\nENV A=2 B=$A\nEXPOSE $B', [1]],
    ['ONBUILD', 'ONBUILD EXPOSE 80', []],
    ['a heredoc', 'RUN <<EOF\nEXPOSE 99\nFROM evil\nEOF\nEXPOSE 80', [80]],
    ['two heredocs', 'COPY <<A <<B /x\nEXPOSE 98\nA\nEXPOSE 99\nB\nEXPOSE 80', [80]],
  ])('reads the ports of %s', (_what, text, ports) => {
    expect(finalOf(`FROM node\n${text}`).ports).toEqual(ports);
    expect(doubtsOf(`FROM node\n${text}`)).toEqual([]);
  });

  it('knows another escape character', () => {
    expect(finalOf('# escape=`\nFROM node\nEXPOSE `\n 80').ports).toEqual([80]);
  });
  it('drops the CMD of an image below where there is an ENTRYPOINT of its own', () => {
    expect(finalOf('FROM a AS b\nCMD x\nFROM b\nENTRYPOINT ["y"]')).toMatchObject({ command: null, entrypoint: 'y' });
    expect(finalOf('FROM a\nCMD x\nENTRYPOINT y')).toMatchObject({ command: 'x', entrypoint: 'y' });
  });
  it('takes HEALTHCHECK NONE as none', () => {
    expect(finalOf('FROM a AS b\nHEALTHCHECK CMD x\nFROM b\nHEALTHCHECK NONE').healthCommand).toBeNull();
    expect(finalOf('FROM a\nHEALTHCHECK CMD ["curl", "http://localhost/"]').healthCommand).toBe('curl http://localhost/');
  });

  it.each([
    ['', null, /no FROM/],
    ['# only a comment', null, /no FROM/],
    ['RUN echo', 1, /before the first FROM/],
    ['FROM node\nRUNN npm ci', 2, /"RUNN" is no Dockerfile instruction/],
    ['this is not a Dockerfile', 1, /"this"/],
    ['{"json": true}', 1, /no Dockerfile instruction/],
    ['<<<<<<< HEAD\nFROM a', 1, /no Dockerfile instruction/],
    ['FROM', 1, /names no image/],
    ['ARG BASE\nFROM $BASE', 2, /only where a build argument is given/],
    ['FROM node\n\nEXPOSE http', 3, /EXPOSE http is no port/],
    ['FROM node\nEXPOSE 70000', 2, /no port/],
    ['FROM node\nEXPOSE 8080:80', 2, /no port/],
  ])('doubts %j', (text, line, message) => {
    expect(doubtsOf(text)[0]).toEqual({ message: expect.stringMatching(message), line });
  });

  it('does not end on a stage that names itself', () => {
    expect(finalOf('FROM a AS a\nFROM a AS a\nFROM a').base).toBe('a');
  });
  it('looks at no more stages and variables than people have', () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `V${index}=1`);
    const { stages, final, doubts } = parseDockerfile(`FROM a AS a\nENV ${names.join(' ')}\n${'FROM a AS a\n'.repeat(2_500)}`);
    expect([stages.length, final?.environment.size]).toEqual([200, 1_000]);
    expect(doubts).toEqual([{ message: 'has more than 200 stages: only these were looked at', line: 202 }]);
  });
  it('does not let variables grow', () => {
    const { environment } = finalOf(`FROM a\nENV A=xxxxxxxxxx\n${'ENV A=$A$A$A$A\n'.repeat(60)}`);
    expect(environment.get('A')?.length).toBeLessThanOrEqual(2_000);
  });
  it.each([
    ['one line of a megabyte', 'FROM '.padEnd(1_000_000, 'a')],
    ['references without end', `FROM a\nENV A=${'${'.repeat(25_000)}`],
    ['quotes without end', `FROM a\nCMD [${'"a",'.repeat(14_000)}`],
    ['__proto__', 'FROM __proto__\nENV __proto__=1\nARG constructor\nEXPOSE $constructor'],
    ['a control character', 'FROM a\u0000b\u001b[31m\nEXPOSE \u0007'],
  ])('survives %s', (_what, text) => {
    expect(() => parseDockerfile(text)).not.toThrow();
  });
});
