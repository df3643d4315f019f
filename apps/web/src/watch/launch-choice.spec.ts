import { launchBody, parseEnv, usualLaunch } from './launch-choice';

describe('parseEnv', () => {
  it('reads lines as a .env file has them', () => {
    expect(parseEnv('# greeting\nGREETING=Hello = world\n\n NAME =x\r\n').env).toEqual({ GREETING: 'Hello = world', NAME: 'x' });
  });

  it('names the lines that do not fit', () => {
    expect(parseEnv('1A=x\nnothing\nOK=1').wrong).toEqual([1, 2]);
  });
});

describe('launchBody', () => {
  it('sends no environment where none is given', () => {
    expect(launchBody('app_1')).toEqual({ appId: 'app_1', profile: 'small', ttlSeconds: 1800, wait: true });
    expect(launchBody('app_1', { ...usualLaunch, env: 'A=b' })).toMatchObject({ env: { A: 'b' } });
  });
});
