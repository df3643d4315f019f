export * from './fetch-request';
export { GitFetcher, type Looked } from './git-fetcher';
export { GitVersion } from './git-version';
export { OpenedCommit, type ReadBlob } from './opened-commit';
