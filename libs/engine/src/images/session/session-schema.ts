import type { MethodDefinition } from '@grpc/grpc-js';
import { type INamespace, Root } from 'protobufjs/light';

/**
 * What BuildKit asks its client for, as protobufjs' reflection JSON. Field numbers: its session/auth/auth.proto,
 * fsutil's types/wire.proto and types/stat.proto, and https://github.com/grpc/grpc/blob/master/doc/health-checking.md
 */
const SCHEMA: INamespace = {
  nested: {
    CredentialsRequest: { fields: { Host: { type: 'string', id: 1 } } },
    CredentialsResponse: { fields: { Username: { type: 'string', id: 1 }, Secret: { type: 'string', id: 2 } } },
    HealthCheckRequest: { fields: { service: { type: 'string', id: 1 } } },
    HealthCheckResponse: { fields: { status: { type: 'int32', id: 1 } } },
    Stat: {
      fields: {
        path: { type: 'string', id: 1 },
        mode: { type: 'uint32', id: 2 },
        uid: { type: 'uint32', id: 3 },
        gid: { type: 'uint32', id: 4 },
        size: { type: 'int64', id: 5 },
        modTime: { type: 'int64', id: 6 },
        linkname: { type: 'string', id: 7 },
      },
    },
    Packet: {
      fields: {
        type: { type: 'int32', id: 1 },
        stat: { type: 'Stat', id: 2 },
        ID: { type: 'uint32', id: 3 },
        data: { type: 'bytes', id: 4 },
      },
    },
  },
};

export enum PacketType {
  Stat = 0,
  Request = 1,
  Data = 2,
  End = 3,
  Error = 4,
}

/** 64 bits as protobufjs takes them without a library for long integers. */
export interface Int64 {
  low: number;
  high: number;
  unsigned: boolean;
}

export interface Stat {
  path: string;
  /** Go's `fs.FileMode`. */
  mode: number;
  size: number;
  /** Nanoseconds since the epoch. */
  modTime: Int64;
  linkname?: string;
}

/** One message of fsutil's protocol, in either direction. */
export interface Packet {
  type?: PacketType;
  stat?: Stat;
  /** Which entry: its place among those that were told, from 0. */
  ID?: number;
  data?: Buffer;
}

export const int64 = (value: bigint): Int64 => ({ low: Number(BigInt.asIntN(32, value)), high: Number(BigInt.asIntN(32, value >> 32n)), unsigned: false });

const root = Root.fromJSON(SCHEMA);

function codec<T extends object>(name: string): { serialize(value: T): Buffer; deserialize(bytes: Buffer): T } {
  const type = root.lookupType(name);
  return {
    serialize: (value) => type.encode(value).finish() as Buffer,
    deserialize: (bytes) => type.decode(bytes) as unknown as T,
  };
}

function method<Request extends object, Response extends object>(path: string, request: string, response: string, streams: boolean): MethodDefinition<Request, Response> {
  const [asked, answered] = [codec<Request>(request), codec<Response>(response)];
  return {
    path,
    requestStream: streams,
    responseStream: streams,
    requestSerialize: asked.serialize,
    requestDeserialize: asked.deserialize,
    responseSerialize: answered.serialize,
    responseDeserialize: answered.deserialize,
  };
}

export const SESSION_METHODS = {
  credentials: method<{ Host?: string }, { Username?: string; Secret?: string }>('/moby.filesync.v1.Auth/Credentials', 'CredentialsRequest', 'CredentialsResponse', false),
  check: method<{ service?: string }, { status: number }>('/grpc.health.v1.Health/Check', 'HealthCheckRequest', 'HealthCheckResponse', false),
  diffCopy: method<Packet, Packet>('/moby.filesync.v1.FileSync/DiffCopy', 'Packet', 'Packet', true),
};
