import { stateOfGit } from './git-version';

it.each(['git version 2.37.0', 'git version 2.39.5', 'git version 2.50.1 (Apple Git-155)', 'git version 3.0.0.windows.1'])('%s pins addresses', (line) => {
  expect(stateOfGit(line)).toEqual({ status: 'up' });
});

it.each(['git version 2.36.6', 'git version 1.99.0'])('%s works, and says what it does not protect from', (line) => {
  expect(stateOfGit(line)).toMatchObject({ status: 'up', message: expect.stringMatching(/does not pin addresses.*2\.37/) as string });
});

it('takes nothing else for git', () => {
  expect(stateOfGit('command not found').status).toBe('down');
});
