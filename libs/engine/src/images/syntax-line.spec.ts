import { stripSyntaxLine } from './syntax-line';

describe('stripSyntaxLine', () => {
  it.each(['# syntax=docker/dockerfile:1', '#syntax=docker/dockerfile', '# Syntax = docker.io/docker/dockerfile:1.7-labs', '# syntax=docker/dockerfile:1\r'])('takes %j out', (line) =>
    expect(stripSyntaxLine(`${line}\nFROM x\n`)).toEqual({ text: '#\nFROM x\n', stripped: true }),
  );
  it.each(['# syntax=example.com/frontend:1\nFROM x', '# syntax=docker/dockerfile-upstream:master\nFROM x', 'FROM x\n# syntax=docker/dockerfile:1', '# a comment\n# syntax=docker/dockerfile:1\nFROM x', ''])('leaves %j', (text) =>
    expect(stripSyntaxLine(text)).toEqual({ text, stripped: false }),
  );
  it('keeps other directives in effect, and the number of lines', () =>
    expect(stripSyntaxLine('# syntax=docker/dockerfile:1\n# escape=`\nFROM x').text).toBe('# escape=`\n#\nFROM x'));
});
