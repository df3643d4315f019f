export * from './git-fetcher';
