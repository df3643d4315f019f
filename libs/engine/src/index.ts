export * from './engine-connection';
export * from './engine-errors';
