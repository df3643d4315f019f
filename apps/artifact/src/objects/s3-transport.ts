import http from 'node:http';
import https from 'node:https';

/** Silence on a connection for this long means that the store is gone, in milliseconds. */
const SILENCE_MS = 20_000;
const agents = {
  'http:': new http.Agent({ keepAlive: true, maxSockets: 32 }),
  'https:': new https.Agent({ keepAlive: true, maxSockets: 32 }),
};

type Options = http.RequestOptions | string | URL;
type OnResponse = (response: http.IncomingMessage) => void;

/** What the minio client sends its requests with: it sets no time limit of its own and would wait for ever. */
export function s3Transport(protocol: 'http:' | 'https:'): { request(options: Options, onResponse?: OnResponse): http.ClientRequest } {
  const { request } = protocol === 'https:' ? https : http;
  return {
    request(options, onResponse) {
      const sent = request({ ...(options as http.RequestOptions), agent: agents[protocol] }, (response) => {
        onResponse?.(response);
        // The client drops these answers unread, which would keep their connections for ever.
        if ((response.statusCode ?? 0) >= 500 || response.statusCode === 429 || response.statusCode === 408) response.resume();
      });
      sent.setTimeout(SILENCE_MS, () => sent.destroy(Object.assign(new Error('The object store is silent'), { code: 'ETIMEDOUT' })));
      return sent;
    },
  };
}
