import { baseEnv, EX_CONFIG, readEnv } from './env';

describe('readEnv', () => {
  test('takes an empty value for unset', () => {
    expect(readEnv(baseEnv, { PORT: '', LOG_LEVEL: 'warn' })).toMatchObject({ PORT: 4000, LOG_LEVEL: 'warn' });
  });

  test('names what is wrong, without the value, and exits', () => {
    const exit = jest.spyOn(process, 'exit').mockImplementation(() => {
      throw new Error('exit');
    });
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(() => readEnv(baseEnv, { PORT: 'hunter2', HUB_ID: 'Bad Id' })).toThrow('exit');
    const said = write.mock.calls.map(([text]) => String(text)).join('');
    expect(exit).toHaveBeenCalledWith(EX_CONFIG);
    expect(said).toMatch(/PORT: .*\n.*HUB_ID: /);
    expect(said).not.toContain('hunter2');
    jest.restoreAllMocks();
  });
});
