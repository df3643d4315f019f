import { fetchesParts, stateOfGit } from './git-version';

it.each(['git version 2.39.5', 'git version 2.50.1 (Apple Git-155)', 'git version 3.0.0.windows.1'])('%s does all that is asked of it', (line) => {
  expect(stateOfGit(line)).toEqual({ status: 'up' });
});

it.each(['git version 2.36.6', 'git version 1.99.0'])('%s works, and says what it does not protect from', (line) => {
  expect(stateOfGit(line)).toMatchObject({ status: 'up', message: expect.stringMatching(/does not pin addresses.*2\.37/) as string });
});

it('pins addresses and fetches whole commits', () => {
  expect(stateOfGit('git version 2.37.0')).toEqual({ status: 'up', message: expect.stringMatching(/whole commits.*2\.39\.4/) as string });
});

it('takes nothing else for git', () => {
  expect(stateOfGit('command not found').status).toBe('down');
});

it.each([
  ['git version 2.34.1', false],
  ['git version 2.39.3 (Apple Git-146)', false],
  ['git version 2.39.5', true],
  ['git version 2.43.0', false],
  ['git version 2.43.4.windows.1', true],
  ['git version 2.45.0', true],
  ['git version 2.47', true],
  ['git version 3.0.0', true],
  ['git version 1.9.5', false],
  ['nothing of use', false],
])('%s fetches parts: %s', (line, parts) => expect(fetchesParts(line)).toBe(parts));
