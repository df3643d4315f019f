export * from './postgres';
export * from './free-port';
export * from './nats-server';
export * from './base-image';
export * from './s3';
export * from './fake-work-queue';
export * from './registry';
