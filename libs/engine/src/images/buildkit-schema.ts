import { type INamespace, Root, type Type } from 'protobufjs/light';

/** BuildKit's `moby.buildkit.v1.StatusResponse` as protobufjs' reflection JSON; field numbers from its control.proto. */
const SCHEMA: INamespace = {
  nested: {
    Timestamp: { fields: { seconds: { type: 'int64', id: 1 }, nanos: { type: 'int32', id: 2 } } },
    Vertex: {
      fields: {
        digest: { type: 'string', id: 1 },
        inputs: { rule: 'repeated', type: 'string', id: 2 },
        name: { type: 'string', id: 3 },
        cached: { type: 'bool', id: 4 },
        started: { type: 'Timestamp', id: 5 },
        completed: { type: 'Timestamp', id: 6 },
        error: { type: 'string', id: 7 },
      },
    },
    VertexStatus: {
      fields: {
        ID: { type: 'string', id: 1 },
        vertex: { type: 'string', id: 2 },
        name: { type: 'string', id: 3 },
        current: { type: 'int64', id: 4 },
        total: { type: 'int64', id: 5 },
        timestamp: { type: 'Timestamp', id: 6 },
        started: { type: 'Timestamp', id: 7 },
        completed: { type: 'Timestamp', id: 8 },
      },
    },
    VertexLog: {
      fields: {
        vertex: { type: 'string', id: 1 },
        timestamp: { type: 'Timestamp', id: 2 },
        stream: { type: 'int64', id: 3 },
        msg: { type: 'bytes', id: 4 },
      },
    },
    VertexWarning: {
      fields: {
        vertex: { type: 'string', id: 1 },
        level: { type: 'int64', id: 2 },
        short: { type: 'bytes', id: 3 },
        detail: { rule: 'repeated', type: 'bytes', id: 4 },
        url: { type: 'string', id: 5 },
      },
    },
    StatusResponse: {
      fields: {
        vertexes: { rule: 'repeated', type: 'Vertex', id: 1 },
        statuses: { rule: 'repeated', type: 'VertexStatus', id: 2 },
        logs: { rule: 'repeated', type: 'VertexLog', id: 3 },
        warnings: { rule: 'repeated', type: 'VertexWarning', id: 4 },
      },
    },
  },
};

export interface Timestamp {
  seconds?: number;
  nanos?: number;
}
/** One node of the build graph; sent again whenever it changes. Absent fields have proto3's defaults. */
export interface Vertex {
  digest?: string;
  name?: string;
  cached?: boolean;
  started?: Timestamp;
  completed?: Timestamp;
  error?: string;
}
/** Progress within a vertex: a layer pulled, the export. `current` and `total` in bytes. */
export interface VertexStatus {
  ID?: string;
  vertex?: string;
  name?: string;
  current?: number;
  total?: number;
  timestamp?: Timestamp;
  completed?: Timestamp;
}
export interface VertexLog {
  vertex?: string;
  timestamp?: Timestamp;
  /** 1 stdout, 2 stderr. */
  stream?: number;
  msg?: Uint8Array;
}
export interface VertexWarning {
  vertex?: string;
  short?: Uint8Array;
  url?: string;
}
export interface StatusResponse {
  vertexes: Vertex[];
  statuses: VertexStatus[];
  logs: VertexLog[];
  warnings: VertexWarning[];
}

let type: Type | undefined;
/** The message type; also encodes, which the tests use. */
export function statusResponseType(): Type {
  type ??= Root.fromJSON(SCHEMA).lookupType('StatusResponse');
  return type;
}

/** @throws Error where the text is not base64 of a StatusResponse */
export function decodeStatusResponse(base64: string): StatusResponse {
  const message = statusResponseType();
  return message.toObject(message.decode(Buffer.from(base64, 'base64')), { longs: Number, arrays: true }) as StatusResponse;
}

/** The latest that a `Date` can hold, in milliseconds. */
const MAX_INSTANT = 8.64e15;

/** Milliseconds since the epoch; undefined where there is none, or one that is no time. */
export function instantOf(timestamp: Timestamp | undefined): number | undefined {
  if (!timestamp) return undefined;
  const instant = Math.round((timestamp.seconds ?? 0) * 1000 + (timestamp.nanos ?? 0) / 1e6);
  return instant > 0 && instant <= MAX_INSTANT ? instant : undefined;
}
