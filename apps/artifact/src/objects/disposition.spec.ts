import { contentDisposition, servedType } from './disposition';

describe('contentDisposition', () => {
  it.each([
    ['text/plain', 'inline'],
    ['text/plain; charset=latin1', 'inline'],
    ['image/png', 'inline'],
    ['IMAGE/PNG', 'inline'],
    ['image/svg+xml', 'attachment'],
    ['text/html', 'attachment'],
    ['application/json', 'attachment'],
    ['text/plain, text/html', 'attachment'],
    ['', 'attachment'],
  ])('of %j is %s', (type, kind) => {
    expect(contentDisposition(type)).toBe(kind);
  });

  it('names the file in ASCII and in UTF-8, and lets no name break out of the header', () => {
    expect(contentDisposition('text/plain', 'log ü".txt')).toBe(`inline; filename="log __.txt"; filename*=UTF-8''log%20%C3%BC%22.txt`);
    expect(contentDisposition('text/plain', '../a\r\nSet-Cookie: x')).toBe(`inline; filename=".._a__Set-Cookie: x"; filename*=UTF-8''.._a__Set-Cookie%3A%20x`);
    expect(contentDisposition('text/plain', '\ud800')).toContain('%EF%BF%BD');
  });
});

describe('servedType', () => {
  it('lets no parameter through', () => {
    expect(servedType('text/plain; charset=utf-7')).toBe('text/plain; charset=utf-8');
    expect(servedType('image/png; x="\r\n"')).toBe('image/png');
    expect(servedType('nonsense')).toBe('application/octet-stream');
  });
});
