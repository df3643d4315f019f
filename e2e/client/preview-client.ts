import { WebSocket } from 'ws';
import { HubClient, type Answer } from './hub-client';

/** Visits a launch's preview as a browser does: the signed URL first, then the cookie it gave. */
export class PreviewClient {
  readonly http: HubClient;
  readonly host: string;
  readonly signedPath: string;
  cookie = '';

  constructor(previewUrl: string) {
    const url = new URL(previewUrl);
    this.host = url.host;
    this.signedPath = `${url.pathname}${url.search}`;
    this.http = new HubClient(Number(url.port || 80), url.host);
  }

  /** Trades the signed URL for the cookie. @returns the redirect */
  async enter(): Promise<Answer> {
    const answer = await this.http.get(this.signedPath);
    const [cookie = ''] = [answer.headers['set-cookie']].flat();
    this.cookie = (cookie ?? '').split(';')[0] ?? '';
    return answer;
  }

  get<T = unknown>(path: string): Promise<Answer<T>> {
    return this.http.get<T>(path, this.cookie ? { cookie: this.cookie } : {});
  }

  socket(path: string): Promise<WebSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${this.http.port}${path}`, { headers: { host: this.host, cookie: this.cookie } });
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(socket));
      socket.once('error', reject);
    });
  }
}
