export * from './git-fetcher';
export { GitVersion } from './git-version';
