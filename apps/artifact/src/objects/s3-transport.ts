import http from 'node:http';
import https from 'node:https';

type Options = http.RequestOptions | string | URL;
type OnResponse = (response: http.IncomingMessage) => void;

/** What the minio client sends its requests with. */
export interface S3Transport {
  request(options: Options, onResponse?: OnResponse): http.ClientRequest;
}

/**
 * The client sets no time limit of its own and would wait for ever: here, silence on a connection for `silenceMs` means
 * that the store is gone.
 */
export function s3Transport(secure: boolean, silenceMs: number): S3Transport {
  const { request, Agent } = secure ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  return {
    request(options, onResponse) {
      const sent = request({ ...(options as http.RequestOptions), agent }, (response) => {
        onResponse?.(response);
        // The client drops these answers unread, which would keep their connections for ever.
        if ((response.statusCode ?? 0) >= 500 || response.statusCode === 429 || response.statusCode === 408) response.resume();
      });
      sent.setTimeout(silenceMs, () => sent.destroy(Object.assign(new Error('The object store is silent'), { code: 'ETIMEDOUT' })));
      return sent;
    },
  };
}
